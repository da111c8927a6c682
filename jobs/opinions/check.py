"""Checking a model: it is asked about the labelled articles that ship, and what its answers are worth is kept.

Each answer is kept as it comes, so that a check that is broken off goes on from there; not on another day, since the
model behind a name may be another one by then.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from db.engine import reading, session
from db.opinions import usage
from db.opinions.usage import CheckAnswer
from jobs.clock import local
from jobs.opinions.endpoint import ask
from tracker.errors import OpinionBroken
from tracker.read.opinions.labelled import labelled, rules_version

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.opinions.endpoint import Poster
    from jobs.settings import Settings
    from tracker.read.opinions.quality import Figures
    from tracker.read.opinions.request import Request
    from tracker.read.reader import Reader

    Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was measured of a model. `refused`: the articles of which no answer could be used, and why."""

    model: str
    at: datetime
    figures: "Figures"
    refused: Mapping[str, str]

    @property
    def verdict(self) -> str:
        """Whether the model is listened to, and why, in one line."""
        from tracker.read.opinions.quality import verdict

        return f"{self.model}: {verdict(self.figures)}"


async def ensure_checked(
    engine: "Engine", settings: "Settings", reader: "Reader", client: "Poster", clock: "Clock"
) -> Checked | None:
    """Checks the model of the settings where it was not yet, by the rules that it is told today; None where it was.
    Raises OpinionError, StorageError, ScorerFault."""
    with reading(engine) as opened:
        holds = usage.valid_check(opened, settings.second_opinion_model, rules_version()) is not None
    return None if holds else await check(engine, settings, reader, client, clock)


async def check(
    engine: "Engine",
    settings: "Settings",
    reader: "Reader",
    client: "Poster",
    clock: "Clock",
    advance: Callable[[], None] = lambda: None,
) -> Checked:
    """Asks about all that was not answered today, measures and keeps what comes of it. `advance` is called with each
    answer. Raises OpinionError where the server fails: what was answered so far is kept. Also StorageError,
    ScorerFault."""
    from tracker.read.opinions.quality import requests

    asked = await asyncio.to_thread(requests, reader, labelled())
    work = _Check(engine, settings, client, local(clock(), settings).date(), advance)
    answers = await work.answers(asked)
    return await asyncio.to_thread(concluded, engine, settings.second_opinion_model, reader, answers, clock())


class _Check:
    """The asking of one check."""

    def __init__(
        self, engine: "Engine", settings: "Settings", client: "Poster", day: date, advance: Callable[[], None]
    ) -> None:
        self._engine, self._settings, self._client = engine, settings, client
        self._day, self._advance = day, advance
        self._model = settings.second_opinion_model
        self._broken: dict[str, str] = {}

    async def answers(self, asked: "Mapping[str, Request]") -> dict[str, CheckAnswer | str]:
        """By the ids of the articles: an answer, or why there is none."""
        known = await asyncio.to_thread(self._known)
        for request in asked.values():
            if request.fingerprint in known:
                self._advance()
        missing = iter([(name, one) for name, one in asked.items() if one.fingerprint not in known])
        lanes = [asyncio.create_task(self._lane(missing, known)) for _ in range(self._settings.second_opinion_at_once)]
        try:
            await asyncio.gather(*lanes)
        finally:  # where the server fails, or this is broken off, nobody goes on asking
            for lane in lanes:
                lane.cancel()
            await asyncio.gather(*lanes, return_exceptions=True)
        found = {name: known.get(one.fingerprint) for name, one in asked.items()}
        return {name: answer or self._broken[name] for name, answer in found.items()}

    def _known(self) -> dict[str, CheckAnswer]:
        with session(self._engine) as opened:
            usage.forget_check_answers(opened, self._model, but=self._day)
            return usage.check_answers(opened, self._model, self._day)

    async def _lane(self, missing: "Iterator[tuple[str, Request]]", known: dict[str, CheckAnswer]) -> None:
        """One request after another."""
        for name, request in missing:
            try:
                told = await ask(self._client, self._settings, request)
            except OpinionBroken as error:
                self._broken[name] = str(error)
            else:
                answer = CheckAnswer(told.content, told.input_tokens, told.output_tokens)
                await asyncio.to_thread(self._keep, request.fingerprint, answer)
                known[request.fingerprint] = answer
            self._advance()

    def _keep(self, fingerprint: str, answer: CheckAnswer) -> None:
        tokens = {"input_tokens": answer.input_tokens, "output_tokens": answer.output_tokens}
        with session(self._engine) as opened:
            usage.save_check_answer(opened, self._model, fingerprint, answer, self._day)
            usage.add_usage(opened, self._day, self._model, **tokens)


def concluded(
    engine: "Engine | None", model: str, reader: "Reader", answers: Mapping[str, CheckAnswer | str], now: datetime
) -> Checked:
    """What the answers are worth, kept as the check of the model. Raises StorageError, ScorerFault."""
    from tracker.read.opinions.quality import ModelQuality

    usable = {name: answer for name, answer in answers.items() if isinstance(answer, CheckAnswer)}
    found = ModelQuality.measured(reader, {name: answer.content for name, answer in usable.items()}, labelled())
    tokens = {
        "input_tokens": sum(answer.input_tokens for answer in usable.values()),
        "output_tokens": sum(answer.output_tokens for answer in usable.values()),
    }
    refused = dict(found.refused) | {name: why for name, why in answers.items() if isinstance(why, str)}
    figures = dict(found.figures) | tokens
    if engine is not None and model:
        with session(engine) as opened:
            usage.save_check(opened, model, figures, now, rules_version())
    return Checked(model, now, figures, refused)
