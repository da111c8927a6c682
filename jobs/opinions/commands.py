"""`tracker opinions`: a language model asked for a second opinion."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobs.store import read_store
from jobs.terminal.console import progress, say, show_help_alone, state, steps, warn
from jobs.terminal.output import named

if TYPE_CHECKING:
    from rich.progress import Progress
    from sqlalchemy import Engine

    from jobs.opinions.round import RoundCounts
    from jobs.settings import Settings

app = typer.Typer(help="A language model's second opinion of articles.", rich_markup_mode="rich")
app.callback(invoke_without_command=True)(show_help_alone)
NO_MODEL = "no model is named; set second_opinion_url and second_opinion_model"
MANY = 1_000_000
"""More articles than wait anywhere: how many do is counted up to here."""


@app.command("check")
def check(
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
    from jobs.opinions import check as checking
    from tracker.errors import SettingsError

    if requests and answers:
        raise typer.BadParameter("give --opinion-requests or --opinion-answers, not both")
    settings = state(ctx).settings
    if requests:
        checking.write_requests(requests, settings, model or settings.second_opinion_model)
        return
    if not answers and not settings.second_opinion_address:
        raise SettingsError(NO_MODEL)
    found = checking.by_file(answers, settings, model) if answers else checking.by_asking(settings, again=again)
    print(to_json(checking.record(found))) if as_json else checking.show(found)


@app.command("ask")
def ask(
    ctx: typer.Context,
    limit: Annotated[int | None, typer.Option(min=1, metavar="N", help="Articles to ask about, at most.")] = None,
    at_once: Annotated[
        bool, typer.Option("--now", help="Also where the server failed just now, or wished to be left alone.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The counts as JSON, for programs.")] = False,
) -> None:
    """Ask the model of the settings about the articles that wait, the newest first.

    The daemon does the same by itself. Entries follow by revisions, as `tracker reread` makes them; what people decided
    stands. No more articles are asked about in a day than second_opinion_per_day. Interrupted, it is simply run again.

    Example: tracker opinions ask --limit 20
    """
    import asyncio

    from jobs.json_lines import to_json
    from jobs.store import open_store
    from tracker.errors import SettingsError

    settings = state(ctx).settings
    if not settings.second_opinion_address:
        raise SettingsError(NO_MODEL)
    failed: list[str] = []
    with open_store(settings) as engine, progress() as bar:
        if not at_once:
            _refuse_quiet(engine, settings)
        tally, left = asyncio.run(_asked(engine, settings, limit, bar, failed))
    if as_json:
        print(to_json(tally.as_dict() | {"waiting": left}))
    else:
        _show(tally, left, settings)
    if failed:
        raise typer.Exit(1)


def _refuse_quiet(engine: "Engine", settings: "Settings") -> None:
    """Raises OpinionError while the server is to be left alone."""
    from db.engine import reading
    from db.opinions import usage
    from jobs.clock import local
    from jobs.opinions.due import day_of
    from tracker.errors import OpinionError

    now = datetime.now(UTC)
    with reading(engine) as opened:
        day = usage.day_usage(opened, day_of(now, settings))
    if day.quiet_until and day.quiet_until > now:
        until = local(day.quiet_until, settings)
        raise OpinionError(f"{day.fault}; nobody asks before {until:%H:%M}, unless you say --now")


async def _asked(
    engine: "Engine", settings: "Settings", limit: int | None, bar: "Progress", failed: list[str]
) -> "tuple[RoundCounts, int]":
    """What was done, and how many articles still wait."""
    from db.engine import reading
    from db.opinions import opinions
    from jobs.network import client
    from jobs.opinions.check import ensure_checked
    from jobs.opinions.round import AskingRound
    from jobs.reader import open_reader

    async def check(*given: Any) -> None:
        say(f"{settings.second_opinion_model} is checked first, on labelled articles that come with this program.")
        if found := await ensure_checked(*given):
            say(found.verdict)

    def clock() -> datetime:
        return datetime.now(UTC)

    def report(line: str) -> None:
        warn(line)
        failed.append(line)

    with reading(engine) as opened:
        due = opinions.count_due(opened, clock(), limit or MANY)
    with steps(bar, "asking", due) as shown:
        async with client(settings) as poster:
            reader, most = open_reader(settings), limit or MANY
            asking = AskingRound(
                engine, settings, reader, poster, clock, report, limit=most, done=shown.done, check=check
            )
            tally = await asking.run()
    with reading(engine) as opened:
        return tally, opinions.count_in(opened, opinions.TO_BE_ASKED, MANY)


def _show(tally: "RoundCounts", left: int, settings: "Settings") -> None:
    from tracker.publish.counts import count

    parts = [f"{count(tally.asked, 'article')} asked about", f"{tally.recorded} recorded"]
    parts += [f"{number} {name}" for number, name in ((tally.kept, "kept"), (tally.refused, "refused")) if number]
    print(f"{', '.join(parts)}; {left} wait.")
    if tally.spent:
        say(f"The number of the day is reached (second_opinion_per_day = {settings.second_opinion_per_day}).")
    if tally.unheard:
        say(f"{settings.second_opinion_model} is no better than the encoder, so it is not asked; name another model.")
    elif tally.kept:
        say("Answers are kept until the model is checked: `tracker opinions check`.")


@app.command("export")
def export(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", parser=named, help="Where to write; - is standard output.")],
    model: Annotated[str, typer.Option("--model", metavar="NAME", help="Instead of second_opinion_model.")] = "",
) -> None:
    """Write what would be asked about the articles that wait, as lines of the batch interfaces.

    A line is {"custom_id", "method", "url", "body"}; `custom_id` is the number of the article. Nothing is sent.
    Articles wait where second_opinion_url and second_opinion_model are set; with second_opinion_per_day = 0 none is
    asked about by itself.

    Example: tracker opinions export requests.jsonl
    """
    from db.engine import reading
    from db.opinions import opinions
    from jobs.opinions.import_export import write_requests
    from jobs.reader import open_reader
    from jobs.store import open_store
    from jobs.terminal.output import written
    from tracker.errors import SettingsError
    from tracker.publish.counts import count

    settings, number = state(ctx).settings, 0
    name = model or settings.second_opinion_model
    if not name:
        raise SettingsError(NO_MODEL)
    with open_store(settings) as engine, written(file) as out, progress(beside_output=True) as bar:
        with reading(engine) as opened:
            total = opinions.count_to_ask(opened, MANY)
        with steps(bar, "writing", total) as shown:
            for looked_at, lines in write_requests(engine, open_reader(settings), name, out):
                number += lines
                shown.done(looked_at)
    say(f"{count(number, 'request')} written.")


@app.command("import")
def import_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="JSON lines of answers; - is standard input.")],
    model: Annotated[
        str, typer.Option("--model", metavar="NAME", help="Whose answers they are; else second_opinion_model.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="The counts as JSON, for programs.")] = False,
) -> None:
    """Record the articles of this database with answers from a file, on the path of `tracker reread`.

    A line is {"custom_id", "response"} as a provider gives it, or {"custom_id", "content"}; `custom_id` as in what
    `tracker opinions export` wrote. A line that cannot be used is named, skipped, and makes the status 1. The same file
    again changes nothing.

    Example: tracker opinions import answers.jsonl
    """
    from dataclasses import asdict

    from jobs.json_lines import open_lines, to_json
    from jobs.opinions.batch_files import read_answers
    from jobs.opinions.import_export import AnswerImport
    from jobs.reader import open_reader
    from jobs.store import open_store
    from tracker.publish.counts import count

    settings, now = state(ctx).settings, datetime.now(UTC)
    with open_store(settings) as engine, open_lines(file) as lines, progress() as bar:
        name = model or settings.second_opinion_model
        importing = AnswerImport(engine, settings, open_reader(settings), name, warn)
        with steps(bar, "recording", None) as shown:
            for _ in importing.hear(read_answers(lines), now):
                shown.done()
        importing.count_changed(now)
    done = importing.done
    if as_json:
        print(to_json(asdict(done)))
    else:
        changed = count(done.changed, "entry", "entries")
        parts = [f"{count(done.recorded, 'article')} recorded", f"{changed} changed"]
        others = ((done.again, "known already"), (done.kept, "kept"), (done.refused, "refused"), (done.bad, "not used"))
        print(", ".join([*parts, *(f"{number} {name}" for number, name in others if number)]) + ".")
    if done.kept:
        say("The model is no better than the encoder, so its answers decide nothing.")
    if done.bad or done.refused:
        raise typer.Exit(1)


@app.command("list")
def list_(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
) -> None:
    """Show how many articles wait to be asked about, were asked about, or were refused, and what today has cost.

    Example: tracker opinions list
    """
    from db.opinions import opinions, usage
    from jobs.json_lines import to_json
    from jobs.opinions.due import day_of
    from jobs.opinions.trust import why_ignored
    from jobs.terminal.table import Column, show

    settings, now = state(ctx).settings, datetime.now(UTC)
    with read_store(ctx) as opened:
        counts, day = opinions.counts(opened), usage.day_usage(opened, day_of(now, settings))
        why = why_ignored(opened, settings.second_opinion_model)
    today = {name: getattr(day, name) for name in usage.NUMBERS}
    if as_json:
        told = {"model": settings.second_opinion_model, "articles": counts, "today": today, "fault": day.fault}
        print(to_json(told | {"unheard": why}))
        return
    rows = [(str(found), f"{number:,}") for found, number in counts.items()]
    rows += [(f"today: {name.replace('_', ' ')}", f"{number:,}") for name, number in today.items()]
    show([Column("articles"), Column("number", right=True)], rows)
    if day.fault:
        say(day.fault)
    if why:
        say(f"What waits is not asked about. {why}")
