"""Why an official record is the step that it is, or why a matter has none, line by line."""

import re
import zlib
from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from db.articles import articles, fetched_pages
from db.feeds import feeds
from db.sources import councils, records
from db.sources.councils import SortedMatter
from db.sources.records import HeldRecord
from db.timeline.findings import findings_of
from tracker.gather.sources.legistar import matter_page
from tracker.model import SourceKind
from tracker.publish import words
from tracker.read.records.actions import own_lines
from tracker.read.records.kept_rows import explained

_LAST_NUMBER = re.compile(r"(\d+)\D*$")


def of_record(session: Session, key: int, held: HeldRecord) -> Iterator[str]:
    """Of a record: its row, the line of the table that decides, the step."""
    article = articles.article(session, key)
    yield article.title if article else ""
    label, source = words.source_label(held.kind, held.matter), held.title or held.address
    yield f"{label[:1].lower()}{label[1:]}, row {held.record}, of {source or 'a source that was removed'}"
    page = _page(session, key)
    if page is None:
        yield "its row as it was fetched is not kept; `tracker verify` says what to do"
    else:
        yield f"fetched on {words.day(page[0])}: {page[1]}"
        yield from explained(page[2], own_lines(councils.meanings(session, held.source or 0)))
    steps = findings_of(session, key).values()
    for step in steps:
        place = step.jurisdiction_name or "no place"
        yield f"step: {step.stage.value} {step.date or 'without a date'} ({step.basis.value}), {place}"
    if not steps:
        yield "no step: the source has put it right since, or other rows of its matter tell the same stage"


def _page(session: Session, key: int) -> tuple[date, str, str] | None:
    """(day on which it was fetched, its address, the row)."""
    try:
        page = fetched_pages.page(session, key)
    except zlib.error:
        return None
    return (page.fetched_at.date(), page.url, page.body.decode("utf-8", "replace")) if page else None


def of_matter(session: Session, url: str) -> Iterator[str]:
    """Of a matter by the address of its page: its records, or why it has none; nothing where no source knows it."""
    page = url.partition("#")[0]
    last = _LAST_NUMBER.search(page)
    number = int(last[1]) if last else 0
    for source in feeds.all_feeds(session):
        if source.kind is SourceKind.LEGISTAR and matter_page(source.url, number) == page:
            found = councils.matters(session, source.id, [number]).get(number)
            if found:
                yield f"{found.matter.file}: {found.matter.title or found.matter.name}"
                yield _following(found, is_followed=number in councils.followed(session, source.id))
                yield from (f"       {address}" for _, address in records.addresses_at(session, page))


def _following(found: SortedMatter, *, is_followed: bool) -> str:
    if not found.counts:
        return "put aside: by title, type and summary it is about no standing rule"
    about = f"about a standing rule ({words.topic(found.topic)})"
    return f"{about}, and followed" if is_followed else f"{about}, but not followed: the source is for other topics"
