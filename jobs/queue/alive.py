"""How many workers are at work, asked without loading the queue's package: health is asked every minute."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlmodel import Session

STALLED_S = 20.0
"""A worker that was not heard for five beats is gone, or held still: its tasks are given to others."""
_THERE = "SELECT to_regclass('procrastinate_workers') IS NOT NULL"
_ENDS = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '{} seconds'"


def at_work(session: "Session") -> int:
    """Each shows twice in the queue: it has two ends there. None where there is no queue yet, as on SQLite."""
    connection = session.connection()
    if connection.dialect.name != "postgresql" or not connection.exec_driver_sql(_THERE).scalar_one():
        return 0
    ends = int(connection.exec_driver_sql(_ENDS.format(STALLED_S)).scalar_one())
    return (ends + 1) // 2
