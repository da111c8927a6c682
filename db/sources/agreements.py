"""The sheet of 287(g) agreements as it stands: which rows are listed, which are missing, since when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select, update

from db.mapping import insert_of
from db.tables.sources import AgreementRow
from db.values import storable, utc
from tracker.gather.sources.sheet import SheetRow
from tracker.model import OcdId
from tracker.read.records.agreements import government

SHEETS_UNTIL_GONE = 2
"""Sheets in a row that must lack a row before it counts as no longer listed: most rows that vanish come back, put
right."""
SHEETS_UNTIL_MANY_GONE = 10
"""The same where a sheet lacks many: a broken upload lasts a sheet or two, and what ten sheets say is so."""


@dataclass(frozen=True, slots=True)
class ListedAgreement:
    """A row of the sheet as it is known. `number` names it; `jurisdiction` None: of a state, or of no government that
    the timeline knows; `gone` since when no sheet has it."""

    number: int
    row: SheetRow
    jurisdiction: OcdId | None
    first_seen: datetime
    gone: date | None


def listed(session: Session, source_id: int | None = None) -> tuple[ListedAgreement, ...]:
    """All rows that were ever listed, by state and agency; of one source, or of all."""
    query = select(AgreementRow).order_by(col(AgreementRow.state), col(AgreementRow.agency), col(AgreementRow.id))
    query = query if source_id is None else query.where(AgreementRow.source_id == source_id)
    return tuple(_listed(row) for row in session.exec(query))


def _listed(row: AgreementRow) -> ListedAgreement:
    number = row.id or 0
    told = SheetRow(row.state, row.agency, row.kind, row.county, row.model, row.signed, number)
    seen, gone = utc(row.first_seen), utc(row.gone_at)
    return ListedAgreement(number, told, row.jurisdiction, seen, gone.date() if gone else None)


def add(session: Session, source_id: int, rows: Sequence[SheetRow], now: datetime) -> tuple[tuple[int, SheetRow], ...]:
    """New rows; gives them with their numbers."""
    added = []
    for row in rows:
        values = _values(row) | {
            "source_id": source_id,
            "first_seen": now,
            "last_seen": now,
            "missing": 0,
        }
        number = session.connection().execute(
            insert_of(session, AgreementRow).values(**values).returning(col(AgreementRow.id))
        )
        added.append((number.scalar_one(), row))
    return tuple(added)


def note_listed(session: Session, rows: Iterable[tuple[SheetRow, SheetRow]], now: datetime) -> None:
    """Rows that the sheet has: (as it was known, as it is now)."""
    for known, row in rows:
        values = _values(row) | {"last_seen": now, "missing": 0, "gone_at": None}
        number = known.number
        session.exec(update(AgreementRow).where(col(AgreementRow.id) == number).values(**values))


def note_missing(
    session: Session, numbers: Iterable[int], now: datetime, until_gone: int = SHEETS_UNTIL_GONE
) -> tuple[int, ...]:
    """Rows that one more sheet lacks; gives those that count as gone from now on, lacked by `until_gone` sheets."""
    gone = []
    for number in sorted(numbers):
        row = session.get_one(AgreementRow, number)
        row.missing += 1
        if row.missing >= until_gone and row.gone_at is None:
            row.gone_at = now
            gone.append(number)
        session.add(row)
    session.flush()
    return tuple(gone)


def count_missing(session: Session, source_id: int) -> tuple[int, int]:
    """How many rows the last sheet lacks that do not count as gone yet, and how many there are of both kinds."""
    of = (AgreementRow.source_id == source_id, col(AgreementRow.gone_at).is_(None))
    missing = select(func.count()).where(*of, AgreementRow.missing > 0)
    return session.exec(missing).one(), session.exec(select(func.count()).where(*of)).one()


def _values(row: SheetRow) -> dict[str, object]:
    texts = {name: storable(getattr(row, name)) for name in ("state", "agency", "kind", "county", "model")}
    return texts | {"signed": row.signed, "jurisdiction": government(row)}
