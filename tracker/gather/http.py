"""The one polite HTTP client. Whatever a server sends, `get` returns a Response or raises a FetchError."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Protocol, Self

import aiohttp
from yarl import URL

from tracker.characters import visible
from tracker.errors import FetchError, HttpStatusError, NetworkError, NotAsked, TooLarge, TooManyRedirects, Unheard
from tracker.gather.addresses import checked, guarded_socket
from tracker.gather.faults import fault, too_late
from tracker.gather.manners import Agreement, Alone, ClosedError, Manners, retry_after
from tracker.gather.unpack import ACCEPTED, Body

TOTAL_S = 30.0
"""Seconds on the network for one address, all redirects together; waiting for our turn at a host does not count."""
MAX_BYTES = 10 * 1024 * 1024
"""After decompression. The largest feeds met are near 5 MB."""
MAX_REDIRECTS = 5
AT_ONCE = 2
GAP_S = 5.0
"""Seconds between two starts at one host: no publisher notices us."""
CONNECTIONS = 40
"""Open connections to all hosts together."""
LONGEST_ADDRESS = 8000
"""Characters; servers refuse longer request lines (RFC 9110 4.1 asks them to take 8,000)."""
PERMANENT = frozenset({301, 308})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_MODIFIED, GONE = 304, 410
CONDITIONS = frozenset({"if-none-match", "if-modified-since"})
"""Our headers that a server may answer with 304."""
ASKED_FOR_QUIET = frozenset({429, 503})
PRODUCT = "procedure-tracker"
"""Our product token: what a robots.txt may name us by."""
_CREDENTIALS = re.compile(r"//[^/@]*@")


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


class Fetcher(Protocol):
    """What the rooms know of the network."""

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Response:
        """Raises FetchError or one of its kinds."""
        ...


def user_agent(contact: str = "") -> str:
    """`procedure-tracker/0.1.0 (local policy timeline; contact: news@example.org)`; only printable ASCII is sent."""
    try:
        number = version(PRODUCT)
    except PackageNotFoundError:
        number = "0"
    plain = "".join(c for c in contact if " " <= c <= "~" and c not in "()")
    return f"{PRODUCT}/{number} (local policy timeline; contact: {plain.strip() or 'not given'})"


class Client:
    """An async context manager; one for the whole run, since it keeps the manners per host.

    `contact` goes into the User-Agent. Times in seconds, sizes in bytes. Private addresses are refused unless
    `allow_private`. TLS certificates are always checked; proxies of the environment are not used, since the guard
    could not see through them. `others`: with whom manners are agreed upon where other processes ask the same hosts.
    """

    def __init__(
        self,
        *,
        contact: str = "",
        allow_private: bool = False,
        at_once: int = AT_ONCE,
        gap_s: float = GAP_S,
        total_s: float = TOTAL_S,
        max_bytes: int = MAX_BYTES,
        max_redirects: int = MAX_REDIRECTS,
        others: Agreement | None = None,
    ) -> None:
        self._headers = {"User-Agent": user_agent(contact), "Accept": "*/*", "Accept-Encoding": ACCEPTED}
        self._allow_private = allow_private
        self._manners = Manners(at_once, gap_s, CONNECTIONS, others or Alone())
        self._total_s, self._max_bytes, self._max_redirects = total_s, max_bytes, max_redirects
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            limit=0,  # kept by the manners; aiohttp shuffles all that wait each time that one goes
            force_close=True,  # the next request to a host is seconds away, and ten thousand idle ones are too many
            socket_factory=guarded_socket(self._allow_private),
            enable_cleanup_closed=False,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=self._headers,
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Response:
        """Fetches an address, following redirects. Raises FetchError kinds; their `url` is the one asked for."""
        try:
            return await self._follow(url, headers or {})
        except FetchError as error:
            error.url = _CREDENTIALS.sub("//", url)
            raise

    async def _follow(self, url: str, headers: Mapping[str, str]) -> Response:
        """One hop after another, each checked and each at its host's turn."""
        here, permanent, only_permanent = url, None, True
        budget = self._total_s
        for _ in range(self._max_redirects + 1):
            target = self._checked(here)
            try:
                response, spent = await self._hop(target, headers, budget)
            except Unheard as error:
                if here == url:
                    raise
                raise NetworkError(url, f"it redirects, but {error}") from error  # so it was heard
            budget -= spent
            if response.status not in REDIRECTS or "location" not in response.headers:
                return await self._judged(response, permanent, headers)
            here = self._next(target, response.headers["location"])
            only_permanent = only_permanent and response.status in PERMANENT
            permanent = here if only_permanent else permanent
        raise TooManyRedirects(url, f"more than {self._max_redirects} redirects, or a loop of them")

    def _checked(self, url: str) -> URL:
        if len(url) > LONGEST_ADDRESS:
            raise NetworkError(url[:200], f"the address is longer than {LONGEST_ADDRESS} characters")
        return checked(url, self._allow_private)

    def _next(self, target: URL, location: str) -> str:
        """Where a redirect leads; Location may be relative (RFC 9110 10.2.2)."""
        try:
            return str(target.join(URL(location.strip())))
        except (ValueError, TypeError) as error:
            raise NetworkError(str(target), "it redirects to what is no usable address") from error

    async def _judged(self, response: Response, permanent: str | None, headers: Mapping[str, str]) -> Response:
        """The answer with its lasting address, or an HttpStatusError."""
        if response.status == NOT_MODIFIED and CONDITIONS.isdisjoint(map(str.lower, headers)):
            raise HttpStatusError(response.url, NOT_MODIFIED, further=", nothing new, to a request for the whole")
        if response.status < 400 or response.status == GONE:
            return Response(response.url, response.status, response.headers, response.body, permanent)
        wait = retry_after(response.headers.get("retry-after", ""), response.headers.get("date", ""))
        if wait and response.status in ASKED_FOR_QUIET:
            await self._manners.close(URL(response.url).host or "", wait)
        raise HttpStatusError(response.url, response.status, wait)

    async def _hop(self, target: URL, headers: Mapping[str, str], budget: float) -> tuple[Response, float]:
        """One request and its answer, with the seconds that it took."""
        loop = asyncio.get_running_loop()
        try:
            async with self._manners.turn(target.host or ""):
                start, begun = loop.time(), asyncio.Event()
                try:
                    async with asyncio.timeout(budget):
                        response = await self._request(target, headers, begun)
                except TimeoutError as error:
                    raise too_late(target, self._total_s, begun.is_set()) from error
                return response, loop.time() - start
        except ClosedError as closed:
            raise NotAsked(str(target), 429, closed.seconds) from None

    async def _request(self, target: URL, headers: Mapping[str, str], begun: asyncio.Event) -> Response:
        """Everything that aiohttp can raise becomes a FetchError here. A bad header of ours is a ValueError there.
        `begun` is set when the answer's headers are there."""
        if self._session is None:
            raise RuntimeError("use the client as `async with Client() as client`")
        try:
            async with self._session.get(target, headers=headers, allow_redirects=False) as answer:
                begun.set()
                return await self._read(target, answer)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise fault(target, error, begun.is_set()) from error

    async def _read(self, target: URL, answer: aiohttp.ClientResponse) -> Response:
        headers = {name.lower(): _plain(answer.headers[name]) for name in answer.headers}
        if answer.status in REDIRECTS or answer.status == NOT_MODIFIED or answer.status >= 400:
            return Response(str(target), answer.status, headers, b"")
        if (answer.content_length or 0) > self._max_bytes:
            raise TooLarge(str(target), f"the answer announces more than {self._max_bytes} bytes")
        body = Body(str(target), ",".join(answer.headers.getall("Content-Encoding", ())), self._max_bytes)
        async for piece in answer.content.iter_any():
            body.add(piece)
        return Response(str(target), answer.status, headers, body.close())


def _plain(value: str) -> str:
    """Header bytes that are not UTF-8 arrive as lone surrogates, which no file or database takes."""
    return visible(value.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
