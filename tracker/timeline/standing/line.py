"""The line that says how a policy stands: `in force since July 6, 2017, as amended in December 2019`. Pure."""

from collections.abc import Iterable
from datetime import date

from tracker.characters import shortened
from tracker.model import Basis, Effect, Entry, Stage
from tracker.partial_date import PartialDate
from tracker.timeline.how_sure import is_uncertain
from tracker.timeline.standing.caveats import caveat, told_day
from tracker.timeline.standing.lifecycle import IN_FORCE, Lifecycle, State
from tracker.timeline.steps import REJECTED, failure, first_told, last_told
from tracker.timeline.vocabulary import is_numbered_for_good

LONGEST = 160
"""Characters of a quoted sentence behind a standing; a longer one ends at a word."""
WORDS = {State.AMENDED: "in force", State.GIVEN_UP: REJECTED}
"""What a state is called in a line where that is not its own word: the line says when it was amended, and what was
given up is called as its step is."""
QUIET_DAYS = 365
"""A proposal is voted on within months; what became of one that was last heard of more than a year ago nobody knows."""


def taking(start: Entry) -> str:
    """Of a start "in 2017" that is told in 2017 nobody knows whether it has come."""
    assert start.date
    return "takes or took" if start.date.first_day() <= first_told(start) else "takes"


def line(state: State, lifecycle: Lifecycle, changed: Entry | None, as_of: date) -> str:
    """`in force since July 6, 2017, as amended in December 2019`."""
    decisive, again = lifecycle.decisive, " again" if lifecycle.again else ""
    if decisive is None:
        return WORDS.get(state, state)
    amended = f", {_changed(changed, decisive)}" if changed else ""
    if changed and state in IN_FORCE and decisive.stage is Stage.ADOPTED:
        return f"in force as it stands {since(changed)}, first adopted {when(decisive)}"
    if state in IN_FORCE and lifecycle.parts:
        first = f"in force in part{again} {since(decisive)}"
        return f"{first}, a further part {since(lifecycle.parts[-1])}{amended}"
    if state is State.BLOCKED and not names_rule(decisive):
        return f"blocked {since(decisive)}: {quoted(decisive)}"
    if state in (*IN_FORCE, State.SUSPENDED, State.BLOCKED):
        return f"{WORDS.get(state, state)}{again} {since(decisive)}{amended}"
    if state is State.PROPOSED and decisive.date and decisive.date.first_day() > as_of:
        return f"proposed, scheduled for {decisive.date.as_noun()}{caveat(decisive)}"
    if state is State.PROPOSED and not is_uncertain(decisive) and _is_quiet(lifecycle.steps, as_of):
        return f"proposed {when(decisive)}, nothing heard since"
    word = failure(decisive) if state is State.GIVEN_UP else WORDS.get(state, state)
    return f"{word}{again} {when(decisive)}{amended}"


def _changed(step: Entry, first: Entry) -> str:
    """`as amended on December 18, 2019`; what was adopted twice, and is no procedure numbered for good, may be two."""
    if step.stage is Stage.EFFECTIVE:
        return f"as amended {when(step)}"
    twice = (
        first.stage is Stage.ADOPTED and step.effect is not Effect.AMENDS and not is_numbered_for_good(step.identifier)
    )
    return f"and again {when(step)}" if twice else f"as amended {when(step)}"


def _is_quiet(steps: Iterable[Entry], as_of: date) -> bool:
    """True where the last report of a policy is long ago."""
    told = [day for step in steps if (day := last_told(step)) != date.max]
    return bool(told) and (as_of - max(told)).days > QUIET_DAYS


def ending(step: Entry) -> str:
    """`ends on June 1, 2020`, `is blocked from June 1, 2020`."""
    if step.stage is Stage.RESCINDED or step.date is None:
        return f"ends {on(step)}"
    return f"is blocked from {step.date.as_noun()}{caveat(step)}"


def since(step: Entry) -> str:
    """`since July 6, 2017`; `by June 2017` where no report gives a date."""
    if _is_by(step):
        return when(step)
    day = told_day(step)
    return f"since {day.as_noun()}{caveat(step)}" if day else ""


def when(step: Entry) -> str:
    """`on July 6, 2017`, `in June 2017 (uncertain)`; `by June 2017` where no report gives a date."""
    if step.date is None:
        told = first_told(step)
        return f"by {PartialDate.of(told).in_words()}{caveat(step)}" if told != date.max else ""
    return f"by {step.date.in_words()}{caveat(step)}" if _is_by(step) else on(step)


def _is_by(step: Entry) -> bool:
    return step.date is None or step.basis is Basis.REPORTED


def on(step: Entry) -> str:
    """`on July 6, 2017`, `between March 2 and March 9, 2026`, `in 2017 (uncertain, only the year is known)`."""
    day = told_day(step)
    return f"{day.as_adverb()}{caveat(step)}" if day else ""


def names_rule(block: Entry) -> bool:
    """True where a quoted sentence holds the words by which the rule is named; a person's own word is enough."""
    if "instrument" in block.locked or not block.evidence:
        return True
    return any(block.instrument and block.instrument.lower() in item.finding.said.lower() for item in block.evidence)


def quoted(block: Entry) -> str:
    """The sentence of the first report, in quotation marks, cut at a word."""
    if not block.evidence:
        return ""
    return f"“{shortened(block.evidence[0].finding.said, LONGEST)}”"
