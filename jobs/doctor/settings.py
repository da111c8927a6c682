"""What the settings say, and what they leave out."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobs.console import State
from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from jobs.settings import Settings


def settings(settings: "Settings", given: State) -> Iterator[Check]:
    from jobs.settings import config_path, unknown_variables

    path = config_path(given.config)
    if path.exists():
        yield Check(Level.OK, "settings", str(path))
    else:
        yield Check(Level.WARNING, "settings", f"there is no {path}, so defaults are used; `tracker init` writes one")
    if not settings.contact:
        yield Check(
            Level.WARNING, "settings", "`contact` is empty; set a mail address, so that site owners can reach you"
        )
    for name in unknown_variables():
        yield Check(
            Level.WARNING, "settings", f"environment variable {name} is no setting; correct its name or unset it"
        )
