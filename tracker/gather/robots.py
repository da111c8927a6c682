"""robots.txt (RFC 9309) for article pages: fetched once a day a host, through the same polite client."""

import asyncio
from dataclasses import dataclass

from protego import Protego
from yarl import URL

from tracker.errors import FetchError, HttpStatusError, NetworkError, RobotsRefused
from tracker.gather.http import GONE, PRODUCT, Fetcher
from tracker.gather.schedule import BUSY

KEPT_S = 24 * 3600.0
"""RFC 9309 2.4: not longer than a day."""
RETRIED_S = 3600.0
"""An unreachable robots.txt is asked for again after an hour."""
READ_BYTES = 500 * 1024
"""RFC 9309 2.5: at least so much must be read; more is only ever rubbish."""
MOST_HOSTS = 5000
"""Kept in memory at once; the oldest go first."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """`parsed` None: the file could not be had, so nothing may be fetched for now."""

    parsed: Protego | None
    until: float


class Robots:
    """Asks robots.txt of every host before its pages. One for the whole run."""

    def __init__(self, client: Fetcher) -> None:
        self._client = client
        self._rules: dict[str, _Rules] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def allowed(self, url: str) -> bool:
        """Whether the page may be fetched. 4xx means no rules; an unreachable file or 5xx means no, for now."""
        try:
            await self.check(url)
        except FetchError:
            return False
        return True

    async def check(self, url: str) -> None:
        """Raises RobotsRefused where the rules forbid the page, NetworkError where they cannot be had just now."""
        try:
            origin = str(URL(url).origin())
        except ValueError as error:
            raise NetworkError(url, "not a usable address") from error
        async with self._locks.setdefault(origin, asyncio.Lock()):
            rules = await self._rules_of(origin)
        self._locks.pop(origin, None)
        if rules.parsed is None:
            raise NetworkError(url, "robots.txt of the site cannot be had just now, so its pages have to wait")
        if not rules.parsed.can_fetch(url, PRODUCT):
            raise RobotsRefused(url, "robots.txt of the site does not let us fetch this page")

    async def _rules_of(self, origin: str) -> _Rules:
        now = asyncio.get_running_loop().time()
        rules = self._rules.pop(origin, None)
        if rules is None or rules.until < now:
            parsed = await self._fetch(origin)
            rules = _Rules(parsed, now + (RETRIED_S if parsed is None else KEPT_S))
        while len(self._rules) >= MOST_HOSTS:
            del self._rules[next(iter(self._rules))]
        self._rules[origin] = rules
        return rules

    async def _fetch(self, origin: str) -> Protego | None:
        """RFC 9309 2.3.1: what each outcome means. What asks for patience counts as unreachable."""
        try:
            response = await self._client.get(f"{origin}/robots.txt")
        except HttpStatusError as error:
            return Protego.parse("") if error.status < 500 and error.status not in BUSY else None
        except FetchError:
            return None
        body = b"" if response.status == GONE else response.body[:READ_BYTES]
        return Protego.parse(body.decode("utf-8-sig", "replace"))
