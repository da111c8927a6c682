"""What an order says of itself: its number and title, who issued it, when, what it takes the place of, and whether it
still holds. From its own head, its ends and the sentences in which it speaks of itself; pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from tracker.gather.documents.fields import LONGEST_FIELD
from tracker.gather.documents.policy_text import DocumentText
from tracker.partial_date import PartialDate
from tracker.read.documents.head_table import field_lines
from tracker.read.documents.printed_dates import (
    PrintedDate,
    dates_in,
    is_value,
    leading,
    printed_dates,
    whole_lines,
)
from tracker.read.documents.printed_labels import NUMBER, DateKind, any_of, date_labels, field, grammar, replaced_part
from tracker.read.text.sentences import split_sentences

LONGEST_KIND = 5
"""Words before the number of an order in its head: "Uniform and Property U04-02-04"."""
_NUMBER = re.compile(rf"(?<![\w.-]){NUMBER}(?![\w-]|\.\d)")
_KIND = rf"(?P<kind>(?:[A-Za-z&/.,'’-]+ ){{1,{LONGEST_KIND}}}?)"
_KIND_NUMBER = re.compile(rf"{_KIND}(?:No\.? ?|Number ?|# ?)?(?P<number>{NUMBER})")
_NUMBER_TITLE = re.compile(rf"(?P<number>{NUMBER})(?:\s*[-–—:.]\s*|\s+)(?=[A-Z])")
_NAMED = re.compile(rf"{_KIND}(?:No\.? ?|Number ?|# ?|§ ?)?{_NUMBER_TITLE.pattern}(?P<title>[^:]+)")
"""Kind, number and title in one line: "General Order 12.4: Use of Informants"."""
_SMALL = frozenset({"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})


@dataclass(frozen=True, slots=True)
class ReplacedOrder:
    """What an order takes the place of. `number` is empty where it is an earlier version of the order itself."""

    number: str
    date: PartialDate | None


@dataclass(frozen=True, slots=True)
class OrderHead:
    """What an order says of itself. `dates` are all that it prints; `rescinds` the words by which it names what it
    takes the place of, `replaced` what they mean; `withdrawn` the words that say that it no longer holds, empty where
    it says nothing of the kind."""

    number: str
    title: str
    department: str
    dates: tuple[PrintedDate, ...]
    rescinds: str
    replaced: tuple[ReplacedOrder, ...]
    withdrawn: str

    def date(self, kind: DateKind) -> PartialDate | None:
        """The date of this kind; an order that names no other day was issued when it was approved."""
        kinds = (kind, DateKind.APPROVED) if kind is DateKind.ISSUED else (kind,)
        found = next((item for one in kinds if (item := leading(self.dates, one))), None)
        return found.date if found else None


def order_head(document: DocumentText, today: date) -> OrderHead:
    """What the document says of itself, as far as it is printed there; `today` is the day on which it was fetched."""
    rescinds = _rescinds(document, today)
    lines = list(field_lines(document.head, lambda cell: is_value(cell, today)))
    named = next((match for line in lines if (match := _named(line, today))), None)
    number = _number(document.title, lines, today) or (named["number"] if named else "")
    return OrderHead(
        number=number,
        title=_title(document.title, lines, number, named["title"] if named and named["number"] == number else ""),
        department=_department(lines),
        dates=tuple(printed_dates(document, today)),
        rescinds=rescinds,
        replaced=tuple(_replaced(rescinds, today)),
        withdrawn=_withdrawn(document, number),
    )


def _values(lines: Iterable[str], names: str) -> Iterator[str]:
    """The values of the fields of the head that are called so (a list of `[order]`)."""
    for line in lines:
        match = field(tuple(grammar()["order"][names])).fullmatch(line)
        if match and match["value"].strip():
            yield match["value"].strip()


def _number(title: str, lines: Sequence[str], today: date) -> str:
    """By its field, else as the last word of a line ("General Order 5.2"), else as the first of the title."""
    for value in _values(lines, "number_labels"):
        if match := _NUMBER.match(value):
            return match[0]
    for line in lines:
        begin = next((label.start for label in date_labels(line)), len(line))
        match = _KIND_NUMBER.fullmatch(line[:begin].strip())
        if match and not dates_in(line[:begin], today):
            return match["number"]
    for before, line in pairwise(lines):
        if re.fullmatch(NUMBER, line) and before.lower().rpartition(" ")[2] in grammar()["order"]["nouns"]:
            return line
    for line in (title, *lines):
        if (match := _NUMBER_TITLE.match(line)) and not dates_in(line, today):
            return match["number"]
    return ""


def _named(line: str, today: date) -> re.Match[str] | None:
    """Where a line names the kind of an order, its number and its title."""
    match = _NAMED.fullmatch(line)
    own = match and re.search(rf"(?<![\w-]){any_of(grammar()['order']['nouns'])}(?![\w-])", match["kind"], re.I)
    return match if own and not dates_in(line, today) else None


def _title(declared: str, lines: Sequence[str], number: str, named: str) -> str:
    """By its field, else as it stands behind kind and number, else by a field of the order
    ("Policy: Arrests"), else as it stands behind its number, else what the document declares."""
    orders = _values(lines, "order_labels")
    called = [value for value in orders if _NUMBER_TITLE.match(value) or not re.search(r"\d", value)]
    called += [line for line in lines if (match := _NUMBER_TITLE.match(line)) and match["number"] == number]
    title = next(_values(lines, "title_labels"), named or next(iter(called), declared))
    match = _NUMBER_TITLE.match(title)
    return as_title(title[match.end() :] if match and match["number"] == number else title)


def _department(head: Iterable[str]) -> str:
    """The first line that is the name of an office that issues orders."""
    lines = list(head)
    for line in lines:
        if _issuer().search(line) and len(line) <= LONGEST_FIELD and not re.search(r"[\d:]", line):
            return as_title(line)
    return as_title(next(_values(lines, "department_labels"), ""))


@cache
def _issuer() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s){any_of(grammar()['order']['issuers'])}(?:$|\s)", re.I)


def as_title(text: str) -> str:
    """The same where it is not all in capitals; else with a capital for each word that is no small one."""
    if not text.isupper():
        return text.strip()
    words = text.strip().lower().split()
    return " ".join(
        word if place and word in _SMALL else re.sub(r"(?<![\w'’])[a-z]", lambda letter: letter[0].upper(), word)
        for place, word in enumerate(words)
    )


def _rescinds(document: DocumentText, today: date) -> str:
    """The words behind the name of the field, else behind the verb of the sentence that tells it."""
    for line in whole_lines(document.head, today):
        if part := replaced_part(line):
            value = line[part[1] : part[2]].strip(" .;")
            return "" if value.lower().rstrip(".") in grammar()["replaces"]["nothing"] else value
    for sentence in _own_sentences(document):
        if match := _replacing().search(sentence):
            return match["value"].strip()
    return ""


def _own_sentences(document: DocumentText) -> Iterator[str]:
    """The sentences that say "this": in others an order does not speak of itself."""
    for text in (*document.head, *(paragraph.text for paragraph in document.paragraphs)):
        if re.search(r"\bthis\b|\bhereby\b", text, re.I):
            yield from (sentence.text for sentence in split_sentences(text))


@cache
def _replacing() -> re.Pattern[str]:
    noun, verb = any_of(grammar()["order"]["nouns"]), any_of(grammar()["replaces"]["verbs"])
    return re.compile(
        rf"\bthis\s+(?:\w+\s+){{0,2}}{noun}\s+(?:hereby\s+)?{verb}(?:\s+and\s+{verb})?\s+(?P<value>[^.;]*\d[^;]*?)(?:\.?$|;)",
        re.I,
    )


def _replaced(words: str, today: date) -> Iterator[ReplacedOrder]:
    """Each thing that is taken the place of, with its number and date."""
    for part in re.split(r";|,?\s+and\s+(?=\D*\d)|,\s+(?=[A-Z]+-?\d)", words):
        dates, rest = dates_in(part, today), part
        for start, end, _ in reversed(dates):
            rest = rest[:start] + " " * (end - start) + rest[end:]
        match = _NUMBER.search(rest)
        if match or dates:
            yield ReplacedOrder(match[0] if match else "", dates[0][2] if dates else None)


def _withdrawn(document: DocumentText, number: str) -> str:
    """The sentence, or the stamp in the head, by which it says that it no longer holds."""
    stamps = re.compile(
        rf"\W*{any_of(grammar()['withdrawn']['stamps'])}\W*(?:(?:by|on|effective|as of|\d)\b.{{0,80}})?", re.I
    )
    for line in document.head:
        if stamps.fullmatch(line):
            return line.strip()
    ended = _ended(number)
    return next((sentence for sentence in _own_sentences(document) if ended.search(sentence)), "")


def _ended(number: str) -> re.Pattern[str]:
    noun, state = any_of(grammar()["order"]["nouns"]), any_of(grammar()["withdrawn"]["states"])
    named = rf"|{noun}\s+(?:No\.?\s*|#\s*)?{re.escape(number)}" if number else ""
    return re.compile(
        rf"(?:\bthis\s+(?:\w+\s+){{0,2}}{noun}{named})\s+(?:is|has\s+been|was|is\s+now|are)\s+(?:hereby\s+)?{state}\b"
        r"(?!\s+(?:by|if|when|until|unless)\s+(?:the\s+)?(?:next|another|any))",
        re.I,
    )
