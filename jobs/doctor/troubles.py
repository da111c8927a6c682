"""What of the tracker's own went wrong time after time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from jobs.settings import Settings

SHOWN = 10
"""Lines; more of one kind say no more."""


def lasting(settings: "Settings") -> Iterator[Check]:
    from db import troubles
    from db.engine import reading
    from jobs.store import open_store

    with open_store(settings) as engine, reading(engine) as session:
        found = troubles.lasting(session)
    for trouble in found[:SHOWN]:
        says = f"{trouble.name}: {trouble.what} ({trouble.times} times since {trouble.since:%Y-%m-%d %H:%M} UTC)"
        yield Check(Level.PROBLEM, "trouble", says)
    if len(found) > SHOWN:
        yield Check(Level.PROBLEM, "trouble", f"and {len(found) - SHOWN} more")
    if not found:
        yield Check(Level.OK, "trouble", "nothing keeps failing")
