"""How the tracker says things: stages, dates, their basis, places. The same words on pages, in mails and in exports."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.characters import as_seen
from tracker.model import (
    Basis,
    Change,
    Direction,
    Effect,
    Entry,
    EntryStatus,
    Evidence,
    EvidenceKind,
    Finding,
    PublishedBasis,
    Revision,
    Stage,
)
from tracker.partial_date import PartialDate
from tracker.publish import geography
from tracker.publish.counts import count as count
from tracker.read.topics import direction_pair, label
from tracker.timeline import figures
from tracker.timeline.decisions.review import TAKEN_BACK
from tracker.timeline.decisions.review import told_changes as changes_of
from tracker.timeline.entry_fields import outlet as outlet
from tracker.timeline.entry_fields import reports as reports
from tracker.timeline.history import is_taken_back, last_other
from tracker.timeline.how_sure import how_sure as reckoned
from tracker.timeline.merging.intents import as_text
from tracker.timeline.provenance import read_by as read_by
from tracker.timeline.reporting import WINDOW
from tracker.timeline.steps import denial, failure, is_put_off

STAGES: dict[Stage, str] = {
    Stage.PROPOSED: "Proposed",
    Stage.ADOPTED: "Adopted",
    Stage.EFFECTIVE: "Took effect",
    Stage.RESCINDED: "Ended",
    Stage.REJECTED: "Rejected",
    Stage.BLOCKED: "Blocked",
}
STANDS: dict[Stage, str] = STAGES | {Stage.EFFECTIVE: "In force"}
"""How a policy stands, by the stage whose shape shows it; an ended one may be suspended."""
STAGE_HELP: dict[Stage, str] = {
    Stage.PROPOSED: "introduced, recommended, scheduled for a vote or announced as planned",
    Stage.ADOPTED: "passed, signed, issued or agreed",
    Stage.EFFECTIVE: "in force from this date on",
    Stage.RESCINDED: "repealed, revoked, suspended or ended",
    Stage.REJECTED: "voted down, vetoed, withdrawn, shelved, or not taken up before the session ended",
    Stage.BLOCKED: "enjoined, struck down or pre-empted",
}
SEEN = PublishedBasis.SEEN
NO_DATE = PartialDate(date.max.year)
"""Sorts entries without a date behind all others."""
WITHHELD = "[quote withheld on "
"""How begins what stands in the place of a quote (`withholding.py`)."""
FIELDS = {
    "jurisdiction": "place",
    "candidates": "other possible places",
    "identifier": "number",
    "basis": "how the date is known",
    "status": "review",
    "effect": "what it does",
}
"""Names of fields in revisions where the name in the code would not be understood."""
UNTOLD = frozenset({"evidence", "score", "subject", "policy", "jurisdiction_name", "locked"})
"""Fields whose changes pages do not spell out: the reports stand there themselves, the place is told by its id, the
rest is inner working. The JSON has them all."""
MATERIAL = ("jurisdiction", "stage", "date")
"""Fields that a reader will have relied on: where, what, when."""
SET_BY_PEOPLE = (*MATERIAL, "body", "instrument", "identifier", "topic", "subject", "effect", "direction", "title")
"""Fields by which a person puts an entry right."""
BASES: dict[Basis, str] = {
    Basis.STATED: "date given in the report",
    Basis.RELATIVE: "worked out from the day the report ran",
    Basis.REPORTED: "no date given; the month of the report stands in",
}
BETWEEN_VISITS = "one way when it was looked at on the first of these days, another way on the last"
"""How a day between two is known."""
OF_RECORD: dict[Basis, str] = {
    Basis.STATED: "date of the official record",
    Basis.RELATIVE: "worked out from the official record",
    Basis.REPORTED: BASES[Basis.REPORTED],
}
"""The same where a record tells the date."""
OF_DOCUMENT = "date printed on the document"
"""The same where a policy's own text does."""
DIRECTIONS: dict[Direction, str] = {
    Direction.MORE_COOPERATION: "More cooperation with immigration authorities",
    Direction.LESS_COOPERATION: "Less cooperation with immigration authorities",
    Direction.STRICTER: "Stricter for officers",
    Direction.LOOSER: "Looser for officers",
}
UNKNOWN_DIRECTION = "unknown"
REVIEWS: dict[EntryStatus, str] = {
    EntryStatus.PENDING: "not yet checked by a person",
    EntryStatus.CONFIRMED: "checked by a person",
    EntryStatus.REJECTED: "rejected by a person",
}
ACRONYM = 3
"""Letters up to which the kind of a number is an abbreviation: SOP, GO."""


