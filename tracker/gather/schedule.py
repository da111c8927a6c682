"""When a feed is polled next: pure decisions over what the poll brought. Seconds everywhere; `now` is an argument."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from tracker.errors import DamagedFeed, DeadEnd, GatherError, HttpStatusError, NetworkError, PageError, RecordError

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
SHORTEST_S = 15 * MINUTE
LONGEST_S = DAY
"""The interval adapts between these (DESIGN section 6). Half of the known feeds hold less than a week of items."""
FIRST_S = HOUR
"""The interval of a feed of which nothing is known yet."""
FASTER = 0.6
SLOWER = 1.25
"""After a poll with news and after one without. They balance where three polls in ten bring news: reports come soon,
and most polls cost the server a 304."""
MISSED = 0.25
"""When no item of the last poll is left, items were missed in between: much sooner then."""
JITTER = 0.1
"""Up to so much of the wait is added by chance, always, so that polls do not fall on one another's second. Nothing is
ever taken off: a server that asked for an hour gets an hour."""
LONGEST_BACK_OFF_S = 7 * DAY
"""No number of errors stops the polling (DESIGN section 6)."""
LONGEST_ASKED_S = DAY
"""What Retry-After, max-age or a TTL may ask for; a mistyped year must not silence a feed."""


class FailureKind(StrEnum):
    """How a failure is expected to end. The values are stored."""

    PASSING = "passing"  # the network: soon over
    SOFT = "soft"  # the server is in trouble or wants less of us
    HARD = "hard"  # the address is wrong, or holds no feed
    GONE = "gone"  # the server says that it will not come back
    UNREADY = "unready"  # no article at its address, or not for us; only of article pages


STEP_S = {FailureKind.PASSING: 15 * MINUTE, FailureKind.SOFT: HOUR, FailureKind.HARD: 6 * HOUR}
"""The wait grows by this with every failure in a row: linear, so that a feed that comes back is heard soon."""
ARTICLE_STEP_S = {FailureKind.PASSING: 15 * MINUTE, FailureKind.SOFT: HOUR, FailureKind.UNREADY: HOUR}
ARTICLE_TRIES = {FailureKind.PASSING: 10, FailureKind.SOFT: 10, FailureKind.UNREADY: 5}
"""An article page is given up after so many tries, or at once after any other failure. With the steps above that is
eleven hours of a network failure and two days of a server's trouble: a site that is down overnight loses no article. A
feed can be ahead of its pages, and a site that is being mended can show that in place of all of them: ten hours. Most
pages without an article never get one, so that they are not asked for more often."""
TOLD_TRIES = 2
"""Where the feed itself tells the news, it stands for a page without an article after so many tries: an hour late."""
QUIET = timedelta(days=30)
"""Without a new item for so long a feed is worth a look: weekly papers write weekly, councils meet each month."""
BUSY = frozenset({304, 408, 425, 429})
"""Statuses below 500 that ask for patience; 304 as an error is a cache that answers what nobody asked."""
NOT_FOUND, GONE = 404, 410


@dataclass(frozen=True, slots=True)
class FeedState:
    """What a poll must know of a feed. `interval_s` 0: never polled; `errors` and `unchanged` count polls in a row;
    `next_poll` is when it is due, None where that does not matter."""

    url: str
    etag: str = ""
    modified: str = ""
    body_hash: str = ""
    interval_s: float = 0.0
    errors: int = 0
    unchanged: int = 0
    next_poll: datetime | None = None


@dataclass(frozen=True, slots=True)
class PollFacts:
    """What a good poll brought. `overlap`: at least one item was known already, so that none was missed in between."""

    new_items: int = 0
    overlap: bool = True
    ttl_s: float | None = None
    max_age_s: float | None = None
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The feed's interval from now on and the moment of its next poll; None: retired."""

    interval_s: float
    next_poll: datetime | None


