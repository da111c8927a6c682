"""Article text → sentences with exact offsets."""

import re
from dataclasses import dataclass

from tracker.read.lexicon import words

_END = re.compile(r"""(?<![.!?])[.!?]++["”’')\]]*(?=\s+["“‘'(\[]*[A-Z0-9•\-])|\n+|\s(?=[•▪]\s)""")
LONGEST_SENTENCE = 1_000
"""Characters. The longest labelled one has 380, and 1,000 still fit into a row of the encoder with what stands around
it. What is longer (a list without stops, a page in lower case) is read in parts."""
_WORD_BEFORE = re.compile(r"([A-Za-z][A-Za-z.'’]*)\.?$")
_WEEKDAY = r"(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_MONTH = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[A-Za-z]{0,6}\.?"
_DAY = rf"\(?(?:{_WEEKDAY}, ?)?{_MONTH} \d{{1,2}}(?:, ?\d{{4}})?\)?"
_STATE = rf", ?(?!{_WEEKDAY}|{_MONTH})[A-Z][\w.]{{1,20}}"
_TOWN = rf"(?:[A-Z][A-Z.'’ -]{{2,40}}(?:{_STATE})?|[A-Z][\w.' ]{{2,25}}{_STATE})"
_WIRE = r"(?: ?\([^)\n]{2,30}\))?"
_DASH = r" ?(?:--|[—–|:]|- ) ?"
DATELINE = re.compile(
    rf"{_TOWN},? ?{_WIRE}{_DASH}{_DAY}{_DASH}"
    rf"|{_DAY}(?:{_DASH}|, ){_TOWN}{_WIRE}{_DASH}"
    rf"|{_TOWN}(?:,| ?(?=\()) ?{_DAY}{_WIRE}(?:{_DASH}|(?=\n|\Z))"
    r"|[\s(]*[A-Z][A-Z.'’ -]{2,60}(?:,\s*[A-Z][\w. ]{0,20}?)?\s*(?:\([^)\n]{2,30}\)|\))?\s*(?:--|[—–|:]|-\s)"
    r"|\(?[A-Z][\w.' ]{2,25},\s*[A-Z][\w.]+\)?\s*\([^)\n]{2,30}\)\s*(?:--|[—–-])"
    r"|\([A-Z][\w.' ]{2,25},\s*[A-Z]{2}\)\s*(?:--|[—–-])"
    r"|[A-Z][\w.']+(?: [A-Z][\w.']+)?(?:, [A-Z][\w.]+)?\s+(?:--|—|–)\s"
)
"""The place and wire service that open a story, some with the day on which it was written: "MILWAUKEE (AP) —", "Omaha,
Neb. (WOWT) -", "(Lincoln, NE) --", "MILWAUKEE, Thursday, February 6, 2020 —"."""
_PARAGRAPH = re.compile(r"\A|\n\n")
_BULLET = re.compile(r"[\s•▪*\-–—]*(?:\(?\d{1,2}[.)]\s+)?")
_NUMBER = re.compile(r"\s*\(?\d{1,2}\Z")
_ITEM = re.compile(r"\s*(?:[•▪*–—-]\s|\(?\d{1,2}[.)]\s|(?:[^\s:]+ ){0,3}[^\s:]*\d[^\s:]*\s?[:–—]\s)")
"""How an item of a list begins: with a mark, a number, or a name that has one ("Ordinance 22-14:")."""
_OUTCOME = re.compile(r"[ \t]+\S+(?:[ \t]+\S+)?[ \t]*(?=\n|\Z)")
"""One word or two at the end of an item: what became of it ("Passed 5-2."), which says nothing by itself."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `text == article.text[start:end]`."""

    text: str
    start: int
    end: int


def datelines(text: str) -> list[tuple[int, int]]:
    """The [start, end) of the datelines that open the text or one of its paragraphs."""
    begun = (DATELINE.match(text, paragraph.end()) for paragraph in _PARAGRAPH.finditer(text))
    return [match.span() for match in begun if match]


def split_sentences(text: str) -> list[Sentence]:
    """All sentences of the text in order; line ends always end one, and so does its LONGEST_SENTENCE."""
    sentences: list[Sentence] = []
    begin = 0
    for match in _END.finditer(text):
        if not text[match.start()].isspace() and _goes_on(text, match, begin):
            continue
        _keep_parts(sentences, text, begin, match.end())
        begin = match.end()
    _keep_parts(sentences, text, begin, len(text))
    return sentences


def _goes_on(text: str, stop: re.Match[str], begin: int) -> bool:
    """True where a stop ends no sentence: that of a word, of the number of an item, or before what became of one."""
    if _is_abbreviation(text, stop.start(), begin) or _NUMBER.match(text[begin : stop.start()]):
        return True
    line = text.rfind("\n", 0, stop.start()) + 1
    return _OUTCOME.match(text, stop.end()) is not None and _ITEM.match(text, max(line, begin)) is not None


def _keep_parts(sentences: list[Sentence], text: str, begin: int, end: int) -> None:
    """A sentence, or one of usual length after another where it is too long."""
    while end - begin > LONGEST_SENTENCE:
        limit = begin + LONGEST_SENTENCE
        space = text.rfind(" ", begin, limit)
        stop = space if space > begin else limit
        _keep(sentences, text, begin, stop)
        begin = stop
    _keep(sentences, text, begin, end)


def _keep(sentences: list[Sentence], text: str, begin: int, end: int) -> None:
    bullet = _BULLET.match(text, begin, end)
    begin = bullet.end() if bullet else begin
    dateline = DATELINE.match(text, begin, end)
    begin = dateline.end() if dateline else begin
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if end > begin:
        sentences.append(Sentence(text[begin:end], begin, end))


def _is_abbreviation(text: str, stop: int, begin: int) -> bool:
    """True where the full stop at `stop` belongs to a word such as "Wis." or an initial such as "J."."""
    if text[stop] != ".":
        return False
    match = _WORD_BEFORE.search(text, max(begin, stop - 12), stop)
    if not match:
        return False
    word = match.group(1).lower().rstrip(".")
    return (
        word in words("abbreviations", "words")
        or (len(word) == 1 and word != "i")
        or bool(re.fullmatch(r"(?:[a-z]\.)+[a-z]", word))
    )
