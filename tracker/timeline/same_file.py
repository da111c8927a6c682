"""What a council's file is known by, and whether a report tells of it: a logistic regression over a few features.
`tests/eval/fit_file.py` fits its weights on labelled stories; `data/same_file.json` holds them.

A clerk's title is long and legal and a report plain and short, so they are compared word by word: what the report's
sentence, its headline and what stands around share with the file's short name, its title and its summary.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from math import inf, log1p
from sys import intern

from tracker.model import Article, Evidence
from tracker.timeline.matters import matters_named
from tracker.timeline.same_policy import MATTER, PolicyWeights
from tracker.timeline.vocabulary import FEW, OTHER, Bag, rarities_of, shared

_NUMBER = re.compile(r"\d+")
_ENDING = re.compile(r"(?<=[a-z]{4})(?:(?:at)?ions?|ings?|e[dsr]?|ers|less|ments?|ly|al|s)$")
SHORTEST_NUMBER = 3
"""Digits from which a number names a file: one of two may be anything."""
RARE = 40
"""Rarity of a word that stands in at most one of fifty articles: a file shares such a one with what tells of it."""
NEEDED = 1.0
"""Log-odds from which a step that only news tells is of a file: a matter has few of them, and a place many."""
OWN_WORDS = 0.5
"""What the words that only one of two files has count beside the log-odds of each: with it a report of one of two bills
of a meeting is told apart that was not before, at any value from .2 on; at 1 they would outweigh the fitted odds."""
CLEAR = 1.0
"""Log-odds by which a report must fit one file better than all others."""
LONGEST_YEAR = 4
"""Digits of what may be the year of a file."""


@dataclass(frozen=True, slots=True)
class FileWords:
    """What a record tells of its file: rare words of its short name and of all that it says, topic, common matters, and
    the numbers that name it."""

    name: Bag
    whole: Bag
    topic: str
    matters: frozenset[str]
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReportWords:
    """The same of a report: of the sentence with the names of the rule and the subject (`near`), of that with the
    headline and what stands around (`whole`), and of all that its article tells (`article`)."""

    near: Bag
    whole: Bag
    article: Bag
    topic: str
    matters: frozenset[str]
    numbers: frozenset[str]


def words_of_file(item: Evidence) -> FileWords:
    """What a record tells of its file."""
    told = item.finding
    name = item.title.removeprefix(f"{item.matter}: ")
    return _file_words(name, told.quote, told.after, told.topic, item.matter, told.jurisdiction_name)


@lru_cache(maxsize=2_000)
def _file_words(name: str, quote: str, after: str, topic: str, file: str, place: str) -> FileWords:
    whole = _bag(f"{name} {quote} {after}", place)
    return FileWords(_bag(name, place), whole, topic, _matters(topic, (name, quote, after)), _numbers(file))


def words_of_report(item: Evidence, article: Iterable[Evidence] = ()) -> ReportWords:
    """What a report tells of the file that its finding may be of; `article` is all that its article tells of the
    place."""
    told, place = item.finding, item.finding.jurisdiction_name
    near = f"{told.quote} {told.instrument} {told.subject}"
    around = f"{near} {item.title} {told.before} {told.after}"
    others = {f"{one.finding.before} {one.finding.quote} {one.finding.after}" for one in article}
    return ReportWords(
        _bag(near, place),
        _bag(around, place),
        _bag(" ".join([around, *sorted(others)]), place),
        told.topic,
        _matters(told.topic, (told.instrument, told.subject, told.said, item.title if told.primary else "")),
        frozenset(_NUMBER.findall(around)),
    )


def words_of_sentences(
    article: Article, sentences: Sequence[str], place: str, topics: Iterable[str]
) -> Iterator[dict[str, ReportWords]]:
    """What each sentence of an article tells of a file, whatever was read in it: by the topic that the file has, since
    of its own an article may have none."""
    text, topics = _bag(f"{article.title} {article.text}", place), set(topics)
    for number, sentence in enumerate(sentences):
        around = " ".join((article.title, *sentences[max(0, number - 1) : number + 2]))
        words = ReportWords(
            _bag(sentence, place), _bag(around, place), text, OTHER, frozenset(), frozenset(_NUMBER.findall(sentence))
        )
        yield {topic: replace(words, matters=_matters(topic, (sentence, article.title))) for topic in topics}


def _bag(text: str, place: str) -> Bag:
    """The rare words of a text without their endings, each with its rarity."""
    found: Bag = {}
    for word, rarity in rarities_of(text, place).items():
        stem = _stem(word)
        found[stem] = min(rarity, found.get(stem, rarity))
    return found


def _stem(word: str) -> str:
    """`cashless` → `cash`; `evictions`, `evicting` → `evict`: clerks and reporters write one word in two ways."""
    return intern(_ENDING.sub("", word))


def _matters(topic: str, texts: Iterable[str]) -> frozenset[str]:
    return frozenset(name for text in texts for name in matters_named(topic, text))


@lru_cache(maxsize=20_000)
def _numbers(file: str) -> frozenset[str]:
    """`Int 0724-2018` → 724: the longest number without its noughts, and not the year."""
    found = [number.lstrip("0") for number in _NUMBER.findall(file)]
    own = [number for number in found if not (len(number) == LONGEST_YEAR and number[:2] in ("19", "20"))]
    return frozenset(number for number in own if len(number) >= SHORTEST_NUMBER)


@cache
def weights() -> PolicyWeights:
    """`same_file.json`; read once."""
    data = json.loads(files("tracker.timeline").joinpath("data/same_file.json").read_text("utf-8"))
    return PolicyWeights(data["constant"], data["features"])


def features(file: FileWords, report: ReportWords) -> dict[str, float]:
    """What a report and a file of one place have in common, by name: shares 0 to 1."""
    return {
        "near name": shared(file.name, 1, report.near, 1),
        "near whole": shared(file.whole, 1, report.near, 1),
        "whole name": shared(file.name, 1, report.whole, 1),
        "whole": shared(file.whole, 1, report.whole, 1),
        "article": shared(file.whole, 1, report.article, 1),
        "article name": shared(file.name, 1, report.article, 1),
        "topic": float(OTHER in (file.topic, report.topic) or file.topic == report.topic),
        "matter": float(not file.matters.isdisjoint(report.matters)) if file.matters and report.matters else MATTER,
        "number": float(not file.numbers.isdisjoint(report.numbers)),
    }


def lead(one: FileWords, other: FileWords, report: ReportWords) -> float:
    """By how much a report's own words tell of one file more than of another, in log-odds: what both files share, as
    two bills on surveillance do, tells neither from the other."""
    return OWN_WORDS * (_own(one, other, report) - _own(other, one, report))


def _own(one: FileWords, other: FileWords, report: ReportWords) -> float:
    words = one.whole.keys() & report.whole.keys() - other.whole.keys()
    return log1p(sum(one.whole[word] for word in words) / FEW)


class FileIndex:
    """The files of one place by their words, so that a report meets only those with which it shares a rare one."""

    def __init__(self, found: Iterable[FileWords]) -> None:
        self._files = list(found)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number, file in enumerate(self._files):
            for word in (*(word for word, rarity in file.whole.items() if rarity >= RARE), *file.numbers):
                self._by_word[word].append(number)

    def told_by(self, reports: Sequence[Evidence]) -> int | None:
        """The position of the file that reports of one step tell of together; None where none is likely enough, or two
        are."""
        odds: dict[int, float] = defaultdict(float)
        for words in map(words_of_report, reports) if self._files else ():
            near = {number for word in (*words.whole, *words.numbers) for number in self._by_word.get(word, ())}
            for number in near:
                odds[number] = max(odds.get(number, -inf), file_odds(self._files[number], words))
        first, second = [*sorted(odds.items(), key=lambda one: (-one[1], one[0])), (-1, -inf), (-1, -inf)][:2]
        return first[0] if first[1] > NEEDED and second[1] < first[1] - CLEAR else None


def file_odds(file: FileWords, report: ReportWords) -> float:
    """Log-odds that a report is of a file of its place."""
    by, told = weights(), features(file, report)
    return by.constant + sum([weight * told[name] for name, weight in by.features.items()])
