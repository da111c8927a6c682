"""Answers of a server byte by byte, for servers that do what none should."""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


def sends(*pieces: bytes) -> Answer:
    """Sends these."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
        await writer.drain()

    return answer


def resets_after(*pieces: bytes) -> Answer:
    """Sends these and then resets the connection: RST, not an orderly end."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        await sends(*pieces)(writer)
        await asyncio.sleep(0.05)
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    return answer
