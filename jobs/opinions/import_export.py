"""Requests of the database as a file, and answers from one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from db.articles import articles
from db.engine import reading
from db.opinions import opinions
from db.opinions.opinions import ModelAnswer
from db.readings import BATCH
from db.sessions import session
from db.timeline import entries
from db.values import OpinionState, StoredArticle
from jobs.json_lines import BadLine
from jobs.opinions.answers import answer_to_keep, record_with_answer
from jobs.opinions.batch_files import AnswerLine, NoAnswerLine, request_line
from jobs.opinions.due import day_of
from jobs.opinions.trust import trust_in
from tracker.errors import OpinionRefused

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from jobs.settings import Settings
    from jobs.tally import Report
    from tracker.read.reader import Reader

NO_NAME = "a model without a name"
LAST_KEY = 2**31 - 1
"""The largest number of an article."""
SKIPPED = "the line is skipped"


def write_requests(engine: "Engine", reader: "Reader", model: str, file: BinaryIO) -> Iterator[tuple[int, int]]:
    """Writes a line for each article that waits, and notes what was written; batch after batch, of how many articles
    and how many lines. Raises StorageError, ScorerFault."""
    after = 0
    while True:
        with reading(engine) as opened:
            keys = opinions.articles_to_ask(opened, BATCH, after)
            batch = [article for key in keys if (article := articles.article(opened, key))]
        if not keys:
            return
        asked = {article.id: request for article in batch if (request := reader.request(article))}
        with session(engine) as opened:
            for name, request in asked.items():
                line = request_line(name, request, model)
                file.write(line.encode() + b"\n")
                opinions.note_request_in_file(opened, int(name), line, request.fingerprint)
        yield len(keys), len(asked)
        after = keys[-1]


@dataclass(slots=True)
class ImportCounts:
    """What became of the lines. `changed`: entries that were opened or revised; `again`: answers that entries rest on
    already; `bad`: lines that could not be used."""

    recorded: int = 0
    changed: int = 0
    again: int = 0
    kept: int = 0
    refused: int = 0
    bad: int = 0


class AnswerImport:
    """Hears answers from a file. `model` is what they are noted under; empty: as each line names it."""

    def __init__(self, engine: "Engine", settings: "Settings", reader: "Reader", model: str, report: "Report") -> None:
        self._engine, self._settings, self._reader, self._report = engine, settings, reader, report
        self._model = model
        self.done = ImportCounts()

    def hear(self, lines: "Iterable[AnswerLine | NoAnswerLine | BadLine]", now: datetime) -> Iterator[None]:
        """One line after another; each is recorded by itself, so that a run that is killed is simply run again. Raises
        StorageError, ScorerFault."""
        for line in lines:
            if isinstance(line, BadLine):
                self._skip(line.error)
            elif isinstance(line, NoAnswerLine):
                self._skip(f"{line.id}: {line.reason}", skipped=False)
            else:
                self._one(line, now)
            yield

    def count_changed(self, now: datetime) -> None:
        """Counts the entries that the run of this moment changed. Raises StorageError."""
        with reading(self._engine) as opened:
            self.done.changed = len({entry.id for entry, _ in entries.revised_at(opened, now)})

    def _one(self, line: AnswerLine, now: datetime) -> None:
        key = int(line.id) if line.id.isdecimal() and len(line.id) <= len(str(LAST_KEY)) else 0
        with reading(self._engine) as opened:
            article = articles.article(opened, key) if 0 < key <= LAST_KEY else None
            known = opinions.of_article(opened, key) if article else None
            sent = opinions.fingerprint(opened, key) if article else ""
        if article is None:
            self._skip(f"{line.id}: there is no article of this number in the database")
            return
        request = self._reader.request(article)
        if request is None:
            self._skip(f"{line.id}: nothing is asked about this article")
            return
        was, state = (known.answer, known.state) if known else (None, None)
        if was is None and sent not in ("", request.fingerprint):
            self._skip(f"{line.id}: today it is asked otherwise, since the text or the reader changed; export it again")
        elif was and was.content == line.answer.content and state is OpinionState.RECORDED:
            self.done.again += 1
        else:
            model = self._model or line.answer.model or NO_NAME
            answer = answer_to_keep(line.answer, model, request.fingerprint, now, from_file=True)
            self._hear(article, answer, state, now)

    def _hear(self, article: StoredArticle, answer: ModelAnswer, state: OpinionState | None, now: datetime) -> None:
        day = day_of(now, self._settings)

        def keep(opened: "Session") -> None:
            opinions.queue(opened, {article.key: article.published}, now)
            opinions.save_answer(opened, article.key, answer, day)

        with reading(self._engine) as opened:
            trust = trust_in(opened, answer)
        if trust is None or trust.weights is None:
            with session(self._engine) as opened:
                keep(opened)
            self.done.kept += 1
            return
        try:
            recorded = record_with_answer(self._engine, self._reader, article, answer, trust, now, keep)
        except OpinionRefused as why:
            self.done.refused += 1
            self._report(f"{article.id}: the answer is refused: {why}; the encoder's reading stands")
            if state is not OpinionState.RECORDED:
                with session(self._engine) as opened:
                    opinions.refuse(opened, article.key, answer.model, str(why), now, day)
            return
        self.done.recorded += recorded

    def _skip(self, line: str, *, skipped: bool = True) -> None:
        self.done.bad += 1
        self._report(f"{line}; {SKIPPED}" if skipped else line)
