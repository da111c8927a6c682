"""`tracker ingest`: articles from a file, recorded as if a feed had brought them."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from jobs.clock import now
from jobs.terminal.console import one_line, progress, say, state, warn

if TYPE_CHECKING:
    from rich.progress import Progress
    from sqlalchemy import Engine
    from sqlmodel import Session

    from jobs.json_lines import BadLine
    from jobs.settings import Settings
    from jobs.tally import Tally
    from tracker.model import Article

BATCH = 200
"""Articles stored in one transaction; as many are lost at most when it is killed, and the next run has them again."""


def command(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="JSON lines, one article a line; - is standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="The counts as JSON, for programs.")] = False,
) -> None:
    """Record articles from a file as if a feed had brought them: an archive, a back-fill.

    Takes what `tracker read` takes. The same article again changes nothing; another text under a known address takes
    the old one's place. Interrupted, it is simply run again. A bad line is named, skipped, and makes the status 1.

    Example: tracker ingest archive.jsonl
    """
    from jobs.json_lines import open_lines, to_json
    from jobs.store import open_store
    from tracker.publish.counts import count

    settings = state(ctx).settings
    with open_store(settings) as engine, open_lines(file) as lines, progress() as bar:
        tally, bad = run(engine, settings, lines, bar)
    if as_json:
        print(to_json(tally.as_dict() | {"bad_lines": bad}))
    else:
        print(f"{count(tally.new_articles, 'new article')}; {tally.reading_words}.")
    if bad:
        say(f"{count(bad, 'line')} could not be used.")
    if bad or tally.unreadable:
        raise typer.Exit(1)


def run(engine: "Engine", settings: "Settings", lines: BinaryIO, bar: "Progress") -> "tuple[Tally, int]":
    """Stores and reads all articles of the lines; (what was done, how many lines were bad)."""
    from jobs.json_lines import read_articles
    from jobs.opinions.answers import SecondOpinions
    from jobs.reader import open_reader
    from jobs.reading.batches import read_unread
    from jobs.tally import Tally

    tally, reader, bad = Tally(), open_reader(settings), 0
    opinions = SecondOpinions.of(engine, settings, reader)
    for batch in _batches(read_articles(lines)):
        bad += _store(engine, batch, tally)
        read_unread(engine, reader, now, tally, warn, bar, opinions=opinions)
    return tally, bad


def _store(engine: "Engine", batch: "Sequence[Article | BadLine]", tally: "Tally") -> int:
    """Stores the articles of a batch in one transaction; how many lines were bad."""
    from db.sessions import session
    from jobs.json_lines import BadLine
    from tracker.errors import BadInput

    bad = 0
    with session(engine) as opened:
        for value in batch:
            if isinstance(value, BadLine):
                warn(f"{value.error}; the line is skipped")
                bad += 1
                continue
            try:
                tally.new_articles += _store_one(opened, value)
            except BadInput as error:
                warn(f"{value.id}: {error}; the line is skipped")
                bad += 1
    return bad


def _store_one(session: "Session", article: "Article") -> bool:
    """True where there is something new to read. Raises BadInput."""
    from db.articles import articles

    named = article.model_copy(update={"title": one_line(article.title), "publisher": one_line(article.publisher)})
    return articles.store_article(session, _addressed(session, named), now(), replace_text=True)[1]


def _addressed(session: "Session", article: "Article") -> "Article":
    """The article under the address that a feed stored it by, where one did; else under the address as it was given,
    so that whoever gave it finds it again in the evidence."""
    from db.articles import articles
    from tracker.gather.canonical import canonical_address

    canonical = canonical_address(article.url)
    known = canonical != article.url and articles.article_id(session, canonical) is not None
    return article.model_copy(update={"url": canonical}) if known else article


def _batches(values: "Iterator[Article | BadLine]") -> "Iterator[list[Article | BadLine]]":
    while batch := list(islice(values, BATCH)):
        yield batch
