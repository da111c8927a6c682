"""An end of a connection that does not swallow the last answer."""

import asyncio
from typing import Any

LINGER_S = 2.0
"""How long after the last answer what a client still sends is read and forgotten."""


class Lingering:
    """A transport that ends in two steps (RFC 9112, 9.6): it says that nothing more will come, and hangs up when the
    client does, or a little later. To hang up on a client that still sends is a reset, and a reset may reach it before
    it has read the answer."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._ends = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def is_closing(self) -> bool:
        """True as soon as the end has begun."""
        return self._ends or self._transport.is_closing()

    def close(self) -> None:
        """Begins the end."""
        if self.is_closing():
            return
        self._ends = True
        try:
            self._transport.write_eof()
        except OSError:  # the client was faster
            self._transport.abort()
        self._transport.resume_reading()
        self._loop.call_later(LINGER_S, self._transport.abort)
