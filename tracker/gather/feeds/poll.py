"""One poll of one feed, from its state to values that say what came of it. The caller loops and stores."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from random import Random

from tracker.errors import GatherError, HttpStatusError
from tracker.gather.feeds.document import FeedDocument
from tracker.gather.feeds.identity import NO_NEW_ITEMS, KnownItem, NewItems, new_items
from tracker.gather.feeds.parser import ParsedFeed
from tracker.gather.http.client import GONE, NOT_MODIFIED, Fetcher, Response
from tracker.gather.http.manners import retry_after
from tracker.gather.schedule import (
    FailureKind,
    FeedState,
    PollFacts,
    after_failure,
    after_success,
    brought_forward,
    kind_of,
    max_age,
)

ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"
WHOLE_EVERY = 25
"""After so many unchanged polls in a row the feed is asked for unconditionally: some servers answer 304 for ever."""
LONGEST_VALIDATOR = 500
"""Characters of an ETag or Last-Modified that is sent back."""
_VALIDATOR = re.compile(r"[\x20-\x7e]+")
Read = Callable[[bytes, str, str, datetime], Awaitable[FeedDocument]]
"""`read_document`, wherever it is done: in a thread, or in a process of its own. Raises FeedError."""


class BodyChange(StrEnum):
    """How far a good poll had to look."""

    NOT_MODIFIED = "not modified"  # 304
    SAME_BODY = "same body"  # the server sent the same bytes again
    READ = "read"  # the document was parsed


@dataclass(frozen=True, slots=True)
class ChangedFeed:
    """A document that has changed and was read; `feed_polled` tells what of it is new. The body is gone from
    `response`."""

    state: FeedState
    response: Response
    body_hash: str
    document: FeedDocument


@dataclass(frozen=True, slots=True)
class FeedPolled:
    """A good answer. `moved_to` is the feed's new address if the server moved it for good; `feed` is None unless the
    document was read; `etag`, `modified` and `body_hash` are to be stored as they are."""

    url: str
    change: BodyChange
    next_poll: datetime
    interval_s: float
    etag: str
    modified: str
    body_hash: str
    moved_to: str | None = None
    feed: ParsedFeed | None = None
    new: NewItems = NO_NEW_ITEMS


@dataclass(frozen=True, slots=True)
class FeedFailed:
    """A failure that was expected. `next_poll` None: the feed is gone (410) and to be retired, visibly. `early`: the
    feed was not due yet; where it was failing before, such a failure is not counted again."""

    url: str
    kind: FailureKind
    error: GatherError
    next_poll: datetime | None
    interval_s: float
    early: bool = False


async def ask_feed(
    client: Fetcher, feed: FeedState, now: datetime, rng: Random, read: Read
) -> ChangedFeed | FeedPolled | FeedFailed:
    """Asks for the feed, conditionally, and reads it if it has changed. Never raises what can be expected."""
    try:
        response = await client.get(feed.url, headers=conditions(feed))
        if response.status == GONE:
            raise HttpStatusError(feed.url, GONE)
        if response.status == NOT_MODIFIED:
            return _unchanged(feed, response, now, rng)
        body_hash = sha256(response.body).hexdigest()
        if body_hash == feed.body_hash:
            return _unchanged(feed, response, now, rng)
        kind = response.headers.get("content-type", "")
        document = await read(response.body, response.url, kind, now)
    except GatherError as error:
        return failed(feed, error, now, rng)
    return ChangedFeed(feed, replace(response, body=b""), body_hash, document)


def feed_polled(answered: ChangedFeed, known: Sequence[KnownItem], now: datetime, rng: Random) -> FeedPolled:
    """What is new, by the items that earlier polls recorded (those that share a key with one of the document), and
    when to poll next."""
    feed, response, document = answered.state, answered.response, answered.document
    new = new_items(document.feed.items, document.keys, known)
    overlap = not feed.body_hash or len(new.items) < len(document.feed.items)
    plan = after_success(feed.interval_s, _heard(response, document.feed.ttl_s, len(new.items), overlap), now, rng)
    return FeedPolled(
        url=feed.url,
        change=BodyChange.READ,
        next_poll=plan.next_poll or now,
        interval_s=plan.interval_s,
        etag=validator(response, "etag"),
        modified=validator(response, "last-modified"),
        body_hash=answered.body_hash,
        moved_to=_moved(feed, response),
        feed=document.feed,
        new=new,
    )


def conditions(feed: FeedState) -> dict[str, str]:
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
        change=BodyChange.NOT_MODIFIED if not_modified else BodyChange.SAME_BODY,
        next_poll=plan.next_poll or now,
        interval_s=plan.interval_s,
        etag=validator(response, "etag") or (feed.etag if not_modified else ""),
        modified=validator(response, "last-modified") or (feed.modified if not_modified else ""),
        body_hash=feed.body_hash,
        moved_to=_moved(feed, response),
    )


def _heard(response: Response, ttl_s: float | None, new_items: int, overlap: bool) -> PollFacts:
    wait = retry_after(response.headers.get("retry-after", ""), response.headers.get("date", ""))
    return PollFacts(new_items, overlap, ttl_s, max_age(response.headers), wait)


def validator(response: Response, name: str) -> str:
    """Kept only if it can be sent back: printable ASCII of sane length."""
    value = response.headers.get(name, "").strip()
    return value if len(value) <= LONGEST_VALIDATOR and _VALIDATOR.fullmatch(value) else ""


def _moved(feed: FeedState, response: Response) -> str | None:
    """The new address; a move from https back to http is followed but not kept."""
    new = response.permanent_url
    downgrade = feed.url.startswith("https:") and bool(new) and not str(new).startswith("https:")
    return new if new != feed.url and not downgrade else None


def failed(feed: FeedState, error: GatherError, now: datetime, rng: Random) -> FeedFailed:
    """What a failure makes of a feed, and when to poll it next."""
    kind = kind_of(error)
    wait = error.retry_after if isinstance(error, HttpStatusError) else None
    early = feed.next_poll is not None and now < feed.next_poll
    failures = max(feed.errors, 1) if early else feed.errors + 1
    plan = after_failure(feed.interval_s, kind, failures, now, rng, wait)
    if feed.next_poll is not None and early:
        plan = brought_forward(plan, feed.next_poll, now, wait)
    return FeedFailed(feed.url, kind, error, plan.next_poll, plan.interval_s, early)
