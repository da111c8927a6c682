"""Official actions as articles: stored with the row as it was fetched, and recorded in the timeline at once, since a
table reads them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from db.articles import articles, fetched_pages
from db.locks import hold_timeline
from db.mapping import batches, insert_missing
from db.tables.sources import RecordRow
from db.tables.timeline import ArticleRow, FeedRow, PageRow
from db.timeline.findings import findings_of
from db.timeline.passages import beside_records
from db.timeline.recorder import EntryChanges, record_all
from db.values import FetchedPage, checked_address
from tracker.model import EvidenceKind, Finding, Reading, Record
from tracker.read.records.findings import AGENDA, ReadRecord

JSON = "application/json"
REASONS = {
    EvidenceKind.RECORD: "an official record says so",
    EvidenceKind.DOCUMENT: "another version of the policy says so",
}


def record_rows(session: Session, source_id: int, found: Sequence[ReadRecord], now: datetime) -> EntryChanges:
    """Stores what rows of a source say and brings the timeline up to date, in the caller's transaction. A row that is
    known and says the same changes nothing. To be called before anything else is written (`record_all`)."""
    if not found:
        return EntryChanges()
    hold_timeline(session)
    stored = {_store(session, source_id, one, now): one for one in found}
    new = {key: one.findings for key, one in stored.items() if says_otherwise(session, key, one)}
    changed = record_all(session, new, now)
    of_files = {key: told for key, told in new.items() if _is_of_file(stored[key].record)}
    return changed + record_all(session, beside_records(session, of_files), now)


def _is_of_file(record: Record) -> bool:
    """As `OF_FILES`: no passage is told by a sheet or a document, so no article is looked at for them."""
    return record.kind is EvidenceKind.RECORD and record.matter != ""


def take_back(session: Session, article_ids: Collection[int], now: datetime) -> EntryChanges:
    """What these records said counts no more: the source has put them right."""
    return record_all(session, dict.fromkeys(article_ids, tuple[Finding, ...]()), now)


def _store(session: Session, source_id: int, found: ReadRecord, now: datetime) -> int:
    """The id of the article."""
    record = found.record
    key, changed = articles.store_article(session, record, now, feed_id=source_id, replace_text=True)
    if changed:
        _keep_row(session, key, found, now)
        beside = {"source_id": source_id, "kind": record.kind, "matter": record.matter, "record": record.record}
        insert_missing(session, RecordRow, [{"article_id": key, **beside}])
        reading = Reading(id=str(key), is_change=True, score=found.findings[0].score, reason=REASONS[record.kind])
        articles.mark_read(session, key, reading, articles.BY_TABLE, now)
    return key


def _keep_row(session: Session, key: int, found: ReadRecord, now: datetime) -> None:
    """Keeps the row as it was fetched, in place of the one before; of a row that is gone, the last stays."""
    if found.row:
        session.exec(delete(PageRow).where(col(PageRow.article_id) == key))
        page = FetchedPage(url=found.address, content_type=JSON, fetched_at=now, body=found.row.encode())
        fetched_pages.keep(session, key, page)


def named(session: Session, source_id: int, names: Collection[str]) -> set[int]:
    """The articles of rows of a source by the names of the rows."""
    found: set[int] = set()
    for batch in batches(sorted(names)):
        query = select(RecordRow.article_id).where(RecordRow.source_id == source_id, col(RecordRow.record).in_(batch))
        found |= set(session.exec(query))
    return found


def agenda_rows(session: Session, source_id: int) -> dict[str, int]:
    """The articles of what agendas say of matters, by the names of their rows."""
    query = select(RecordRow.record, RecordRow.article_id).where(RecordRow.source_id == source_id)
    return dict(session.exec(query.where(col(RecordRow.record).startswith(AGENDA))).all())


def says_otherwise(session: Session, article_id: int | None, found: ReadRecord) -> bool:
    """Whether a record is new, or is known and said something else."""
    return article_id is None or list(findings_of(session, article_id).values()) != list(found.findings)


def rows_of_matter(session: Session, source_id: int, matter: str, page: str) -> dict[str, int]:
    """The articles of a matter by the names of their rows; `page` is its address, which tells it from others of the
    same file number: some councils begin their numbers anew each year."""
    query = select(RecordRow.record, RecordRow.article_id, ArticleRow.url)
    query = query.join(ArticleRow, col(ArticleRow.id) == col(RecordRow.article_id))
    query = query.where(RecordRow.source_id == source_id, RecordRow.matter == matter)
    own = checked_address(page)
    return {record: key for record, key, url in session.exec(query) if url.partition("#")[0] == own}


def stages_of(session: Session, article_ids: Collection[int]) -> dict[int, set[str]]:
    """The stages that the findings of articles are of."""
    return {key: {told.stage.value for told in findings_of(session, key).values()} for key in article_ids}


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """What makes an article a record: of which kind, the number of its matter, the name of its row, and the source that
    brought it (its id, address and name; None and empty once it was removed)."""

    kind: EvidenceKind
    matter: str
    record: str
    source: int | None
    address: str
    title: str


def held_record(session: Session, article_id: int) -> HeldRecord | None:
    """None for a news article."""
    row = session.get(RecordRow, article_id)
    if row is None:
        return None
    source = session.get(FeedRow, row.source_id) if row.source_id else None
    told = (source.url, source.title) if source else ("", "")
    return HeldRecord(row.kind, row.matter, row.record, row.source_id, *told)


def addresses_at(session: Session, page: str) -> list[tuple[int, str]]:
    """(id, address) of the articles of rows that stand on a page: a matter's, in the order in which they came."""
    of_page = col(ArticleRow.url).startswith(f"{page}#", autoescape=True)
    query = select(ArticleRow.id, ArticleRow.url).join(RecordRow, col(RecordRow.article_id) == col(ArticleRow.id))
    return [(key or 0, url) for key, url in session.exec(query.where(of_page).order_by(col(ArticleRow.id)))]
