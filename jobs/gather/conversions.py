"""Between the values of tracker.gather and those of db: feeds, items, how polls ended, and which items the first screen
lets pass."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from db.values import FetchedPage, Item, PollResult
from tracker.gather.article import FeedOfItem, feed_text, full_text
from tracker.gather.canonical import canonical_address
from tracker.gather.feeds.parser import FeedItem
from tracker.gather.feeds.poll import FeedFailed, FeedPolled
from tracker.gather.http.client import Response
from tracker.gather.schedule import FailureKind

if TYPE_CHECKING:
    from jobs.settings import Settings


def by_address(batch: Sequence[Item]) -> list[list[Item]]:
    """Items of one address together, those first whose feed is an outlet's and has a home: it tells where an article
    belongs. A news search tells least of an article."""
    groups: defaultdict[str, list[Item]] = defaultdict(list)
    for item in batch:
        groups[canonical_address(item.url) or f"item {item.id}"].append(item)
    return [sorted(group, key=_knows_least) for group in groups.values()]


def _knows_least(item: Item) -> tuple[bool, bool]:
    return item.from_search, item.home is None


def feed_item(group: Sequence[Item]) -> FeedItem:
    """What the feed of the first of these items of one article said; its day by whichever feed tells one."""
    item = group[0]
    published = next((one.published for one in group if one.published), None)
    publisher = next((one.publisher for one in group if one.publisher), "")
    return FeedItem(item.identity, item.url, item.title, item.summary, item.content, published, publisher=publisher)


def first_seen(group: Sequence[Item]) -> datetime:
    """When a feed first brought the article."""
    return min(item.first_seen for item in group)


def source_of(item: Item) -> FeedOfItem:
    """The feed that it came from."""
    return FeedOfItem(item.feed_title, item.home, search=item.from_search)


def kept_page(answer: Response, now: datetime) -> FetchedPage:
    """What is kept of the answer that an article's text was taken from."""
    kind = answer.headers.get("content-type", "")
    return FetchedPage(url=answer.url, content_type=kind, fetched_at=now, body=answer.body)


def failure(failed: FeedFailed, next_poll: datetime, now: datetime) -> PollResult:
    """What is to be stored of a poll that failed."""
    return PollResult(
        at=now,
        next_poll=next_poll,
        interval_s=round(failed.interval_s),
        error=str(failed.error),
        error_kind=failed.kind.value,
        early=failed.early,
    )


def success(polled: FeedPolled, now: datetime) -> PollResult:
    """What is to be stored of a good one."""
    read = polled.feed
    return PollResult(
        at=now,
        next_poll=polled.next_poll,
        interval_s=round(polled.interval_s),
        changed=bool(polled.new.items),
        title=read.title if read else None,
        site=read.site if read else None,
        etag=polled.etag,
        modified=polled.modified,
        body_hash=polled.body_hash,
    )


def said(failed: FeedFailed) -> str:
    """One line: which feed, what happened, what will happen."""
    if failed.kind is FailureKind.GONE or failed.next_poll is None:
        then = "it is retired; `tracker sources add` takes it up again"
    elif failed.kind is FailureKind.HARD:
        then = f"tried again {failed.next_poll:%b %d %H:%M} UTC; `tracker sources remove` ends it"
    else:
        then = f"tried again {failed.next_poll:%b %d %H:%M} UTC"
    return f"source {failed.url}: {failed.error}; {then}"


@dataclass(frozen=True, slots=True)
class Screening:
    """`may_report(title, summary)` says whether an item's page is worth a fetch; `version` changes with that."""

    version: str
    may_report: Callable[[str, str], bool]


def is_worth_it(item: Item, screening: Screening) -> bool:
    """True where an item is to become an article: it may report a change, or there is nothing to be spared, since
    the feed holds the whole text, a fetch of it was begun, or it has no link (which is said)."""
    feed_said = feed_item([item])
    begun = bool(item.tries) or not item.url
    return begun or bool(full_text(feed_said)) or screening.may_report(item.title, feed_text(feed_said))


def first_screen(settings: "Settings") -> Screening | None:
    """The reader's first screen; None where the settings want every page."""
    if not settings.screen:
        return None
    from jobs.reader import reader_version
    from tracker.read.first_screen import may_report

    return Screening(reader_version(settings), may_report)
