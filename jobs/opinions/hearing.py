"""How second opinions meet what is read: articles that are worth asking about are queued in the transaction in which
they are recorded, and an answer that is there already is heard again where the same would be asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self

from db.engine import reading
from db.opinions import opinions
from jobs.opinions.trusting import trust_in
from tracker.errors import OpinionRefused
from tracker.read.version import with_model
from tracker.timeline.provenance import model_of

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from db.opinions.opinions import KeptAnswer
    from jobs.reading.unread import Read
    from jobs.settings import Settings
    from tracker.read.opinions.trust import Trust
    from tracker.read.reader import Reader


@dataclass(frozen=True, slots=True)
class Hearing:
    """Of one run of reading."""

    engine: "Engine"
    reader: "Reader"

    @classmethod
    def of(cls, engine: "Engine", settings: "Settings", reader: "Reader") -> Self | None:
        """None where no model is to be asked: nothing is queued then, and nothing looked up."""
        return cls(engine, reader) if settings.second_opinion_address else None

    def heard_again(self, done: "Sequence[Read]") -> "list[Read]":
        """What was read, with the answers that are there. Raises StorageError."""
        keys = [article.key for article, told, _ in done if told.worth_asking]
        if not keys:
            return list(done)
        with reading(self.engine) as opened:
            answers = opinions.answers(opened, keys)
            trusts = {key: trust_in(opened, answer) for key, answer in answers.items()}
        return [self._again(one, answers.get(one[0].key), trusts.get(one[0].key)) for one in done]

    def _again(self, one: "Read", answer: "KeptAnswer | None", trust: "Trust | None") -> "Read":
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

    def queue(self, session: "Session", done: "Sequence[Read]", now: datetime) -> None:
        """Notes which of these articles wait to be asked about, in the caller's transaction."""
        heard = {article.key for article, _, version in done if model_of(version)}
        wanted = {article.key: article.published for article, told, _ in done if told.worth_asking}
        opinions.recorded(session, heard)
        opinions.queue(session, {key: day for key, day in wanted.items() if key not in heard}, now)
        opinions.forget(session, {article.key for article, *_ in done} - heard - wanted.keys())
