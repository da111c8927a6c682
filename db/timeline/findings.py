"""Findings: what articles say, and as evidence with the article that says it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, select
from sqlmodel import Session, col, delete

from db.mapping import Fields, batches, insert_missing, values_of
from db.tables.sources import RecordRow
from db.tables.timeline import ArticleRow, EvidenceRow, FindingRow
from tracker.model import Evidence, EvidenceKind, Finding, OcdId

FINDING = Fields(FindingRow, Finding)
SOURCE = Fields(ArticleRow, Evidence)
RECORD = Fields(RecordRow, Evidence)
"""What a record has beside; no row for a report."""
OF_FILES = (col(RecordRow.kind) == EvidenceKind.RECORD) & (col(RecordRow.matter) != "")
"""What a council's record has of its files; a row of a sheet is of none, and a document's number is no file."""
CANONICAL_ORDER = [col(ArticleRow.published), col(ArticleRow.url), col(FindingRow.start), col(FindingRow.id)]
"""The order of evidence: the same whatever the order of arrival."""


def _evidence_where(condition: ColumnElement[bool]) -> Select[Any]:
    return (
        select(col(FindingRow.id), *FINDING.columns, *SOURCE.columns, *RECORD.columns)
        .join(ArticleRow, col(ArticleRow.id) == col(FindingRow.article_id))
        .outerjoin(RecordRow, col(RecordRow.article_id) == col(ArticleRow.id))
        .where(condition)
        .order_by(*CANONICAL_ORDER)
    )


def _stored_where(condition: ColumnElement[bool]) -> Select[Any]:
    """The same with the article, and with the entry that holds it, if one does."""
    holder = col(EvidenceRow.finding_id) == col(FindingRow.id)
    found = _evidence_where(condition).outerjoin(EvidenceRow, holder)
    return found.add_columns(col(FindingRow.article_id), col(EvidenceRow.entry_id))


# Queries of every recording are put together once: that takes as long as running them.
_OF_ARTICLE: Select[Any] = (
    select(col(FindingRow.id), *FINDING.columns)
    .where(col(FindingRow.article_id) == bindparam("article"))
    .order_by(col(FindingRow.ordinal))
)
_AT_PLACE = _stored_where(col(FindingRow.jurisdiction) == bindparam("place"))
_BY_ARTICLES = _stored_where(
    col(FindingRow.article_id).in_(bindparam("articles", expanding=True)) & col(FindingRow.jurisdiction).is_not(None)
)


def findings_of(session: Session, article_id: int) -> dict[int, Finding]:
    """The findings of an article by their keys, in their order."""
    rows = session.connection().execute(_OF_ARTICLE, {"article": article_id})
    return {row.id: FINDING.value(row[1:]) for row in rows}


def replace_findings(session: Session, article_id: int, findings: Sequence[Finding]) -> dict[int, Finding]:
    """Makes `findings` the findings of the article; returns them by their keys.

    Where they are the same already, keys and evidence stand. Otherwise the old ones go, and with them their places as
    evidence: whoever calls this folds the places of both the old and the new ones again.
    """
    put_findings(session, article_id, findings, list(findings_of(session, article_id).values()))
    return findings_of(session, article_id)


def put_findings(session: Session, article_id: int, findings: Sequence[Finding], known: Sequence[Finding]) -> None:
    """The same where it is known what the findings are, and their keys are not asked for."""
    if list(known) == list(findings):
        return
    session.exec(delete(FindingRow).where(col(FindingRow.article_id) == article_id))
    rows = [
        values_of(finding, FindingRow) | {"article_id": article_id, "ordinal": ordinal}
        for ordinal, finding in enumerate(findings)
    ]
    insert_missing(session, FindingRow, rows)


@dataclass(frozen=True, slots=True)
class StoredEvidence:
    """A piece of evidence as it is stored: of which article, and which entry holds it (None: none yet)."""

    evidence: Evidence
    article_id: int
    entry_id: str | None


def evidence_at(session: Session, jurisdiction: OcdId) -> dict[int, StoredEvidence]:
    """All evidence of one place by the keys of its findings, in canonical order, with what holds it."""
    return _stored(session.connection().execute(_AT_PLACE, {"place": jurisdiction}))


def evidence_of_articles(session: Session, article_ids: Collection[int]) -> dict[int, StoredEvidence]:
    """The same for all evidence of some articles that has a place."""
    found: dict[int, StoredEvidence] = {}
    for batch in batches(sorted(article_ids)):
        found |= _stored(session.connection().execute(_BY_ARTICLES, {"articles": batch}))
    return found


def _stored(rows: Iterable[Row[Any]]) -> dict[int, StoredEvidence]:
    return {row[0]: StoredEvidence(_evidence(row), row.article_id, row.entry_id) for row in rows}


def evidence_by_key(session: Session, jurisdiction: OcdId | None) -> dict[int, Evidence]:
    """All evidence for one place (None: for no known place) by the keys of its findings, in canonical order."""
    return {
        row.id: _evidence(row) for row in session.execute(_evidence_where(col(FindingRow.jurisdiction) == jurisdiction))
    }


def evidence_of_files(session: Session, jurisdiction: OcdId, first: date, last: date) -> list[Evidence]:
    """What the record of a place's council has of its files in these days, in canonical order."""
    near = (col(FindingRow.jurisdiction) == jurisdiction) & col(ArticleRow.published).between(first, last)
    return [_evidence(row) for row in session.execute(_evidence_where(near & OF_FILES))]


def evidence_of_entries(session: Session, entry_ids: Collection[str]) -> dict[str, list[Evidence]]:
    """The evidence of each of these entries, in canonical order; at most a few hundred entries in one call."""
    query = _evidence_where(col(EvidenceRow.entry_id).in_(entry_ids)).join(
        EvidenceRow, col(EvidenceRow.finding_id) == col(FindingRow.id)
    )
    found: dict[str, list[Evidence]] = defaultdict(list)
    for row in session.execute(query.add_columns(col(EvidenceRow.entry_id))):
        found[row.entry_id].append(_evidence(row))
    return found


def _evidence(row: Row[Any]) -> Evidence:
    cells = row[1:]
    source = cells[len(FINDING.columns) :]
    record = source[len(SOURCE.columns) :][: len(RECORD.columns)]
    beside: dict[str, Any] = dict(zip(RECORD.names, record, strict=True)) if record[0] is not None else {}
    return SOURCE.value(source, finding=FINDING.value(cells), **beside)
