"""One request and its answer, within limits of time and size: what the client sends goes through here."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp
from yarl import URL

from tracker.characters import visible
from tracker.errors import FetchError, NotAsked, TooLarge
from tracker.gather.http.addresses import guarded_socket
from tracker.gather.http.decompression import Body
from tracker.gather.http.faults import fault, too_late
from tracker.gather.http.manners import ClosedError, Manners

REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_MODIFIED = 304
REASON_BYTES = 64 * 1024
"""Of the body of an error in answer to a POST: a longer one is no reason for people."""


@dataclass(frozen=True, slots=True)
class Response:
    """An answer. Header names are in lower case; `body` is unpacked.

    `url` is where it came from in the end. `permanent_url` is the new address if the first redirects were permanent
    (301, 308): where the last of them led. 304 and 410 are answers too; other statuses from 400 on are errors.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    permanent_url: str | None = None


@dataclass(slots=True)
class Connections:
    """Towards hosts that are treated alike. `total_s`: seconds, which errors name; `max_bytes`: of an answer, after
    decompression; `allow_private`: whether private addresses may be connected to."""

    manners: Manners
    total_s: float
    max_bytes: int
    allow_private: bool
    _session: aiohttp.ClientSession | None = field(default=None, init=False)

    def open(self, headers: Mapping[str, str]) -> None:
        """With headers that every request has."""
        connector = aiohttp.TCPConnector(
            limit=0,  # kept by the manners; aiohttp shuffles all that wait each time that one goes
            force_close=True,  # the next request to a host is seconds away, and ten thousand idle ones are too many
            socket_factory=guarded_socket(self.allow_private),
            enable_cleanup_closed=False,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=headers,
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None),
        )

    async def close(self) -> None:
        """Until it is opened again."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def ask(
        self, target: URL, headers: Mapping[str, str], budget: float, body: bytes | None = None
    ) -> tuple[Response, float]:
        """One request at its host's turn, a POST where there is a body, and its answer, with the seconds that it took;
        at most `budget`. Raises FetchError kinds, none for a status."""
        loop = asyncio.get_running_loop()
        try:
            async with self.manners.turn(target.host or ""):
                start, begun = loop.time(), asyncio.Event()
                try:
                    async with asyncio.timeout(budget):
                        response = await self._request(target, headers, body, begun)
                except TimeoutError as error:
                    raise too_late(target, self.total_s, begun.is_set()) from error
                return response, loop.time() - start
        except ClosedError as closed:
            raise NotAsked(str(target), 429, closed.seconds) from None

    async def _request(
        self, target: URL, headers: Mapping[str, str], body: bytes | None, begun: asyncio.Event
    ) -> Response:
        """Everything that aiohttp can raise becomes a FetchError here, without its errors behind it, whose texts may
        hold our headers. A bad header of ours is a ValueError there. `begun` is set when the answer's headers are
        there."""
        if self._session is None:
            raise RuntimeError("use the client as `async with Client() as client`")
        method = "GET" if body is None else "POST"
        try:
            async with self._session.request(
                method, target, headers=headers, data=body, allow_redirects=False
            ) as answer:
                begun.set()
                return await self._read(target, answer, is_post=body is not None)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise fault(target, error, begun.is_set()) from None

    async def _read(self, target: URL, answer: aiohttp.ClientResponse, *, is_post: bool) -> Response:
        headers = {name.lower(): _plain(answer.headers[name]) for name in answer.headers}
        body = b""
        if answer.status >= 400 and is_post:
            body = await _reason(target, answer)
        elif answer.status < 400 and answer.status != NOT_MODIFIED and answer.status not in REDIRECTS:
            body = await _body(target, answer, self.max_bytes)
        return Response(str(target), answer.status, headers, body)


async def _body(target: URL, answer: aiohttp.ClientResponse, limit: int) -> bytes:
    if (answer.content_length or 0) > limit:
        raise TooLarge(str(target), f"the answer announces more than {limit} bytes")
    body = Body(str(target), ",".join(answer.headers.getall("Content-Encoding", ())), limit)
    async for piece in answer.content.iter_any():
        body.add(piece)
    return body.close()


async def _reason(target: URL, answer: aiohttp.ClientResponse) -> bytes:
    """The body of an error; empty where it cannot be had, since the status says the most."""
    try:
        return await _body(target, answer, REASON_BYTES)
    except (FetchError, aiohttp.ClientError, OSError):
        return b""


def _plain(value: str) -> str:
    """Header bytes that are not UTF-8 arrive as lone surrogates, which no file or database takes."""
    return visible(value.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
