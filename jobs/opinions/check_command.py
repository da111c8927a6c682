"""`tracker opinions check`: how good the configured model is, beside the encoder."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.terminal.console import one_line, progress, say, state, steps, warn
from jobs.terminal.output import STDOUT, named, written

if TYPE_CHECKING:
    from rich.progress import Progress
    from sqlalchemy import Engine

    from db.opinions.usage import CheckAnswer
    from jobs.opinions.check import Checked
    from jobs.settings import Settings

NO_MODEL = "no model is named; set second_opinion_url and second_opinion_model"
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


def command(
    ctx: typer.Context,
    requests: Annotated[
        str | None,
        typer.Option(
            "--opinion-requests",
            metavar="REQ.jsonl",
            parser=named,
            help="Ask nobody: write there what would be asked, one request a line.",
        ),
    ] = None,
    answers: Annotated[
        str,
        typer.Option("--opinion-answers", metavar="ANS.jsonl", help="Ask nobody: check by these answers to them."),
    ] = "",
    model: Annotated[
        str,
        typer.Option("--opinion-model", metavar="NAME", help="The model of these files; else that of the settings."),
    ] = "",
    again: Annotated[bool, typer.Option("--again", help="Ask also about what it has answered today.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The figures as JSON, for programs.")] = False,
) -> None:
    """Check how good the model of the settings is, before it is listened to.

    It is asked about 80 labelled articles that come with this program, 60 of them changes, and measured beside the
    encoder and together with it. The figures are kept. How far its answers are listened to comes from them: a model
    that is no better than the encoder is not. The daemon does this by itself before the first answer counts.

    An interrupted check goes on where it was when it is run again on the same day.

    Example: tracker opinions check
    """
    from jobs.json_lines import to_json

    if requests and answers:
        raise typer.BadParameter("give --opinion-requests or --opinion-answers, not both")
    settings = state(ctx).settings
    if requests:
        _write(requests, settings, model or settings.second_opinion_model)
        return
    found = _by_file(answers, settings, model) if answers else _by_asking(settings, again=again)
    print(to_json(_record(found))) if as_json else _show(found)


def _by_asking(settings: "Settings", *, again: bool) -> "Checked":
    """Asks the server. Raises OpinionError, SettingsError."""
    import asyncio

    from db.engine import session
    from db.opinions import usage
    from jobs.store import open_store
    from tracker.errors import OpinionError, SettingsError

    if not settings.second_opinion_address:
        raise SettingsError(NO_MODEL)
    with open_store(settings) as engine, progress() as bar:
        if again:
            with session(engine) as opened:
                usage.forget_check_answers(opened, settings.second_opinion_model)
        try:
            return asyncio.run(_asked(engine, settings, bar))
        except OpinionError:
            say("What it has answered is kept: run the same command again to go on.")
            raise


async def _asked(engine: "Engine", settings: "Settings", bar: "Progress") -> "Checked":
    from jobs.network import client
    from jobs.opinions.check import check
    from jobs.reader import open_reader
    from tracker.read.opinions.labelled import labelled

    with steps(bar, "asking", len(labelled())) as shown:
        async with client(settings) as poster:
            return await check(
                engine, settings, open_reader(settings), poster, lambda: datetime.now(UTC), advance=shown.done
            )


def _write(path: str, settings: "Settings", model: str) -> None:
    """Writes the requests to a file or to standard output."""
    from jobs.opinions.batch_files import request_line
    from jobs.reader import open_reader
    from tracker.read.opinions.labelled import labelled
    from tracker.read.opinions.quality import requests

    if not model:
        warn("the requests name no model; name one with --opinion-model")
    asked = requests(open_reader(settings), labelled())
    with written(path) as file:
        for name, request in asked.items():
            file.write(request_line(name, request, model).encode() + b"\n")
    if path != STDOUT:
        say(f"{len(asked)} requests in {path}")


def _by_file(path: str, settings: "Settings", model: str) -> "Checked":
    """Measures the answers of a file and keeps the figures under the name of their model. Raises BadInput."""
    from jobs.opinions.check import concluded
    from jobs.opinions.offline import open_answers
    from jobs.reader import open_reader
    from jobs.store import open_store

    found, _ = open_answers(path, warn)
    told, in_file = _told(found)
    name = model or in_file or settings.second_opinion_model
    if not name:
        raise typer.BadParameter("the answers name no model; name it with --opinion-model")
    with open_store(settings) as engine:
        return concluded(engine, name, open_reader(settings), told, datetime.now(UTC))


def _told(found: Mapping[str, object]) -> "tuple[dict[str, CheckAnswer | str], str]":
    """What a file says of each labelled article, and the model that it names. Raises BadInput where it has none."""
    from db.opinions.usage import CheckAnswer
    from jobs.opinions.batch_files import AnswerLine, NoAnswerLine
    from tracker.errors import BadInput
    from tracker.read.opinions.labelled import labelled
    from tracker.read.opinions.quality import ids

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


def _record(found: "Checked") -> dict[str, object]:
    from tracker.read.opinions.trust import Trust

    listened = Trust.of_check(found.figures).weights is not None
    return {"model": found.model, "at": found.at.isoformat(), "listened_to": listened, "figures": found.figures}


def _show(found: "Checked") -> None:
    from jobs.terminal.table import Column, show
    from tracker.read.opinions.quality import BOTH
    from tracker.read.opinions.trust import ENCODER

    figures = found.figures
    columns = [Column("of the labelled articles", ratio=1)]
    columns += [Column(name, right=True) for name in ("the encoder", found.model, "both")]
    rows = [(shown, *(f"{figures[of + name]:.2f}" for of in (ENCODER, "", BOTH))) for name, shown in NAMES.items()]
    show(columns, rows)
    refused, articles = len(found.refused), int(figures["articles"])
    tokens = f"{figures['input_tokens']:,.0f} tokens read, {figures['output_tokens']:,.0f} written"
    print(f"{articles - refused} of {articles} answers can be used; {tokens}.")
    for name, why in list(found.refused.items())[:MOST_REASONS]:
        warn(f"{name}: {why}")
    if refused > MOST_REASONS:
        warn(f"and {refused - MOST_REASONS} more that cannot be used")
    print(f"{one_line(found.verdict)}.")
