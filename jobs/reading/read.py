"""`tracker read`: articles in, readings out, no database."""

import os
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from jobs.terminal.console import progress, say, state, warn
from jobs.terminal.output import STDOUT, named, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from jobs.json_lines import BadLine
    from jobs.settings import Settings
    from tracker.model import Article, Reading

    ReadMany = Callable[[Iterable[Article]], Iterator[Reading | Exception]]


def command(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="JSON lines, one article a line; - is standard input.")],
    requests: Annotated[
        str | None,
        typer.Option(
            "--opinion-requests",
            metavar="REQ.jsonl",
            parser=named,
            help="Also write there what a language model would be asked, one request a line.",
        ),
    ] = None,
    answers: Annotated[
        str | None,
        typer.Option(
            "--opinion-answers",
            metavar="ANS.jsonl",
            parser=named,
            help="Read with these answers of a language model; - is standard input.",
        ),
    ] = None,
    model: Annotated[
        str,
        typer.Option(
            "--opinion-model",
            metavar="NAME",
            help="The model that is asked or answered; else that of the settings.",
        ),
    ] = "",
) -> None:
    """Read articles and print what each one reports. Uses no database.

    One JSON article a line in, one JSON reading a line out, in the same order. A line that is no article gives
    {"id", "error"} in its place, and the exit status is 1 at the end.

    An article is {"id", "url", "title", "text", "published": "2017-07-04", "publisher"?, "source_home"?}.

    A second opinion by files: --opinion-requests also writes a request for each article that is worth asking about, in
    the form of batch interfaces: {"custom_id": the article's id, "method", "url", "body"}. Nothing is sent anywhere.
    --opinion-answers takes what came back: {"custom_id", "response": the provider's} or {"custom_id", "content": the
    model's words}, in any order. Read them with the version of this program that wrote the requests. An answer that is
    missing or cannot be used is named on standard error, and its article is read without it. Where `tracker opinions
    check` has measured the model, its answers weigh as that says, else as those of a large model.

    Example: tracker read articles.jsonl > readings.jsonl
    """
    from jobs.json_lines import open_lines

    _check(file, requests, answers)
    settings = state(ctx).settings
    with open_lines(file) as lines:
        if answers:
            bad = _with_answers(lines, settings, answers, model)
        else:
            bad = _read(lines, settings, requests, model or settings.second_opinion_model)
    if bad:
        raise typer.Exit(1)


def _check(file: str, requests: str | None, answers: str | None) -> None:
    """What would lose a file, or wait for what cannot come. Raises BadParameter."""
    if requests and answers:
        raise typer.BadParameter("give --opinion-requests or --opinion-answers, not both")
    if file == answers == "-":
        raise typer.BadParameter("articles and answers cannot both come from standard input")
    if requests and os.path.exists(requests) and os.path.exists(file) and os.path.samefile(requests, file):
        raise typer.BadParameter("--opinion-requests would take the place of the articles; name another file")
    if requests == STDOUT:
        raise typer.BadParameter("the readings go to standard output; name a file for the requests")


def _with_answers(lines: BinaryIO, settings: "Settings", path: str, model: str) -> int:
    """Reads with the answers of a file; how many lines were bad, of both files."""
    from jobs.opinions.offline import AnsweredReader, open_answers, trust_by
    from jobs.reader import open_reader

    answers, bad = open_answers(path, warn)
    reader = AnsweredReader(open_reader(settings), answers, trust_by(settings, model, warn), warn)
    bad += read_lines(lines, reader.read_many)
    reader.tell_foreign()
    return bad


def _read(lines: BinaryIO, settings: "Settings", requests: str | None, model: str) -> int:
    """Reads, and writes the requests where they are wanted; how many lines were bad."""
    from jobs.reader import open_reader

    reader = open_reader(settings)
    if requests is None:
        return read_lines(lines, reader.read_many)
    from jobs.opinions.offline import AskingReader

    with written(requests) as file:
        asking = AskingReader(reader, file, model, warn)
        bad = read_lines(lines, asking.read_many)
    say(f"{asking.summary()} in {requests}")
    return bad


def read_lines(lines: BinaryIO, read_many: "ReadMany") -> int:
    """Prints a line for each article and returns how many were bad."""
    from jobs.json_lines import read_at_hand

    bad = 0
    with progress(beside_output=True) as bar:
        task = bar.add_task("reading", total=None)
        for at_hand in read_at_hand(lines):
            for line, good in _answers(at_hand, read_many):
                bad += not good
                print(line, flush=True)
                bar.advance(task)
    return bad


def _answers(at_hand: "Sequence[Article | BadLine]", read_many: "ReadMany") -> "Iterator[tuple[str, bool]]":
    """The line of each article, and whether it is a reading."""
    from jobs.json_lines import BadLine

    readings = read_many(value for value in at_hand if not isinstance(value, BadLine))
    for value in at_hand:
        yield _answer(value, value if isinstance(value, BadLine) else next(readings))


def _answer(article: "Article | BadLine", told: "Reading | BadLine | Exception") -> tuple[str, bool]:
    from jobs.json_lines import BadLine, bad_line, reading_line

    if isinstance(told, Exception):  # a bug that one article meets must not cost the answers to the others
        told = BadLine(0, article.id, f"the reader failed: {type(told).__name__}: {told}")
    return (bad_line(told), False) if isinstance(told, BadLine) else (reading_line(told), True)
