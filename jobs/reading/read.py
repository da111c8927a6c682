"""`tracker read`: articles in, readings out, no database."""

from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from jobs.console import progress, state

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jobs.articles_in import BadLine
    from tracker.model import Article, Reading
    from tracker.read.reader import Reader


def command(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="JSON lines, one article a line; - is standard input.")],
) -> None:
    """Read articles and print what each one reports. Uses no database.

    One JSON article a line in, one JSON reading a line out, in the same order. A line that is no article gives
    {"id", "error"} in its place, and the exit status is 1 at the end.

    An article is {"id", "url", "title", "text", "published": "2017-07-04", "publisher"?, "source_home"?}.

    Example: tracker read articles.jsonl > readings.jsonl
    """
    from jobs.articles_in import open_lines
    from jobs.reading.open_reader import open_reader

    reader = open_reader(state(ctx).settings)
    with open_lines(file) as lines:
        if read_lines(lines, reader):
            raise typer.Exit(1)


def read_lines(lines: BinaryIO, reader: "Reader") -> int:
    """Prints a line for each article and returns how many were bad."""
    from jobs.articles_in import read_at_hand

    bad = 0
    with progress(beside_output=True) as bar:
        task = bar.add_task("reading", total=None)
        for at_hand in read_at_hand(lines):
            for line, good in _answers(at_hand, reader):
                bad += not good
                print(line, flush=True)
                bar.advance(task)
    return bad


def _answers(at_hand: "Sequence[Article | BadLine]", reader: "Reader") -> "Iterator[tuple[str, bool]]":
    """The line of each article, and whether it is a reading."""
    from jobs.articles_in import BadLine

    readings = reader.read_many(value for value in at_hand if not isinstance(value, BadLine))
    for value in at_hand:
        yield _answer(value, value if isinstance(value, BadLine) else next(readings))


def _answer(article: "Article | BadLine", told: "Reading | BadLine | Exception") -> tuple[str, bool]:
    from jobs.articles_in import BadLine
    from jobs.wire import bad_line, reading_line

    if isinstance(told, Exception):  # a bug that one article meets must not cost the answers to the others
        told = BadLine(0, article.id, f"the reader failed: {type(told).__name__}: {told}")
    return (bad_line(told), False) if isinstance(told, BadLine) else (reading_line(told), True)
