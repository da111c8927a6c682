"""The steps of one policy in the order in which they were taken, and which of them are behind us on a day."""

from collections.abc import Iterable, Sequence
from datetime import date

from tracker.model import Entry, Stage

STAGE_ORDER = {stage: order for order, stage in enumerate(Stage)}
"""Steps of which the dates leave open which came first, in the order in which they happen as a rule."""
ENDS = frozenset({Stage.RESCINDED, Stage.BLOCKED})
"""Stages after which a rule does not hold."""


def first_told(entry: Entry) -> date:
    """The day of the first report; the last of days where there is none."""
    return min((item.published for item in entry.evidence), default=date.max)


def last_told(entry: Entry) -> date:
    """The day of the last report; the last of days where there is none."""
    return max((item.published for item in entry.evidence), default=date.max)


def span(entry: Entry) -> tuple[date, date]:
    """(first, last day) on which the step can have been taken; without a date the day of the first report stands in."""
    return (entry.date.first_day(), entry.date.last_day()) if entry.date else (first_told(entry),) * 2


def in_sequence(entries: Iterable[Entry]) -> list[Entry]:
    """Earlier steps first. Where dates leave the order open (a year, and a day of that year), stages have theirs; what
    is certain, that one step was over before another began, always holds."""
    left, ordered = list(entries), list[Entry]()
    while left:
        first_end = min(span(entry)[1] for entry in left)
        possible = [entry for entry in left if span(entry)[0] <= first_end]
        ordered.append(min(possible, key=_rank))
        left.remove(ordered[-1])
    return ordered


def _rank(entry: Entry) -> tuple[int, tuple[date, date], str]:
    return STAGE_ORDER[entry.stage], span(entry), entry.id


def has_come(entry: Entry, as_of: date) -> bool:
    """True where the step is surely behind us. A start of "July" may be the last of July; what is reported as done in a
    month was done when that was reported; a proposal is one from its first report on, also where its date is that of a
    vote to come."""
    first, last = span(entry)
    if entry.stage is Stage.EFFECTIVE and entry.date:
        return last <= as_of
    told = first_told(entry)
    if entry.stage in (Stage.PROPOSED, Stage.REJECTED):
        return min(last, told) <= as_of
    return min(last, max(first, told)) <= as_of


def without_foiled(entries: Sequence[Entry]) -> list[Entry]:
    """Without the starts that were only ever foretold, before an end that came first."""
    ends = [span(entry)[0] for entry in entries if entry.stage in ENDS]
    return [entry for entry in entries if not _foiled(entry, ends)]


def _foiled(entry: Entry, ends: Sequence[date]) -> bool:
    if entry.stage is not Stage.EFFECTIVE or not entry.evidence:
        return False
    return any(last_told(entry) <= end < span(entry)[0] for end in ends)