def review(entry: Entry) -> str:
    """Whether a person checked it (`checked by a person: date`: only that was put right), or why it was taken back."""
    if is_taken_back(entry):
        why = "it only copies what a person rejected" if entry.evidence else "no article supports it any longer"
        return f"{TAKEN_BACK}: {why}"
    if not is_put_right(entry):
        return REVIEWS[entry.status]
    fields = [FIELDS.get(name, name) for name in SET_BY_PEOPLE if name in entry.locked]
    return f"{REVIEWS[EntryStatus.CONFIRMED]}: {series(fields)}"


def is_put_right(entry: Entry) -> bool:
    """True where a person set fields of an entry and neither confirmed nor rejected it."""
    return entry.status is EntryStatus.PENDING and not entry.locked.isdisjoint(SET_BY_PEOPLE)


def stage_choices() -> list[tuple[str, str]]:
    """Each stage, and how it is called in a list of entries."""
    return [(stage.value, name) for stage, name in STAGES.items()]


def standing_choices() -> list[tuple[str, str]]:
    """Each stage, and how it is called in a list of policies."""
    return [(stage.value, name) for stage, name in STANDS.items()]


def sureness(entry: Entry) -> str:
    """How sure an entry is, in a word: sure, likely or uncertain."""
    return reckoned(entry).word.value


def day(value: date) -> str:
    """`July 6, 2017`."""
    return PartialDate.of(value).in_words()


def report_day(item: Evidence) -> str:
    """When a report ran: `July 6, 2017`, or `first seen July 6, 2017` where nothing tells."""
    return f"first seen {day(item.published)}" if item.published_basis is SEEN else day(item.published)


def is_ahead(entry: Entry | Finding, today: date) -> bool:
    """True where the whole of its date lies after today."""
    return entry.date is not None and entry.date.first_day() > today


def stage(entry: Entry | Finding, today: date) -> str:
    """`Took effect`, or what fits a date that is still ahead or not yet over: `Takes effect`; of what ends something,
    `End takes effect`, of what a record calls so, `Withdrawn`."""
    if entry.stage is Stage.EFFECTIVE:
        takes = "takes" if entry.date and entry.date.last_day() >= today else "took"
        return f"End {takes} effect" if entry.effect is Effect.ENDS else f"{takes.capitalize()} effect"
    if entry.stage is Stage.RESCINDED and is_ahead(entry, today):
        return "Ends"
    return failure(entry).capitalize() if entry.stage is Stage.REJECTED else STAGES[entry.stage]


def coming_until(day: PartialDate) -> date:
    """The last day on which something of this date is told as coming. A month is until it is over; of a year that has
    begun nobody knows, so that it is no longer."""
    return day.last_day() if day.month else day.first_day()


def denial_words(entry: Entry) -> str:
    """Why a step does not hold: the report that denies it or puts it off, with its sentence; empty where none does."""
    against = denial(entry)
    if against is None:
        return ""
    what = "Put off" if is_put_off(against) else "Denied"
    return f"{what}, says {outlet(against)}, {report_day(against)}: {in_quotes(against.finding.said)}"


def first_report(entry: Entry) -> date | None:
    """The day of the earliest report."""
    return min((item.published for item in entry.evidence), default=None)


def last_report(entries: Iterable[Entry]) -> date | None:
    """The day of the latest report of any of them."""
    return max((item.published for entry in entries for item in entry.evidence), default=None)


def when(entry: Entry) -> str:
    """The date in words, no more precise than it is known: `2017`, `June 2017`, `July 6, 2017`, `between
    March 2 and March 9, 2026`."""
    if entry.date:
        return entry.date.in_words()
    reported = first_report(entry)
    return f"By {day(reported)}" if reported else "Date not known"


