"""Where workers share the work: whether their queue can be used, and how many of them are at work."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from jobs.settings import Settings

ASK = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '{} seconds'"


def workers(settings: "Settings") -> Iterator[Check]:
    """Nothing where the daemon does all by itself. Each worker shows twice in the queue: it has two ends there."""
    if not settings.workers:
        return
    from db.engine import reading
    from jobs.queue.schema import ready
    from jobs.store import open_store
    from tracker.publish.counts import count

    with open_store(settings) as engine:
        ready(engine, settings)
        from jobs.queue.queue import STALLED_S

        with reading(engine) as opened:
            ends = int(opened.connection().exec_driver_sql(ASK.format(STALLED_S)).scalar_one())
    if ends:
        yield Check(Level.OK, "workers", f"{count((ends + 1) // 2, 'worker')} at work")
    else:
        yield Check(Level.WARNING, "workers", "none is at work, so nothing is polled or read; start `tracker worker`")
