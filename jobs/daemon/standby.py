"""One daemon on one PostgreSQL database, whatever machines run one: the others stand by, and the first of them takes
over when it ends, however it ends."""

import asyncio
from typing import TYPE_CHECKING, Any

from db.locks import AdvisoryLock
from tracker.errors import StorageError

if TYPE_CHECKING:
    from jobs.process.notify import Notifier
    from jobs.process.shutdown import Shutdown

LOOK_S = 5.0
"""Between two looks, at whether the other one is gone and at whether we still lead. With the time after which a silent
peer counts as gone (`db.locks.HEARD_WITHIN_S`) another leads within 20 seconds, and at once where the process ended."""

AGAIN_S = 1.0
"""Between two tries to lead again; nobody waits for the other daemon to be faster."""


async def leads(hold: AdvisoryLock, ending: "Shutdown", log: Any, notifier: "Notifier") -> bool:
    """Waits until nobody else leads; False where the end was asked for before. On SQLite nobody else ever does."""
    said = False
    while not await asyncio.to_thread(_taken, hold):
        if not said:
            log.info("standing by", what="another daemon works on this database; this one takes over when it ends")
            notifier.ready("stands by: another daemon works on this database")
            said = True
        notifier.alive()
        if await ending.asked_within(LOOK_S):
            return False
    if said:
        log.info("taking over")
    return True


async def watch(hold: AdvisoryLock, ending: "Shutdown", log: Any) -> None:
    """Takes the lock again where the connection was lost. Where another daemon was faster, this one begins anew, and so
    stands by. While the database is away nobody leads, and no job can do harm: what it does, it does there."""
    while True:
        await asyncio.sleep(LOOK_S)
        if await asyncio.to_thread(hold.is_held):
            continue
        log.warning("connection lost", what="the database does not know this daemon as the one that leads")
        while (led := await asyncio.to_thread(_found, hold)) is None:
            await asyncio.sleep(AGAIN_S)
        if not led:
            log.warning("no longer leads", what="another daemon has taken over")
            ending.anew()
            return
        log.info("leads again")


def _taken(hold: AdvisoryLock) -> bool:
    """A database that is away is no reason to end while we stand by."""
    return bool(_found(hold))


def _found(hold: AdvisoryLock) -> bool | None:
    """Whether the lock could be taken; None while the database is away."""
    try:
        return hold.take()
    except StorageError:
        return None
