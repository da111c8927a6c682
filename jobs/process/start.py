"""How a process begins that runs for months: its signals, its memory, its threads, its settings read again."""

import ctypes
import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from jobs.process.shutdown import ENDING

if TYPE_CHECKING:
    from jobs.terminal.console import State

THREADS = 64
"""Each of the 40 connections may wait for a name to be resolved, which takes a thread; the jobs must still find one."""
M_ARENA_MAX = -8
"""From glibc's malloc.h: how many pools of memory threads may have (mallopt(3))."""
ARENAS = 1
"""A daemon's threads take turns anyway, and each pool of their own keeps holes that no other can use: over a simulated
month of news the process grew by 1.4 MB a day with glibc's eight pools a processor, and by half a megabyte, ever less,
with one."""


def start() -> None:
    """To be called before the first thread begins. Until the loop runs there is nothing to finish: asked to end, the
    program ends, as any kill may end it; asked to begin anew, it is about to."""
    for number in ENDING:
        signal.signal(number, lambda *_: os._exit(0))
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with suppress(OSError, AttributeError):  # other C libraries than glibc have no such switch and need none
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)


def can_reload(given: "State", log: Any) -> bool:
    """Whether the settings as they are now can be used; what is wrong with them is logged."""
    from jobs.settings import load
    from tracker.errors import TrackerError

    try:
        load(given.config)
    except TrackerError as error:
        log.error("settings not taken over", what=f"{error}; the old ones stay in use")
        return False
    return True
