"""`tracker sources check`: sources are tried now, and what is wrong with each is said, with what to do."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from jobs.json_lines import to_json
from jobs.network import client
from jobs.settings import Settings
from jobs.sources.lookup import token_of
from jobs.terminal.console import one_line, progress, warn
from tracker.errors import FetchError, RobotsRefused
from tracker.gather.article import full_text
from tracker.gather.canonical import leads_to_google
from tracker.gather.feeds.diagnosis import Diagnosis, FeedVerdict, diagnose
from tracker.gather.feeds.look import FeedProbe, feeds_behind, probe
from tracker.gather.http.client import Fetcher
from tracker.gather.http.robots import Robots
from tracker.gather.outage import Listening, Signs, Trust, host_of, in_words, is_ours
from tracker.gather.sources.look import look_at
from tracker.kinds import SourceKind

AT_ONCE = 500
"""Far more than there are connections, so that hosts that make us wait do not keep the others waiting."""


@dataclass(frozen=True, slots=True)
class ToCheck:
    """A source to try. `dead_ends`: of how many of its items the link led only to Google's own page."""

    url: str
    kind: SourceKind = SourceKind.FEED
    dead_ends: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """How a source answers. `probe`: what was seen of a feed."""

    source: ToCheck
    diagnosis: Diagnosis
    probe: FeedProbe | None = None


def check_all(settings: Settings, sources: Sequence[ToCheck], *, as_json: bool) -> int:
    """Prints how each source answers, in the order of the answers, and returns how many did not."""
    signs = Signs()

    async def run() -> int:
        failed = 0
        async with client(settings) as fetcher:
            listening = Listening(fetcher, signs)
            robots, in_hand = Robots(listening), asyncio.Semaphore(AT_ONCE)
            with progress(beside_output=True) as bar:
                task = bar.add_task("checking sources", total=len(sources))
                for answer in asyncio.as_completed(
                    [_check(settings, listening, robots, in_hand, source) for source in sources]
                ):
                    checked = await answer
                    failed += checked.diagnosis.verdict is FeedVerdict.FAILING
                    print(_line(checked, as_json), flush=True)
                    bar.advance(task)
        return failed

    failed = asyncio.run(run())
    hosts = {host_of(source.url): Trust.NEW for source in sources}
    if is_ours(hosts, signs.silent.keys(), hosts):
        warn(in_words(signs.silent))
    return failed


def check_now(settings: Settings, source: ToCheck) -> Diagnosis:
    """How one source answers, and what is wrong with it."""

    async def run() -> Diagnosis:
        async with client(settings) as fetcher:
            return (await _check(settings, fetcher, Robots(fetcher), asyncio.Semaphore(), source)).diagnosis

    return asyncio.run(run())


async def _check(
    settings: Settings, fetcher: Fetcher, robots: Robots, in_hand: asyncio.Semaphore, source: ToCheck
) -> Checked:
    now = datetime.now(UTC)
    async with in_hand:
        if source.kind is not SourceKind.FEED:
            token = token_of(settings, source.url)
            return Checked(source, await look_at(fetcher, source.kind, source.url, token, now))
        look = await feeds_behind(fetcher, await probe(fetcher, source.url))
        closed = await _pages_closed(robots, look)
    return Checked(source, diagnose(look, now, pages_closed=closed, dead_ends=source.dead_ends), look)


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


def _line(checked: Checked, as_json: bool) -> str:
    if as_json:
        return to_json(_record(checked))
    told = checked.diagnosis
    remedy = f"; {told.remedy}" if told.remedy else ""
    return f"{told.verdict:<8} {one_line(f'{checked.source.url}: {told.says}{remedy}')}"


def _record(checked: Checked) -> dict[str, Any]:
    """For programs: `ok` unless it fails; `error` is what is wrong with one that does. What only feeds have is empty
    for other kinds."""
    source, told = checked.source, checked.diagnosis
    feed = checked.probe.feed if checked.probe else None
    failing, feeds = told.verdict is FeedVerdict.FAILING, checked.probe.feeds if checked.probe else ()
    return {
        "url": source.url,
        "kind": source.kind.value,
        "ok": not failing,
        "verdict": told.verdict.value,
        "items": feed.items if feed else 0,
        "newest": feed.newest.isoformat() if feed and feed.newest else None,
        "moved_to": feed.url if feed and feed.url != source.url else "",
        "says": one_line(told.says),
        "remedy": one_line(told.remedy),
        "error": one_line(told.says) if failing else "",
        "feeds": [{"url": one.url, "title": one.title, "items": one.items} for one in feeds],
    }
