"""`tracker explain`: why an article did or did not become an entry."""

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.terminal.console import one_line, state
from tracker.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.opinions.opinions import ModelAnswer
    from db.values import Item
    from jobs.settings import Settings
    from tracker.model import Article
    from tracker.read.explain import Explanation
    from tracker.read.opinions.trust import Trust
    from tracker.read.reader import Reader


SHOWN = 160
"""Characters of a box that are enough to know it."""
MOST_BOXES = 40
"""Boxes of a page that are shown; the heaviest have hundreds."""


def command(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(metavar="[URL]", help="The address of an article in the database.")] = "",
    file: Annotated[str, typer.Option("--file", metavar="FILE.jsonl", help="Articles from a file instead.")] = "",
) -> None:
    """Show why an article did or did not become an entry: what spoke for it and against it, and what came close.

    Tells which words let it pass the first look; which sentences raised and lowered the chance of being a change, each
    by reading the article once more without it; for each step the likeliest stages, dates and places with their
    chances; and which steps were left out. Where entries rest on a language model's answer too, that is weighed with
    it; nobody is asked. Then what its page, where it is kept, marks as standing around the article, which is not read;
    and the entries that it supports, with where the body and the subject of each title come from. Of what a feed
    brought and no article was made of, why: put aside by its headline and summary, with the words that decided, or a
    page that could not be had.

    Example: tracker explain https://www.example.org/2017/07/04/police-rules
    """
    from db.values import Item
    from jobs.reader import open_reader

    if bool(url) == bool(file):
        raise typer.BadParameter("give either the URL of a stored article or --file FILE.jsonl")
    settings = state(ctx).settings
    reader, found = open_reader(settings), _from_file(file) if file else [_stored(settings, url)]
    for one in found:
        if isinstance(one, Item):
            _print(_without_article(one))
            continue
        _print(explained(settings, reader, one) if url else reader.explain(one).lines())
        if url:
            _print(_around(settings, int(one.id)))
            _print(_entries(settings, int(one.id)))


def _print(lines: "Iterable[str]") -> None:
    for line in lines:
        print(f"{' ' * (len(line) - len(line.lstrip()))}{one_line(line)}")


def explained(settings: "Settings", reader: "Reader", article: "Article") -> "Iterator[str]":
    """The reading of a stored article, with a language model's answer where entries rest on one. Nobody is asked."""
    from db.engine import reading
    from db.opinions import opinions
    from db.values import OpinionState
    from jobs.opinions.trust import trust_in
    from jobs.store import open_store

    with open_store(settings) as engine, reading(engine) as session:
        kept = opinions.of_article(session, int(article.id))
        answer = kept.answer if kept else None
        trust = trust_in(session, answer) if answer else None
    is_heard = kept is not None and kept.state is OpinionState.RECORDED
    told = _with_answer(reader, article, answer, trust) if is_heard and answer and trust else None
    yield from (told or reader.explain(article)).lines()
    if kept:
        by = f" of {answer.model}" if answer else ""
        yield f"second opinion{by}: {kept.state}{f' ({kept.reason})' if kept.reason else ''}"


def _with_answer(reader: "Reader", article: "Article", answer: "ModelAnswer", trust: "Trust") -> "Explanation | None":
    """None where this version of the reader would ask something else, or refuses the answer."""
    from functools import partial

    from tracker.errors import OpinionRefused
    from tracker.read.opinions.answer import checked

    request = reader.request(article, always=True)
    if request is None or request.fingerprint != answer.fingerprint:
        return None
    try:
        return reader.explain_with(article, partial(checked, answer.content), trust)
    except OpinionRefused:
        return None


def _around(settings: "Settings", key: int) -> "Iterator[str]":
    """What the kept page of a stored article marks as standing around it."""
    import zlib

    from db.articles import fetched_pages
    from db.engine import reading
    from jobs.store import open_store
    from tracker.errors import PageError
    from tracker.gather.pages.extraction import surroundings

    with open_store(settings) as engine, reading(engine) as session, suppress(zlib.error, PageError):
        page = fetched_pages.page(session, key)
        found = list(surroundings(page.body, page.url, page.content_type)) if page else []
        for name, words in found[:MOST_BOXES]:
            yield f"around the article on its page, not read ({name}): “{words[:SHOWN]}”"
        if len(found) > MOST_BOXES:
            yield f"       and {len(found) - MOST_BOXES} more"


def _entries(settings: "Settings", key: int) -> "Iterator[str]":
    """The entries that a stored article supports: what each is called, and where its title comes from."""
    from db.desk import browsing
    from db.engine import reading
    from db.timeline.entries import load_entry
    from jobs.store import open_store
    from tracker.timeline.titles import title_provenance

    with open_store(settings) as engine, reading(engine) as session:
        found = browsing.article(session, key)
        names = dict.fromkeys(told.entry for told in found[2] if told.entry) if found else {}
        for entry in (entry for name in names if (entry := load_entry(session, name))):
            yield f"entry {entry.id}: {entry.title}"
            yield f"       its title: {title_provenance(entry)}"


def _from_file(path: str) -> "Iterator[Article]":
    from jobs.json_lines import BadLine, open_lines, read_articles

    with open_lines(path) as lines:
        for value in read_articles(lines):
            if isinstance(value, BadLine):
                raise BadInput(f"{path}: {value.error}")
            yield value


def _without_article(item: "Item") -> "Iterator[str]":
    """Why there is no article yet, or none at all, of what a feed brought."""
    from db.values import PUT_ASIDE
    from tracker.gather.article import feed_text
    from tracker.gather.feeds.parser import FeedItem
    from tracker.publish import words
    from tracker.read.first_screen import looked_at

    yield item.title
    if item.state == PUT_ASIDE:
        brought = FeedItem(item.identity, item.url, item.title, item.summary, item.content, item.published)
        look = looked_at(item.title, feed_text(brought))
        yield f"put aside by headline and summary, its page was not fetched: {look.reason}"
        yield f"       for it: {look.strongest(True) or 'nothing'}"
        yield f"       against it: {look.strongest(False) or 'nothing'}"
    elif item.next_try:
        failed = f" ({words.count(item.tries, 'try', 'tries')} so far: {item.error})" if item.tries else ""
        yield f"its page is still to be fetched, from {item.next_try:%Y-%m-%d %H:%M} UTC on{failed}"
    else:
        yield f"no article could be had: {item.error or item.state}"


def _stored(settings: "Settings", url: str) -> "Article | Item":
    from db.articles import articles
    from db.engine import reading
    from db.feeds import items
    from jobs.store import open_store
    from tracker.gather.canonical import canonical_address

    with open_store(settings) as engine, reading(engine) as session:
        key = articles.article_id(session, canonical_address(url)) or articles.article_id(session, url)
        article = articles.article(session, key) if key else None
        brought = items.at_address(session, {url, canonical_address(url)}) if article is None else ()
    if article is None and not brought:
        raise BadInput(f"{url} is not in the database; give the article's own address, or --file with its text")
    return article or brought[0]
