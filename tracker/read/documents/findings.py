"""What another version of a policy tells the timeline: a rule that was changed is adopted, where it says so it takes
effect, and an order that says that it is withdrawn is rescinded. Both sentences, as each stands, are the proof."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.gather.documents.policy_text import DocumentText
from tracker.kinds import EditSort
from tracker.model import (
    Basis,
    Direction,
    Effect,
    EvidenceKind,
    Finding,
    Jurisdiction,
    PublishedBasis,
    Record,
    Stage,
    Witness,
)
from tracker.partial_date import PartialDate
from tracker.read.documents.comparison import Comparison, EditKind, SentenceEdit
from tracker.read.documents.order_head import OrderHead
from tracker.read.documents.printed_dates import dates_in, leading
from tracker.read.documents.printed_labels import DateKind
from tracker.read.documents.rule_edits import ReadEdits
from tracker.read.findings import subject
from tracker.read.instruments import identifier
from tracker.read.records.findings import ReadRecord

MOST_QUOTED = 3
"""Pairs of sentences that an entry quotes; all of them stand with the change."""
SURE, LIKELY = 0.97, 0.9
"""The most that a score can be, and that of what a printed date or the order's own words tell."""
OLD_NEWS = timedelta(days=183)
"""A date that the version before did not print and that is older than so tells how the order began, not this change."""
DATE_LINE = "Printed on the document"
"""What a line that prints a date is quoted with."""
AHEAD = timedelta(days=366)
"""A date that is further ahead of the visit is a misprint."""
_KIND = re.compile(r"[A-Za-z][\w’' ]{2,40}?(?=\s*(?:No\.?|Number|#)?\s*$)")


@dataclass(frozen=True, slots=True)
class LabelledEdit:
    """An edit with what it is of, and the log-odds that it is of a rule; of a changed rule what it does, and which way
    it leads where that is sure."""

    edit: SentenceEdit
    sort: EditSort
    odds: float
    effect: Effect | None = None
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """A version as it is told of: its number in our own books, what it says, the days on which it was first and last
    met."""

    number: int
    text: DocumentText
    head: OrderHead
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class PublishedPolicy:
    """Whose policy it is and where it is published; `name` as its list has it; `key` names it in our own books."""

    key: int
    address: str
    name: str
    home: Jurisdiction


def sentences(comparison: Comparison) -> list[tuple[str, str]]:
    """Each edit as the old and the new sentence, one of which may be empty: what `read_edits` reads."""
    return [(edit.old.text if edit.old else "", edit.new.text if edit.new else "") for edit in comparison.edits]


def labelled(comparison: Comparison, read: ReadEdits) -> tuple[LabelledEdit, ...]:
    """All edits, in their order, with what was read of each (`Reader.read_edits` of `sentences`)."""
    return tuple(
        LabelledEdit(edit, EditSort.RULE if one.changes_rule else EditSort.FORM, one.odds, one.effect, one.direction)
        for edit, one in zip(comparison.edits, read.edits, strict=True)
    )


def of_rule(edits: Iterable[LabelledEdit]) -> list[LabelledEdit]:
    """Those that change a rule, the surest first."""
    return sorted((one for one in edits if one.sort is EditSort.RULE), key=lambda one: -one.odds)


def read_change(
    policy: PublishedPolicy, old: PolicyVersion, new: PolicyVersion, edits: Sequence[LabelledEdit], topic: str
) -> ReadRecord | None:
    """What the timeline is told of a new version; None where only its form changed, or a part of it was not read."""
    if old.text.cut or new.text.cut:
        return None
    steps = list(_steps(old, new, edits))
    if not steps:
        return None
    record = _record(policy, new, steps)
    findings = []
    for number, step in enumerate(steps):
        start = record.text.index(step.quote)
        findings.append(_finding(policy, record, new, step, start, topic, primary=number == 0))
    return ReadRecord(record, tuple(findings), "", policy.address)


@dataclass(frozen=True, slots=True)
class _Step:
    """A step that is told, with the words that prove it, the line that prints its date among them; `after` is said
    behind these."""

    stage: Stage
    date: PartialDate
    quote: str
    effect: Effect
    score: float
    direction: Direction | None = None
    after: str = ""


def _steps(old: PolicyVersion, new: PolicyVersion, edits: Sequence[LabelledEdit]) -> Iterator[_Step]:
    if new.head.withdrawn:
        if not old.head.withdrawn:
            yield _withdrawal(old, new)
        return
    rules = of_rule(edits)
    if rules:
        day, line = _issued(old, new)
        score = min(SURE, 1 / (1 + math.exp(-rules[0].odds)))
        effect, way = _effect(rules), _direction(rules)
        quote, after = _with_date(_pairs(rules[:MOST_QUOTED]), line), _more(len(rules) - MOST_QUOTED)
        yield _Step(Stage.ADOPTED, day or _between(old, new), quote, effect, score, way, after)
    start = _new_date(old, new, (DateKind.EFFECTIVE,))
    if start and (rules or all(_only_dates(one.edit, new.first) for one in edits)):
        yield _Step(Stage.EFFECTIVE, start[0], _with_date("", start[1]), Effect.AMENDS, LIKELY)


def _effect(rules: Sequence[LabelledEdit]) -> Effect:
    """What all of them do; an order of which rules were taken out is amended, not ended."""
    effects = {one.effect for one in rules} - {None}
    only = effects.pop() if len(effects) == 1 else None
    return only if only and only is not Effect.ENDS else Effect.AMENDS


def _direction(rules: Sequence[LabelledEdit]) -> Direction | None:
    """The one way in which all lead."""
    ways = {one.direction for one in rules}
    return ways.pop() if len(ways) == 1 else None


