"""Passages: sentences of an article in which nobody read a step, recognised by a council's record as telling of one.

A record gives place, stage and day for certain, so an article need only name the day and tell of the file in its words:
the second bill of a meeting is told without a date or a vote of its own ("at the same meeting members also …"). A
passage supports the step of its record and nothing else, and has all fields from there (`records.py`)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.model import Article, Evidence, Factuality, Finding, OcdId, PublishedBasis, Reading, Stage, Witness
from tracker.partial_date import PartialDate
from tracker.read.dates import Tense, find_dates
from tracker.read.factuality import factuality
from tracker.read.text.document import document
from tracker.read.text.sentences import Sentence, split_sentences
from tracker.timeline.claims import file_of
from tracker.timeline.same_file import FileWords, ReportWords, file_odds, lead, words_of_file, words_of_sentences
from tracker.timeline.same_policy import chance

WORTH = 0.1
"""The chance of being a change from which an article is looked at; hardly one in ten of an ordinary stream has it."""
LATE_DAYS = 100
"""Days after a step in which an article may tell it so; what is further back is retold, and seldom by its day."""
NEEDED = 1.3
"""Log-odds from which a sentence tells of a file. Of the labelled stories (development part) 35 of 36 steps have an
article with it, 33 at 1.6, 29 without passages; of 1,440 files of other councils, eight beside each step in five draws,
5 got one (one on the very same matter), 3 of them without passages too."""
DATED = 1.0
"""Log-odds that it is worth where the sentence itself has the day, or the month."""
CLEAR = 1.3
"""Log-odds by which it must tell of one file more than of any other, as what the reader found must."""
SINGLE, TELLING = 50, 25
"""Rarity of a word that tells of a file by itself, and of each of two that do together: those that hardly one, and one
in some five articles has."""
STAGES = frozenset({Stage.PROPOSED, Stage.ADOPTED, Stage.RESCINDED, Stage.REJECTED})
"""What a council does on a day; a start needs no meeting."""
CONTEXT = 300
"""Characters of the sentence before, and of the one after: enough to see what "it" is."""


@dataclass(frozen=True, slots=True)
class _Fit:
    """That a sentence, by its number, may tell the step of a record: `points` in log-odds; `dated` where the sentence
    has its day (2) or its month (1)."""

    number: int
    item: Evidence
    file: FileWords
    points: float
    dated: int


def passages(article: Article, place: OcdId, records: Iterable[Evidence]) -> list[Finding]:
    """The sentences of an article that tell steps of `records` of a place, in the article's own characters, in their
    order: one a step, and no sentence twice."""
    near = [item for item in records if item.finding.jurisdiction == place and may_tell(article, item)]
    if not near or article.published_basis is PublishedBasis.SEEN:  # nobody knows which day "Thursday" is
        return []
    seen = document(article)
    sentences = split_sentences(seen.read.text)
    best: dict[str, _Fit] = {}
    for fit in _fits(seen.read, sentences, near):
        best[fit.item.url] = max(fit, best.get(fit.item.url, fit), key=lambda fit: (fit.points, -fit.number))
    told = sorted((fit for fit in best.values() if _asserts(sentences, fit)), key=lambda fit: fit.number)
    found = tuple(_finding(seen.read.text, sentences, fit) for fit in told)
    return list(seen.as_given(Reading(id=article.id, is_change=True, score=0.0, reason="", findings=found)).findings)


def _asserts(sentences: Sequence[Sentence], fit: _Fit) -> bool:
    """False where the sentence denies its step, or puts it off: then no other of the article stands in for it."""
    return factuality(fit.item.finding.stage, sentences[fit.number].text) is Factuality.ASSERTED


def may_tell(article: Article, item: Evidence) -> bool:
    """True where a record is of a council's file, and its step was taken on a day not long before the article ran."""
    day = item.finding.date
    if not item.matter or item.finding.stage not in STAGES or day is None or not day.day:
        return False
    return 0 <= (article.published - day.first_day()).days <= LATE_DAYS


