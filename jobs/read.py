"""`tracker read`: articles in, readings out, no database."""

from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from jobs.console import progress, state

if TYPE_CHECKING:
    from jobs.articles_in import BadLine
    from tracker.model import Article
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
    from jobs.model import open_reader

    reader = open_reader(state(ctx).settings)
    with open_lines(file) as lines:
        if read_lines(lines, reader):
            raise typer.Exit(1)


def read_lines(lines: BinaryIO, reader: "Reader") -> int:
    """Prints a line for each article and returns how many were bad."""
    from jobs.articles_in import read_articles

    bad = 0
    with progress(beside_output=True) as bar:
        task = bar.add_task("reading", total=None)
        for article in read_articles(lines):
            line, good = _answer(article, reader)
            bad += not good
            print(line, flush=True)
            bar.advance(task)
    return bad


def _answer(article: "Article | BadLine", reader: "Reader") -> tuple[str, bool]:
    from jobs.articles_in import BadLine
    from jobs.wire import bad_line, reading_line

    if isinstance(article, BadLine):
        return bad_line(article), False
    try:
        return reading_line(reader.read(article)), True
    except Exception as error:  # a bug that one article meets must not cost the answers to the others
        return bad_line(BadLine(0, article.id, f"the reader failed: {type(error).__name__}: {error}")), False
