"""Sockets that listen while the daemon replaces itself: whoever comes meanwhile waits some seconds and is answered.

They stay open across `exec`, and the environment says which they are. They are taken, or closed, by the next start.
"""

import os
import socket
from collections.abc import Iterable
from contextlib import suppress

VARIABLE = "_TRACKER_LISTENING"
"""`HOST PORT NUMBER…`: where they listen by the settings, and the numbers of their handles. No setting."""


def keep(host: str, port: int, sockets: Iterable[socket.socket]) -> None:
    """For the next start of this very process."""
    numbers = [os.dup(one.fileno()) for one in sockets]
    for number in numbers:
        os.set_inheritable(number, True)
    os.environ[VARIABLE] = " ".join(map(str, (host, port, *numbers)))


def take(host: str, port: int) -> list[socket.socket]:
    """Those that were kept for this place; where the settings have another now, they are closed."""
    before, numbers = _kept()
    sockets = [socket.socket(fileno=number) for number in numbers]
    if before == (host, str(port)):
        return sockets
    for one in sockets:
        one.close()
    return []


def let_go() -> None:
    """Nobody listens here for now."""
    for number in _kept()[1]:
        os.close(number)


def _kept() -> tuple[tuple[str, str], list[int]]:
    """(host and port, handles that are still open); they belong to whoever asks, and no program that it starts."""
    host, port, *numbers = os.environ.pop(VARIABLE, "  ").split(" ")
    found = list[int]()
    for number in filter(str.isdigit, numbers):
        with suppress(OSError):
            os.set_inheritable(int(number), False)
            found.append(int(number))
    return (host, port), found
