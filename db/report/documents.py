"""Published policies as the report shows them; nothing that is withheld is in it."""

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, select
from sqlmodel import Session, col

from db.mapping import batches
from db.tables.documents import DocumentChangeRow, DocumentEditRow, DocumentRow, DocumentVersionRow
from db.tables.report import POLICIES
from db.tables.sources import RecordRow
from db.tables.timeline import ArticleRow, EntryRow, EvidenceRow, FindingRow
from tracker.kinds import EditSort
from tracker.model import EntryStatus
from tracker.publish.report.documents import (
    DocumentLine,
    PublishedChange,
    PublishedDocument,
    PublishedEdit,
    PublishedVersion,
    file_name,
)
from tracker.publish.report.summaries import mark
from tracker.timeline.reporting import Reporting, reporting

Redact = Callable[[str], str]
DECIDED: ColumnElement[bool] = cast(col(DocumentEditRow.decision), String) != ""
SORT = cast(case((DECIDED, col(DocumentEditRow.decision)), else_=col(DocumentEditRow.sort)), String)
"""What an edit is of: as a person says, else as the program does."""
IS_RULE = SORT.in_((EditSort.RULE.value,))
PolicyKey = tuple[str, str]
"""Its place and id."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A change without its edits; `rules` and `decided` of them are counted."""

    id: int
    at: date
    new_id: int
    article_id: int | None
    rules: int
    decided: int
    last_decision: str


def document_lines(session: Session, today: date, redact: Redact, basis: str) -> list[DocumentLine]:
    """All documents, by place, number and address; `basis` is what else decides how their pages look."""
    last = {
        row.document_id: (row.number, row.last_seen.date(), row.withdrawn, row.unreadable, row.kept)
        for row in _versions(session)
    }
    changes = _changes(session)
    news = ReportsOnPolicies(session, [one.article_id for its in changes.values() for one in its])
    order = (DocumentRow.jurisdiction, DocumentRow.number, DocumentRow.address, DocumentRow.id)
    found = []
    for row in session.execute(select(DocumentRow).order_by(*map(col, order))).scalars():
        its = changes.get(row.id or 0, [])
        version = last.get(row.id or 0)
        ruled = [one for one in its if one.rules]
        states = [reporting(one.at, news.days(one.article_id), today) for one in its]
        basics = (row.name, row.title, row.number, row.department, row.jurisdiction, row.address, row.location)
        days = (row.first_seen.date(), row.visited_at and row.visited_at.date(), row.gone_at, row.error)
        line = DocumentLine(
            id=row.id or 0,
            place=row.jurisdiction,
            name=redact(row.title or row.name or row.address),
            number=redact(row.number),
            department=redact(row.department),
            changed=its[-1].at if its else None,
            rules=ruled[-1].rules if ruled else 0,
            reporting=states[its.index(ruled[-1])] if ruled else None,
            gone=row.gone_at.date() if row.gone_at else None,
            withdrawn=bool(version and version[2]),
            mark=mark(basis, repr((basics, days, version, its, states, news.shown(its)))),
        )
        found.append(line)
    return found


def _versions(session: Session) -> Iterable[Any]:
    """The last ones come last."""
    table = DocumentVersionRow
    columns = (table.document_id, table.number, table.last_seen, table.withdrawn, table.unreadable)
    kept = col(table.packed).is_not(None).label("kept")
    return session.execute(select(*map(col, columns), kept).order_by(col(table.document_id), col(table.number)))


def _changes(session: Session, document_id: int | None = None) -> dict[int, list[_Change]]:
    """Those of each document, in their order; of one document only, or of all."""
    table, edit = DocumentChangeRow, DocumentEditRow
    sums = (
        func.coalesce(func.sum(case((IS_RULE, 1), else_=0)), 0),
        func.coalesce(func.sum(case((DECIDED, 1), else_=0)), 0),
        func.max(edit.decided_at),
    )
    query = select(table.document_id, table.id, table.at, table.new_id, table.article_id, *sums)  # type: ignore[call-overload]
    query = query.outerjoin(edit, col(edit.change_id) == col(table.id)).group_by(col(table.id)).order_by(col(table.id))
    query = query if document_id is None else query.where(col(table.document_id) == document_id)
    found = defaultdict(list)
    for document, key, at, new_id, article, rules, decided, last in session.execute(query):
        found[document].append(_Change(key, at.date(), new_id, article, int(rules), int(decided), str(last or "")))
    return found


