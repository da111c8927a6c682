"""Holds official records against their rows as they were fetched: each is there, says what is quoted, and is by today's
table the step that it was."""

import zlib
from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, func, select

from db.articles import fetched_pages
from db.mapping import BATCH
from db.ops.mismatches import Mismatch, MismatchKind
from db.sources.councils import meanings
from db.tables.sources import RecordRow
from db.tables.timeline import ArticleRow, PageRow
from db.timeline.findings import findings_of
from tracker.model import EvidenceKind
from tracker.read.records.actions import ActionLine, own_lines
from tracker.read.records.kept_rows import discrepancy

NO_ROW = "its row as it was fetched is not kept, so nothing proves it; restore a backup"


def count(session: Session) -> int:
    """How many records there are."""
    return session.exec(select(func.count()).select_from(RecordRow).where(*_RECORDS)).one()


def without_row(session: Session) -> tuple[str, ...]:
    """The addresses of records whose row is not kept."""
    kept = select(PageRow.article_id)
    query = select(ArticleRow.url).join(RecordRow, col(RecordRow.article_id) == col(ArticleRow.id))
    return tuple(session.exec(query.where(*_RECORDS, col(ArticleRow.id).not_in(kept)).order_by(col(ArticleRow.url))))


def check_records(session: Session) -> Iterator[tuple[int, list[Mismatch]]]:
    """All records in batches: (how many, what is wrong with them)."""
    own: dict[int | None, Sequence[ActionLine]] = {None: ()}
    query = select(RecordRow.source_id, ArticleRow.id, ArticleRow.url, ArticleRow.text)
    query = query.join(ArticleRow, col(ArticleRow.id) == col(RecordRow.article_id)).where(*_RECORDS)
    after = 0
    while rows := session.exec(query.where(col(ArticleRow.id) > after).order_by(col(ArticleRow.id)).limit(BATCH)).all():
        problems: list[Mismatch] = []
        for source, key, url, text in rows:
            if source not in own:
                own[source] = own_lines(meanings(session, source or 0))
            problems += _of_record(session, key or 0, url, text, own[source])
        after = rows[-1][1] or 0
        yield len(rows), problems


_RECORDS = (col(RecordRow.kind) == EvidenceKind.RECORD,)


def _of_record(session: Session, key: int, url: str, text: str, own: Sequence[ActionLine]) -> Iterator[Mismatch]:
    try:
        page = fetched_pages.page(session, key)
    except zlib.error:
        return  # `check_pages` says so
    if page is None:
        yield Mismatch(MismatchKind.ROW, url, NO_ROW)
        return
    stages = {finding.stage for finding in findings_of(session, key).values()}
    if words := discrepancy(text, page.body.decode("utf-8", "replace"), stages, own):
        yield Mismatch(MismatchKind.ROW, url, words)
