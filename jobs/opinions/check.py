"""Checking a model: it is asked about the labelled articles that ship, and what its answers are worth is kept.

Each answer is kept as it comes, so that a check that is broken off goes on from there; not on another day, since the
model behind a name may be another one by then.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import typer

from db.engine import reading
from db.opinions import usage
from db.opinions.usage import CheckAnswer
from db.sessions import session
from jobs.clock import local
from jobs.network import client
from jobs.opinions.batch_files import AnswerLine, NoAnswerLine, request_line
from jobs.opinions.endpoint import ask
from jobs.opinions.offline import open_answers
from jobs.reader import open_reader
from jobs.store import open_store
from jobs.terminal.console import one_line, progress, say, steps, warn
from jobs.terminal.output import STDOUT, written
from jobs.terminal.table import Column
from jobs.terminal.table import show as show_table
from tracker.errors import BadInput, OpinionBroken, OpinionError
from tracker.read.opinions.labelled import labelled, rules_version
from tracker.read.opinions.trust import ENCODER, Trust

if TYPE_CHECKING:
    from rich.progress import Progress
    from sqlalchemy import Engine

    from jobs.opinions.endpoint import Poster
    from jobs.settings import Settings
    from tracker.read.opinion_quality import Figures
    from tracker.read.opinions.request import Request
    from tracker.read.reader import Reader

    Clock = Callable[[], datetime]

NAMES = {
    "article_f1": "article F1",
    "false_alarms": "false alarms",
    "primary_place": "place of the news",
    "primary_stage": "stage",
    "primary_date": "date",
    "primary_topic": "topic",
    "entry_f1": "entry F1",
}
MOST_REASONS = 3
"""Of the reasons why answers could not be used, so many are shown."""


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
        from tracker.read.opinion_quality import verdict

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
    from tracker.read.opinion_quality import requests

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
    from tracker.read.opinion_quality import ModelQuality

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


def by_asking(settings: "Settings", *, again: bool) -> Checked:
    """Asks the server. Raises OpinionError."""
    with open_store(settings) as engine, progress() as bar:
        if again:
            with session(engine) as opened:
                usage.forget_check_answers(opened, settings.second_opinion_model)
        try:
            return asyncio.run(_asked(engine, settings, bar))
        except OpinionError:
            say("What it has answered is kept: run the same command again to go on.")
            raise


async def _asked(engine: "Engine", settings: "Settings", bar: "Progress") -> Checked:
    with steps(bar, "asking", len(labelled())) as shown:
        async with client(settings) as poster:
            return await check(
                engine, settings, open_reader(settings), poster, lambda: datetime.now(UTC), advance=shown.done
            )


def write_requests(path: str, settings: "Settings", model: str) -> None:
    """Writes the requests to a file or to standard output."""
    from tracker.read.opinion_quality import requests

    if not model:
        warn("the requests name no model; name one with --opinion-model")
    asked = requests(open_reader(settings), labelled())
    with written(path) as file:
        for name, request in asked.items():
            file.write(request_line(name, request, model).encode() + b"\n")
    if path != STDOUT:
        say(f"{len(asked)} requests in {path}")


def by_file(path: str, settings: "Settings", model: str) -> Checked:
    """Measures the answers of a file and keeps the figures under the name of their model. Raises BadInput."""
    found, _ = open_answers(path, warn)
    told, in_file = _told(found)
    name = model or in_file or settings.second_opinion_model
    if not name:
        raise typer.BadParameter("the answers name no model; name it with --opinion-model")
    with open_store(settings) as engine:
        return concluded(engine, name, open_reader(settings), told, datetime.now(UTC))


def _told(found: Mapping[str, object]) -> "tuple[dict[str, CheckAnswer | str], str]":
    """What a file says of each labelled article, and the model that it names. Raises BadInput where it has none."""
    from tracker.read.opinion_quality import ids

    told: dict[str, CheckAnswer | str] = {}
    models = []
    for name in ids(labelled()):
        match found.get(name):
            case AnswerLine(answer=answer):
                told[name] = CheckAnswer(answer.content, answer.input_tokens, answer.output_tokens)
                models.append(answer.model)
            case NoAnswerLine(reason=reason):
                told[name] = reason
    if not told:
        raise BadInput("the file has no answer about an article of the check; write them with --opinion-requests")
    return told, max(models, key=models.count, default="")


def record(found: Checked) -> dict[str, object]:
    """What was measured, for programs."""
    listened = Trust.of_check(found.figures).weights is not None
    return {"model": found.model, "at": found.at.isoformat(), "listened_to": listened, "figures": found.figures}


def show(found: Checked) -> None:
    """Prints what was measured, for people."""
    from tracker.read.opinion_quality import BOTH

    figures = found.figures
    columns = [Column("of the labelled articles", ratio=1)]
    columns += [Column(name, right=True) for name in ("the encoder", found.model, "both")]
    rows = [(shown, *(f"{figures[of + name]:.2f}" for of in (ENCODER, "", BOTH))) for name, shown in NAMES.items()]
    show_table(columns, rows)
    refused, articles = len(found.refused), int(figures["articles"])
    tokens = f"{figures['input_tokens']:,.0f} tokens read, {figures['output_tokens']:,.0f} written"
    print(f"{articles - refused} of {articles} answers can be used; {tokens}.")
    for name, why in list(found.refused.items())[:MOST_REASONS]:
        warn(f"{name}: {why}")
    if refused > MOST_REASONS:
        warn(f"and {refused - MOST_REASONS} more that cannot be used")
    print(f"{one_line(found.verdict)}.")
