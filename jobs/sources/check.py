"""`tracker feeds check`: feeds are tried now, and what is wrong with each is said, with what to do. Changes nothing."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from jobs.json_lines import to_json
from jobs.network import client
from jobs.settings import Settings
from jobs.terminal.console import one_line, progress, warn
from tracker.errors import FetchError, RobotsRefused
from tracker.gather.article import full_text
from tracker.gather.canonical import leads_to_google
from tracker.gather.feeds.diagnosis import Diagnosis, FeedVerdict, diagnose
from tracker.gather.feeds.look import FeedProbe, feeds_behind, probe
from tracker.gather.http.client import Fetcher
from tracker.gather.http.robots import Robots
from tracker.gather.outage import Listening, Signs, Trust, host_of, in_words, is_ours

AT_ONCE = 500
"""Far more than there are connections, so that hosts that make us wait do not keep the others waiting."""


def check_all(settings: Settings, urls: Sequence[str], dead_ends: Mapping[str, int], *, as_json: bool) -> int:
    """Prints how each feed answers, in the order of the answers, and returns how many did not. `dead_ends`: of how many
    items of a feed the link led only to Google's own page."""

    signs = Signs()

    async def run() -> int:
        failed = 0
        async with client(settings) as fetcher:
            listening = Listening(fetcher, signs)
            robots, in_hand = Robots(listening), asyncio.Semaphore(AT_ONCE)
            with progress(beside_output=True) as bar:
                task = bar.add_task("checking feeds", total=len(urls))
                checks = [_check(listening, robots, in_hand, url, dead_ends.get(url, 0)) for url in urls]
                for answer in asyncio.as_completed(checks):
                    look, found = await answer
                    failed += found.verdict is FeedVerdict.FAILING
                    print(_line(look, found, as_json), flush=True)
                    bar.advance(task)
        return failed

    failed = asyncio.run(run())
    hosts = {host_of(url): Trust.NEW for url in urls}
    if is_ours(hosts, signs.silent.keys(), hosts):
        warn(in_words(signs.silent))
    return failed


def check_now(settings: Settings, url: str, dead_ends: int) -> tuple[FeedProbe, Diagnosis]:
    """How one feed answers, and what is wrong with it."""

    async def run() -> tuple[FeedProbe, Diagnosis]:
        async with client(settings) as fetcher:
            return await _check(fetcher, Robots(fetcher), asyncio.Semaphore(), url, dead_ends)

    return asyncio.run(run())


async def _check(
    fetcher: Fetcher, robots: Robots, in_hand: asyncio.Semaphore, url: str, dead_ends: int
) -> tuple[FeedProbe, Diagnosis]:
    async with in_hand:
        look = await feeds_behind(fetcher, await probe(fetcher, url))
        closed = await _pages_closed(robots, look)
    return look, diagnose(look, datetime.now(UTC), pages_closed=closed, dead_ends=dead_ends)


async def _pages_closed(robots: Robots, look: FeedProbe) -> bool:
    """Whether robots.txt keeps us from the page of an article that the feed itself does not hold whole."""
    items = look.parsed.items if look.parsed else ()
    pages = (item.url for item in items if item.url and not full_text(item) and not leads_to_google(item.url))
    if page := next(pages, None):
        try:
            await robots.check(page)
        except RobotsRefused:
            return True
        except FetchError:
            return False  # not to be had just now: nothing is known
    return False


def _line(look: FeedProbe, found: Diagnosis, as_json: bool) -> str:
    if as_json:
        return to_json(_record(look, found))
    remedy = f"; {found.remedy}" if found.remedy else ""
    return f"{found.verdict:<8} {one_line(f'{look.asked}: {found.says}{remedy}')}"


def _record(look: FeedProbe, found: Diagnosis) -> dict[str, Any]:
    """For programs: `ok` unless it fails; `error` is what is wrong with one that does."""
    feed, failing = look.feed, found.verdict is FeedVerdict.FAILING
    return {
        "url": look.asked,
        "ok": not failing,
        "verdict": found.verdict.value,
        "items": feed.items if feed else 0,
        "newest": feed.newest.isoformat() if feed and feed.newest else None,
        "moved_to": feed.url if feed and feed.url != look.asked else "",
        "says": one_line(found.says),
        "remedy": one_line(found.remedy),
        "error": one_line(found.says) if failing else "",
        "feeds": [{"url": one.url, "title": one.title, "items": one.items} for one in look.feeds],
    }