def kind_of(error: GatherError) -> FailureKind:
    """What sort of failure it is. What is neither the network nor a server in trouble is hard."""
    if isinstance(error, NetworkError):
        return FailureKind.PASSING
    if isinstance(error, HttpStatusError):
        if error.status == GONE:
            return FailureKind.GONE
        return FailureKind.SOFT if error.status >= 500 or error.status in BUSY else FailureKind.HARD
    if isinstance(error, RecordError):
        return FailureKind.SOFT if error.passes else FailureKind.HARD
    # A server breaks off what it sends when it is in trouble; a feed that is written wrong is mended by its owner.
    return FailureKind.SOFT if isinstance(error, DamagedFeed) else FailureKind.HARD


def may_come(error: GatherError) -> bool:
    """True where the article may stand there an hour later: the page is not found, or holds none yet."""
    not_found = isinstance(error, HttpStatusError) and error.status == NOT_FOUND
    return not_found or (isinstance(error, PageError) and not isinstance(error, DeadEnd))


def kind_of_page(error: GatherError) -> FailureKind:
    """The same for article pages: an hour later a server may also answer otherwise."""
    kind = kind_of(error)
    answered = isinstance(error, HttpStatusError) or may_come(error)
    return FailureKind.UNREADY if kind is FailureKind.HARD and answered else kind


def after_success(interval_s: float, heard: PollFacts, now: datetime, rng: Random) -> Plan:
    """The plan after an answer, modified or not. What the server wishes with one answer is a floor of one wait; what
    the feed itself wishes is one of the interval, since an answer that nothing was modified does not repeat it."""
    factor = (FASTER if heard.overlap else MISSED) if heard.new_items else SLOWER
    interval = min(max((interval_s or FIRST_S) * factor, heard.ttl_s or 0.0, SHORTEST_S), LONGEST_S)
    asked = max(heard.max_age_s or 0.0, heard.retry_after_s or 0.0)
    return Plan(interval, later(now, max(interval, min(asked, LONGEST_ASKED_S)), rng))


def after_failure(
    interval_s: float,
    kind: FailureKind,
    failures: int,
    now: datetime,
    rng: Random,
    retry_after_s: float | None = None,
) -> Plan:
    """The plan after `failures` failures in a row, this one counted. Only a network failure is retried sooner than
    the feed's usual interval."""
    interval = interval_s or FIRST_S
    if kind is FailureKind.GONE:
        return Plan(interval, None)
    wait = STEP_S[kind] * max(failures, 1)
    if kind is not FailureKind.PASSING:
        wait = max(wait, interval)
    asked = min(retry_after_s or 0.0, LONGEST_ASKED_S)
    return Plan(interval, later(now, max(min(wait, LONGEST_BACK_OFF_S), asked), rng))


def brought_forward(plan: Plan, due: datetime, now: datetime, retry_after_s: float | None = None) -> Plan:
    """The plan after a failure of a poll that came before its feed was `due`: whoever tries by hand whether a feed is
    mended must not push it away. Only what the server itself asks for moves the next poll behind the moment that was
    set."""
    if plan.next_poll is None:
        return plan
    asked = now + timedelta(seconds=min(retry_after_s or 0.0, LONGEST_ASKED_S))
    return Plan(plan.interval_s, max(min(plan.next_poll, due), asked))


def article_retry(
    kind: FailureKind, tries: int, now: datetime, rng: Random, retry_after_s: float | None = None, told: bool = False
) -> datetime | None:
    """When to try an article page again after `tries` failed tries; None: given up. `kind` by `kind_of_page`; `told`:
    the feed itself tells the news."""
    most = ARTICLE_TRIES.get(kind, 0)
    if tries >= (min(most, TOLD_TRIES) if told and kind is FailureKind.UNREADY else most):
        return None
    return later(now, max(ARTICLE_STEP_S[kind] * max(tries, 1), min(retry_after_s or 0.0, LONGEST_ASKED_S)), rng)


def later(now: datetime, wait_s: float, rng: Random) -> datetime:
    """So many seconds on, and up to JITTER of them more."""
    return now + timedelta(seconds=wait_s * (1 + JITTER * rng.random()))


def max_age(headers: Mapping[str, str]) -> float | None:
    """Seconds of Cache-Control's max-age (RFC 9111 5.2.2.1); None without one, or where caching is ruled out."""
    control = headers.get("cache-control", "").lower()
    found = re.search(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", control)
    return float(found[1]) if found and "no-cache" not in control and "no-store" not in control else None
