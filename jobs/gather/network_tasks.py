"""Many pieces of work on the network at once, where a failure may be that of this machine's own network."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, TypeVar

from jobs.gather.local_network import LocalNetwork
from jobs.terminal.console import Steps
from tracker.gather.outage import Held

AT_ONCE = 500
"""Far more than there are connections, so that hosts that make us wait do not keep the others waiting."""
Blame = Callable[[], Awaitable[None]]
"""Stores a failure as that of its feed or page."""
W = TypeVar("W")


class NetworkTasks:
    """Does pieces of work, `limit` of them at the same time, and stores what they give, one after another. With 1,
    everything happens in the same order in every run. One for a whole run."""

    def __init__(self, network: LocalNetwork, limit: int = AT_ONCE) -> None:
        self._network, self._limit = network, limit
        self._storing = asyncio.Lock()

    async def all(
        self,
        works: Sequence[W],
        do: Callable[[W], Awaitable[Blame | None]],
        shown: Steps,
        stored: Callable[[], Awaitable[None]] | None = None,
    ) -> tuple[list[W], bool]:
        """Does all of them. `do` gives what would store a failure that may be ours; (what is left to do, whether our
        network is down). `stored` waits until what others gave is stored, since whose fault silence is, is judged by
        it. An error that concerns no feed or page (the disk is full) ends the others too."""
        signs = self._network.signs
        held, left = Held[tuple[W, Blame]](signs), list[W]()
        waiting = iter(works)

        async def some() -> None:
            for work in waiting:
                if signs.hopeless:
                    left.append(work)
                    continue
                if blame := await do(work):
                    held.put((work, blame))
                await _carry_out(held.settled())
                shown.done()

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(self._limit, len(works))):
                    group.create_task(some())
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from failed
        if stored:
            await stored()
        if (held or left) and await self._network.down():
            return [*left, *(work for work, _ in held.rest())], True
        await _carry_out(held.rest())
        return left, False

    async def store(self, save: Callable[..., int], *values: Any) -> int:
        """In a thread, since the database may make us wait; one after another, since SQLite has one writer."""
        async with self._storing:
            return await asyncio.to_thread(save, *values)


async def _carry_out(settled: Iterable[tuple[Any, Blame]]) -> None:
    for _, blame in settled:
        await blame()
