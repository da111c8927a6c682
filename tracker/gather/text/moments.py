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
_YEAR_ZERO = re.compile(r"(?<![+-])\b0\d{3}\b")
_OFFSET = re.compile(r"\s*[+-]\d+$")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDED = re.compile(rf"\b({'|'.join(MONTHS)})[a-z]*\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.I)
_NUMERIC = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b")
_ISO = re.compile(r"\d{4}-?\d\d-?\d\d")


def moment(text: str | None) -> datetime | None:
    """Reads RFC 822/5322 and ISO 8601/RFC 3339 dates; None if it is neither or out of all reason. Always aware."""
    text = (text or "").strip()
    if not text or len(text) > LONGEST:
        return None
    try:
        found = _iso(text) if _ISO.match(text) else _rfc822(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        found = _american(text)
    return found if found and EARLIEST <= found.year <= LATEST else None


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
    """Years of two digits are this century's or the last's (RFC 5322 4.3); 0001 is the default of some program."""
    if _YEAR_ZERO.search(text):
        return None
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        found = parsedate_to_datetime(_OFFSET.sub("", text))  # an impossible offset leaves the day
    return settled(found) if ":" in text else noon(found.date())


def _american(text: str) -> datetime | None:
    """The day of "Tuesday, March 3, 2020 - 9:15pm" and "3/3/2020 9:15 PM", which say no zone."""
    worded, numeric = _WORDED.search(text), _NUMERIC.match(text)
    try:
        if worded:
            return noon(date(int(worded[3]), MONTHS.index(worded[1].lower()) + 1, int(worded[2])))
        return noon(date(int(numeric[3]), int(numeric[1]), int(numeric[2]))) if numeric else None
    except ValueError:
        return None


def settled(found: datetime) -> datetime:
    """A time without a zone keeps its day only; midnight UTC to the second is a day that some program filled up."""
    filled_up = found.utcoffset() == timedelta(0) and found.time() == time(0)
    if found.tzinfo is None or filled_up:
        return noon(found.date())
    return found
