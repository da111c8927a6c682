"""`tracker evaluate`: how well the reader does on a labelled corpus."""

import io
from typing import Annotated

import typer

from jobs.console import state


def command(
    ctx: typer.Context,
    gold: Annotated[str, typer.Argument(metavar="GOLD.jsonl", help="Articles with their labels, one a line.")],
    as_json: Annotated[bool, typer.Option("--json", help="The figures as JSON, for programs.")] = False,
) -> None:
    """Measure the reader against a labelled corpus, step by step. Uses no database.

    A line is an article with "is_change" and "entries", as tests/eval/README.md describes.

    Example: tracker evaluate tests/eval/own_articles.jsonl
    """
    from jobs.articles_in import open_lines
    from jobs.reading.open_reader import open_reader
    from jobs.wire import to_json
    from tracker.errors import BadInput
    from tracker.read.evaluate import evaluate

    reader = open_reader(state(ctx).settings)
    with open_lines(gold) as lines:
        try:
            result = evaluate(io.TextIOWrapper(lines, encoding="utf-8-sig", newline="\n"), reader)
        except UnicodeDecodeError:
            raise BadInput(f"{gold} is not UTF-8; save it as UTF-8") from None
    print(to_json(result.figures()) if as_json else "\n".join(result.lines()))
