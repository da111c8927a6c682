"""`tracker evaluate`: how well the reader does on a labelled corpus."""

from typing import Annotated

import typer

from jobs.console import state


def command(
    ctx: typer.Context,
    gold: Annotated[str, typer.Argument(metavar="GOLD.jsonl", help="Articles with their labels, one a line.")],
) -> None:
    """Measure the reader against a labelled corpus, step by step. Uses no database.

    A line is an article with "is_change" and "entries", as the page of tests/eval describes.

    Example: tracker evaluate tests/eval/own.jsonl
    """
    from tracker.read.evaluate import evaluate

    from jobs.articles_in import open_lines
    from jobs.model import open_reader

    with open_lines(gold) as lines:
        for line in evaluate(lines, open_reader(state(ctx).settings)).lines():
            print(line)
