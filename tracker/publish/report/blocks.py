"""Policies as they are told on lists of what is new: a block each, the news first, then the dates that are coming, then
what was before. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.model import Entry
from tracker.publish import words
from tracker.publish.report.records import comes
from tracker.publish.report.threads import Thread

NEWS_SHOWN = 2
"""Steps of one policy that are told in full: what was decided, and what else the same report has decided."""
EARLIER_SHOWN = 3
"""Steps of before, a line each; the policy's page has all."""


@dataclass(frozen=True, slots=True)
class Block:
    """One policy: `news` latest report first, `coming` soonest first, `earlier` newest first, with how many `more` of
    these its own page has."""

    thread: Thread
    news: tuple[Entry, ...]
    coming: tuple[Entry, ...]
    earlier: tuple[Entry, ...]
    more: int

    @property
    def steps(self) -> tuple[Entry, ...]:
        """All that the block shows."""
        return (*self.news, *self.coming, *self.earlier)


def block(thread: Thread, today: date) -> Block:
    """The block of a policy on the day of the build."""
    news = _news(thread.entries, today)
    rest = [entry for entry in thread.entries if entry not in news]
    coming = sorted((entry for entry in rest if _is_coming(entry, today)), key=lambda entry: str(entry.date))
    earlier = [entry for entry in rest if entry not in coming]
    kept = earlier[:EARLIER_SHOWN]
    return Block(thread, tuple(news), tuple(coming), tuple(kept), len(earlier) - len(kept))


def steps(blocks: Iterable[Block]) -> list[Entry]:
    """All that the blocks show."""
    return [entry for one in blocks for entry in one.steps]


def _news(entries: Sequence[Entry], today: date) -> list[Entry]:
    """What the last report is about: its news, else the latest step that it tells of. What comes is told as that where
    something was decided besides."""
    last = max((words.first_report(entry) or date.min for entry in entries), default=date.min)
    fresh = [entry for entry in entries if (words.first_report(entry) or date.min) == last]
    found = [entry for entry in fresh if any(item.finding.primary for item in entry.evidence)] or fresh[:1]
    decided = [entry for entry in found if not _is_coming(entry, today)]
    return (decided or found)[:NEWS_SHOWN]


def _is_coming(entry: Entry, today: date) -> bool:
    return words.is_ahead(entry, today) and bool(comes(entry))
