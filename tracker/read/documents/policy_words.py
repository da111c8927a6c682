"""A sentence of a policy → its words as they are compared: wordings that say the same are one, numbers have their unit,
dates, telephone numbers, addresses and codes are known as what they are."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from tracker.characters import as_seen
from tracker.read.dates.words import MONTHS, NUMBERS

LONGEST = 4_000
"""Characters of a sentence that are read; orders have lists of some 2,000."""
LONGEST_WORDING = 5
"""Words of the longest wording in `policy_words.toml`."""


class Sort(StrEnum):
    """What a word of a policy is."""

    WORD = "word"
    NUMBER = "number"
    DATE = "date"
    CODE = "code"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class PolicyWord:
    """`text` is what is compared; `capital`: it began with a capital letter, and not only since a sentence did;
    `quoted`: it stands between quotation marks, as titles do."""

    text: str
    sort: Sort
    capital: bool = False
    quoted: bool = False


_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_YEAR = r"(?:,? \d{4})"
_TENS_WORDS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES_WORDS = "one|two|three|four|five|six|seven|eight|nine"
_PATTERNS = (
    (Sort.ADDRESS, r"\S{1,64}@\S{1,64}|https?://\S{1,200}|\bwww\.\S{1,100}"),
    (Sort.ADDRESS, r"\b[\w-]{1,40}\.(?:gov|org|com|example|us)(?:/\S{0,80})?"),
    (Sort.ADDRESS, r"(?:\b1-)?\(?\b\d{3}\)?[-. ]\d{3}[-. ]\d{4}\b|\b\d{3}-\d{4}\b|\bx\d{3,5}\b"),
    (Sort.DATE, rf"\b\d{{1,2}} {_MONTH}\.?{_YEAR}\b"),
    (Sort.DATE, rf"\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?{_YEAR}?\b|\b{_MONTH}\.?{_YEAR}\b"),
    (Sort.DATE, r"\b\d{1,2}[/-]\d{1,2}[/-](?:\d{2}|\d{4})\b|\b\d{1,2}/\d{2,4}\b|\b(?:19|20)\d\d\b(?!-\d)"),
    (Sort.NUMBER, r"\$ ?\d[\d,]*(?:\.\d\d?)?|\b\d[\d,]*(?:\.\d+)? ?(?:%|percent\b)"),
    (Sort.NUMBER, r"\b\d{1,2}(?::\d\d)? ?(?:[ap]\.? ?m\b\.?)"),
    (Sort.CODE, r"§+ ?[\w.()-]{1,30}|\b[a-z]{0,5}-?\d{1,12}(?:[-.:/]\d{0,12}[a-z]?\d{0,12})+(?:\([a-z0-9]{1,3}\))*"),
    (Sort.CODE, r"\b(?=[a-z]{0,12}\d)(?=\d{0,12}[a-z])[a-z0-9]{2,12}\b(?<!st)(?<!nd)(?<!rd)(?<!th)"),
    (Sort.CODE, r"\b[a-z]{1,5}-[a-z0-9]{1,5}-?\d+\b|\b\d+\([a-z0-9]\)"),
    (Sort.NUMBER, r"\b\d[\d,]*(?:\.\d+)?(?:st|nd|rd|th)?\b"),
    (Sort.WORD, r"[a-z]+(?:['’][a-z]+)*|&"),
)
"""The first that fits at a place tells what stands there."""
_WORDS = re.compile("|".join(f"(?P<s{number}>{pattern})" for number, (_, pattern) in enumerate(_PATTERNS)), re.I)
_TENS = re.compile(rf"\b({_TENS_WORDS})[- ]({_ONES_WORDS})\b", re.I)
_QUOTED = re.compile(r"[\"“][^\"“”]{1,200}[\"”]")
_HYPHEN = re.compile(r"(?<=[a-z])[-–](?=[a-z])", re.I)
_BEFORE_CAPITAL = re.compile(r"(?:^|[.:;!?]\s|^\W*\(?\w{1,3}[.)]\s)[\s\"“‘'(]*$")


def policy_words(sentence: str) -> tuple[PolicyWord, ...]:
    """The words of a sentence in their order, without those that say nothing."""
    dull = _dull()
    return tuple(word for word in _counted(list(_worded(list(_written(sentence))))) if word.text not in dull)


def unmatched(words: Iterable[PolicyWord], other: Iterable[PolicyWord]) -> list[PolicyWord]:
    """The words that the other sentence does not have, as often as it has them not."""
    left = Counter(word.text for word in other)
    found = []
    for word in words:
        left[word.text] -= 1
        if left[word.text] < 0:
            found.append(word)
    return found


@cache
def classes() -> Mapping[str, frozenset[str]]:
    """The classes of each word that has one."""
    found: dict[str, set[str]] = {}
    for name, members in _table()["classes"].items():
        for word in members:
            found.setdefault(stem(word), set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


@cache
def effect_words(name: str) -> frozenset[str]:
    """Words that tell what an edit does, by their use: "limit", "cost"."""
    return frozenset(stem(word) for word in _table()["effects"][name])


def stem(word: str) -> str:
    """Without the ending of a plural or a verb."""
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word.removesuffix(ending) + instead
    return word


def _written(sentence: str) -> Iterator[PolicyWord]:
    """The words as they are written, each with what it is."""
    text = _HYPHEN.sub(" ", _TENS.sub(_ten, as_seen(sentence[:LONGEST])))
    labelled, titles = False, [range(*match.span()) for match in _QUOTED.finditer(text)]
    for match in _WORDS.finditer(text):
        sort = _PATTERNS[int(str(match.lastgroup)[1:])][0]
        word = match.group().lower().replace("’", "'")
        letter = len(word) == 1 and match.group().isupper() and word != "a"
        if labelled and (sort is Sort.NUMBER or letter):
            sort = Sort.CODE
        elif sort is Sort.WORD and word in NUMBERS and word not in ("a", "an"):
            sort, word = Sort.NUMBER, str(NUMBERS[word])
        labelled = word in _labels() or (labelled and sort is Sort.CODE)
        capital = match.group()[0].isupper() and not _BEFORE_CAPITAL.search(text[: match.start()])
        yield PolicyWord(word, sort, capital, any(match.start() in title for title in titles))


def _ten(match: re.Match[str]) -> str:
    return str(NUMBERS[match[1].lower()] + NUMBERS[match[2].lower()])


def _worded(words: list[PolicyWord]) -> Iterator[PolicyWord]:
    """With one wording for those that say the same, and without the endings of words."""
    at = 0
    stems = [stem(word.text.removesuffix("'s")) if word.sort is Sort.WORD else word.text for word in words]
    while at < len(words):
        for length in range(min(LONGEST_WORDING, len(words) - at), 0, -1):
            if wording := _same().get(tuple(stems[at : at + length])):
                yield from (PolicyWord(text, _sort(text), words[at].capital, words[at].quoted) for text in wording)
                at += length
                break
        else:
            yield PolicyWord(stems[at], words[at].sort, words[at].capital, words[at].quoted)
            at += 1


def _sort(text: str) -> Sort:
    return Sort.NUMBER if text.isdigit() else Sort.WORD


def _counted(words: list[PolicyWord]) -> Iterator[PolicyWord]:
    """Numbers with their unit in one word ("10080 minute"), once where they are written twice: seven (7) days."""
    at = 0
    while at < len(words):
        word = words[at]
        if word.sort is not Sort.NUMBER:
            yield word
            at += 1
            continue
        at += 1
        while at < len(words) and words[at].sort is Sort.NUMBER and _value(words[at].text) == _value(word.text):
            at += 1
        value, unit = _value(word.text), words[at].text if at < len(words) else ""
        skipped = unit in ("calendar", "full", "consecutiv")
        unit = words[at + 1].text if skipped and at + 1 < len(words) else unit
        if value is not None and unit in _units():
            times, unit = _units()[unit]
            value, at = value * times, at + 1 + skipped
            yield PolicyWord(f"{value:g} {unit}", Sort.NUMBER)
        else:
            yield PolicyWord(word.text if value is None else f"{value:g}", Sort.NUMBER)


def _value(text: str) -> float | None:
    """Of "1,500", "7th"; None for what has a sign or an hour of the day."""
    match = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)(?:st|nd|rd|th)?", text)
    return float(match[1].replace(",", "")) if match else None


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("policy_words.toml").read_text("utf-8"))


@cache
def _same() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    return {
        tuple(stem(word) for word in re.split(r"[ -]", wording)): tuple(stem(word) for word in one.split())
        for one, wordings in _table()["same"].items()
        for wording in wordings
    }


@cache
def _units() -> Mapping[str, tuple[int, str]]:
    return {stem(unit): (times, of) for unit, (times, of) in _table()["units"].items()}


@cache
def _labels() -> frozenset[str]:
    return frozenset(_table()["labels"]["words"])


@cache
def _dull() -> frozenset[str]:
    return frozenset(stem(word) for word in _table()["dull"]["words"])