def basis(entry: Entry) -> str:
    """How the date is known, in words."""
    if "date" in entry.locked:
        return "date set by a reviewer"
    if entry.date is None and entry.evidence and all(item.published_basis is SEEN for item in entry.evidence):
        return "day not known, nor when the report ran; it had happened when that was first seen"
    if entry.date is None:
        return "no date given; it had happened when it was reported"
    if entry.date.precision == "interval":
        return BETWEEN_VISITS
    kinds = {item.kind for item in entry.evidence if item.finding.date == entry.date and item.supports}
    if EvidenceKind.RECORD in kinds:
        return OF_RECORD[entry.basis]
    return OF_DOCUMENT if EvidenceKind.DOCUMENT in kinds else BASES[entry.basis]


def how_sure(entry: Entry, *, chance: bool = False) -> str:
    """`Likely: one report, date worked out`; with its `chance` as `Likely (84 %): …`."""
    told = reckoned(entry)
    percent = f" ({told.chance:.0%})" if chance and told.chance < 1 else ""
    return f"{told.word.capitalize()}{percent}: {', '.join(told.why)}"


def precision(entry: Entry) -> str:
    """What the date leaves open, or nothing for a day."""
    if entry.date is None or entry.date.precision == "day":
        return ""
    return "month and day not known" if entry.date.precision == "year" else "day not known"


def value_in_words(field: str, value: str) -> str:
    """One side of a revision as people write it: dates and stages in words, nothing as a dash."""
    readers: dict[str, Callable[[str], str]] = {
        "date": lambda text: PartialDate.parse(text).in_words(),
        "jurisdiction": geography.name_of,
        "stage": lambda text: STAGES[Stage(text)],
        "basis": lambda text: BASES[Basis(text)],
        "direction": lambda text: DIRECTIONS[Direction(text)].lower(),
        "status": lambda text: text if text == TAKEN_BACK else REVIEWS[EntryStatus(text)],
    }
    try:
        return readers.get(field, str)(value) if value else "—"
    except ValueError:
        return value


def votes(entry: Entry) -> str:
    """`Vote 11-4`, `Unanimous vote`, as the quotes tell it; empty where they do not."""
    count = figures.votes(entry)
    return f"{count.capitalize()} vote" if count == figures.UNANIMOUS else f"Vote {count}" if count else ""


def turn(entry: Entry) -> figures.FigureChange | None:
    """The figure that a step changes, before and after, in a quote's own words."""
    return figures.turn(entry)


def change(item: Change) -> tuple[str, str, str]:
    """A changed field as (name, old, new), all in words."""
    name = FIELDS.get(item.field, item.field.replace("_", " "))
    return name, value_in_words(item.field, item.old), value_in_words(item.field, item.new)


def revision_changes(revision: Revision) -> list[tuple[str, str, str]]:
    """The changes of a revision that pages spell out."""
    return changes_in_words(changes_of(revision))


def changes_in_words(changes: Iterable[Change]) -> list[tuple[str, str, str]]:
    """Those of the changes that pages and mails spell out, in words."""
    return [change(item) for item in changes if item.field not in UNTOLD]


def is_correction(item: Change) -> bool:
    """True where what was said before is not so; a date that only became more precise was not wrong."""
    if item.field not in MATERIAL or not item.old or item.old == item.new:
        return False
    try:
        return item.field != "date" or not PartialDate.parse(item.old).contains(PartialDate.parse(item.new))
    except ValueError:
        return True


def topic(name: str) -> str:
    """`Jail and bail` for `jail-and-bail`."""
    return label(name)


def series(words: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1] if words else "") if part)


def revision_heading(entry: Entry) -> str:
    """The heading of the revisions: `Revised March 9, 2017: date was April 1, 2017`, or `History` where nothing that
    matters was changed for good; empty where there are none."""
    every = (last_other(entry, field, as_text(getattr(entry, field))) for field in MATERIAL)
    found = [step for step in every if step]
    if not found:
        return "History" if any(revision.number > 1 for revision in entry.revisions) else ""
    last = max((step.revision for step in found), key=lambda revision: revision.number)
    told = [change(step.change) for step in found if step.revision is last]
    return f"Revised {day(last.at.date())}: " + "; ".join(f"{name} was {old}" for name, old, _ in told)


