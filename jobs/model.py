"""The reader as the settings want it."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from jobs.settings import Settings
from tracker.errors import SettingsError

if TYPE_CHECKING:
    from tracker.read.reader import Reader


def open_reader(settings: Settings) -> "Reader":
    """A reader with the model of the settings, which loads when it is first needed. Raises SettingsError."""
    check_model(settings)
    from tracker.read.reader import Reader

    return Reader(model=settings.model)


def check_model(settings: Settings) -> None:
    """Raises SettingsError where the model's package is not there; imports nothing."""
    try:
        found = find_spec(settings.model)
    except (ImportError, ValueError):
        found = None
    if found is None:
        raise SettingsError(
            f"`model`: there is no package {settings.model}; install it, or remove the setting to use the default"
        )
