"""Why articles did or did not become entries, line by line: of a file, or of the database. Nobody is asked."""

import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from sqlmodel import Session

from db.articles import articles, fetched_pages
from db.desk import browsing
from db.feeds import items
from db.opinions import opinions
from db.opinions.opinions import ModelAnswer
from db.sources import documents, records
from db.sources.documents import StoredDocument
from db.timeline.entries import load_entry
from db.values import PUT_ASIDE, Item, OpinionState, StoredArticle
from jobs.json_lines import BadLine, open_lines, read_articles
from jobs.opinions.trust import trust_in
from jobs.reading import document_explanation, record_explanation
from jobs.settings import Settings
from jobs.store import open_session
from tracker.errors import BadInput, OpinionRefused, PageError
from tracker.gather.article import feed_text
from tracker.gather.canonical import canonical_address
from tracker.gather.feeds.parser import FeedItem
from tracker.gather.pages.extraction import surroundings
from tracker.publish import words
from tracker.read.explain import Explanation
from tracker.read.first_screen import looked_at
from tracker.read.opinions.answer import checked
from tracker.read.opinions.trust import Trust
from tracker.read.reader import Reader
from tracker.timeline.titles import title_provenance

SHOWN = 160
"""Characters of a box that are enough to know it."""
MOST_BOXES = 40
"""Boxes of a page that are shown; the heaviest have hundreds."""


def of_file(reader: Reader, path: str) -> Iterator[str]:
    """Of each article of a file. Raises BadInput."""
    with open_lines(path) as lines:
        for value in read_articles(lines):
            if isinstance(value, BadLine):
                raise BadInput(f"{path}: {value.error}")
            yield from reader.explain(value).lines()


def of_address(settings: Settings, reader: Reader, url: str) -> Iterator[str]:
    """Of a stored article, or of what a feed brought and no article was made of. Raises BadInput."""
    with open_session(settings) as session:
        key = articles.known_article(session, url)
        if found := documents.at_address(session, url.partition("#")[0]):
            for document in found:
                yield from _of_document(session, document)
        elif key and (held := records.held_record(session, key)):
            yield from record_explanation.of_record(session, key, held)
            yield from _entries(session, key)
        elif key and (article := articles.article(session, key)):
            yield from explained(session, reader, article)
            yield from _around(session, key)
            yield from _entries(session, key)
        elif brought := items.at_address(session, {canonical_address(url), url}):
            yield from _without_article(brought[0])
        elif about := list(record_explanation.of_matter(session, url)):
            yield from about
        else:
            raise BadInput(f"{url} is not in the database; give the article's own address, or --file with its text")


def _of_document(session: Session, document: StoredDocument) -> Iterator[str]:
    for line, article in document_explanation.of_document(session, document):
        if line:
            yield line
        if article:
            yield from _entries(session, article)


def explained(session: Session, reader: Reader, article: StoredArticle) -> Iterator[str]:
    """The reading of a stored article, with a language model's answer where entries rest on one."""
    kept = opinions.of_article(session, article.key)
    answer = kept.answer if kept else None
    trust = trust_in(session, answer) if answer else None
    is_recorded = kept is not None and kept.state is OpinionState.RECORDED
    told = _with_answer(reader, article, answer, trust) if is_recorded and answer and trust else None
    yield from (told or reader.explain(article)).lines()
    if kept:
        by = f" of {answer.model}" if answer else ""
        yield f"second opinion{by}: {kept.state}{f' ({kept.reason})' if kept.reason else ''}"


def _with_answer(reader: Reader, article: StoredArticle, answer: ModelAnswer, trust: Trust) -> Explanation | None:
    """None where this version of the reader would ask something else, or refuses the answer."""
    request = reader.request(article, always=True)
    if request is None or request.fingerprint != answer.fingerprint:
        return None
    try:
        return reader.explain_with(article, partial(checked, answer.content), trust)
    except OpinionRefused:
        return None


def _around(session: Session, key: int) -> Iterator[str]:
    """What the kept page of a stored article marks as standing around it."""
    with suppress(zlib.error, PageError):
        page = fetched_pages.page(session, key)
        found = list(surroundings(page.body, page.url, page.content_type)) if page else []
        for name, text in found[:MOST_BOXES]:
            yield f"around the article on its page, not read ({name}): “{text[:SHOWN]}”"
        if len(found) > MOST_BOXES:
            yield f"       and {len(found) - MOST_BOXES} more"


def _entries(session: Session, key: int) -> Iterator[str]:
    """The entries that a stored article supports: what each is called, and where its title comes from."""
    found = browsing.article(session, key)
    names = dict.fromkeys(told.entry for told in found[2] if told.entry) if found else {}
    for entry in (entry for name in names if (entry := load_entry(session, name))):
        yield f"entry {entry.id}: {entry.title}"
        yield f"       its title: {title_provenance(entry)}"


def _without_article(item: Item) -> Iterator[str]:
    """Why there is no article yet, or none at all, of what a feed brought."""
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
