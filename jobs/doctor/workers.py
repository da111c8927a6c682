"""Where workers share the work: whether their queue can be used, and how many of them are at work."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from jobs.settings import Settings


def workers(settings: "Settings") -> Iterator[Check]:
    """Nothing where the daemon does all by itself. That none is at work tells `jobs.health`."""
    if not settings.workers:
        return
    from db.engine import reading
    from jobs.queue.alive import at_work
    from jobs.queue.schema import ready
    from jobs.store import open_store
    from tracker.publish.counts import count

    with open_store(settings) as engine:
        ready(engine, settings)
        with reading(engine) as opened:
            found = at_work(opened)
    if found:
        yield Check(Level.OK, "workers", f"{count(found, 'worker')} at work")
