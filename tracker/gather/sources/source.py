"""What polls of sources other than feeds come to: every kind gives batches, each with the next state, and then this."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

from tracker.gather.schedule import DAY, FeedState, later

INTERVAL_S = DAY
"""Records and sheets are entered in office hours: one look a day hears of each within a day, and asks little."""


@dataclass(frozen=True, slots=True)
class RecordPolled:
    """A good poll; all that it brought is stored. `changed`: it brought something new."""

    url: str
    next_poll: datetime
    changed: bool
    interval_s: float = INTERVAL_S


@dataclass(frozen=True, slots=True)
class SourceNews:
    """What a poll of one kind gives back: whether it brought something new, and after how many seconds the source is
    due again."""

    changed: bool
    due_s: float = INTERVAL_S


def polled(source: FeedState, news: SourceNews, now: datetime, rng: Random) -> RecordPolled:
    """A good poll, with the moment of the next one."""
    return RecordPolled(source.url, later(now, news.due_s, rng), news.changed, news.due_s)
