"""Walks all evidence and says what no longer matches: quotes against stored texts, entries against their evidence.

A quote is checked by its offsets in the text, the text by its hash. What is wrong can have come from outside only (a
damaged disk, another program, a restored half): `record` writes findings with their article's text in one transaction.
"""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlmodel import Session, col

from db.articles import fetched_pages
from db.articles.articles import text_hash
from db.mapping import BATCH
from db.ops.mismatches import Mismatch as Mismatch
from db.ops.mismatches import MismatchKind as MismatchKind
from db.tables.timeline import ArticleRow, EntryRow, EvidenceRow, FindingRow
from db.timeline.entries import select_entries, with_evidence
from db.timeline.findings import FINDING
from tracker.model import Entry, EntryStatus, Factuality, Finding, Stage, Witness
from tracker.timeline.merging.across_stages import folded_with
from tracker.timeline.provenance import misquoted, unproven

LOOSE = "a finding supports no entry; `tracker reread --all` records it again"
QUOTED = 60
"""Characters of a quote that a message repeats: enough to find it."""


def count(session: Session) -> tuple[int, int]:
    """(findings, entries) that there are to be checked."""
    tables = (FindingRow, EntryRow)
    found = [session.scalars(select(func.count()).select_from(table)).one() for table in tables]
    return found[0], found[1]


def check_findings(session: Session) -> Iterator[tuple[int, list[Mismatch]]]:
    """All findings, article after article, in batches: (how many findings, what is wrong with them)."""
    after = 0
    while articles := session.execute(_articles_after(after)).all():
        after = articles[-1].id
        by_id = {row.id: row for row in articles}
        findings = session.execute(_findings_of(list(by_id))).all()
        told = {row.article_id for row in findings}
        problems = [problem for row in articles if row.id in told for problem in _of_text(row)]
        problems += [problem for row in findings for problem in _of_finding(row, by_id[row.article_id])]
        problems += [
            Mismatch(MismatchKind.LOOSE, by_id[row.article_id].url, LOOSE)
            for row in findings
            if row.entry_id is None and not _rightly_loose(session, FINDING.value(row))
        ]
        yield len(findings), problems


def _articles_after(after: int) -> Select[Any]:
    names = ("id", "url", "reader_version", "text_hash", "text")
    columns = [col(getattr(ArticleRow, name)) for name in names]
    return select(*columns).where(col(ArticleRow.id) > after).order_by(col(ArticleRow.id)).limit(BATCH)


def _findings_of(articles: Collection[int]) -> Select[Any]:
    columns = [*FINDING.columns, col(FindingRow.article_id), col(EvidenceRow.entry_id)]
    joined = select(*columns).outerjoin(EvidenceRow, col(EvidenceRow.finding_id) == col(FindingRow.id))
    in_order = (col(FindingRow.article_id), col(FindingRow.ordinal))
    return joined.where(col(FindingRow.article_id).in_(articles)).order_by(*in_order)


def _of_text(article: Row[Any]) -> Iterator[Mismatch]:
    if text_hash(article.text) != article.text_hash:
        yield Mismatch(MismatchKind.TEXT, article.url, "its text is not the one that was stored; restore a backup")


def _of_finding(row: Row[Any], article: Row[Any]) -> Iterator[Mismatch]:
    finding = FINDING.value(row)
    if misquoted(finding, article.text):
        remedy = "`tracker reread --all` reads it" if article.reader_version else "the next poll reads its new text"
        where = f"characters {finding.start} to {finding.end}"
        yield Mismatch(
            MismatchKind.QUOTE, article.url, f"{where} are not the quote {finding.quote[:QUOTED]!r}; {remedy}"
        )


def _rightly_loose(session: Session, finding: Finding) -> bool:
    """True where a finding can support no entry: it names no place, it denies its step or puts it off, or it names no
    day where its place took the same stage several times (`Folded.unplaced`), a vote perhaps in other words; or it is
    a passage, which tells what the reader found in the article itself, or what its record does not say any more."""
    if not finding.jurisdiction or finding.factuality is not Factuality.ASSERTED or finding.witness is Witness.RECORD:
        return True
    if finding.date and finding.date.day:
        return False
    of = select(func.count()).select_from(EntryRow)
    stages = [stage for stage in Stage if folded_with(stage) is folded_with(finding.stage)]
    same = of.where(col(EntryRow.jurisdiction) == finding.jurisdiction, col(EntryRow.stage).in_(stages))
    return session.scalars(same).one() > 1


def check_pages(session: Session) -> Iterator[tuple[int, list[Mismatch]]]:
    """All kept pages in batches: (how many, which are not what was fetched)."""
    words = "its page is not the one that was fetched; restore a backup"
    for count, bad in fetched_pages.check(session):
        yield count, [Mismatch(MismatchKind.PAGE, url, words) for url in bad]


def check_entries(session: Session) -> Iterator[tuple[int, list[Mismatch]]]:
    """All entries in batches: (how many, what is wrong with them)."""
    after = ""
    while rows := session.execute(_entries_after(after)).all():
        after = rows[-1].id
        yield len(rows), [problem for entry in with_evidence(session, rows) for problem in _of_entry(entry)]


def _entries_after(after: str) -> Select[Any]:
    return select_entries().where(col(EntryRow.id) > after).order_by(col(EntryRow.id)).limit(BATCH)


def _of_entry(entry: Entry) -> Iterator[Mismatch]:
    for name in unproven(entry):
        yield Mismatch(MismatchKind.FIELD, entry.id, f"no report says {name} {getattr(entry, name)!s}")
    if not entry.evidence and entry.status is EntryStatus.PENDING and "status" not in entry.locked:
        yield Mismatch(MismatchKind.EMPTY, entry.id, f"nothing supports it: {entry.title}")
    if [revision.number for revision in entry.revisions] != list(range(1, entry.revision + 1)):
        yield Mismatch(
            MismatchKind.REVISIONS, entry.id, f"{len(entry.revisions)} revisions are there of {entry.revision}"
        )
