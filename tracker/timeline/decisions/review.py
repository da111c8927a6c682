"""What of an entry needs a person, how much, and why: named weights that add up.

Doubts are the entry's own. How much a mistake would do, its policy and the day say (`Harm`): they are added where the
entry is looked at, and only where there is a doubt."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from tracker.characters import LINE_END
from tracker.model import Change, Entry, EntryStatus, Evidence, Revision
from tracker.partial_date import PartialDate
from tracker.timeline.claims import claim_of
from tracker.timeline.history import EVIDENCE, STATUS, by_person
from tracker.timeline.how_sure import JUDGED, SureWord, how_sure, other_dates
from tracker.timeline.provenance import one_sided, read_by

TAKEN_BACK = "taken back"
"""What a rejection is called that was no person's (`is_taken_back`)."""
UNCERTAIN = 10.0
"""More than all other doubts of an entry together: uncertain entries come first."""
DOUBT = 4.0
"""Times the chance that place, stage or date is wrong, where the entry is not sure."""
CONTRADICTED = 100.0
"""A later report says something else than a person did: the program must not decide that, so only a person can. There
are few, and they must not wait behind all other ones."""
WITNESSES_DIFFER = 250.0
"""Only one of two witnesses reads it: here a person's minute is worth most, more than all else that may be in doubt."""
DECIDES = 40.0
"""Times the chance of a mistake, where the standing of the policy rests on the entry: who looks up what holds today is
told wrong. With even odds it outweighs all doubts of an entry on which nothing rests."""
IN_MAIL = 40.0
"""The same, where the entry may go into the next mails, from which nothing can be taken back."""
AMBIGUOUS_PLACE = 2.0
"""A change that is shown in the wrong Springfield misleads both towns, and no later report corrects it."""
CONFLICTING_DATES = 1.5
"""Articles disagree; the rules choose a date and show the others, so that the harm is smaller than that of a place."""
SINGLE_SOURCE = 1.0
"""Nobody else reports it. Most true entries have one source too, so that it weighs least."""
_BLANK_LINES = re.compile(rf"(?>{LINE_END})\s*(?>{LINE_END})|\u2029")
NEED_DIGITS = 3
"""Decimals of a need; finer ones say nothing."""


@dataclass(frozen=True, slots=True)
class Need:
    """One reason to look at an entry: its name for programs, its weight, and words for people."""

    name: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Harm:
    """What a mistake in an entry would do: whether the standing of its policy rests on it, and whether it may go into
    the next mails."""

    decides: bool = False
    in_mail: bool = False


NO_HARM = Harm()


def needs(entry: Entry, harm: Harm = NO_HARM) -> tuple[Need, ...]:
    """Why an entry needs a person, the weightiest reason first; empty where nothing is in doubt or it was rejected."""
    if entry.status is EntryStatus.REJECTED:
        return ()
    contradicted = list(_contradicted(entry))
    doubts = [] if entry.status is EntryStatus.CONFIRMED else list(_doubts(entry))
    harms = list(_harms(entry, harm)) if contradicted or doubts else []
    return tuple(sorted(contradicted + doubts + harms, key=lambda need: (-need.weight, need.name)))


def need(entry: Entry, harm: Harm = NO_HARM) -> float:
    """How much an entry needs a person: the sum of the weights, 0 where nothing is in doubt."""
    return round(fsum(reason.weight for reason in needs(entry, harm)), NEED_DIGITS)


def _harms(entry: Entry, harm: Harm) -> Iterable[Need]:
    wrong = 1 - how_sure(entry).chance
    if harm.decides:
        yield Need("decides", DECIDES * wrong, "how its policy stands rests on it")
    if harm.in_mail:
        yield Need("in mail", IN_MAIL * wrong, "it may go into the next mails")


def _doubts(entry: Entry) -> Iterable[Need]:
    told, item = how_sure(entry), one_sided(entry)
    if item and not entry.locked >= JUDGED:
        yield Need("witnesses differ", WITNESSES_DIFFER, read_by(item))
    if told.word is not SureWord.SURE:
        first = UNCERTAIN if told.word is SureWord.UNCERTAIN else 0.0
        yield Need(told.word, first + DOUBT * (1 - told.chance), f"{told.word} ({told.chance:.0%})")
    if entry.candidates and "jurisdiction" not in entry.locked:
        count = len(entry.candidates)
        yield Need("ambiguous place", AMBIGUOUS_PLACE, f"{count} other {'place' if count == 1 else 'places'} possible")
    others = other_dates(entry) if "date" not in entry.locked else ()
    if others:
        named = ", ".join(day.in_words() for day in others)
        yield Need("conflicting dates", CONFLICTING_DATES, f"reports also say {named}")
    if len({item.report for item in entry.evidence}) == 1:
        yield Need("single source", SINGLE_SOURCE, "only one report")


def _contradicted(entry: Entry) -> Iterable[Need]:
    """A date that a person set or confirmed and that reports since then do not agree with."""
    if "date" not in entry.locked and entry.status is not EntryStatus.CONFIRMED:
        return
    later = [claim_of(item) for item in since_person(entry)]
    others = sorted({claim.date for claim in later if claim.date and not claim.weak and not _agrees(entry, claim.date)})
    if others:
        named = ", ".join(day.in_words() for day in others)
        yield Need("contradicted", CONTRADICTED, f"a report since then says {named}")


def _agrees(entry: Entry, day: PartialDate) -> bool:
    return entry.date is not None and entry.date.agrees(day)


def since_person(entry: Entry) -> list[Evidence]:
    """The evidence that came after the last act of a person, by the history of the entry."""
    last = max((revision.number for revision in entry.revisions if by_person(revision)), default=0)
    gained = {
        change.new
        for revision in entry.revisions
        if revision.number > last > 0
        for change in revision.changes
        if change.field == EVIDENCE
    }
    return [item for item in entry.evidence if item.url in gained]


def told_changes(revision: Revision) -> tuple[Change, ...]:
    """The changes of a revision; a rejection that was no person's, before or after it, is called `TAKEN_BACK`."""
    return tuple(_told_status(item, revision) if item.field == STATUS else item for item in revision.changes)


def _told_status(item: Change, revision: Revision) -> Change:
    """A change of the status. Whether a person had locked it before, and has after, the change of the locks says."""
    locks = next((change for change in revision.changes if change.field == "locked"), None)
    a_persons = [STATUS in side.split(", ") for side in (locks.old, locks.new)] if locks else [by_person(revision)] * 2
    old, new = (
        TAKEN_BACK if status == EntryStatus.REJECTED and not theirs else status
        for status, theirs in zip((item.old, item.new), a_persons, strict=True)
    )
    return Change(field=STATUS, old=old, new=new)


def paragraph(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The paragraph around `text[start:end]` as (before, quote, after). Paragraphs are divided by blank lines."""
    before, after = _BLANK_LINES.split(text[:start])[-1], _BLANK_LINES.split(text[end:], maxsplit=1)[0]
    return before, text[start:end], after
