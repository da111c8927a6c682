"""From items to stored articles: the fetch side of gathering."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from db.articles import articles, fetched_pages
from db.engine import reading
from db.feeds import items
from db.sessions import session
from db.values import Item
from jobs.gather.conversions import Screening, by_address, feed_item, first_seen, is_worth_it, kept_page, source_of
from jobs.gather.local_network import LocalNetwork
from jobs.gather.network_tasks import Blame, NetworkTasks
from jobs.tally import Report, Tally
from jobs.terminal.console import Steps, steps
from tracker.errors import BadInput, GatherError, HttpStatusError, StorageError, Unheard
from tracker.gather.article import FetchedArticle, fetch_article, from_feed, publication_fields
from tracker.gather.canonical import canonical_address
from tracker.gather.http.robots import Robots
from tracker.gather.pages.extraction import load
from tracker.gather.schedule import article_retry, kind_of_page

if TYPE_CHECKING:
    from rich.progress import Progress

BATCH = 1000
"""Items in memory at once, their feed texts included: a few megabytes."""


class Fetching:
    """Fetches articles. Every outcome is stored in one transaction of its own."""

    def __init__(
        self,
        engine: Engine,
        network: LocalNetwork,
        at_once: NetworkTasks,
        clock: Callable[[], datetime],
        rng: Random,
        report: Report,
        screening: Screening | None = None,
    ) -> None:
        self._engine, self._network, self._at_once = engine, network, at_once
        self._clock, self._rng, self._report = clock, rng, report
        self._robots = Robots(network.fetcher)
        self._screening = screening

    async def fetch(self, tally: Tally, bar: "Progress | None" = None) -> None:
        """Fetches the article of every item whose time has come."""
        self._robots.forget_unheard()
        await self.screen_again()
        down = await self._network.still_down()
        with steps(bar, "articles") as shown:
            while not down and (batch := self._to_fetch()):
                down = await self._fetch_all(batch, tally, shown)

    async def fetch_some(self, wanted: Sequence[int], tally: Tally) -> None:
        """The articles of those of these items whose time has come."""
        batch = await asyncio.to_thread(self._to_fetch, wanted)
        if batch and not await self._network.still_down():
            with steps(None, "articles") as shown:
                await self._fetch_all(batch, tally, shown)

    async def _fetch_all(self, batch: Sequence[Item], tally: Tally, shown: Steps) -> bool:
        """Whether this machine's network turned out to be down."""
        await asyncio.to_thread(load)  # it takes half a second, in which a daemon would hear nothing
        groups = by_address(batch)
        shown.expect_more(len(groups))
        left, down = await self._at_once.all(groups, partial(self._fetch, tally=tally), shown)
        tally.waiting += len(left) if down else 0
        return down

    async def screen_again(self) -> None:
        """What another version of the screen put aside is fetched where this one lets it pass."""
        while self._screening and await self._at_once.store(self._look_again, self._screening):
            pass

    def _look_again(self, screening: Screening) -> int:
        with session(self._engine) as opened:
            found = items.to_screen_again(opened, screening.version)
            passed = {item.id for item in found if is_worth_it(item, screening)}
            items.take_up(opened, sorted(passed), self._clock())
            items.put_aside(opened, [item.id for item in found if item.id not in passed], screening.version)
        return len(found)

    def _put_aside(self, group: Sequence[Item], version: str) -> int:
        with session(self._engine) as opened:
            items.put_aside(opened, [item.id for item in group], version)
        return len(group)

    def _to_fetch(self, only: Sequence[int] | None = None) -> tuple[Item, ...]:
        with reading(self._engine) as opened:
            return items.items_to_fetch(opened, self._clock(), BATCH, only)

    async def _fetch(self, group: Sequence[Item], tally: Tally) -> Blame | None:
        """One article, which all items of the group link to. Whatever goes wrong with it, the others go on."""
        first = group[0]
        if await self._at_once.store(self._link_known, group):
            return None
        if self._screening and not any(is_worth_it(item, self._screening) for item in group):
            tally.put_aside += await self._at_once.store(self._put_aside, group, self._screening.version)
            return None
        try:
            item, source = feed_item(group), source_of(first)
            found = await fetch_article(self._network.fetcher, self._robots, item, source, first_seen(group))
        except StorageError:
            raise
        except Exception as error:
            self._report(f"{first.url}: cannot be read as a page ({type(error).__name__}: {error}); please report this")
            found = GatherError(first.url, f"the program failed: {type(error).__name__}")
        if isinstance(found, FetchedArticle):
            new = await self._at_once.store(self._save_article, group, found)
            tally.new_articles += new
            return None
        blame = partial(self._blame_page, group, found, tally)
        if isinstance(found, Unheard):
            return blame
        await blame()
        return None

    async def _blame_page(self, group: Sequence[Item], error: GatherError, tally: Tally) -> None:
        tally.failed_pages += 1
        new = await self._at_once.store(self._save_error, group, error)
        tally.new_articles += new

    def _link_known(self, group: Sequence[Item]) -> int:
        """Links the items to an article that is stored already; 0 where there is none. If nobody knew the day or the
        home of that article and one of these feeds does, it gets it."""
        with session(self._engine) as opened:
            key = articles.linked_article(opened, canonical_address(group[0].url), group[0].title) or 0
            if key:
                source = source_of(group[0])
                articles.learn_day(opened, key, *publication_fields(feed_item(group), source, first_seen(group)))
                articles.learn_home(opened, key, None if source.search else source.home)
            for item in group if key else ():
                items.link_item(opened, item.id, key)
        return key

    def _save_article(self, group: Sequence[Item], found: FetchedArticle) -> int:
        """1 where the article is new."""
        now = self._clock()
        try:
            with session(self._engine) as opened:
                key, new = articles.store_article(opened, found.article, now, feed_id=group[0].feed_id)
                if new and found.page:
                    fetched_pages.keep(opened, key, kept_page(found.page, now))
                for item in group:
                    items.link_item(opened, item.id, key)
                for address in _also_at(group, found):
                    articles.add_address(opened, key, address, now)
        except BadInput as error:
            return self._give_up(group, str(error))
        return int(new)

    def _save_error(self, group: Sequence[Item], error: GatherError) -> int:
        """Tries again later; at the end what the feed itself says stands for the article, if it says anything."""
        now, first = self._clock(), group[0]
        wait = error.retry_after if isinstance(error, HttpStatusError) else None
        told = from_feed(feed_item(group), source_of(first), first_seen(group))
        again = article_retry(kind_of_page(error), first.tries + 1, now, self._rng, wait, told is not None)
        if again is None and told:
            return self._save_article(group, FetchedArticle(told))
        return self._give_up(group, str(error), again)

    def _give_up(self, group: Sequence[Item], reason: str, again: datetime | None = None) -> int:
        with session(self._engine) as opened:
            for item in group:
                items.fail_item(opened, item.id, reason, again)
        return 0


def _also_at(group: Sequence[Item], found: FetchedArticle) -> set[str]:
    """The addresses that led to an article beside its own: those of the links, and where they were redirected to."""
    led = {canonical_address(item.url) for item in group} | {canonical_address(found.page.url) if found.page else ""}
    return led - {found.article.url, ""}
