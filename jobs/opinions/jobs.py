"""The daemon's job of second opinions: articles that wait are asked about, in the daemon or in workers."""

import asyncio
from typing import TYPE_CHECKING, Any

from jobs.opinions.due import may_ask, to_ask
from jobs.process.job import MINUTE_S, Every, job

if TYPE_CHECKING:
    from jobs.process.context import JobContext


class Round:
    """The round that is under way in this process, broken off when the end is asked for: an answer may take minutes,
    and what was asked waits again."""

    def __init__(self, context: "JobContext") -> None:
        self.under_way: set[asyncio.Task[None]] = set()
        context.at_end(self.stop)

    def stop(self) -> None:
        """Ends it."""
        for task in self.under_way:
            task.cancel()


@job(Every(MINUTE_S), "tracker opinions ask")
async def opinions(context: "JobContext") -> None:
    """Asks about what waits, where a model is named; a quiet minute costs a few short queries."""
    if context.stopping or not may_ask(context.settings):
        return
    if not await asyncio.to_thread(to_ask, context.engine, context.settings, context.clock()):
        return
    kept = context.singleton(Round, lambda: Round(context))
    task = asyncio.create_task(_ask(context))
    kept.under_way.add(task)
    try:
        await task
    except asyncio.CancelledError:
        if not context.stopping:
            raise
    finally:
        kept.under_way.discard(task)


async def _ask(context: "JobContext") -> None:
    """The reader's libraries take seconds to load, so they are loaded with the first article that is asked about."""
    from jobs.network import client
    from jobs.opinions.check import ensure_checked
    from jobs.opinions.round import AskingRound
    from jobs.reader import reader_of

    def failed(line: str) -> None:
        context.log.error("failed", job="opinions", what=line)

    async def checked(*given: Any) -> None:
        context.log.info("checking", model=context.settings.second_opinion_model)
        if found := await ensure_checked(*given):
            context.log.info("checked", verdict=found.verdict)

    reader = reader_of(context)
    async with client(context.settings) as poster:
        asking = AskingRound(
            context.engine,
            context.settings,
            reader,
            poster,
            context.clock,
            failed,
            stop=lambda: context.stopping,
            check=checked,
        )
        try:
            await asking.run()
        finally:  # also where it is broken off: what it did is done
            if counts := {name: count for name, count in asking.tally.as_dict().items() if count}:
                context.log.info("asked", **counts)
    if asking.tally.recorded:
        context.wake("report")
