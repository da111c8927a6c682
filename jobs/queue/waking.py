"""A worker's own looks: what its work leads to need not wait for the daemon's next look."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from jobs.queue import looks

if TYPE_CHECKING:
    from jobs.daemon.guard import Guard
    from jobs.daemon.world import World

SOON_S = 1.0
"""Many polls end in a second; one look serves all of them."""
LOOKS = {"fetch": looks.fetch, "read": looks.read, "opinions": looks.opinions}
"""What else is woken (the report, mails) is the daemon's, which looks every few seconds."""


class Waker:
    """Looks soon, once for however many wish it meanwhile."""

    def __init__(self, world: "World", guard: "Guard") -> None:
        self._world, self._guard = world, guard
        self._soon: dict[str, asyncio.Task[None]] = {}

    def wake(self, name: str) -> None:
        """Puts in what is due of a job, within a second or two."""
        if name in LOOKS and name not in self._soon and not self._world.stopping:
            self._soon[name] = asyncio.create_task(self._look(name))

    async def _look(self, name: str) -> None:
        await asyncio.sleep(SOON_S)
        del self._soon[name]  # what comes from now on wants another look
        await self._guard.around(name, partial(self._looked, name))()

    async def _looked(self, name: str) -> bool:
        await LOOKS[name](self._world)
        return True