class ReportsOnPolicies:
    """Of articles that tell of changed documents: the policies that they prove, and the days of news on these."""

    def __init__(self, session: Session, articles: Iterable[int | None]) -> None:
        self._policies: dict[int, set[PolicyKey]] = defaultdict(set)
        self._days: dict[PolicyKey, set[date]] = defaultdict(set)
        self._shown: dict[PolicyKey, tuple[str, str, str]] = {}
        for batch in batches(sorted({one for one in articles if one})):
            query = _entries_of(EntryRow.jurisdiction, EntryRow.policy).add_columns(FindingRow.article_id)
            for place, policy, article in session.execute(query.where(col(FindingRow.article_id).in_(batch))):
                self._policies[article].add((place, policy))
        names = sorted({policy for its in self._policies.values() for _, policy in its})
        for some in batches(names):
            self._learn(session, some)

    def _learn(self, session: Session, names: Sequence[str]) -> None:
        query = _entries_of(EntryRow.jurisdiction, EntryRow.policy).add_columns(ArticleRow.published)
        query = query.join(ArticleRow, col(ArticleRow.id) == col(FindingRow.article_id))
        query = query.outerjoin(RecordRow, col(RecordRow.article_id) == col(ArticleRow.id))
        query = query.where(col(EntryRow.policy).in_(names), col(RecordRow.article_id).is_(None))
        for place, policy, published in session.execute(query):
            self._days[place, policy].add(published.date() if hasattr(published, "date") else published)
        columns = (POLICIES.c.place, POLICIES.c.id, POLICIES.c.name, POLICIES.c.word)
        for place, *shown in session.execute(select(*columns).where(POLICIES.c.id.in_(names))):
            self._shown[place, shown[0]] = tuple(shown)

    def days(self, article: int | None) -> set[date]:
        """On which reports ran on the policies that an article is evidence of."""
        return set().union(*(self._days[policy] for policy in self._policies.get(article or 0, ())))

    def shown(self, changes: Iterable[_Change]) -> list[tuple[str, str, str]]:
        """The policies that have a page: (id, name, how it stands)."""
        keys = {policy for one in changes for policy in self._policies.get(one.article_id or 0, ())}
        return sorted(self._shown[key] for key in keys if key in self._shown)


def _entries_of(*columns: Any) -> Any:
    """Entries that readers are shown, with their findings."""
    query = select(*columns).join(EvidenceRow, col(EvidenceRow.entry_id) == col(EntryRow.id))
    query = query.join(FindingRow, col(FindingRow.id) == col(EvidenceRow.finding_id))
    return query.where(col(EntryRow.status) != EntryStatus.REJECTED)


def published_document(session: Session, line: DocumentLine, today: date, redact: Redact) -> PublishedDocument:
    """One whole."""
    row = session.get_one(DocumentRow, line.id)
    versions = _published_versions(session, line.id, redact)
    numbers = {one.id: one.number for one in versions}
    changes = _changes(session, line.id).get(line.id, [])
    news = ReportsOnPolicies(session, [one.article_id for one in changes])
    return PublishedDocument(
        line=line,
        address=row.location or row.address,
        first_seen=row.first_seen.date(),
        visited=row.visited_at.date() if row.visited_at else None,
        versions=tuple(versions),
        changes=tuple(_published_change(session, one, numbers, news, today, redact) for one in changes),
        policies=tuple(news.shown(changes)),
    )


_VERSION = (
    *("id", "number", "first_seen", "last_seen", "url", "sha256", "size", "content_type", "printed", "withdrawn"),
    *("unreadable", "scanned", "cut"),
)


def _published_versions(session: Session, document: int, redact: Redact) -> list[PublishedVersion]:
    columns = [getattr(DocumentVersionRow, name) for name in _VERSION]
    kept = col(DocumentVersionRow.packed).is_not(None)
    query = select(*columns, kept).where(col(DocumentVersionRow.document_id) == document)
    found = []
    for *cells, is_kept in session.execute(query.order_by(col(DocumentVersionRow.number))):
        its = dict(zip(_VERSION, cells, strict=True))
        its |= {name: its[name].date() for name in ("first_seen", "last_seen")} | {
            "withdrawn": redact(its["withdrawn"])
        }
        name = file_name(its["number"], its["content_type"], its["size"]) if is_kept else ""
        found.append(PublishedVersion(**its, file=name))
    return found


def _published_change(
    session: Session,
    change: _Change,
    numbers: Mapping[int, int],
    news: ReportsOnPolicies,
    today: date,
    redact: Redact,
) -> PublishedChange:
    row = session.get_one(DocumentChangeRow, change.id)
    query = select(DocumentEditRow).where(col(DocumentEditRow.change_id) == change.id)
    edits = session.execute(query.order_by(col(DocumentEditRow.ordinal))).scalars()
    return PublishedChange(
        old=numbers[row.old_id],
        new=numbers[row.new_id],
        at=change.at,
        moved=row.moved,
        renumbered=row.renumbered,
        edits=tuple(_published_edit(edit, redact) for edit in edits),
        reporting=reporting(change.at, news.days(change.article_id), today) if change.rules else None,
    )


def _published_edit(row: DocumentEditRow, redact: Redact) -> PublishedEdit:
    return PublishedEdit(
        kind=row.kind,
        old=redact(row.old),
        new=redact(row.new),
        old_path=row.old_path,
        new_path=row.new_path,
        moved=row.moved,
        sort=row.decision or row.sort,
        decided=row.decision is not None,
    )


def quiet_entries(session: Session, today: date) -> tuple[tuple[str, ...], int]:
    """The ids of entries of rules that changed quietly: nobody reported them within the time of `reporting`; and how
    many changes wait for its end."""
    ruled = [one for its in _changes(session).values() for one in its if one.rules and one.article_id]
    news = ReportsOnPolicies(session, [one.article_id for one in ruled])
    states = [(one, reporting(one.at, news.days(one.article_id), today)) for one in ruled]
    found: set[str] = set()
    for batch in batches(one.article_id for one, state in states if state is Reporting.QUIET):
        found |= set(session.execute(_entries_of(EntryRow.id).where(col(FindingRow.article_id).in_(batch))).scalars())
    return tuple(sorted(found)), sum(state is Reporting.OPEN for _, state in states)


def document_file(session: Session, version_id: int) -> bytes | None:
    """The kept file of a version; None where it was pruned."""
    packed = session.execute(
        select(col(DocumentVersionRow.packed)).where(col(DocumentVersionRow.id) == version_id)
    ).scalar()
    return zlib.decompress(packed) if packed else None
