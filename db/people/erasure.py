"""Erasing what is known of a subscriber. What stays is a keyed hash of the address, so that no list brings it back."""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, func, select

from db.failures import as_storage_errors
from db.mapping import insert_missing
from db.tables.mail import (
    BounceRow,
    EditionRow,
    HearingLedgerRow,
    LedgerRow,
    MessageRow,
    SubscriberRow,
    SubscriptionRow,
)
from db.tables.people import ErasedAddressRow
from db.values import utc
from tracker.publish.mail.subscribers import Subscriber

EMPTIED = ("subscriber", "subscription", "message", "ledger", "hearing_ledger", "bounce", "edition", "remark")
"""Tables that rows are erased from."""


@dataclass(frozen=True)
class ErasedRows:
    """How many rows of each kind went."""

    subscriptions: int
    mails: int
    ledger_lines: int
    texts: int
    bounces: int


@dataclass(frozen=True)
class Erasure:
    """When an address was erased, and what it was then."""

    erased_at: datetime
    was: str


def erase(session: Session, reader: Subscriber, hashed: str, now: datetime) -> ErasedRows:
    """Deletes everything about somebody, the texts of mails that only they got among it, in the caller's transaction;
    notes the hash of the address. On SQLite the deleted text is overwritten (`scrub` does the rest)."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA secure_delete=ON")
    texts = _own_texts(session, reader.id)
    owned = (SubscriptionRow, MessageRow, BounceRow)
    subscriptions, mails, bounces = (_count(session, table, reader.id) for table in owned)
    lines = sum(_count(session, table, reader.id) for table in (LedgerRow, HearingLedgerRow))
    session.exec(delete(SubscriberRow).where(col(SubscriberRow.id) == reader.id))  # the others go with it
    session.exec(delete(EditionRow).where(col(EditionRow.id).in_(texts)))
    insert_missing(session, ErasedAddressRow, [{"hash": hashed, "erased_at": now, "was": reader.state}])
    return ErasedRows(subscriptions, mails, lines, len(texts), bounces)


def erasure_of(session: Session, hashed: str) -> Erasure | None:
    """Whether the address of this hash was erased."""
    row = session.get(ErasedAddressRow, hashed)
    return Erasure(utc(row.erased_at) or row.erased_at, row.was) if row else None


def forget_erasure(session: Session, hashed: str) -> None:
    """The address is known again: its owner asked for it."""
    session.exec(delete(ErasedAddressRow).where(col(ErasedAddressRow.hash) == hashed))


def scrub(engine: Engine) -> None:
    """Takes what was deleted out of the files: out of SQLite's log of writes, out of PostgreSQL's pages (what readers
    still look at goes with autovacuum). To be called after `erase` was committed; harmless at any time."""
    with as_storage_errors(engine.url):
        if engine.dialect.name == "sqlite":
            with closing(engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql(f"VACUUM {', '.join(EMPTIED)}")


def _own_texts(session: Session, subscriber_id: int) -> list[str]:
    """Composed mails that went to nobody else."""
    theirs = select(MessageRow.edition_id).where(col(MessageRow.subscriber_id) == subscriber_id)
    query = select(MessageRow.edition_id).where(col(MessageRow.edition_id).in_(theirs)).group_by(MessageRow.edition_id)
    alone = query.having(func.count(func.distinct(MessageRow.subscriber_id)) == 1)
    return [name for name in session.exec(alone) if name]


def _count(session: Session, table: type, subscriber_id: int) -> int:
    owner = table.subscriber_id  # type: ignore[attr-defined]
    return session.exec(select(func.count()).select_from(table).where(owner == subscriber_id)).one()
