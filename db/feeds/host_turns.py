"""Whose turn it is at a host, agreed upon by all processes that share the database, on whatever machines.

Times are the database's own: the clocks of two machines differ by more than the gap between two requests.
"""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlmodel import Session, col, delete, func, select

from db.engine import moment
from db.mapping import insert_missing
from db.tables.ops import HostLeaseRow, HostTurnRow
from db.values import utc
from tracker.gather.http.manners import Turn

LEASE_S = 90.0
"""A request and all its redirects end within 30 seconds (`tracker.gather.http.client.TOTAL_S`); a process that was
killed keeps its place at the host for so long, and no longer."""
FULL_S = 0.5
"""As many requests are under way as may be: seconds until it is worth asking again. They take about so long."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def take(session: Session, host: str, at_once: int, gap_s: float) -> Turn:
    """Takes the next turn at the host if it has come: fewer than `at_once` requests are under way, and the last one
    began `gap_s` seconds ago. Others wait until the transaction ends."""
    row = _hold(session, host)
    now = moment(session)
    if (closed := _seconds(row.closed_until, now)) > 0:
        return Turn(closed_s=closed)
    if (wait := _seconds(row.next_start, now)) > 0:
        return Turn(wait_s=wait)
    session.exec(delete(HostLeaseRow).where(col(HostLeaseRow.host) == host, col(HostLeaseRow.until) <= now))
    under_way = select(func.count()).select_from(HostLeaseRow).where(HostLeaseRow.host == host)
    if session.exec(under_way).one() >= at_once:
        return Turn(wait_s=FULL_S)
    row.next_start = now + timedelta(seconds=gap_s)
    turn = Turn(key=uuid4().hex)
    session.add(HostLeaseRow(key=turn.key, host=host, until=now + timedelta(seconds=LEASE_S)))
    return turn


def give_back(session: Session, turn: Turn) -> None:
    """The request is over."""
    session.exec(delete(HostLeaseRow).where(col(HostLeaseRow.key) == turn.key))


def close(session: Session, host: str, seconds: float) -> None:
    """The host asked for so many seconds of silence; of two such wishes the longer one holds."""
    row = _hold(session, host)
    until = moment(session) + timedelta(seconds=seconds)
    row.closed_until = max(utc(row.closed_until), until)


def _hold(session: Session, host: str) -> HostTurnRow:
    """The host's row, locked."""
    query = select(HostTurnRow).where(HostTurnRow.host == host).with_for_update()
    if (row := session.exec(query).one_or_none()) is None:
        insert_missing(session, HostTurnRow, [{"host": host, "next_start": LONG_AGO, "closed_until": LONG_AGO}])
        row = session.exec(query).one()
    return row


def _seconds(until: datetime, now: datetime) -> float:
    return (utc(until) - now).total_seconds()
