"""When a digest is due. Pure: the moment is an argument, the zone's rules come from the IANA database.

A *slot* is the day, by the subscriber's own calendar, on which a mail is due. Only the latest slot counts: whoever was
down for three weeks sends one mail, late, not three. A slot is done when a mail of it was composed, or when there was
nothing to write; so neither a clock that is set back nor an hour that comes twice makes it due again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from tracker.publish.mail.subscribers import Frequency, Rhythm

PERIOD = {Frequency.WEEKLY: 7, Frequency.DAILY: 1}
"""Days."""
GAP = {Frequency.WEEKLY: 4, Frequency.DAILY: 1}
"""Days that two mails are at least apart. Four is as near to a week as a change of the weekday allows: after one, the
next mail comes in four to ten days."""
PAUSE = timedelta(minutes=10)
"""Between two mails to those who want them at once: one poll brings several entries over some minutes."""


@dataclass(frozen=True)
class Slot:
    """`key` is unique among a subscriber's mails. `day` None: an extra mail that stands for no slot. `quiet`: it goes
    out even if there is nothing to tell."""

    key: str
    day: date | None
    quiet: bool


def due(rhythm: Rhythm, now: datetime, *, since: datetime, done: Collection[date]) -> Slot | None:
    """The slot that is due now, if any. `since`: nothing was due before; `done`: the days of the slots that are done
    (those within a week of now are enough). Not for those who want their mails at once."""
    day = latest(rhythm, now)
    if slot_moment(rhythm, day) < since or _near(rhythm, day, done):
        return None
    return Slot(day.isoformat(), day, quiet=rhythm.frequency is Frequency.WEEKLY)


def at_once(rhythm: Rhythm, now: datetime, last_at: datetime | None) -> Slot | None:
    """The slot of somebody who wants everything at once, unless they got a mail just now. A last mail in the future
    (the clock was set back) holds nothing up."""
    if rhythm.frequency is not Frequency.AT_ONCE or (last_at and timedelta(0) <= now - last_at < PAUSE):
        return None
    return extra(now)


def early(rhythm: Rhythm, now: datetime, *, done: Collection[date]) -> Slot:
    """The slot of a mail that does not wait for its hour: it stands for today's, and so for a regular one that is near;
    where that is done, it is an extra one."""
    day = now.astimezone(ZoneInfo(rhythm.timezone)).date()
    if rhythm.frequency is Frequency.AT_ONCE or _near(rhythm, day, done):
        return extra(now)
    return Slot(day.isoformat(), day, quiet=rhythm.frequency is Frequency.WEEKLY)


def extra(now: datetime) -> Slot:
    """A mail beside the slots; only where there is something to tell."""
    return Slot(now.astimezone(UTC).isoformat(timespec="microseconds"), None, quiet=False)


@lru_cache(maxsize=4096)
def latest(rhythm: Rhythm, now: datetime) -> date:
    """The day of the last slot at or before now."""
    day = now.astimezone(ZoneInfo(rhythm.timezone)).date()
    if rhythm.frequency is Frequency.WEEKLY:
        day -= timedelta(days=(day.weekday() - rhythm.weekday) % 7)
    return day if slot_moment(rhythm, day) <= now else day - timedelta(days=PERIOD[rhythm.frequency])


def slot_moment(rhythm: Rhythm, day: date) -> datetime:
    """A slot's hour as a moment. An hour that the spring leaves out is taken by the clock before (so it is one later
    on the wall), one that the autumn has twice is the first (PEP 495)."""
    return datetime.combine(day, time(rhythm.hour), ZoneInfo(rhythm.timezone)).astimezone(UTC)


def _near(rhythm: Rhythm, day: date, done: Collection[date]) -> bool:
    """True where a mail of about then is done: one shortly before, or one after it that passed this slot over (the
    weekday was changed, the clock set back). One a whole period ahead says nothing: the clock was wrong then."""
    gap, period = GAP[rhythm.frequency], PERIOD[rhythm.frequency]
    return any(-gap < (other - day).days < period for other in done)