def _fits(article: Article, sentences: Sequence[Sentence], near: Sequence[Evidence]) -> Iterator[_Fit]:
    """The step that each sentence tells, where it tells that of no other file nearly as well: one whose day the article
    names, or whose month the sentence itself. Of one file that which it dates best, else the last."""
    days, own = _dates(article, sentences)
    named = (item for item in near if item.finding.date in days or any(_dated(one, item.finding) for one in own))
    files = [(item, words_of_file(item)) for item in named]
    if not files:
        return
    words = words_of_sentences(
        article, [one.text for one in sentences], near[0].finding.jurisdiction_name, {file.topic for _, file in files}
    )
    for number, of_topic in enumerate(words):
        found = [
            _Fit(number, item, file, file_odds(file, of_topic[file.topic]) + DATED * (dated > 0), dated)
            for item, file in files
            if (dated := _dated(own[number], item.finding)) or item.finding.date in days
        ]
        best = max(found, key=lambda fit: fit.points, default=None)
        told = of_topic[best.file.topic] if best else None
        if best and told and best.points >= NEEDED and _shares(best.file, told) and _is_clear(best, found, told):
            steps = (fit for fit in found if file_of(fit.item) == file_of(best.item))
            yield max(steps, key=lambda fit: (fit.dated, str(fit.item.finding.date), fit.points, fit.item.url))


def _shares(file: FileWords, words: ReportWords) -> bool:
    """Whether sentence and file share a matter, one word that hardly anything else has, or two that tell something: a
    clerk's "introduced" is in many sentences."""
    if not file.matters.isdisjoint(words.matters) or not file.numbers.isdisjoint(words.numbers):
        return True
    common = file.whole.keys() & words.whole.keys()
    rarest = sorted((min(file.whole[word], words.whole[word]) for word in common), reverse=True)
    return rarest[:1] >= [SINGLE] or rarest[1:2] >= [TELLING]


def _is_clear(best: _Fit, found: Iterable[_Fit], words: ReportWords) -> bool:
    rivals = (fit for fit in found if file_of(fit.item) != file_of(best.item))
    return all(best.points - fit.points + lead(best.file, fit.file, words) >= CLEAR for fit in rivals)


def _dated(days: Iterable[PartialDate], told: Finding) -> int:
    """2 where the day of a step is among these, 1 where its month is, else 0."""
    assert told.date
    return max((1 + bool(day.day) for day in days if day.contains(told.date)), default=0)


def _dates(article: Article, sentences: Sequence[Sentence]) -> tuple[set[PartialDate], list[set[PartialDate]]]:
    """The days that title and text name, and the days and months that each sentence names."""
    found = [(at, day) for at, day in _named(article.text, article.published) if day.month]
    own = [{day for at, day in found if one.start <= at < one.end} for one in sentences]
    titled = (day for _, day in _named(article.title, article.published))
    return {day for day in (*titled, *(day for _, day in found)) if day.day}, own


def _named(text: str, published: date) -> Iterator[tuple[int, PartialDate]]:
    """Where each time expression stands, with each of its values; not the day on which something is still to come."""
    for found in find_dates(text, published):
        ahead = found.direction is Tense.FUTURE
        for day in {found.within, found.past, found.future}:
            if day and not (ahead and day.last_day() >= published):
                yield found.start, day


def _finding(text: str, sentences: Sequence[Sentence], fit: _Fit) -> Finding:
    """A passage: the fields of the record, the sentence of the article."""
    own, before, after = sentences[fit.number], sentences[max(0, fit.number - 1)], sentences[fit.number + 1 :][:1]
    first = before.start if own.start - before.start <= CONTEXT else own.start
    last = after[0].end if after and after[0].end - own.end <= CONTEXT else own.end
    return fit.item.finding.model_copy(
        update={
            "quote": own.text, "start": own.start, "end": own.end, "before": text[first : own.start],
            "after": text[own.end : last], "marks": (), "qualifiers": (), "effect": None, "direction": None,
            "score": round(chance(fit.points), 3), "primary": False, "witness": Witness.RECORD,
        }
    )  # fmt: skip
