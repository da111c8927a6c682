"""How the daemon ends or begins anew: within seconds of the signal, whatever its threads are doing."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from jobs.process.notify import Notifier

ENDING = (signal.SIGTERM, signal.SIGINT)
LIMIT_S = 6.0
"""From the signal to the end of the process. What ends by itself (a page on its way, the article in hand) takes one or
two; service managers and people wait about ten, of which a machine with too much to do takes some until the signal is
heard. Whatever is in hand then is abandoned: every job can be killed at any moment, and the next start takes it up."""


class Shutdown:
    """Waits for the signals. `may_restart` is asked at SIGHUP: False where the new settings cannot be used."""

    def __init__(self, log: Any, may_restart: Callable[[], bool], notifier: Notifier) -> None:
        self._log, self._may_restart, self._notifier = log, may_restart, notifier
        self._asked = asyncio.Event()
        self._anew = False
        self._loop = asyncio.get_running_loop()
        for number in ENDING:
            self._loop.add_signal_handler(number, self._end)
        self._loop.add_signal_handler(signal.SIGHUP, self._restart)

    async def asked(self) -> None:
        """Until a signal asks for the end. From then on the process lives for LIMIT_S at most; a second SIGTERM or
        SIGINT ends it at once, as without a handler."""
        await self._asked.wait()
        self._log.info("stopping")

    async def asked_within(self, seconds: float) -> bool:
        """Whether a signal asks for the end within so many seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._asked.wait(), seconds)
        return self._asked.is_set()

    def anew(self) -> None:
        """Ends, and begins anew."""
        if not self._asked.is_set():
            self._anew = True
            self._end()

    def finish(self) -> NoReturn:
        """Says that all is done, and ends the process, or begins anew where that was asked for. What is open was closed
        before; to take the interpreter itself down, with all that the reader's libraries hold, took nine seconds and
        more on a busy machine, which nothing limits and nobody needs."""
        if self._anew:
            self._log.info("starting anew")
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - the very same command
        self._log.info("stopped")
        os._exit(0)

    def _end(self) -> None:
        for number in ENDING:
            self._loop.remove_signal_handler(number)
        if not self._anew:
            self._notifier.stopping()
        limit = threading.Timer(LIMIT_S, self._abandon)
        limit.daemon = True
        limit.start()
        self._asked.set()

    def _restart(self) -> None:
        """The process replaces itself: settings, feeds and an upgraded program are read as at any start."""
        if self._asked.is_set():
            return
        self._notifier.reloading()
        if self._may_restart():
            self.anew()
        else:
            self._notifier.ready("the settings cannot be used, the old ones stay in use; the log says why")

    def _abandon(self) -> None:
        self._log.warning("abandoned", what="the work in hand takes too long to end; the next start takes it up")
        self.finish()
