"""`tracker page`: the page of an article as it was fetched, to prove a quote by."""

import zlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.store import read_store
from jobs.terminal.console import one_line, say
from jobs.terminal.output import named, written
from tracker.errors import BadInput, StorageError

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from db.values import FetchedPage
    from jobs.settings import Settings
    from tracker.model import Article

NO_PAGE = "its text came from the feed or a file, or it proved nothing and is old (setting `keep_pages_days`)"


def command(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="The address of an article in the database.")],
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE", parser=named, help="Write the page there; - is the output.")
    ] = None,
) -> None:
    """Hand out the page of an article as it was fetched, byte for byte.

    Says who wrote it as far as the page tells, from where and when it was fetched, its size and its SHA-256;
    `sha256sum FILE` gives the same. There is none where the text came from the feed itself or from a file, and none of
    an article that proved nothing and is old.

    Example: tracker page https://www.example.org/2017/07/04/police-rules --out page.html
    """
    with read_store(ctx) as session:
        article, page = _kept(session, url)
    wrote = f" by {article.byline}" if article.byline else ""
    say(one_line(f"“{article.title}”{wrote}, {article.publisher or 'no outlet named'}, {article.published}"))
    say(one_line(f"{page.url}: fetched {page.fetched_at:%Y-%m-%d %H:%M} UTC, {page.content_type or 'no kind given'}"))
    say(f"{len(page.body)} bytes, SHA-256 {page.sha256}")
    if out is not None:
        with written(out) as file:
            file.write(page.body)


def prune(engine: "Engine", settings: "Settings", now: datetime) -> None:
    """Deletes the pages that prove nothing once they are as old as the settings say."""
    from db.articles import fetched_pages
    from db.sessions import session

    found = fetched_pages.MOST_PRUNED if settings.keep_pages_days else 0
    while found == fetched_pages.MOST_PRUNED:
        with session(engine) as opened:
            found = fetched_pages.prune(opened, now - timedelta(days=settings.keep_pages_days))


def _kept(session: "Session", url: str) -> "tuple[Article, FetchedPage]":
    from db.articles import articles, fetched_pages

    key = articles.known_article(session, url)
    if key is None:
        raise BadInput(f"{url} is not in the database; give the article's own address")
    article = articles.article(session, key)
    try:
        page = fetched_pages.page(session, key)
    except zlib.error:
        raise StorageError(f"{url}: its page is damaged in the database; restore a backup") from None
    if page is None or article is None:
        raise BadInput(f"{url}: there is no page: {NO_PAGE}")
    return article, page
