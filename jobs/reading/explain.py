"""`tracker explain`: why an article did or did not become an entry."""

from typing import TYPE_CHECKING, Annotated

import typer

from jobs.console import one_line, state
from tracker.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jobs.settings import Settings
    from tracker.model import Article


def command(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(metavar="[URL]", help="The address of an article in the database.")] = "",
    file: Annotated[str, typer.Option("--file", metavar="FILE.jsonl", help="Articles from a file instead.")] = "",
) -> None:
    """Show why an article did or did not become an entry: what spoke for it and against it, and what came close.

    Tells which words let it pass the first look; which sentences raised and lowered the chance of being a change, each
    by reading the article once more without it; for each step the likeliest stages, dates and places with their
    chances; and which steps were left out.

    Example: tracker explain https://www.example.org/2017/07/04/police-rules
    """
    from tracker.read.reader import Reader

    if bool(url) == bool(file):
        raise typer.BadParameter("give either the URL of a stored article or --file FILE.jsonl")
    settings = state(ctx).settings
    reader = Reader()
    for article in _from_file(file) if file else [_stored(settings, url)]:
        for line in reader.explain(article).lines():
            print(f"{' ' * (len(line) - len(line.lstrip()))}{one_line(line)}")


def _from_file(path: str) -> "Iterator[Article]":
    from jobs.articles_in import BadLine, open_lines, read_articles

    with open_lines(path) as lines:
        for value in read_articles(lines):
            if isinstance(value, BadLine):
                raise BadInput(f"{path}: {value.error}")
            yield value


def _stored(settings: "Settings", url: str) -> "Article":
    from db import articles
    from db.engine import reading
    from jobs.store import open_store
    from tracker.gather.canonical import canonical_address

    with open_store(settings) as engine, reading(engine) as session:
        key = articles.article_id(session, canonical_address(url)) or articles.article_id(session, url)
        article = articles.article(session, key) if key else None
    if article is None:
        raise BadInput(f"{url} is not in the database; give the article's own address, or --file with its text")
    return article
