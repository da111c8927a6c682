"""One visit to one document: asked for by its validators, where robots.txt allows; and when to come again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from tracker.errors import GatherError, HttpStatusError, Unheard
from tracker.gather.feeds.poll import conditions, validator
from tracker.gather.http.client import GONE, NOT_MODIFIED, Fetcher, Response
from tracker.gather.http.robots import Robots
from tracker.gather.schedule import BUSY, DAY, FASTER, HOUR, NOT_FOUND, SLOWER, FeedState

SHORTEST_S, LONGEST_S = DAY, 30 * DAY
"""Between two visits to a document: policies change a few times a year, and lists have hundreds."""
MISSING_S = DAY
"""An address that is not found is asked for again a day later: two visits must miss it."""
ERROR_STEP_S = 6 * HOUR
"""The wait grows by this with every failure in a row."""


class VisitKind(StrEnum):
    """What a visit met."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    MISSING = "missing"  # 404 or 410: nothing is at the address


@dataclass(frozen=True, slots=True)
class Visit:
    """An answer. `url`: where it came from in the end, `moved_to` where the address was moved for good; `etag`,
    `modified` and `body_hash` are to be stored as they are; `body` of a changed one only."""

    kind: VisitKind
    url: str = ""
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    modified: str = ""
    body_hash: str = ""
    moved_to: str = ""


async def visit(client: Fetcher, robots: Robots, document: FeedState) -> Visit:
    """Asks for a document. Raises GatherError kinds."""
    await robots.check(document.url)
    try:
        answer = await client.get(document.url, headers=conditions(document))
    except HttpStatusError as error:
        if error.status == NOT_FOUND:
            return Visit(VisitKind.MISSING)
        raise
    if answer.status == GONE:
        return Visit(VisitKind.MISSING)
    body_hash = document.body_hash if answer.status == NOT_MODIFIED else sha256(answer.body).hexdigest()
    if body_hash == document.body_hash and body_hash:
        return _visit(VisitKind.UNCHANGED, document, answer, body_hash)
    return _visit(VisitKind.CHANGED, document, answer, body_hash)


def _visit(kind: VisitKind, document: FeedState, answer: Response, body_hash: str) -> Visit:
    """A 304 need not repeat the validators; a full answer replaces them."""
    kept = answer.status == NOT_MODIFIED
    return Visit(
        kind,
        url=answer.url,
        body=answer.body if kind is VisitKind.CHANGED else b"",
        content_type=answer.headers.get("content-type", ""),
        etag=validator(answer, "etag") or (document.etag if kept else ""),
        modified=validator(answer, "last-modified") or (document.modified if kept else ""),
        body_hash=body_hash,
        moved_to=answer.permanent_url or "",
    )


def concerns_host(error: GatherError) -> bool:
    """True where a failure says that the whole host is to be left alone for now: it asks for quiet, or is not heard."""
    if isinstance(error, HttpStatusError):
        return error.status in BUSY or error.retry_after is not None
    return isinstance(error, Unheard)


def next_interval(interval_s: float, *, changed: bool) -> float:
    """Seconds to the visit after the next: sooner after a change, later after none."""
    return min(max(interval_s * (FASTER if changed else SLOWER), SHORTEST_S), LONGEST_S)


def after_error(now: datetime, errors: int) -> datetime:
    """When a document is tried again after so many failures in a row."""
    return now + timedelta(seconds=min(ERROR_STEP_S * max(errors, 1), LONGEST_S))
