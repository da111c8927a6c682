"""Locks that a PostgreSQL server keeps for processes on any machines. SQLite has no other machines, and one writer.

A transaction's lock ends with it. An `AdvisoryLock` lasts as long as its connection: the server lets go of
it when the process ends, however it ends, and when the network between them is cut, within HEARD_WITHIN_S. It does not
hold behind a pooler that lends connections by the transaction (PgBouncer's `transaction`).
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from hashlib import sha256

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from db.failures import as_storage_errors

SENDER_LOCK = 7_321_654_871
"""Held by whoever sends mails, for as long as it is connected. Any number that no other program takes for its advisory
lock on the same PostgreSQL database; so are the others."""
TIMELINE_LOCK = 7_321_654_872
"""Held by whoever changes entries, until the transaction ends."""
CLAIM_LOCK = 7_321_654_873
"""Held by whoever takes articles in hand, until the transaction ends."""
DAEMON_LOCK = 7_321_654_874
"""Held by the one daemon that decides what is done, for as long as it is connected."""
OPINION_LOCK = 7_321_654_875
"""Held by whoever takes an article to ask about, or counts what is asked, until the transaction ends."""
CHECK_LOCK = 7_321_654_876
"""Held by whoever checks how good a language model is, for as long as it is connected."""
REPORT_LOCK = 7_321_654_877
"""Held by whoever brings the report's tables up to date, until the transaction ends."""
HEARD_WITHIN_S = 15
"""A peer that says nothing for so long is gone: both sides notice a cut network by then, where the system's own limits
are hours."""
_PROBES = 3
_CONNECT = {
    "connect_timeout": HEARD_WITHIN_S,
    "keepalives_idle": HEARD_WITHIN_S // _PROBES,
    "keepalives_interval": HEARD_WITHIN_S // _PROBES,
    "keepalives_count": _PROBES - 1,
    "tcp_user_timeout": HEARD_WITHIN_S * 1000,
}
"""https://www.postgresql.org/docs/current/libpq-connect.html"""
_SERVER = (
    f"SET tcp_keepalives_idle = {HEARD_WITHIN_S // _PROBES}",
    f"SET tcp_keepalives_interval = {HEARD_WITHIN_S // _PROBES}",
    f"SET tcp_keepalives_count = {_PROBES - 1}",
    f"SET tcp_user_timeout = {HEARD_WITHIN_S * 1000}",
)
"""The same at the server's end of this one connection; a socket of the same machine leaves them at 0."""


class AdvisoryLock:
    """A lock of the whole database, held over a connection of its own. On SQLite always held."""

    def __init__(self, engine: Engine, key: int, *, shared: bool = False) -> None:
        self._engine, self._key, self._shared = engine, key, "_shared" if shared else ""
        self._connection: Connection | None = None

    def take(self) -> bool:
        """Takes it if it is free, over a connection that is made for it. Raises StorageError."""
        if self._engine.dialect.name == "sqlite":
            return True
        self.release()
        with as_storage_errors(self._engine.url):
            own = create_engine(
                self._engine.url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=_CONNECT
            )
            self._connection = own.connect()
            for setting in _SERVER:
                self._connection.exec_driver_sql(setting)
            found = self._connection.execute(
                text(f"SELECT pg_try_advisory_lock{self._shared}(:key)"), {"key": self._key}
            )
            if found.scalar():
                return True
        self.release()
        return False

    def is_held(self) -> bool:
        """Whether the server still knows of it; asks it. What is lost stays lost until it is taken again."""
        if self._engine.dialect.name == "sqlite":
            return True
        try:
            return self._connection is not None and self._connection.exec_driver_sql("SELECT 1").scalar() == 1
        except DBAPIError:
            self.release()
            return False

    def release(self) -> None:
        """Lets go of it. The server is told: that the connection was closed it notices some time later, and whoever
        asks next would still find it held."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                if not connection.invalidated:  # else it is gone, and the lock with it
                    connection.exec_driver_sql("SELECT pg_advisory_unlock_all()")
                connection.close()
            except DBAPIError:
                connection.invalidate()


@contextmanager
def sender_lock(engine: Engine) -> Iterator[AdvisoryLock | None]:
    """The senders' lock of this database, held meanwhile; None where another process holds it."""
    hold = AdvisoryLock(engine, SENDER_LOCK)
    try:
        yield hold if hold.take() else None
    finally:
        hold.release()


def run_lock(engine: Engine, run: str) -> AdvisoryLock:
    """The lock by which others see that a run lives. Several threads of one run may hold it."""
    return AdvisoryLock(engine, _run_key(run), shared=True)


def living_runs(session: Session, runs: Collection[str]) -> set[str]:
    """Those of the runs whose processes live, until this transaction ends. SQLite cannot tell: none."""
    if session.get_bind().dialect.name == "sqlite":
        return set()
    ended = text("SELECT pg_try_advisory_xact_lock(:key)")
    return {run for run in runs if not session.connection().execute(ended, {"key": _run_key(run)}).scalar()}


def _run_key(run: str) -> int:
    """64 bits of the name, signed as PostgreSQL has them."""
    return int.from_bytes(sha256(run.encode()).digest()[:8], signed=True)


def hold_timeline(session: Session) -> None:
    """Waits until no other transaction changes entries, and keeps others waiting: what is decided rests on what was
    read before it."""
    hold(session, TIMELINE_LOCK)


def hold(session: Session, lock: int) -> None:
    """Takes one of the locks that end with their transaction, when it is free. On SQLite every writer is alone
    anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().exec_driver_sql(f"SELECT pg_advisory_xact_lock({lock})")
