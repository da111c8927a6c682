"""The dates that an order prints of itself: of issue, start, revision and review, from its head, its ends and the
sentences in which it speaks of itself. Values by `dates/`, names of fields by `printed_labels.toml`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice, zip_longest

from tracker.gather.documents.fields import LONGEST_FIELD
from tracker.gather.documents.policy_text import DocumentText
from tracker.partial_date import PartialDate
from tracker.read.dates import find_dates
from tracker.read.dates.words import MONTHS
from tracker.read.documents.head_table import field_lines
from tracker.read.documents.printed_labels import (
    NUMBER,
    DateKind,
    DateLabel,
    any_of,
    date_labels,
    field,
    grammar,
    replaced_part,
)
from tracker.read.text.sentences import split_sentences

ENDS = 12
"""Paragraphs at the end in which an order may be dated, as where it is signed."""
LONGEST_HEAD, LONGEST_LINE = 60, 500
"""Lines of a head, and characters of one, that are looked at: more of either is no head."""
LONGEST_NAME = 60
"""Characters of a line that is the name of a field, or the head of a table of dates."""
BEHIND_NAME = 3
"""Characters between the name of a field and its date where no colon stands ("Effective 1/1/20")."""
BEHIND_COLON = 40
"""And behind a colon: the name of a day, of a place or of who signed."""
_LEADS = re.compile(r"\b(?:on|as of|is|at|\d{1,2}(?::\d\d)? ?[ap]\.?m\.?|\d{4} hours)(?!\w)|[\s:,–-]+", re.I)
"""What may stand before a date: "on", an hour."""
_YEAR = re.compile(r"\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2}")
_MONTH = rf"(?P<name>{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_SHORT_YEAR = r"(?P<year>(?:19|20)\d\d|['’]?\d\d)"
_OF_FORMS = tuple(
    re.compile(rf"(?<![\w/.-]){form}(?![\w/:%]|[.-]\d)", re.I)
    for form in (
        rf"(?P<day>\d{{1,2}})[-. ]?{_MONTH}[-., ]{{0,2}}{_SHORT_YEAR}",
        rf"{_MONTH}[-. ]{{1,2}}(?P<day>\d{{1,2}})[-,. ]{{1,2}}{_SHORT_YEAR}",
        rf"{_MONTH}[-./](?P<year>(?:19|20)\d\d)",
        r"(?P<month>\d{1,2}) ?/ ?(?P<year>(?:19|20)\d\d)",
        r"(?P<month>\d{1,2}) ?/ ?(?P<day>\d{1,2}) ?/ ?(?P<year>(?:19|20)\d\d)",
        r"(?P<year>(?:19|20)\d\d)\.(?P<month>\d{1,2})\.(?P<day>\d{1,2})",
    )
)
"""Dates as forms have them and prose does not: 03-JUN-20, 1 Jun 19, Oct-01-2019, 09/2021, 2021.01.15."""


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date and where it is printed: `line` as it stands there; `first`: the field tells how the order began."""

    kind: DateKind
    date: PartialDate
    line: str
    first: bool = False


def dates_in(text: str, today: date) -> list[tuple[int, int, PartialDate]]:
    """The dates of a text that name their year: (from, to, value). `today`, the day on which the document was fetched,
    tells the century of "1/1/20"."""
    named = ((item.start, item.end, item.date) for item in find_dates(text, today) if _YEAR.search(item.text))
    found = [(start, end, value) for start, end, value in named if value]
    for start, end, value in _of_forms(text, today):
        apart = [item for item in found if item[1] <= start or end <= item[0]]
        if all(start <= item[0] and item[1] <= end for item in found if item not in apart):
            found = [*apart, (start, end, value)]
    return sorted(found, key=lambda item: item[0])


def _of_forms(text: str, today: date) -> Iterator[tuple[int, int, PartialDate]]:
    for match in (match for form in _OF_FORMS for match in form.finditer(text)):
        parts = match.groupdict()
        year = int(parts["year"].lstrip("'’"))
        year += 0 if year > 99 else 2000 if 2000 + year <= today.year + 1 else 1900
        month = MONTHS[parts["name"].lower().rstrip(".")] if parts.get("name") else int(parts["month"])
        try:
            yield match.start(), match.end(), PartialDate(year, month, int(parts["day"]) if parts.get("day") else None)
        except ValueError:
            continue


def printed_dates(document: DocumentText, today: date) -> list[PrintedDate]:
    """All that the order prints of itself, in reading order."""
    texts = [paragraph.text for paragraph in document.paragraphs]
    ends = [text for text in texts[-ENDS:] if len(text) <= LONGEST_FIELD and _begins_with_field(text)]
    found = [item for line in [*whole_lines(document.head, today), *ends] for item in _fields(line, today)]
    return found + [item for text in texts for item in _sentences(text, today)]


def _begins_with_field(text: str) -> bool:
    """True for a line that begins with the name of a field: further on it is of what is written about."""
    return any(not text[: label.start].strip("•*-– ") for label in date_labels(text))


