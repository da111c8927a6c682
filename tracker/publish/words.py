"""How the tracker says things: stages, dates, their basis, places. The same words on pages, in mails and in exports."""

from collections.abc import Iterable, Sequence
from datetime import date

from tracker.model import Basis, Change, Entry, Evidence, Stage
from tracker.partial_date import PartialDate

STAGES: dict[Stage, str] = {
    Stage.PROPOSED: "Proposed",
    Stage.ADOPTED: "Adopted",
    Stage.EFFECTIVE: "Took effect",
    Stage.RESCINDED: "Rescinded",
    Stage.REJECTED: "Rejected",
    Stage.BLOCKED: "Blocked",
}
STAGE_HELP: dict[Stage, str] = {
    Stage.PROPOSED: "introduced, recommended, scheduled for a vote or announced as planned",
    Stage.ADOPTED: "passed, signed, issued or agreed",
    Stage.EFFECTIVE: "in force from this date on",
    Stage.RESCINDED: "repealed, revoked, suspended or ended",
    Stage.REJECTED: "voted down, vetoed or withdrawn",
    Stage.BLOCKED: "enjoined, struck down or pre-empted",
}
NO_DATE = PartialDate(date.max.year)
"""Sorts entries without a date behind all others."""
FIELDS = {
    "jurisdiction": "place",
    "jurisdiction_name": "place",
    "candidates": "other possible places",
    "identifier": "number",
    "basis": "how the date is known",
    "evidence": "reports",
    "policy": "thread",
    "status": "review",
}
"""Names of fields in revisions where the name in the code would not be understood."""
BASES: dict[Basis, str] = {
    Basis.STATED: "date given in the report",
    Basis.RELATIVE: "worked out from the day the report ran",
    Basis.REPORTED: "no date given; the month of the report stands in",
}


def day(value: date) -> str:
    """`July 6, 2017`."""
    return PartialDate.of(value).in_words()


def is_ahead(entry: Entry, today: date) -> bool:
    """True where the whole of the entry's date lies after today."""
    return entry.date is not None and entry.date.first_day() > today


def stage(entry: Entry, today: date) -> str:
    """`Took effect`, or what fits a date that is still ahead or not yet over: `Takes effect`."""
    if entry.stage is Stage.EFFECTIVE and entry.date and entry.date.last_day() >= today:
        return "Takes effect"
    if entry.stage is Stage.RESCINDED and is_ahead(entry, today):
        return "To be rescinded"
    return STAGES[entry.stage]


def first_report(entry: Entry) -> date | None:
    """The day of the earliest report."""
    return min((item.published for item in entry.evidence), default=None)


def last_report(entries: Iterable[Entry]) -> date | None:
    """The day of the latest report of any of them."""
    return max((item.published for entry in entries for item in entry.evidence), default=None)


def when(entry: Entry) -> str:
    """The date in words, no more precise than it is known: `2017`, `June 2017`, `July 6, 2017`."""
    if entry.date:
        return entry.date.in_words()
    reported = first_report(entry)
    return f"By {day(reported)}" if reported else "Date not known"


def basis(entry: Entry) -> str:
    """How the date is known, in words."""
    if "date" in entry.locked:
        return "date set by a reviewer"
    if entry.date is None:
        return "no date given; it had happened when it was reported"
    return BASES[entry.basis]


def precision(entry: Entry) -> str:
    """What the date leaves open, or nothing for a day."""
    if entry.date is None or entry.date.precision == "day":
        return ""
    return "day not known" if entry.date.precision == "month" else "month and day not known"


def edtf(value: PartialDate | None) -> str:
    """A date as text, or nothing."""
    return str(value) if value else ""


def said_in_words(field: str, value: str) -> str:
    """One side of a revision as people write it: dates and stages in words, nothing as a dash."""
    if not value:
        return "—"
    try:
        if field == "date":
            return PartialDate.parse(value).in_words()
        if field == "stage":
            return STAGES[Stage(value)]
        if field == "basis":
            return BASES[Basis(value)]
    except ValueError:
        return value
    return value


def change(item: Change) -> tuple[str, str, str]:
    """A changed field as (name, old, new), all in words."""
    name = FIELDS.get(item.field, item.field.replace("_", " "))
    return name, said_in_words(item.field, item.old), said_in_words(item.field, item.new)


def topic(name: str) -> str:
    """`Jail and bail` for `jail-and-bail`."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def count(number: int, one: str, many: str = "") -> str:
    """`1 change`, `1,204 changes`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def series(words: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1] if words else "") if part)


def reports(entry: Entry) -> tuple[tuple[Evidence, tuple[Evidence, ...]], ...]:
    """The independent reports, each with its copies (wire copies are shown once): those that say the entry's date
    first, among them the earliest first."""
    groups: dict[str, list[Evidence]] = {}
    for item in sorted(entry.evidence, key=lambda item: _telling(entry, item)):
        groups.setdefault(item.report, []).append(item)
    return tuple((first, tuple(rest)) for first, *rest in groups.values())


def _telling(entry: Entry, item: Evidence) -> tuple[bool, date, str]:
    return item.finding.date != entry.date, item.published, item.url


def revised(entry: Entry) -> str:
    """The heading of the revisions: `Revised March 9, 2017: date was April 1, 2017`; nothing where there are none."""
    changed = [revision for revision in entry.revisions if revision.number > 1]
    if not changed:
        return ""
    last = max(changed, key=lambda revision: revision.number)
    told = [change(item) for item in last.changes if item.field in ("date", "stage") and item.old]
    detail = "; ".join(f"{name} was {old}" for name, old, _ in told)
    return f"Revised {day(last.at.date())}" + (f": {detail}" if detail else "")


def outlet(item: Evidence) -> str:
    """Who published it: the publisher, else the host of its address."""
    if item.publisher.strip():
        return item.publisher
    host = item.url.partition("//")[2].partition("/")[0].rpartition("@")[2]
    return host.removeprefix("www.") or "unnamed outlet"


def outlets(items: Iterable[Evidence]) -> tuple[str, ...]:
    """The publishers, each once, in order."""
    return tuple(dict.fromkeys(outlet(item) for item in items))