def identifier(entry: Entry) -> str:
    """`SOP 130` for `sop 130`; empty where the instrument's name already holds the number."""
    kind, _, number = entry.identifier.rpartition(" ")
    if not number or number.lower() in entry.instrument.lower().split():
        return ""
    return f"{kind.upper() if len(kind) <= ACRONYM else kind.capitalize()} {number}".strip()


def in_quotes(said: str) -> str:
    """`“The measure was approved.”`; what stands in the place of a quote that is withheld is nobody's words."""
    return said if said.startswith(WITHHELD) else f"“{said}”"


def quote_lines(item: Evidence) -> list[str]:
    """What is quoted: of a document the sentences before and now, a line each, which say so themselves."""
    if item.kind is not EvidenceKind.DOCUMENT:
        return [item.finding.said]
    return [line for text in item.finding.quote.splitlines() if (line := as_seen(text))]


KINDS = {
    EvidenceKind.REPORT: ("report", "reports"),
    EvidenceKind.RECORD: ("official record", "official records"),
    EvidenceKind.DOCUMENT: ("document", "documents"),
}
"""What pieces of evidence are called."""


def evidence_label(item: Evidence) -> str:
    """`Official record, matter 24-101`, `Document D16-04`: what evidence is that is no news report; empty for one."""
    return "" if item.is_report else source_label(item.kind, item.matter)


def source_label(kind: EvidenceKind, number: str) -> str:
    """The same of a kind, with the number of the matter or the order, perhaps empty."""
    name = KINDS[kind][0].capitalize()
    return f"{name}{', matter' if kind is EvidenceKind.RECORD else ''} {number}" if number else name


def is_of_documents(entry: Entry) -> bool:
    """True where the texts of policies alone prove it."""
    return bool(entry.evidence) and all(item.kind is EvidenceKind.DOCUMENT for item in entry.evidence)


def evidence_count(items: Iterable[Evidence]) -> str:
    """`1 official record and 2 reports`: evidence counted by its kinds."""
    kinds = Counter(item.kind for item in items)
    ordered = (EvidenceKind.RECORD, EvidenceKind.DOCUMENT, EvidenceKind.REPORT)
    return series([count(kinds[kind], *KINDS[kind]) for kind in ordered if kinds[kind]])


def waits_for_news(changes: int) -> str:
    """Why changed rules are not among those that changed quietly, though nobody reported them yet."""
    told = count(changes, "change of rule is", "changes of rule are")
    return f"Whether a change was quiet is known {WINDOW.days} days after it was met: {told} still waiting."


def outlets(items: Iterable[Evidence]) -> tuple[str, ...]:
    """The publishers, each once, in order."""
    return tuple(dict.fromkeys(outlet(item) for item in items))


def direction(entry: Entry) -> str:
    """`Less cooperation with immigration authorities`; empty where no report tells."""
    return DIRECTIONS[entry.direction] if entry.direction else ""


def way(entry: Entry) -> str:
    """The direction as the filters of lists know it: `stricter`; `unknown-officers` where the topic has directions and
    no report tells; empty where it has none."""
    if entry.direction:
        return entry.direction.value
    return unknown_way(entry.topic)


def unknown_way(topic: str) -> str:
    """How a direction of this topic is called that no report tells: `unknown-officers`; empty where it has none."""
    pair = direction_pair(topic)
    return f"{UNKNOWN_DIRECTION}-{pair}" if pair else ""


def ways(entries: Iterable[Entry]) -> list[str]:
    """Which way the steps of a policy lead: the directions that are told, in their order; where none is, that."""
    found = {way(entry) for entry in entries} - {""}
    return [way.value for way in Direction if way in found] or sorted(found)


@dataclass(frozen=True, slots=True)
class DirectionChoice:
    """Which directions the lines of a list have, and how many have one that is not known."""

    directions: tuple[Direction, ...] = ()
    unknown: int = 0

    @classmethod
    def of(cls, lines: Iterable[Sequence[str]]) -> "DirectionChoice":
        """By the `ways` of each line."""
        found = [way for line in lines for way in line]
        told = tuple(way for way in Direction if way in found)
        return cls(told, sum(way.startswith(UNKNOWN_DIRECTION) for way in found))


def directions(entries: Iterable[Entry]) -> DirectionChoice:
    """Of a list of entries."""
    return DirectionChoice.of((way(entry),) for entry in entries)