def leading(found: Iterable[PrintedDate], kind: DateKind) -> PrintedDate | None:
    """The date of a kind: of an issue, a revision and a review the last one, of the others the first; and first those
    that tell not only how it began."""
    told = [item for item in found if item.kind is kind]
    if kind in (DateKind.ISSUED, DateKind.REVISED, DateKind.REVIEWED):
        return max(told, key=lambda item: (not item.first, item.date), default=None)
    return min(told, key=lambda item: item.first, default=None)


def whole_lines(head: Iterable[str], today: date) -> Iterator[str]:
    """The lines of the head, the name of a field with the value in the line behind it."""
    before = ""
    lines = [line[:LONGEST_LINE] for line in islice(head, LONGEST_HEAD)]
    for line in field_lines(lines, lambda cell: is_value(cell, today)):
        if before and _is_row(line, before, today):
            before = before[: next(date_labels(before)).end]
        whole = f"{before} {line}".strip()
        is_name = len(line) < LONGEST_NAME and not dates_in(whole, today) and _is_name(line)
        before = whole if is_name else ""
        if not is_name:
            yield whole
    if before:
        yield before


def _is_row(line: str, names: str, today: date) -> bool:
    """True for a row of a table that begins with its only date, and has more than one column of dates: below "Revision
    Date Page Approved" the first one is meant."""
    dates = dates_in(line, today)
    return len(dates) == 1 and dates[0][0] == 0 < dates[0][1] < len(line) and next(date_labels(names)).start == 0


def is_value(cell: str, today: date) -> bool:
    """True where a cell of a table holds a date, or the number of an order, and nothing else."""
    return any(end - start == len(cell) for start, end, _ in dates_in(cell, today)) or bool(re.fullmatch(NUMBER, cell))


def _is_name(line: str) -> bool:
    return any(True for _ in date_labels(line)) or line.strip().lower() in grammar()["replaces"]["labels"]


def _fields(line: str, today: date) -> Iterator[PrintedDate]:
    """The fields of one line; each has the dates up to the next one."""
    if part := replaced_part(line):
        line = line[: part[0]] + line[part[2] :]
    labels, dates = list(date_labels(line)), dates_in(line, today)
    if not labels and (bare := field(tuple(grammar()["words"]["bare"])).fullmatch(line)):
        yield from (
            PrintedDate(DateKind.ISSUED, value, line, first=True) for _, _, value in dates_in(bare["value"], today)[:1]
        )
    columns: list[DateLabel] = []
    labels = [label for label in labels if not _of_another(line, label)]
    for label, after in zip_longest(labels, labels[1:]):
        columns.append(label)
        values = [item for item in dates if label.end <= item[0] and (after is None or item[0] < after.start)]
        if not values:
            continue
        if len(values) == len(columns) > 1:
            yield from (item for one, value in zip(columns, values, strict=True) for item in _dated(one, [value], line))
        elif not _far(line[label.end : values[0][0]], label.colon or line[: label.end].lower().endswith(" by")):
            yield from _dated(label, values, line)
        columns = []


def _of_another(line: str, label: DateLabel) -> bool:
    """True for a verb behind what it is told of: "Ordinance adopted May 3"; an order itself may stand there."""
    word = re.search(r"([A-Za-z]+)\s+$", line[: label.start])
    own = not word or word[1].lower() in grammar()["order"]["nouns"]
    return not own and not label.colon and line[label.start].islower()


def _far(between: str, colon: bool) -> bool:
    """True where a date stands too far behind the name of a field to be its value."""
    return len(_LEADS.sub("", between)) > (BEHIND_COLON if colon else BEHIND_NAME)


def _dated(label: DateLabel, values: Sequence[tuple[int, int, PartialDate]], line: str) -> Iterator[PrintedDate]:
    """The dates of one field: all that it was revised on, else the first."""
    for kind in sorted(label.kinds):
        many = kind in (DateKind.REVISED, DateKind.REVIEWED)
        yield from (PrintedDate(kind, value, line, label.first) for _, _, value in (values if many else values[:1]))


@cache
def _of_itself() -> re.Pattern[str]:
    """A sentence in which an order tells when it starts."""
    noun = any_of(grammar()["order"]["nouns"])
    return re.compile(
        rf"\bthis\s+(?:\w+\s+){{0,2}}{noun}\s+(?:is|becomes|shall\s+be(?:come)?|will\s+be(?:come)?|takes|shall\s+take|will\s+take"
        r"|goes\s+into|was)\s+(?P<kind>effective|effect|issued|revised)\b[^.;]{0,30}?(?=\d|[A-Z][a-z]{2,8}\.?\s\d)",
        re.I,
    )


def _sentences(text: str, today: date) -> Iterator[PrintedDate]:
    if "his " not in text:
        return
    for sentence in split_sentences(text):
        match = _of_itself().search(sentence.text)
        if not match:
            continue
        kind = {"effect": DateKind.EFFECTIVE}.get(match["kind"].lower()) or DateKind(match["kind"].lower())
        dates = [value for start, _, value in dates_in(sentence.text, today) if start >= match.end()]
        yield from (PrintedDate(kind, value, sentence.text) for value in dates[:1])
