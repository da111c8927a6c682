"""Answers of a language model beside the encoder: articles that are worth asking about are queued in the transaction in
which they are recorded; an answer that is there already counts again where the same would be asked; and one that came
is recorded on the path of `reread`: history, locks of people, corrections in mails as ever."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from db.articles import articles
from db.engine import reading
from db.locks import hold_timeline
from db.opinions import opinions
from db.opinions.opinions import ModelAnswer
from db.readings import record_readings
from db.sessions import session
from jobs.opinions.trust import trust_in
from tracker.errors import OpinionRefused
from tracker.read.version import with_model
from tracker.timeline.provenance import model_of

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from db.readings import ReadArticle
    from db.values import StoredArticle
    from jobs.opinions.completion import Completion
    from jobs.settings import Settings
    from tracker.read.opinions.trust import Trust
    from tracker.read.reader import Reader

SOON = timedelta(minutes=1)
"""Until an article that came anew is asked about again: the reader reads it first."""


@dataclass(frozen=True, slots=True)
class SecondOpinions:
    """Of one run of reading."""

    engine: "Engine"
    reader: "Reader"

    @classmethod
    def of(cls, engine: "Engine", settings: "Settings", reader: "Reader") -> Self | None:
        """None where no model is to be asked: nothing is queued then, and nothing looked up."""
        return cls(engine, reader) if settings.second_opinion_address else None

    def with_answers(self, done: "Sequence[ReadArticle]") -> "list[ReadArticle]":
        """What was read, with the answers that are there. Raises StorageError."""
        keys = [article.key for article, told, _ in done if told.worth_asking]
        if not keys:
            return list(done)
        with reading(self.engine) as opened:
            answers = opinions.answers(opened, keys)
            trusts = {key: trust_in(opened, answer) for key, answer in answers.items()}
        return [self._again(one, answers.get(one[0].key), trusts.get(one[0].key)) for one in done]

    def _again(self, one: "ReadArticle", answer: "ModelAnswer | None", trust: "Trust | None") -> "ReadArticle":
        if answer is None or trust is None or trust.weights is None:
            return one
        article = one[0]
        request = self.reader.request(article)
        if request is None or request.fingerprint != answer.fingerprint:
            return one
        try:
            told = self.reader.read_with(article, answer.content, trust)
        except OpinionRefused:
            return one
        return article, told, with_model(self.reader.version, answer.model)

    def queue(self, session: "Session", done: "Sequence[ReadArticle]", now: datetime) -> None:
        """Notes which of these articles wait to be asked about, in the caller's transaction."""
        heard = {article.key for article, _, version in done if model_of(version)}
        wanted = {article.key: article.published for article, told, _ in done if told.worth_asking}
        opinions.mark_recorded(session, heard)
        opinions.queue(session, {key: day for key, day in wanted.items() if key not in heard}, now)
        opinions.forget(session, {article.key for article, *_ in done} - heard - wanted.keys())


def answer_to_keep(
    told: "Completion", model: str, fingerprint: str, at: datetime, *, from_file: bool = False
) -> ModelAnswer:
    """What is kept of an answer to the request of that fingerprint."""
    tokens = {"input_tokens": told.input_tokens, "output_tokens": told.output_tokens}
    return ModelAnswer(model, fingerprint, told.content, at, told.raw, **tokens, from_file=from_file)


def record_with_answer(
    engine: "Engine",
    reader: "Reader",
    article: "StoredArticle",
    answer: "ModelAnswer",
    trust: "Trust",
    now: datetime,
    beside: "Callable[[Session], None]" = lambda _session: None,
) -> bool:
    """Reads an article with an answer about it and records what comes of it, in one transaction with what is done
    `beside`; False where the article came anew meanwhile: it waits again then. Raises OpinionRefused, StorageError."""
    told = reader.read_with(article, answer.content, trust)
    with session(engine) as opened:
        hold_timeline(opened)
        if articles.article(opened, article.key) != article:
            opinions.queue(opened, {article.key: article.published}, now + SOON)
            return False
        beside(opened)
        record_readings(opened, [(article, told, with_model(reader.version, answer.model))], now)
        opinions.mark_recorded(opened, [article.key])
        return True
