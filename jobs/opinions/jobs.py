"""The daemon's job of second opinions: articles that wait are asked about, in the daemon or in workers."""

import asyncio
from typing import TYPE_CHECKING, Any

from jobs.job import MINUTE_S, Every, job
from jobs.opinions.rounds import may_ask, to_ask

if TYPE_CHECKING:
    from jobs.daemon.world import World


class Round:
    """The round that is under way in this process, broken off when the end is asked for: an answer may take minutes,
    and what was asked waits again."""

    def __init__(self, world: "World") -> None:
        self.under_way: set[asyncio.Task[None]] = set()
        world.at_end(self.stop)

    def stop(self) -> None:
        """Ends it."""
        for task in self.under_way:
            task.cancel()


@job(Every(MINUTE_S), "tracker opinions ask", shared="jobs.queue.looks:opinions")
async def opinions(world: "World") -> None:
    """Asks about what waits, where a model is named; a quiet minute costs a few short queries."""
    if world.stopping or not may_ask(world.settings):
        return
    if not await asyncio.to_thread(to_ask, world.engine, world.settings, world.clock()):
        return
    kept = world.kept(Round, lambda: Round(world))
    task = asyncio.create_task(_ask(world))
    kept.under_way.add(task)
    try:
        await task
    except asyncio.CancelledError:
        if not world.stopping:
            raise
    finally:
        kept.under_way.discard(task)


async def _ask(world: "World") -> None:
    """The reader's libraries take seconds to load, so they are loaded with the first article that is asked about."""
    from jobs.network import client
    from jobs.opinions.asking import Asking
    from jobs.opinions.check import ensure_checked
    from jobs.reading.open_reader import open_reader
    from tracker.read.reader import Reader

    def failed(line: str) -> None:
        world.log.error("failed", job="opinions", what=line)

    async def checked(*given: Any) -> None:
        world.log.info("checking", model=world.settings.second_opinion_model)
        if found := await ensure_checked(*given):
            world.log.info("checked", verdict=found.verdict)

    reader = world.kept(Reader, lambda: open_reader(world.settings))
    async with client(world.settings) as poster:
        asking = Asking(
            world.engine,
            world.settings,
            reader,
            poster,
            world.clock,
            failed,
            stop=lambda: world.stopping,
            check=checked,
        )
        tally = await asking.run()
    if counts := {name: count for name, count in tally.as_dict().items() if count}:
        world.log.info("asked", **counts)
    if tally.recorded:
        world.wake("report")
