"""Whether this machine's own network is down: judged by who answers, remembered in the database."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from urllib.parse import urlsplit

from sqlalchemy import Engine

from db.engine import reading
from db.feeds import feeds
from db.ops import incidents
from db.sessions import session
from jobs.tally import Report
from tracker.coverage import NETWORK
from tracker.errors import FetchError
from tracker.gather.http.client import Fetcher
from tracker.gather.outage import Listening, Signs, Trust, host_of, in_words, is_ours, panel, trust_of

AGAIN = timedelta(seconds=50)
"""While it lasts, hosts are tried about once a minute, however often polling and fetching ask whether it is over;
in between they take the last answer."""


class LocalNetwork:
    """One for a whole run. Everything is to be asked through `fetcher`, so that the signs are complete.

    A host is tried by its robots.txt: small, meant for programs, and no feed's schedule is touched by it.
    """

    def __init__(
        self, engine: Engine, fetcher: Fetcher, clock: Callable[[], datetime], rng: Random, report: Report
    ) -> None:
        self._engine, self._clock, self._rng, self._report = engine, clock, rng, report
        self.signs = Signs()
        self.fetcher = Listening(fetcher, self.signs)
        self._trying = asyncio.Lock()
        self._tried: datetime | None = None
        self._said = False
        self._down: bool | None = None

    async def still_down(self) -> bool:
        """Before anything is asked: whether an outage that was noted goes on. Tries a few hosts to see."""
        async with self._trying:
            now = self._clock()
            if self._noted() and (self._tried is None or now - self._tried >= AGAIN):
                self._tried = now
                self.signs.silent.clear()
                await self._judge()
            return self._noted()

    async def down(self) -> bool:
        """After hosts gave no answer: whether the fault is our own. Asks others where those are too few to tell."""
        async with self._trying:
            self._tried = self._clock()
            return await self._judge()

    async def _judge(self) -> bool:
        origins, trust = await asyncio.to_thread(self._hosts)
        answers = self.signs.answers
        judges = panel(trust, self.signs.silent.keys(), self._rng)
        while unknown := [host for host in judges if host not in self.signs.silent]:
            for some in (unknown[:1], unknown[1:]):  # where the network is there, the first says so
                if self.signs.answers == answers:
                    await asyncio.gather(*(self._try(origins[host]) for host in some))
            if self.signs.answers > answers:
                break
            for host in set(unknown) - self.signs.silent.keys():
                del trust[host]  # it could not be asked, so it is no judge
            judges = panel(trust, self.signs.silent.keys(), self._rng)
        ours = is_ours(judges, self.signs.silent.keys(), trust)
        await asyncio.to_thread(self._note if ours else self._forget)
        if not ours:
            self.signs.silent.clear()  # their own fault: it is no reason to leave others untried
        return ours

    async def _try(self, origin: str) -> None:
        with suppress(FetchError):
            await self.fetcher.get(f"{origin}/robots.txt")

    def _hosts(self) -> tuple[dict[str, str], dict[str, Trust]]:
        """(where to ask each host, what its silence says), by all feeds that are polled."""
        origins: dict[str, str] = {}
        trust: dict[str, Trust] = {}
        with reading(self._engine) as opened:
            polled = feeds.poll_states(opened)
        for url, heard, error_kind in polled:
            host, its = host_of(url), trust_of(heard, error_kind)
            if host and its < trust.get(host, len(Trust)):
                origins[host], trust[host] = "{0.scheme}://{0.netloc}".format(urlsplit(url)), its
        return origins, trust

    def _noted(self) -> bool:
        """What this process found, or, before it looked itself, what is noted. Another machine's network is no matter
        of ours, whatever it notes."""
        return self._is_noted() if self._down is None else self._down

    def _is_noted(self) -> bool:
        with reading(self._engine) as opened:
            return incidents.by_name(opened, NETWORK) is not None

    def _note(self) -> None:
        self._down = True
        what = in_words(self.signs.silent)
        with session(self._engine) as opened:
            incidents.note(opened, NETWORK, what, self._clock())
        if not self._said:
            self._report(f"{what}; nothing is held against the feeds, and they are tried again as soon as it is back")
        self._said = True

    def _forget(self) -> None:
        self._said, self._down = False, False
        if self._is_noted():
            with session(self._engine) as opened:
                incidents.end(opened, NETWORK)
