"""What a record says, as findings: a matter's steps, the start of a law, a row of the sheet of agreements.

Who acts, when and on what stand in the row, so nothing is chosen here: the quote of a record is its action and title as
they were fetched.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from tracker.characters import shortened
from tracker.gather.sources import legistar
from tracker.gather.sources.legistar import Action, Matter
from tracker.gather.sources.sheet import SheetRow
from tracker.model import Basis, Direction, Effect, Finding, Jurisdiction, Qualifier, Record, Stage, Witness
from tracker.partial_date import PartialDate
from tracker.read.bodies import usual_name
from tracker.read.findings import subject
from tracker.read.instruments import identifier
from tracker.read.records.agencies import signatory
from tracker.read.records.starts import Start
from tracker.read.records.steps import HistorySteps, Step, makes_law

_TWICE = re.compile(r"\b(City|County|Town|Village) \1\b")
SCORE = 0.97
"""The chance that a step of a record is right: of the matters that count by weights that never saw them 19 in 20 do
(`tracker.read.training.matters`), and hardly a stage or day of these is wrong (`tests/eval/README.md`)."""
LONGEST_NAME = 160
"""Characters of a title that is shown in a line; councils write them of any length."""
LONGEST_SUMMARY = 800
"""Characters of a summary that are kept with each step: in these plain words news tells of a matter."""
MODELS = {
    "task force": "Task Force Model",
    "jail": "Jail Enforcement Model",
    "warrant": "Warrant Service Officer",
}
"""The models of 287(g) agreements, by a word of the column."""


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record with what it says; `row` is what was fetched, `address` where from."""

    record: Record
    findings: tuple[Finding, ...]
    row: str
    address: str


@dataclass(frozen=True, slots=True)
class Council:
    """Whose record it is: its government, the base address of its API."""

    home: Jurisdiction
    base: str


def read_matter(council: Council, matter: Matter, topic: str, history: HistorySteps) -> Iterator[ReadRecord]:
    """The actions of a matter that are steps, a record each. One action can be two: a matter whose record begins with
    its withdrawal was proposed by then. Where the matter itself gives that day as its introduction, that is the
    proof."""
    page = legistar.matter_page(council.base, matter.id)
    for row, steps in groupby(history.steps, key=partial(row_of_step, matter)):
        same = list(steps)
        action = same[0].action
        if row.startswith(INTRODUCTION):
            head = f"Introduced: {action.at:%Y-%m-%d}, {action.body}"
            record, told = _read_steps(council, matter, topic, same, ("introduction", row, head))
            yield ReadRecord(record, told, record.text, page)
        else:
            record, told = _read_steps(council, matter, topic, same, (f"history-{row}", row, row_head(action)))
            yield ReadRecord(record, told, action.row, f"{page}/Histories")


INTRODUCTION = "introduction "
"""Begins the name of what a matter says of its own introduction; its number follows."""


def row_of_step(matter: Matter, step: Step) -> str:
    """The name of the row that proves a step: its action's number; of a proposal told by the first action, on the day
    that the matter gives as its introduction, the matter's own."""
    by_matter = step.by_first_action and matter.introduced == step.action.at.date()
    return f"{INTRODUCTION}{matter.id}" if by_matter else str(step.action.id)


def _read_steps(
    council: Council, matter: Matter, topic: str, steps: Sequence[Step], named: tuple[str, str, str]
) -> tuple[Record, tuple[Finding, ...]]:
    """The steps of one row; `named`: (anchor, name of the row, first line of the text)."""
    action, day = steps[0].action, steps[0].action.at.date()
    anchor, row, head = named
    summary = f"\n\n{shortened(matter.summary, LONGEST_SUMMARY)}" if matter.summary else ""
    text = f"{head}\n\n{matter.file}. {matter.title or matter.name}".strip()
    record = _record(council, matter, anchor, row, day, text, action.body)
    about = {"body": record.publisher, "after": summary}
    told = tuple(
        _finding(council.home, record, matter, topic, step.stage, PartialDate.of(day), Basis.STATED).model_copy(
            update={"qualifiers": (step.failure,) if step.failure else (), **about}
        )
        for step in steps
    )
    return record.model_copy(update={"text": f"{text}{summary}"}), told


def row_head(action: Action) -> str:
    """How the text of a step begins: what was done, when, by whom."""
    return f"{action.name}: {action.at:%Y-%m-%d}, {action.body}"


AGENDA = "agenda "
"""Begins the name of what an agenda says of a matter; the matter's number follows, since there is one of each."""


def read_agenda(
    council: Council, matter: Matter, topic: str, body: str, day: date, listed: date, meeting: int
) -> ReadRecord:
    """A matter that a meeting to come is called to hear, and of which no step is known: proposed, on that day; `listed`
    is the day on which the agenda was seen."""
    text = f"On the agenda of {body}, {day:%Y-%m-%d}\n\n{matter.file}. {matter.title or matter.name}"
    record = _record(council, matter, "agenda", f"{AGENDA}{matter.id}", listed, text, body)
    told = _finding(council.home, record, matter, topic, Stage.PROPOSED, PartialDate.of(day), Basis.STATED)
    told = told.model_copy(update={"body": record.publisher})
    return ReadRecord(record, (told,), text, f"{council.base}/Events/{meeting}/EventItems")


