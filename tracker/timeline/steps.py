"""The steps of one policy: in which order they were taken, which of them are behind us on a day, which their own
reports deny or put off, and who blocked the rule."""

from collections.abc import Iterable, Sequence
from datetime import date

from tracker.model import Entry, EntryStatus, Evidence, Factuality, Finding, Qualifier, Stage, Witness
from tracker.partial_date import PartialDate
from tracker.read.branches import OUTSIDE, branch

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


DECIDED = frozenset({"date", "stage", "status"})
"""Fields by which a person says that the step was taken on its date."""


def denial(entry: Entry) -> Evidence | None:
    """The last report that denies the step on its date, or puts it off, where none has asserted it since; None where a
    person said that the step is right, or a record tells it; a start that a record foretells can be put off."""
    if entry.status is not EntryStatus.PENDING or entry.locked & DECIDED or entry.date is None:
        return None
    if recorded_by(entry) and entry.stage is not Stage.EFFECTIVE:
        return None
    told = [item for item in entry.evidence if _is_of(item, entry.date)]
    against = [item for item in told if not item.supports]
    last = max(against, key=lambda item: (item.published, item.url), default=None)
    if last is None or any(item.supports and item.published > last.published for item in told):
        return None
    return last


def recorded_by(entry: Entry) -> Evidence | None:
    """The record, or the policy's own text, that tells the entry's place, stage and date; of several a record, the
    first. None where none does."""
    told = (item for item in entry.evidence if not item.is_report and item.supports and _tells(item, entry))
    return min(told, key=lambda item: (not item.is_record, item.published, item.url), default=None)


def whose_record(record: Evidence) -> str:
    """Whose record it is, in words."""
    if not record.is_record:
        return "the policy's own text"
    return "the council's record" if record.matter else "the government's record"


def _tells(item: Evidence, entry: Entry) -> bool:
    said = item.finding
    return (said.jurisdiction, said.stage, said.date) == (entry.jurisdiction, entry.stage, entry.date)


def _is_of(item: Evidence, day: PartialDate) -> bool:
    """True for a report of the step on its date; that it was never taken is often told with the day on which somebody
    said so."""
    when = item.finding.date
    return item.finding.factuality is Factuality.DENIED or (when is not None and when.agrees(day))


def is_put_off(against: Evidence) -> bool:
    """True where the report says that the step was put off, not that it was never taken."""
    return against.finding.factuality is Factuality.POSTPONED


def is_qualified(step: Entry, by: Qualifier) -> bool:
    """True where a report says so of the step."""
    return any(by in item.finding.qualifiers for item in step.evidence)


FAILURE_WORDS = {
    Qualifier.VETOED: "vetoed",
    Qualifier.WITHDRAWN: "withdrawn",
    Qualifier.LAPSED: "died with the session",
    Qualifier.SHELVED: "shelved",
}
REJECTED = "rejected"


def failure(step: Entry | Finding) -> str:
    """How what was proposed failed, as a record's table has it; `rejected` where none tells."""
    return next((FAILURE_WORDS[by] for by in recorded_qualifiers(step) if by in FAILURE_WORDS), REJECTED)


def recorded_qualifiers(step: Entry | Finding) -> list[Qualifier]:
    """What records say of how a step was taken: a table has it, no word of a sentence."""
    findings = [step] if isinstance(step, Finding) else [item.finding for item in step.evidence]
    return [by for one in findings if one.witness is Witness.TABLE for by in one.qualifiers]


def is_from_outside(block: Entry) -> bool:
    """True where the body that blocked is a court or a higher government, or a quoted sentence or its headline names
    one; what a person set as the body decides alone."""
    if branch(block.body) in OUTSIDE or "body" in block.locked:
        return branch(block.body) in OUTSIDE
    return is_qualified(block, Qualifier.FROM_ABOVE)
