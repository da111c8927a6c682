"""The daemon's share in reading: what is unread is read and recorded, pages that prove nothing go."""

import asyncio
from typing import TYPE_CHECKING

from db.mail import subscribers
from db.sessions import session
from jobs.process.job import MINUTE_S, NIGHTLY, Every, job
from jobs.reading import page
from jobs.tally import Tally

if TYPE_CHECKING:
    from jobs.process.context import JobContext


@job(Every(MINUTE_S), "tracker poll")
async def read(context: "JobContext") -> None:
    """Reads and records what is unread, in a thread: it needs the processor for long."""
    tally = Tally()
    await asyncio.to_thread(_read, context, tally)
    context.log_counts("read", tally, "read", "changes", "opened", "changed", "unreadable")
    if tally.opened or tally.changed:
        context.wake("report")
    if tally.read and context.settings.second_opinion_address:
        context.wake("opinions")


def _read(context: "JobContext", tally: Tally) -> None:
    """In its thread. The reader's libraries take seconds to load and a hundred megabytes, so they are loaded when the
    first article waits and not at the start."""
    from jobs.reader import has_unread, reader_of, reader_version

    if context.stopping or not has_unread(context.engine, reader_version(context.settings)):
        return
    from jobs.opinions.answers import SecondOpinions
    from jobs.reading.batches import read_unread

    def failed(line: str) -> None:
        context.log.error("failed", what=line)

    reader = reader_of(context)
    opinions = SecondOpinions.of(context.engine, context.settings, reader)
    read_unread(
        context.engine,
        reader,
        context.clock,
        tally,
        failed,
        stop=lambda: context.stopping,
        opinions=opinions,
    )


@job(NIGHTLY, "tracker poll")
async def prune(context: "JobContext") -> None:
    """Deletes kept pages that prove nothing and are old (setting `keep_pages_days`), and requests for the mails that
    nobody confirmed."""
    await asyncio.to_thread(page.prune, context.engine, context.settings, context.clock())
    await asyncio.to_thread(_forget_unanswered, context)


def _forget_unanswered(context: "JobContext") -> None:
    with session(context.engine) as opened:
        subscribers.forget_unanswered(opened, context.clock() - subscribers.UNANSWERED)
