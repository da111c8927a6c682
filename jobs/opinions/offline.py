"""A second opinion without a server: what a model would be asked is written to a file, its answers come from one."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, BinaryIO

from jobs.opinions.batch_files import LONGEST_ID, AnswerLine, NoAnswerLine, read_answers, request_line
from jobs.opinions.trust import trust_in_database
from tracker.errors import OpinionRefused
from tracker.publish.counts import count
from tracker.read.opinions.trust import Trust
from tracker.read.reader import Reader, each_by_itself

if TYPE_CHECKING:
    from jobs.opinions.completion import Completion
    from jobs.settings import Settings
    from jobs.tally import Report
    from tracker.model import Article, Reading

    TrustIn = Callable[[Completion], Trust]

STANDS = "the encoder's reading stands"
MOST_FOREIGN = 20
"""Answers that belong to no article are named so far: a file for a whole archive may be read with a few of it."""


class AskingReader:
    """Reads articles as the reader does, and writes a request for each that is worth asking about, once an id."""

    def __init__(self, reader: Reader, file: BinaryIO, model: str, report: "Report") -> None:
        self._reader, self._file, self._model, self._report = reader, file, model, report
        self._ids: set[str] = set()
        self._size = 0

    def read(self, article: "Article") -> "Reading":
        """What the article reports. Raises ScorerFault."""
        reading, request = self._reader.read(article), self._reader.request(article)
        if request and article.id in self._ids:
            self._report(f"{article.id}: the id stands twice; nothing is asked about the later article")
        elif request:
            line = request_line(article.id, request, self._model).encode() + b"\n"
            self._file.write(line)
            self._ids.add(article.id)
            self._size += len(line)
        return reading

    def read_many(self, articles: "Iterable[Article]") -> "Iterator[Reading | Exception]":
        """The same of each; a bug that one meets is given in its place. Raises ScorerFault."""
        return each_by_itself(self.read, articles)

    def summary(self) -> str:
        """How much would be asked. What providers may refuse is reported."""
        if self._ids and not self._model:
            self._report("the requests name no model; name one with --opinion-model")
        if long := sum(not 0 < len(name) <= LONGEST_ID for name in self._ids):
            self._report(
                f"{count(long, 'id')} longer than {LONGEST_ID} characters, or empty: not all providers take such"
            )
        return f"{count(len(self._ids), 'request')}, {self._size:,} bytes"


def open_answers(path: str, report: "Report") -> tuple[dict[str, AnswerLine | NoAnswerLine], int]:
    """The answers of a file by the ids of their articles, and how many lines are none. Of several to one article the
    last counts: whoever asks again puts the files together. Raises BadInput."""
    from jobs.json_lines import BadLine, open_lines

    found: dict[str, AnswerLine | NoAnswerLine] = {}
    bad = 0
    with open_lines(path) as lines:
        for value in read_answers(lines):
            if isinstance(value, BadLine):
                report(f"{path}: {value.error}; the line is skipped")
                bad += 1
                continue
            known = found.get(value.id)
            if isinstance(known, AnswerLine) and isinstance(value, AnswerLine):
                report(f"{value.id}: there are several answers; the last one counts")
            if isinstance(value, AnswerLine) or not isinstance(known, AnswerLine):
                found[value.id] = value
    return found, bad


def trust_by(settings: "Settings", model: str, report: "Report") -> "TrustIn":
    """How far answers of a file are listened to: as a check of their model says, where one is there; else as those of a
    large model. Their model is `model`, or that of the settings, or what a line names."""

    @cache
    def trust(name: str) -> Trust:
        found = trust_in_database(settings, name)
        if found and found.weights is None:
            report(f"{name} was checked and is no better than the encoder: its answers decide nothing")
        return found or Trust.fitted()

    return lambda answer: trust(model or settings.second_opinion_model or answer.model)


class AnsweredReader:
    """Reads articles as the reader does, and hears the answer about each. Where there is none that can be heard, one
    line is said, and the encoder's reading stands."""

    def __init__(
        self, reader: Reader, answers: dict[str, AnswerLine | NoAnswerLine], trust_in: "TrustIn", report: "Report"
    ) -> None:
        self._reader, self._answers, self._trust_in, self._report = reader, answers, trust_in, report
        self._about: dict[str, Article] = {}
        self.heard = 0
        """Answers that were."""

    def read(self, article: "Article") -> "Reading":
        """What the article reports. Raises ScorerFault."""
        answer = self._answer(article)
        if isinstance(answer, AnswerLine):
            try:
                reading = self._reader.read_with(article, answer.answer.content, self._trust_in(answer.answer))
            except OpinionRefused as why:
                self._report(f"{article.id}: the answer is refused: {why}; {STANDS}")
            else:
                self.heard += 1
                return reading
        reading = self._reader.read(article)
        if isinstance(answer, NoAnswerLine):
            self._report(f"{article.id}: {answer.reason}; {STANDS}")
        elif answer is None and reading.worth_asking:
            self._report(f"{article.id}: there is no answer about it; {STANDS}")
        return reading

    def read_many(self, articles: "Iterable[Article]") -> "Iterator[Reading | Exception]":
        """The same of each; a bug that one meets is given in its place. Raises ScorerFault."""
        return each_by_itself(self.read, articles)

    def tell_foreign(self) -> None:
        """Says which answers belong to no article that was read."""
        foreign = [name for name in self._answers if name not in self._about]
        for name in foreign[:MOST_FOREIGN]:
            self._report(f"{name}: there is an answer, and no article of this id")
        if more := foreign[MOST_FOREIGN:]:
            self._report(f"and {len(more)} more answers that belong to no article")

    def _answer(self, article: "Article") -> AnswerLine | NoAnswerLine | None:
        """The answer about an article; two that share an id cannot share it, and the first one was asked about."""
        if article.id not in self._answers:
            return None
        if self._about.setdefault(article.id, article) != article:
            return NoAnswerLine(article.id, "the answer is about another article of the same id")
        return self._answers[article.id]