def read_start(
    council: Council, matter: Matter, topic: str, law: tuple[str, Start], actions: Iterable[Action] = ()
) -> ReadRecord:
    """When a law starts, by the clause of its own text (`law`: the text, with what was read there). What was counted
    from the day on which it became law is proven by what made it law, too: the last of `actions` of that day."""
    text, start = law
    clause, day = text[start.start : start.end], matter.enacted or start.day
    said = f"{matter.file}. {matter.title or matter.name}\n\n"
    if start.basis is Basis.RELATIVE and matter.enacted:
        made = [action for action in actions if action.at.date() == matter.enacted and makes_law(action)]
        said += f"{row_head(made[-1]) if made else f'Became law: {matter.enacted:%Y-%m-%d}'}\n\n"
    said += clause
    record = _record(council, matter, "text", f"text {matter.id}", day, said, matter.body)
    told = _finding(council.home, record, matter, topic, Stage.EFFECTIVE, PartialDate.of(start.day), start.basis)
    # Nobody acts when a law starts, least of all its committee.
    told = told.model_copy(update={"body": "", "qualifiers": (Qualifier.IN_PART,) if start.partly else ()})
    return ReadRecord(record, (told,), text, f"{council.base}/Matters/{matter.id}/Texts")


def _record(council: Council, matter: Matter, anchor: str, row: str, day: date, text: str, body: str) -> Record:
    short = shortened(matter.name or matter.title, LONGEST_NAME)
    return Record(
        id="",
        url=f"{legistar.matter_page(council.base, matter.id)}#{anchor}",
        title=f"{matter.file}: {short}" if matter.file else short,
        text=text.strip(),
        published=day,
        publisher=council_body(body, council.home),
        source_home=council.home.id,
        matter=matter.file or str(matter.id),
        record=row,
    )


def council_body(words: str, home: Jurisdiction) -> str:
    """A body by its usual name in the timeline: "City Council" of New York is the "New York City Council"."""
    whole = words if not words or home.name in words else f"{home.name} {words}"
    return _TWICE.sub(r"\1", usual_name(words, home) or whole)


def _finding(
    home: Jurisdiction, record: Record, matter: Matter, topic: str, stage: Stage, day: PartialDate, basis: Basis
) -> Finding:
    kind = matter.kind.lower()
    return Finding(
        jurisdiction=home.id,
        jurisdiction_name=home.name,
        body=council_body(matter.body, home),
        instrument=f"{matter.kind} {matter.file}".strip(),
        identifier=identifier(f"{matter.kind} {matter.file}") or f"{kind} {matter.file}".strip().lower(),
        topic=topic,
        subject=subject(matter.name or matter.title, "", record, home),
        stage=stage,
        date=day,
        basis=basis,
        witness=Witness.TABLE,
        quote=record.text,
        start=0,
        end=len(record.text),
        score=SCORE,
        primary=True,
    )


def read_agreement(row: SheetRow, page: str, number: int, gone: date | None = None) -> ReadRecord | None:
    """The agreement that a row of the sheet tells; `number` names the row in our own books, `gone` is the day since
    which no sheet has it. None where its day cannot be read, or it is of no government that the timeline knows."""
    home = signatory(row)
    if row.signed is None or home is None:
        return None
    model = next((name for word, name in MODELS.items() if word in row.model.lower()), row.model)
    text = f"{row.agency}, {row.state}: {row.model}, signed {row.signed:%Y-%m-%d}"
    text += f". No longer listed since {PartialDate.of(gone).in_words()}" if gone else ""
    record = Record(
        id="",
        url=f"{page}#agreement-{number}",
        title=f"{row.agency}: 287(g) agreement, {model}",
        text=text,
        published=row.signed,
        publisher="U.S. Immigration and Customs Enforcement",
        record=str(number),
    )
    told = Finding(
        jurisdiction=home.id,
        jurisdiction_name=home.name,
        body=row.agency,
        instrument=f"287(g) agreement ({model})",
        identifier="287(g)",
        topic="immigration",
        subject=f"287(g) agreement {model.lower()}",
        stage=Stage.ADOPTED,
        date=PartialDate.of(row.signed),
        basis=Basis.STATED,
        effect=Effect.JOINS,
        direction=Direction.MORE_COOPERATION,
        witness=Witness.TABLE,
        quote=text,
        start=0,
        end=len(text),
        score=SCORE,
        primary=True,
    )
    return ReadRecord(record, (told,), row.cells, page)


def is_ended(history: HistorySteps, matter: Matter, clock: date | None) -> bool:
    """True where no further step of a matter is expected: it is rejected, or it is law, or long adopted."""
    last = history.steps[-1] if history.steps else None
    if last is None or last.stage is Stage.PROPOSED:
        return False
    return last.stage is Stage.REJECTED or bool(matter.enacted) or _long_ago(last.action, clock)


ADOPTED_FOR = 180
"""Days after an adoption in which a veto or a signature may still be entered."""


def _long_ago(action: Action, clock: date | None) -> bool:
    return clock is not None and (clock - action.at.date()).days > ADOPTED_FOR
