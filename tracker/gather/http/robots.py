"""robots.txt (RFC 9309) for article pages: fetched once a day a host, through the same polite client."""

import asyncio
from dataclasses import dataclass

from protego import Protego
from yarl import URL

from tracker.errors import FetchError, HttpStatusError, NetworkError, RobotsRefused, Unheard
from tracker.gather.canonical import bare_host
from tracker.gather.http.client import GONE, PRODUCT, Fetcher
from tracker.gather.schedule import BUSY

KEPT_S = 24 * 3600.0
"""RFC 9309 2.4: not longer than a day."""
RETRIED_S = 3600.0
"""An unreachable robots.txt is asked for again after an hour."""
READ_BYTES = 500 * 1024
"""RFC 9309 2.5: at least so much must be read; more is only ever rubbish."""
FRUITLESS = 3
"""Pages of one host that may turn out to be a dead end before no more of them are asked for, for as long as robots.txt
is kept."""
MOST_HOSTS = 5000
"""Kept in memory at once; the oldest go first."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """`parsed` None: the file could not be had, so nothing may be fetched for now; `failed` is why."""

    parsed: Protego | None
    until: float
    failed: type[NetworkError] = NetworkError


class Robots:
    """Asks robots.txt of every host before its pages. One for the whole run."""

    def __init__(self, client: Fetcher) -> None:
        self._client = client
        self._rules: dict[str, _Rules] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._fruitless: dict[str, tuple[int, float]] = {}

    def fruitless(self, url: str) -> bool:
        """Whether pages of that host have shown often enough of late that they hold nothing."""
        return self._dead_ends(url)[0] >= FRUITLESS

    def was_fruitless(self, url: str) -> None:
        """Notes that a page held nothing but the way back."""
        count, until = self._dead_ends(url)
        self._fruitless[bare_host(url)] = (count + 1, until)

    def _dead_ends(self, url: str) -> tuple[int, float]:
        """(how many were noted of the host, until when that counts)."""
        now = asyncio.get_running_loop().time()
        count, until = self._fruitless.get(bare_host(url), (0, 0.0))
        return (count, until) if until > now else (0, now + KEPT_S)

    async def allowed(self, url: str) -> bool:
        """Whether the page may be fetched. 4xx means no rules; an unreachable file or 5xx means no, for now."""
        try:
            await self.check(url)
        except FetchError:
            return False
        return True

    async def check(self, url: str) -> None:
        """Raises RobotsRefused where the rules forbid the page, NetworkError where they cannot be had just now; that is
        an Unheard where the host did not answer."""
        try:
            origin = str(URL(url).origin())
        except ValueError as error:
            raise NetworkError(url, "not a usable address") from error
        async with self._locks.setdefault(origin, asyncio.Lock()):
            rules = await self._rules_of(origin)
        self._locks.pop(origin, None)
        if rules.parsed is None:
            raise rules.failed(url, "robots.txt of the site cannot be had just now, so its pages have to wait")
        if not rules.parsed.can_fetch(url, PRODUCT):
            raise RobotsRefused(url, "robots.txt of the site does not let us fetch this page")

    async def _rules_of(self, origin: str) -> _Rules:
        now = asyncio.get_running_loop().time()
        rules = self._rules.pop(origin, None)
        if rules is None or rules.until < now:
            rules = await self._fetch(origin, now)
        while len(self._rules) >= MOST_HOSTS:
            del self._rules[next(iter(self._rules))]
        self._rules[origin] = rules
        return rules

    def forget_unheard(self) -> None:
        """The files of hosts that did not answer are asked for again: their host, or our network, may be back."""
        self._rules = {origin: rules for origin, rules in self._rules.items() if rules.failed is not Unheard}

    async def _fetch(self, origin: str, now: float) -> _Rules:
        """RFC 9309 2.3.1: what each outcome means. What asks for patience counts as unreachable."""
        body = b""
        try:
            response = await self._client.get(f"{origin}/robots.txt")
            body = b"" if response.status == GONE else response.body[:READ_BYTES]
        except HttpStatusError as error:
            if error.status >= 500 or error.status in BUSY:
                return _Rules(None, now + RETRIED_S)
        except FetchError as error:
            return _Rules(None, now + RETRIED_S, Unheard if isinstance(error, Unheard) else NetworkError)
        return _Rules(Protego.parse(body.decode("utf-8-sig", "replace")), now + KEPT_S)
