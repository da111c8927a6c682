"""One round of asking: articles that wait are asked about, the newest first, and what is answered is recorded.

An article is taken, its request is made, the number of the day grows, the server is asked, the answer is kept, and what
both witnesses say is recorded: each a transaction of its own. Whatever ends the program in between, the article is
taken again: asked twice at worst, recorded once.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from db.articles import articles
from db.engine import reading
from db.locks import CHECK_LOCK, AdvisoryLock
from db.opinions import opinions, usage
from db.opinions.opinions import ModelAnswer
from db.readings import BATCH
from db.sessions import session
from db.values import StoredArticle
from jobs.opinions.answers import answer_to_keep, record_with_answer
from jobs.opinions.due import day_of
from jobs.opinions.endpoint import ask
from jobs.opinions.trust import trust_in, trust_of
from jobs.terminal.console import one_line
from tracker.errors import OpinionBroken, OpinionDenied, OpinionError, OpinionRefused, StorageError, TrackerError

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.opinions.endpoint import Poster
    from jobs.settings import Settings
    from jobs.tally import Report
    from tracker.read.opinions.request import Request
    from tracker.read.reader import Reader

    Checker = Callable[[Engine, Settings, Reader, Poster, Callable[[], datetime]], Awaitable[object]]

T = TypeVar("T")

REQUESTS = 2
"""About one article: a server that does not know schemas is asked again."""
MARGIN = timedelta(seconds=60)
"""Beside the time of the answers: for reading the article before and after it, on a machine that has other work."""
REFUSED_AGAIN = (timedelta(hours=1), timedelta(hours=6))
"""After a refused answer, and after the second; a model that misunderstands three times will do so again."""
SOONEST, LATEST = timedelta(minutes=10), timedelta(days=1)
"""Until an article is tried again at which the server failed: it waits half as long as it has waited."""
QUIET, QUIET_DENIED = timedelta(minutes=5), timedelta(minutes=30)
"""Until the server is asked again after it failed, or said no, which takes a person to change."""


@dataclass(slots=True)
class RoundCounts:
    """What a round did. `again`: answers that were there already; `kept`: answers that decide nothing yet."""

    asked: int = 0
    again: int = 0
    recorded: int = 0
    kept: int = 0
    refused: int = 0
    put_off: int = 0
    spent: bool = False
    """The number of the day is reached."""
    unheard: bool = False
    """The model is worse than the encoder."""

    def as_dict(self) -> dict[str, int]:
        """By name."""
        return {field.name: int(getattr(self, field.name)) for field in fields(self)}


class AskingRound:
    """One round. `stop` is asked before an article is begun; `limit`: articles at most; `check` measures a model that
    was not checked; `done` is called after each article. All work of the reader is done in one thread."""

    def __init__(
        self,
        engine: "Engine",
        settings: "Settings",
        reader: "Reader",
        client: "Poster",
        clock: Callable[[], datetime],
        report: "Report",
        *,
        limit: int = sys.maxsize,
        stop: Callable[[], bool] = lambda: False,
        done: Callable[[], None] = lambda: None,
        check: "Checker | None" = None,
    ) -> None:
        self._engine, self._settings, self._reader, self._client = engine, settings, reader, client
        self._clock, self._report, self._stop, self._done, self._check = clock, report, stop, done, check
        self._left = limit
        self._model = settings.second_opinion_model
        self._lease = timedelta(seconds=REQUESTS * settings.second_opinion_seconds) + MARGIN
        self._over = False
        self._thread = ThreadPoolExecutor(1, "opinions")
        self.tally = RoundCounts()

    async def run(self) -> RoundCounts:
        """Asks until nothing waits, the day's number is spent or the server fails. Raises StorageError, ScorerFault."""
        try:
            if await self._is_heard():
                await self._record_kept()
                lanes = [asyncio.create_task(self._lane()) for _ in range(self._settings.second_opinion_at_once)]
                await _all_of(lanes)
        finally:
            self._thread.shutdown(wait=False)
        return self.tally

    async def _is_heard(self) -> bool:
        """Whether the model is worth asking, as far as is known; one that was not checked is checked first."""
        trust = await self._in_session(trust_of, self._model)
        if trust is None and self._check:
            alone = AdvisoryLock(self._engine, CHECK_LOCK)
            if not await asyncio.to_thread(alone.take):
                return False  # another process checks it
            try:
                await self._check(self._engine, self._settings, self._reader, self._client, self._clock)
            except OpinionError as error:
                await self._failed(error)
                return False
            finally:
                await asyncio.to_thread(alone.release)
            trust = await self._in_session(trust_of, self._model)
        self.tally.unheard = trust is not None and trust.weights is None
        return not self.tally.unheard

    async def _record_kept(self) -> None:
        """Answers that were kept until the model was checked."""
        trust = await self._in_session(trust_of, self._model)
        while trust and not self._halted():
            keys = await self._in_session(opinions.answered_articles, self._model, BATCH)
            if not keys:
                return
            for key in keys:
                await self._work(self._kept, key)

    def _kept(self, key: int) -> None:
        article, request, answer = self._prepared(key)
        if request is None:
            self._write(opinions.forget, [key])
        elif answer is None or answer.fingerprint != request.fingerprint:
            with session(self._engine) as opened:
                opinions.queue(opened, {key: article.published}, self._clock())
        else:
            self._heard(article, answer)

    async def _lane(self) -> None:
        """One article after another."""
        while not self._halted() and self._left > 0:
            self._left -= 1  # before anything is waited for: the other lanes look too
            at_once = self._settings.second_opinion_at_once
            key = await self._in_session(opinions.claim, self._clock(), at_once, self._lease, write=True)
            if key is None:
                return
            try:
                await self._one(key)
            except BaseException as error:  # also where it is broken off: nobody waits until it counts as ended
                if not await self._met_bug(key, error):
                    with suppress(StorageError):
                        self._write(opinions.release, key, self._clock())
                    raise
            self._done()

    async def _met_bug(self, key: int, error: BaseException) -> bool:
        """Whether it was one, which costs this article only."""
        if isinstance(error, TrackerError) or not isinstance(error, Exception):
            return False
        article = await self._in_session(articles.article, key)
        assert article
        reason = f"the program failed ({type(error).__name__}: {error}); please report this"
        await asyncio.to_thread(self._refused, article, one_line(reason))
        return True

    async def _one(self, key: int) -> None:
        """From an article that was taken to what became of it."""
        article, request, answer = await self._work(self._prepared, key)
        if request is None:
            await self._in_session(opinions.forget, [key], write=True)
            return
        if answer and answer.fingerprint == request.fingerprint:
            self.tally.again += 1
            await self._work(self._heard, article, answer)
            return
        body = json.dumps(request.body(self._model), ensure_ascii=False)
        per_day, day = self._settings.second_opinion_per_day, self._day()
        asked = (key, body, request.fingerprint, self._model, day, per_day)
        if not await self._in_session(opinions.begin_request, *asked, write=True):
            self.tally.spent = self._over = True
            await self._in_session(opinions.release, key, self._clock(), write=True)
            return
        await self._ask(article, request)

    async def _ask(self, article: StoredArticle, request: "Request") -> None:
        self.tally.asked += 1
        try:
            told = await ask(self._client, self._settings, request)
        except OpinionBroken as error:
            await asyncio.to_thread(self._refused, article, str(error))
            return
        except OpinionError as error:
            await self._failed(error, article.key)
            return
        answer = answer_to_keep(told, self._model, request.fingerprint, self._clock())
        await self._in_session(opinions.save_answer, article.key, answer, self._day(), write=True)
        await self._work(self._heard, article, answer)

    def _prepared(self, key: int) -> "tuple[StoredArticle, Request | None, ModelAnswer | None]":
        """The article as it is now, what is asked about it, and the answer that is there. In the reader's thread."""
        with reading(self._engine) as opened:
            article, answer = articles.article(opened, key), opinions.answers(opened, [key]).get(key)
        assert article  # its row goes with it
        return article, self._reader.request(article), answer

    def _heard(self, article: StoredArticle, answer: ModelAnswer) -> None:
        """Records what both witnesses say, where the model is listened to. In the reader's thread."""
        with reading(self._engine) as opened:
            trust = trust_in(opened, answer)
        if trust is None or trust.weights is None:
            self._write(opinions.mark_answered, article.key)
            self.tally.kept += 1
            return
        try:
            self.tally.recorded += record_with_answer(self._engine, self._reader, article, answer, trust, self._clock())
        except OpinionRefused as error:
            self._refused(article, f"the answer of {answer.model} is refused: {error}")

    def _refused(self, article: StoredArticle, reason: str) -> None:
        self.tally.refused += 1
        self._report(f"{article.url}: {reason}")
        with session(self._engine) as opened:
            before = opinions.refusals(opened, article.key)
            again = self._clock() + REFUSED_AGAIN[before] if before < len(REFUSED_AGAIN) else None
            opinions.refuse(opened, article.key, self._model, reason, again, self._day())

    async def _failed(self, error: OpinionError, key: int | None = None) -> None:
        """The server fails: the round ends, the article waits, and nobody is asked for a while."""
        self._over = True
        self.tally.put_off += key is not None
        await asyncio.to_thread(self._quieten, error, key)

    def _quieten(self, error: OpinionError, key: int | None) -> None:
        now, day = self._clock(), self._day()
        wait = timedelta(seconds=error.retry_after or 0)
        quiet = max(wait, QUIET_DENIED if isinstance(error, OpinionDenied) else QUIET)
        with session(self._engine) as opened:
            known = usage.day_usage(opened, day).fault
            usage.note_fault(opened, day, self._model, now + quiet, str(error))
            if key is not None:
                since = opinions.queued_at(opened, key) or now
                again = min(max((now - since) / 2, SOONEST), LATEST)
                opinions.postpone(opened, key, str(error), now + max(again, quiet))
        if known != str(error):  # what lasts is said once
            self._report(str(error))

    def _halted(self) -> bool:
        return self._over or self._stop()

    def _day(self) -> date:
        return day_of(self._clock(), self._settings)

    async def _work(self, work: Callable[..., T], *values: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *values)

    async def _in_session(self, query: Callable[..., T], *values: object, write: bool = False) -> T:
        return await asyncio.to_thread(self._write if write else self._read, query, *values)

    def _read(self, query: Callable[..., T], *values: object) -> T:
        with reading(self._engine) as opened:
            return query(opened, *values)

    def _write(self, query: Callable[..., T], *values: object) -> T:
        with session(self._engine) as opened:
            return query(opened, *values)


async def _all_of(lanes: "list[asyncio.Task[None]]") -> None:
    """Waits for all of them; where one fails, or this is broken off, the others are broken off too."""
    try:
        await asyncio.gather(*lanes)
    finally:
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)
