"""Polls of sources that are no feeds, a module a kind. Each batch that one brings is stored at once, with the cursor
behind it: a run that is killed asks little again."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from random import Random

from db.values import DueFeed, PollResult
from jobs.gather.agreements import poll_agreements
from jobs.gather.council import OnBatches, backfill_council, poll_council
from jobs.gather.documents import poll_documents
from jobs.gather.source_context import SourceContext, SourceNews
from tracker.errors import GatherError, StorageError
from tracker.gather.feeds.poll import FeedFailed, failed
from tracker.gather.schedule import later
from tracker.model import SourceKind

PollSource = Callable[[SourceContext, DueFeed], Awaitable[SourceNews]]
"""Asks a source, stores what it brings; whether that was something new, and when it is due again. Raises GatherError
kinds."""
POLLS: dict[SourceKind, PollSource] = {
    SourceKind.LEGISTAR: poll_council,
    SourceKind.AGREEMENTS: poll_agreements,
    SourceKind.DOCUMENTS: poll_documents,
}
"""How each kind is polled; feeds are polled in batches (`polling.py`)."""
SHOWN = 200
"""Characters of a bug's message that are repeated."""
BackfillSource = Callable[[SourceContext, DueFeed, datetime, OnBatches], Awaitable[bool]]
BACKFILLS: dict[SourceKind, BackfillSource] = {SourceKind.LEGISTAR: backfill_council}
"""How what a kind published before is brought in, from a moment of its own clock on (naive). The others tell of their
past themselves, or have none."""


async def poll_source(context: SourceContext, source: DueFeed, rng: Random) -> PollResult | FeedFailed:
    """One poll of a source that is no feed. Raises StorageError; a bug of ours counts against the source, or one odd
    row would end the polls of all."""
    try:
        news = await POLLS[source.kind](context, source)
    except GatherError as error:
        return failed(source, error, context.clock(), rng)
    except StorageError:
        raise
    except Exception as error:
        what = f"the program failed ({type(error).__name__}: {str(error)[:SHOWN]}); please report this"
        return failed(source, GatherError(source.url, what), context.clock(), rng)
    now, due_s = context.clock(), news.due_s
    return PollResult(at=now, next_poll=later(now, due_s, rng), interval_s=round(due_s), changed=news.changed)
