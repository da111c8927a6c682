"""What is said behind a step that decides how a policy stands: that it is uncertain, that only its year is known, that
its date stands in another sentence than its quote."""

from tracker.model import Basis, Entry, Evidence, Stage
from tracker.partial_date import PartialDate
from tracker.timeline.entry_fields import EVEN, witnesses
from tracker.timeline.how_sure import DATE, how_sure, is_uncertain, other_dates

CLAIMED = 0.6
"""A step with a smaller chance decides nothing where a surer one is known; alone, it leaves open how a policy stands. A
false word on what holds in a city hurts more than none: of 70 standings of development stories an editor found 21 false
and 22 true with 0.5, some 14 and 20 with 0.6, as many false and 13 true with 0.65."""
UNCERTAIN = "uncertain"
YEAR_ALONE = "only the year is known"
SEVERAL = "several rules"
_MADE = frozenset({Stage.ADOPTED, Stage.EFFECTIVE})
_RULES = frozenset({"ordinances", "resolutions", "agreements", "orders", "bans", "laws", "bylaws", "moratoriums"})
"""Rules of which several are several acts; revised procedures may be one."""
DATE_ELSEWHERE = "dated by another sentence"


def is_weak(step: Entry) -> bool:
    """True for a step that is too unsure for a claim on how a policy stands."""
    return how_sure(step).chance < CLAIMED


def told_day(step: Entry) -> PartialDate | None:
    """The date of a step as a standing tells it: where reports of an act contradict each other by days, its month or
    its year. The start of a rule can be moved: of that the date that leads is told."""
    day = step.date
    if day is None or DATE in step.locked:
        return day
    day = _witnessed(step, day)
    if step.stage is Stage.EFFECTIVE or not is_uncertain(step):
        return day
    others = other_dates(step)
    coarser = (day, day.to_month(), PartialDate(day.year))
    whole = [one for one in coarser if one.contains(day)]
    return next((one for one in whole if all(one.contains(other) for other in others)), day)


def _witnessed(step: Entry, day: PartialDate) -> PartialDate:
    """The date as the witnesses of the step tell it: coarser where only a report that is more likely wrong than right
    gives the day."""
    told = [item for item in witnesses(step.evidence) if item.finding.score >= EVEN]
    fits = [when for item in told if (when := item.finding.date) and when.agrees(day)]
    if not fits or day in fits:
        return day
    return min(fits, key=lambda when: (when.open_days(), when))


def caveat(step: Entry) -> str:
    """` (uncertain)`, ` (uncertain, only the year is known)`; empty where there is nothing to add."""
    told = [UNCERTAIN] if is_uncertain(step) else []
    told += [SEVERAL] if step.stage in _MADE and _is_several(step) else []
    if DATE not in step.locked and step.date is not None:
        told += [YEAR_ALONE] if step.date.precision == "year" else []
        told += [DATE_ELSEWHERE] if _is_elsewhere(step) else []
    return f" ({', '.join(told)})" if told else ""


def _is_several(step: Entry) -> bool:
    """True where the rule's own name says that there are several: two ordinances."""
    return bool(set(step.instrument.lower().split()) & _RULES)


def _is_elsewhere(step: Entry) -> bool:
    """True where no report gives the date within the sentence that is quoted, and one gives it in another."""
    day = step.date
    dated = [item for item in step.evidence if day and item.finding.date and item.finding.date.agrees(day)]
    where = [place for item in dated if (place := _in_quote(item)) is not None]
    return bool(where) and not any(where)


def _in_quote(item: Evidence) -> bool | None:
    """Whether the words of the date stand in the quote or the headline; None where it is not known where they stand."""
    if item.finding.basis is Basis.REPORTED:
        return None
    marks = [mark for mark in item.finding.marks if mark.field == "date"]
    if not marks:
        return None
    quote = item.finding
    return any(mark.in_title or (quote.start <= mark.start and mark.end <= quote.end) for mark in marks)
