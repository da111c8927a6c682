"""Tells the service manager how the daemon stands: sd_notify(3) is a datagram of lines to the socket that systemd names
in NOTIFY_SOCKET. Without one nothing is told.

https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html
"""

import os
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from jobs.terminal.console import one_line

BEATS = 2
"""A watchdog is fed so often in its time, as sd_watchdog_enabled(3) recommends: one late beat is no death."""


class Notifier:
    """What the environment says of the service manager; it stays the same when the process begins anew."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = f"\0{address[1:]}" if address.startswith("@") else address  # @: the abstract namespace
        self._watchdog_s = _watchdog_s(environment) if address else 0.0

    def ready(self, status: str) -> None:
        """All is up, or up again."""
        self._tell("READY=1", f"STATUS={one_line(status)}")

    def reloading(self) -> None:
        """It begins anew: `ready` follows. The moment tells systemd which of two reloads this is."""
        self._tell("RELOADING=1", f"MONOTONIC_USEC={time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000}")

    def stopping(self) -> None:
        """The end was asked for."""
        self._tell("STOPPING=1")

    def feed_watchdog(self, scheduler: Any) -> None:
        """As a job of the scheduler in the event loop: where one of the two does not turn any more, systemd hears
        nothing, and starts the daemon again."""
        if self._watchdog_s:
            scheduler.add_job(self._beat, "interval", seconds=self._watchdog_s / BEATS, id="watchdog")
            self._tell("WATCHDOG=1")

    def alive(self) -> None:
        """Feeds the watchdog once, where there is no scheduler yet."""
        if self._watchdog_s:
            self._tell("WATCHDOG=1")

    async def _beat(self) -> None:
        """A coroutine runs in the loop itself, not in a thread beside it."""
        self._tell("WATCHDOG=1")

    def _tell(self, *lines: str) -> None:
        if not self._address:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as told:
            told.sendto("\n".join(lines).encode(), self._address)


def _watchdog_s(environment: Mapping[str, str]) -> float:
    """Seconds after which systemd gives us up; 0 where it does not look, or looks at another process."""
    if environment.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return 0.0
    given = environment.get("WATCHDOG_USEC", "")
    return int(given) / 1_000_000 if given.isdecimal() else 0.0
