"""Publication moments out of feeds and pages, with the day kept right.

A day is what the reader of an article reckons with ("Thursday", "last month"), so the day must be the one on which the
outlet published, where it published. A moment keeps the zone it was given in. Where only a day is known (no time, or a
time without a zone), it stands at noon UTC, which is the same day everywhere in the United States.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from email.utils import parsedate_to_datetime

EARLIEST = 1990
"""No feed is older than the web; an earlier year is a default of some program (1970, 1900)."""
LATEST = 2100
LONGEST = 80
"""Characters of a date; longer ones are something else, and the parsers behind are not made for them."""
NOON = time(12, tzinfo=UTC)
_ISO = re.compile(r"\d{4}-?\d\d-?\d\d")


def moment(text: str | None) -> datetime | None:
    """Reads RFC 822/5322 and ISO 8601/RFC 3339 dates; None if it is neither or out of all reason. Always aware."""
    text = (text or "").strip()
    if not text or len(text) > LONGEST:
        return None
    try:
        found = _iso(text) if _ISO.match(text) else _rfc822(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if found is None or not EARLIEST <= found.year <= LATEST:
        return None
    return found


def noon(day: date) -> datetime:
    """The moment that stands for a day of which no time is known."""
    return datetime.combine(day, NOON)


def is_day(at: datetime) -> bool:
    """Whether the moment only stands for its day."""
    return at.timetz() == NOON


def local_day(at: datetime, zone: tzinfo) -> date:
    """The day in the outlet's zone; a moment given with an offset of its own keeps its own day."""
    given_in_utc = at.utcoffset() == timedelta(0)
    return (at.astimezone(zone) if given_in_utc else at).date()


def _iso(text: str) -> datetime | None:
    text = text.replace(" ", "T", 1) if len(text) > 10 and text[10] == " " else text
    text = text.replace(" ", "")
    if "T" not in text.upper():
        return noon(date.fromisoformat(text[:10]))
    try:
        return settled(datetime.fromisoformat(text.upper()))
    except ValueError:
        return noon(date.fromisoformat(text[:10]))


def _rfc822(text: str) -> datetime | None:
    found = parsedate_to_datetime(text)
    return settled(found) if ":" in text else noon(found.date())


def settled(found: datetime) -> datetime:
    """A time without a zone keeps its day only; midnight UTC to the second is a day that some program filled up."""
    filled_up = found.utcoffset() == timedelta(0) and found.time() == time(0)
    if found.tzinfo is None or filled_up:
        return noon(found.date())
    return found
