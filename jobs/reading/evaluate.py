"""`tracker evaluate`: how well the reader does on a labelled corpus."""

import io
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.terminal.console import say, state, warn
from jobs.terminal.output import named

if TYPE_CHECKING:
    from jobs.settings import Settings
    from tracker.read.evaluate import Evaluation, Reads
    from tracker.read.reader import Reader


def command(
    ctx: typer.Context,
    gold: Annotated[str, typer.Argument(metavar="GOLD.jsonl", help="Articles with their labels, one a line.")],
    as_json: Annotated[bool, typer.Option("--json", help="The figures as JSON, for programs.")] = False,
    answers: Annotated[
        str | None,
        typer.Option(
            "--opinion-answers",
            metavar="ANS.jsonl",
            parser=named,
            help="Also read with these answers of a language model, and show both figures.",
        ),
    ] = None,
) -> None:
    """Measure the reader against a labelled corpus, step by step. Uses no database.

    A line is an article with "is_change" and "entries", as tests/eval/README.md describes.

    With --opinion-answers each article is read twice, by the reader alone and with the answer about it, as `tracker
    read` takes answers. In JSON the figures are those with the answers, and those without are in "alone".

    Example: tracker evaluate tests/eval/own_articles.jsonl
    """
    from jobs.json_lines import open_lines, to_json
    from jobs.reader import open_reader

    settings = state(ctx).settings
    reader = open_reader(settings)
    with open_lines(gold) as lines:
        labelled = lines.read()
    alone = _evaluated(gold, labelled, reader)
    if not answers:
        print(to_json(alone.figures()) if as_json else "\n".join(alone.lines()))
        return
    both, bad = _with_answers(gold, labelled, reader, answers, settings)
    if as_json:
        print(to_json({**both.figures(), "alone": alone.figures()}))
    else:
        print("\n".join(["by the reader alone:", "", *alone.lines(), "", "with the answers:", "", *both.lines()]))
    if bad:
        raise typer.Exit(1)


def _with_answers(
    gold: str, labelled: bytes, reader: "Reader", path: str, settings: "Settings"
) -> "tuple[Evaluation, int]":
    """The figures with the answers of a file, and how many of its lines are none. What became of them is said."""
    from jobs.opinions.offline import AnsweredReader, open_answers, trust_by
    from tracker.publish.counts import count

    answers, bad = open_answers(path, warn)
    answered = AnsweredReader(reader, answers, trust_by(settings, "", warn), warn)
    result = _evaluated(gold, labelled, answered)
    answered.tell_foreign()
    say(f"{count(answered.heard, 'answer')} heard")
    return result, bad


def _evaluated(gold: str, labelled: bytes, reader: "Reads") -> "Evaluation":
    from tracker.errors import BadInput
    from tracker.read.evaluate import evaluate

    try:
        return evaluate(io.TextIOWrapper(io.BytesIO(labelled), encoding="utf-8-sig", newline="\n"), reader)
    except UnicodeDecodeError:
        raise BadInput(f"{gold} is not UTF-8; save it as UTF-8") from None
