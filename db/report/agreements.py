"""The sheet of 287(g) agreements as the report shows it: each row with where its agreement stands today."""

from sqlalchemy import String, cast, select
from sqlmodel import Session, col

from db.sources.agreements import listed
from db.tables.report import POLICIES
from db.tables.sources import AgreementRow, RecordRow
from db.tables.timeline import EntryRow, EvidenceRow, FindingRow
from tracker.model import EntryStatus
from tracker.publish.report.catalogue import AgreementLine


def agreement_lines(session: Session) -> list[AgreementLine]:
    """All rows, also those that are no longer listed."""
    standings = _standings(session)
    return [
        AgreementLine(
            one.row.state,
            one.row.agency,
            one.jurisdiction,
            one.row.model,
            one.row.signed,
            one.gone,
            *standings.get(one.number, ("", "")),
        )
        for one in listed(session)
    ]


def _standings(session: Session) -> dict[int, tuple[str, str]]:
    """(policy, how it stands) of those whose row proves an entry that readers are shown."""
    query = (
        select(col(AgreementRow.id), POLICIES.c.id, POLICIES.c.word)
        .join(
            RecordRow,
            (col(RecordRow.source_id) == col(AgreementRow.source_id))
            & (col(RecordRow.record) == cast(col(AgreementRow.id), String)),
        )
        .join(FindingRow, col(FindingRow.article_id) == col(RecordRow.article_id))
        .join(EvidenceRow, col(EvidenceRow.finding_id) == col(FindingRow.id))
        .join(EntryRow, col(EntryRow.id) == col(EvidenceRow.entry_id))
        .join(POLICIES, (POLICIES.c.place == col(EntryRow.jurisdiction)) & (POLICIES.c.id == col(EntryRow.policy)))
        .where(col(EntryRow.status) != EntryStatus.REJECTED)
    )
    return {number: (policy, word) for number, policy, word in session.execute(query)}
