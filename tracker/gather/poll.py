"""One poll of one feed, from its state to values that say what came of it. The caller loops and stores."""

import asyncio
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from random import Random

from tracker.errors import GatherError, HttpStatusError
from tracker.gather.days import believed_items
from tracker.gather.feeds import FeedItem, ParsedFeed, parse_feed
from tracker.gather.http import GONE, NOT_MODIFIED, Fetcher, Response
from tracker.gather.identity import KnownItem, identify
from tracker.gather.manners import retry_after
from tracker.gather.schedule import FailureKind, Heard, after_failure, after_success, kind_of, max_age

ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"
WHOLE_EVERY = 25
"""After so many unchanged polls in a row the feed is asked for unconditionally: some servers answer 304 for ever."""
LONGEST_VALIDATOR = 500
"""Characters of an ETag or Last-Modified that is sent back."""
_VALIDATOR = re.compile(r"[\x20-\x7e]+")
KnownItems = Callable[[Sequence[FeedItem]], Iterable[KnownItem]]
"""Looks up which of the items of a document earlier polls recorded; called only when the document has changed."""


class Change(StrEnum):
    """How far a good poll had to look."""

    NOT_MODIFIED = "not modified"  # 304
    SAME_BODY = "same body"  # the server sent the same bytes again
    READ = "read"  # the document was parsed


@dataclass(frozen=True, slots=True)
class FeedState:
    """What a poll must know of a feed. `interval_s` 0: never polled; `errors` and `unchanged` count polls in a row."""

    url: str
    etag: str = ""
    modified: str = ""
    body_hash: str = ""
    interval_s: float = 0.0
    errors: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class NewFeedItem:
    """An item that no earlier poll recorded, with the identity to record it under."""

    identity: str
    item: FeedItem


@dataclass(frozen=True, slots=True)
class FeedPolled:
    """A good answer. `moved_to` is the feed's new address if the server moved it for good; `feed` is None unless the
    document was read; `etag`, `modified` and `body_hash` are to be stored as they are."""

    url: str
    change: Change
    next_poll: datetime
    interval_s: float
    etag: str
    modified: str
    body_hash: str
    moved_to: str | None = None
    feed: ParsedFeed | None = None
    new: tuple[NewFeedItem, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedFailed:
    """A failure that was expected. `next_poll` None: the feed is gone (410) and to be retired, visibly."""

    url: str
    kind: FailureKind
    error: GatherError
    next_poll: datetime | None
    interval_s: float


def nothing_known(_items: Sequence[FeedItem]) -> Iterable[KnownItem]:
    """For a first poll."""
    return ()


async def poll_feed(
    client: Fetcher, feed: FeedState, now: datetime, rng: Random, known: KnownItems = nothing_known
) -> FeedPolled | FeedFailed:
    """Asks for the feed, conditionally, and reads it if it has changed. Never raises what can be expected.

    Parsing runs in a thread, so that other answers do not wait for it.
    """
    try:
        response = await client.get(feed.url, headers=_conditions(feed))
        if response.status == GONE:
            raise HttpStatusError(feed.url, GONE)
        body_hash = sha256(response.body).hexdigest()
        if response.status == NOT_MODIFIED or body_hash == feed.body_hash:
            return _unchanged(feed, response, now, rng)
        kind = response.headers.get("content-type", "")
        parsed = await asyncio.to_thread(parse_feed, response.body, response.url, kind)
    except GatherError as error:
        return _failed(feed, error, now, rng)
    parsed = replace(parsed, items=believed_items(parsed.items, now))
    return _read(feed, response, parsed, body_hash, tuple(known(parsed.items)), now, rng)


def _conditions(feed: FeedState) -> dict[str, str]:
    """RFC 9110 13: the validators of the last answer, given back as they came."""
    headers = {"Accept": ACCEPT}
    if feed.unchanged and feed.unchanged % WHOLE_EVERY == 0:
        return headers
    if feed.etag:
        headers["If-None-Match"] = feed.etag
    if feed.modified:
        headers["If-Modified-Since"] = feed.modified
    return headers


def _unchanged(feed: FeedState, response: Response, now: datetime, rng: Random) -> FeedPolled:
    """A 304 need not repeat the validators; a full answer replaces them."""
    not_modified = response.status == NOT_MODIFIED
    plan = after_success(feed.interval_s, _heard(response, None, 0, True), now, rng)
    return FeedPolled(
        url=feed.url,
        change=Change.NOT_MODIFIED if not_modified else Change.SAME_BODY,
        next_poll=plan.next_poll or now,
        interval_s=plan.interval_s,
        etag=_validator(response, "etag") or (feed.etag if not_modified else ""),
        modified=_validator(response, "last-modified") or (feed.modified if not_modified else ""),
        body_hash=feed.body_hash,
        moved_to=_moved(feed, response),
    )


def _read(
    feed: FeedState,
    response: Response,
    parsed: ParsedFeed,
    body_hash: str,
    known: tuple[KnownItem, ...],
    now: datetime,
    rng: Random,
) -> FeedPolled:
    new = _new_items(parsed.items, known)
    overlap = not feed.body_hash or len(new) < len(parsed.items)
    plan = after_success(feed.interval_s, _heard(response, parsed.ttl_s, len(new), overlap), now, rng)
    return FeedPolled(
        url=feed.url,
        change=Change.READ,
        next_poll=plan.next_poll or now,
        interval_s=plan.interval_s,
        etag=_validator(response, "etag"),
        modified=_validator(response, "last-modified"),
        body_hash=body_hash,
        moved_to=_moved(feed, response),
        feed=parsed,
        new=new,
    )


def _new_items(items: tuple[FeedItem, ...], known: tuple[KnownItem, ...]) -> tuple[NewFeedItem, ...]:
    """Each new item once, in the order of the document."""
    recorded = {item.identity for item in known}
    found: dict[str, FeedItem] = {}
    for identity, item in zip(identify(items, known), items, strict=True):
        if identity not in recorded:
            found.setdefault(identity, item)
    return tuple(NewFeedItem(identity, item) for identity, item in found.items())


def _heard(response: Response, ttl_s: float | None, new_items: int, overlap: bool) -> Heard:
    wait = retry_after(response.headers.get("retry-after", ""), response.headers.get("date", ""))
    return Heard(new_items, overlap, ttl_s, max_age(response.headers), wait)


def _validator(response: Response, name: str) -> str:
    """Kept only if it can be sent back: printable ASCII of sane length."""
    value = response.headers.get(name, "").strip()
    return value if len(value) <= LONGEST_VALIDATOR and _VALIDATOR.fullmatch(value) else ""


def _moved(feed: FeedState, response: Response) -> str | None:
    """The new address; a move from https back to http is followed but not kept."""
    new = response.permanent_url
    downgrade = feed.url.startswith("https:") and bool(new) and not str(new).startswith("https:")
    return new if new != feed.url and not downgrade else None


def _failed(feed: FeedState, error: GatherError, now: datetime, rng: Random) -> FeedFailed:
    kind = kind_of(error)
    wait = error.retry_after if isinstance(error, HttpStatusError) else None
    plan = after_failure(feed.interval_s, kind, feed.errors + 1, now, rng, wait)
    return FeedFailed(feed.url, kind, error, plan.next_poll, plan.interval_s)
