"""How long somebody who comes now waits for a page. Measured by asking as a client would; where it is long for minutes,
it is a trouble that people are told of."""

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from anyio import to_thread

from db.engine import session
from db.ops import incidents
from jobs.clock import now
from jobs.web.turns import Late, Turns
from tracker.coverage import SLOW_WEBSITE
from tracker.errors import StorageError

if TYPE_CHECKING:
    from sqlalchemy import Engine

LOOK_S = 60.0
"""Between two looks: three slow ones in a row are told (`db.ops.incidents.LASTING`), so one of three minutes."""
SLOW_S = 5.0
"""Until it is one's turn. On a quiet machine it takes thousandths; people leave a page that takes so long."""
LONGEST_S = 120.0
"""Then it is slow enough to be said."""
OURSELVES = "ourselves"
"""As a client of our own."""


async def watch(turns: Turns, engine: "Engine", log: Any) -> None:
    """Until it is cancelled."""
    is_noted = True  # perhaps, by the process before
    while True:
        await asyncio.sleep(LOOK_S)
        seconds = await _waited(turns)
        is_slow = seconds > SLOW_S
        if is_slow:
            log.warning("website is slow", what=f"a page waited {seconds:.0f} seconds for its turn", job="web")
        if is_slow or is_noted:
            is_noted = not await asyncio.to_thread(_noted, engine, seconds if is_slow else 0.0) or is_slow


async def _waited(turns: Turns) -> float:
    began = time.monotonic()
    with suppress(Late, TimeoutError):
        async with asyncio.timeout(LONGEST_S):
            begun = await turns.take(OURSELVES)
            try:
                await to_thread.run_sync(time.monotonic)
            finally:
                turns.give(OURSELVES, begun)
    return time.monotonic() - began


def _noted(engine: "Engine", seconds: float) -> bool:
    """Whether the database knows now; not where it is away."""
    try:
        with session(engine) as opened:
            if seconds:
                incidents.note(opened, SLOW_WEBSITE, f"a page waited {seconds:.0f} seconds for its turn", now())
            else:
                incidents.over(opened, SLOW_WEBSITE)
    except StorageError:
        return False
    return True