def _withdrawal(old: PolicyVersion, new: PolicyVersion) -> _Step:
    """On the day that its own words name, else on that of the new issue, else between the two visits."""
    told = [value for _, _, value in dates_in(new.head.withdrawn, new.first)]
    day, line = (told[0], "") if told else _issued(old, new)
    return _Step(Stage.RESCINDED, day or _between(old, new), _with_date(new.head.withdrawn, line), Effect.ENDS, LIKELY)


def _issued(old: PolicyVersion, new: PolicyVersion) -> tuple[PartialDate | None, str]:
    """The day of issue or revision that the new version prints, and the line, where it is newer than the old one's."""
    return _new_date(old, new, (DateKind.ISSUED, DateKind.REVISED, DateKind.APPROVED)) or (None, "")


def _new_date(old: PolicyVersion, new: PolicyVersion, kinds: Sequence[DateKind]) -> tuple[PartialDate, str] | None:
    """The last date of these kinds and its line, where it is newer than what the old version prints."""
    before = [item.date for kind in kinds if (item := leading(old.head.dates, kind))]
    after = [(item.date, item.line) for kind in kinds if (item := leading(new.head.dates, kind))]
    day, line = max(after, key=lambda one: one[0], default=(None, ""))
    if day is None or (before and day <= max(before)) or day.first_day() > new.first + AHEAD:
        return None
    return (day, line) if before or day.last_day() >= old.last - OLD_NEWS else None


def _between(old: PolicyVersion, new: PolicyVersion) -> PartialDate:
    """It was replaced on some day between the last visit that met the old version and the first that met the new."""
    return PartialDate.between(min(old.last, new.first), new.first)


def _only_dates(edit: SentenceEdit, today: date) -> bool:
    """True where the two sentences differ in dates alone."""
    if edit.old is None or edit.new is None:
        return False
    return _dateless(edit.old.text, today) == _dateless(edit.new.text, today)


def _dateless(text: str, today: date) -> str:
    for start, end, _ in reversed(dates_in(text, today)):
        text = f"{text[:start]}#{text[end:]}"
    return text


def _pairs(rules: Sequence[LabelledEdit]) -> str:
    """Pairs as they stand, in the order of the document."""
    ordered = sorted(rules, key=lambda one: (one.edit.new or one.edit.old).place)  # type: ignore[union-attr]
    return "\n\n".join(_shown(one.edit) for one in ordered)


def _with_date(words: str, line: str) -> str:
    """The words, perhaps none, with the line that prints the date, where one does."""
    return "\n\n".join(filter(None, (words, f"{DATE_LINE}: {line}" if line else "")))


def _more(rules: int) -> str:
    """What is said of changed rules that are not quoted."""
    return f"\n\n{rules} more {'sentence' if rules == 1 else 'sentences'} of rule changed." if rules > 0 else ""


def _shown(edit: SentenceEdit) -> str:
    if edit.kind is EditKind.ADDED and edit.new:
        return f"Added: {edit.new.text}"
    if edit.kind is EditKind.REMOVED and edit.old:
        return f"Taken out: {edit.old.text}"
    assert edit.old
    assert edit.new
    return f"Before: {edit.old.text}\nNow: {edit.new.text}"


def _record(policy: PublishedPolicy, new: PolicyVersion, steps: Sequence[_Step]) -> Record:
    """The article: the order, the sentences before and after, the lines of its dates."""
    lines = [new.head.department, *(f"{step.quote}{step.after}" for step in steps)]
    title = policy_title(policy, new)
    return Record(
        id="",
        url=f"{policy.address}#version-{new.number}",
        title=title,
        text="\n\n".join([title, *dict.fromkeys(line for line in lines if line)]),
        published=new.first,
        published_basis=PublishedBasis.SEEN,
        publisher=new.head.department or policy.home.name,
        source_home=policy.home.id,
        kind=EvidenceKind.DOCUMENT,
        matter=new.head.number,
        record=f"document {policy.key} version {new.number}",
    )


def policy_title(policy: PublishedPolicy, version: PolicyVersion) -> str:
    """ "General Order 7.04: Contact with Federal Officers"."""
    name = version.head.title or version.text.title or policy.name
    order = instrument(version.head, version.text)
    return f"{order}: {name}" if order and name else order or name or policy.address


def instrument(head: OrderHead, text: DocumentText) -> str:
    """What sort of order it is with its number, as its head has it: "General Order 7.04"; the number alone where the
    head names no sort, empty without a number."""
    if not head.number:
        return ""
    for line in (*text.head, text.title):
        before, found, _ = line.partition(head.number)
        kind = _KIND.search(before)
        if found and kind and identifier(f"{kind[0].strip()} {head.number}"):
            return f"{kind[0].strip()} {head.number}"
    return head.number


def _finding(
    policy: PublishedPolicy,
    record: Record,
    new: PolicyVersion,
    step: _Step,
    start: int,
    topic: str,
    *,
    primary: bool,
) -> Finding:
    order = instrument(new.head, new.text)
    return Finding(
        jurisdiction=policy.home.id,
        jurisdiction_name=policy.home.name,
        body=new.head.department,
        instrument=order or record.title,
        identifier=identifier(order) or identifier(f"Order {new.head.number}"),
        topic=topic,
        subject=subject(record.title, order, record, policy.home),
        stage=step.stage,
        date=step.date,
        basis=Basis.STATED,
        effect=step.effect,
        direction=step.direction,
        witness=Witness.TABLE,
        quote=step.quote,
        start=start,
        end=start + len(step.quote),
        after=step.after,
        score=step.score,
        primary=primary,
    )
