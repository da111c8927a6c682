"""The one polite HTTP client. Whatever a server sends, `get` returns a Response or raises a FetchError."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Any, Protocol, Self

from yarl import URL

from tracker.characters import visible
from tracker.errors import AddressRefused, FetchError, HttpStatusError, NetworkError, TooManyRedirects, Unheard
from tracker.gather.http.addresses import checked
from tracker.gather.http.connections import NOT_MODIFIED as NOT_MODIFIED
from tracker.gather.http.connections import REDIRECTS, Connections
from tracker.gather.http.connections import Response as Response
from tracker.gather.http.decompression import ACCEPTED
from tracker.gather.http.manners import Agreement, Manners, NoAgreement, retry_after

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
GONE = 410
CONDITIONS = frozenset({"if-none-match", "if-modified-since"})
"""Our headers that a server may answer with 304."""
LEADS_TO = 200
"""Characters of an address that a refused redirect is told with."""
ASKED_FOR_QUIET = frozenset({429, 503})
PRODUCT = "procedure-tracker"
"""Our product token: what a robots.txt may name us by."""
_CREDENTIALS = re.compile(r"//[^/@]*@")


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """The one address that is posted to, because our owner wrote it: its host and port may be private, and `at_once`
    holds there without a pause between requests. Seconds and bytes as for `Client`."""

    url: str
    at_once: int = AT_ONCE
    total_s: float = TOTAL_S
    max_bytes: int = MAX_BYTES


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
    `own`: where `post` goes.
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
        own: OwnAddress | None = None,
    ) -> None:
        self._headers = {"User-Agent": user_agent(contact), "Accept": "*/*", "Accept-Encoding": ACCEPTED}
        manners = Manners(at_once, gap_s, CONNECTIONS, others or NoAgreement())
        self._feeds = Connections(manners, total_s, max_bytes, allow_private)
        self._max_redirects = max_redirects
        self._own_url = own.url if own else ""
        self._own = Connections(Manners(own.at_once, 0, own.at_once), own.total_s, own.max_bytes, True) if own else None

    async def __aenter__(self) -> Self:
        for connections in filter(None, (self._feeds, self._own)):
            connections.open(self._headers)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for connections in filter(None, (self._feeds, self._own)):
            await connections.close()

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Response:
        """Fetches an address, following redirects. Raises FetchError kinds; their `url` is the one asked for."""
        try:
            return await self._follow(url, headers or {})
        except FetchError as error:
            error.url = _CREDENTIALS.sub("//", url)
            raise

    async def post(self, url: str, body: Any, headers: Mapping[str, str]) -> Response:
        """Sends `body` as JSON to our owner's own address and gives the answer, of a status below 300. Raises
        FetchError kinds: AddressRefused for any other scheme, host or port, HttpStatusError for a redirect too, since
        headers may hold a key. Link-local and metadata addresses stay refused: what is served there are secrets."""
        target = self._checked(url, allow_private=True)
        if self._own is None or target.origin() != self._checked(self._own_url, allow_private=True).origin():
            raise AddressRefused(url, "only the address that the settings name is posted to")
        data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        sent = {"Content-Type": "application/json", "Accept": "application/json", **headers}
        response, _ = await self._own.ask(target, sent, self._own.total_s, data)
        if response.status < 300:
            return response
        further = f", which leads to {visible(response.headers.get('location', ''))[:LEADS_TO]}"
        raise await self._refusal(self._own, response, further if response.status < 400 else "")

    async def _follow(self, url: str, headers: Mapping[str, str]) -> Response:
        """One hop after another, each checked and each at its host's turn."""
        here, permanent, only_permanent = url, None, True
        budget = self._feeds.total_s
        for _ in range(self._max_redirects + 1):
            target = self._checked(here, self._feeds.allow_private)
            try:
                response, spent = await self._feeds.ask(target, headers, budget)
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

    def _checked(self, url: str, allow_private: bool) -> URL:
        if len(url) > LONGEST_ADDRESS:
            raise NetworkError(url[:200], f"the address is longer than {LONGEST_ADDRESS} characters")
        return checked(url, allow_private)

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
        raise await self._refusal(self._feeds, response)

    async def _refusal(self, connections: Connections, response: Response, further: str = "") -> HttpStatusError:
        """The error of a status, once the host is left alone for as long as it asks."""
        wait = retry_after(response.headers.get("retry-after", ""), response.headers.get("date", ""))
        if wait and response.status in ASKED_FOR_QUIET:
            await connections.manners.close(URL(response.url).host or "", wait)
        return HttpStatusError(response.url, response.status, wait, further, response.body)
