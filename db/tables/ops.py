"""The tables of running: what is in hand, what goes wrong, when jobs were done, whether the report is fresh."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field

from db.columns import KEY, AsText
from db.tables.timeline import TableRow
from db.values import AlertState
from tracker.coverage import Trouble


class InHandRow(TableRow, table=True):
    """An article that a run is reading, or was when it was ended; `alone`: how often it was then the only one."""

    __tablename__ = "in_hand"
    article_id: int = Field(primary_key=True, foreign_key="article.id", ondelete="CASCADE")
    run: str
    alone: int = 0


class TroubleRow(Trouble, TableRow, table=True):  # type: ignore[misc]
    """What goes wrong time after time; the row goes when it goes right again."""

    __tablename__ = "trouble"
    name: str = Field(primary_key=True, sa_type=KEY)
    times: int = 1


class JobRunRow(TableRow, table=True):
    """When a job of the daemon last came to a good end, and how many seconds it took (`db.ops.vitals`)."""

    __tablename__ = "job_run"
    name: str = Field(primary_key=True, sa_type=KEY)
    ended_at: datetime
    seconds: float


class RestoreRow(TableRow, table=True):
    """The database was put back from a copy; `mails_wait`: whether they wait for a person since."""

    __tablename__ = "restore"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    mails_wait: bool


class AlertRow(TableRow, table=True):
    """A problem that people are told of, or were (`db.ops.incidents`)."""

    __tablename__ = "alert"
    kind: str = Field(primary_key=True, sa_type=KEY)
    what: str
    remedy: str
    grave: bool
    began_at: datetime
    gone_at: datetime | None = None
    told_at: datetime | None = None
    state: AlertState = Field(sa_type=AsText(AlertState))


class HostTurnRow(TableRow, table=True):
    """When a host may next be asked, whoever asks (`db.feeds.host_turns`); `closed_until`: it asked for silence."""

    __tablename__ = "host_turn"
    host: str = Field(primary_key=True, sa_type=KEY)
    next_start: datetime
    closed_until: datetime


class HostLeaseRow(TableRow, table=True):
    """A request that is under way at a host, or was when its process ended: it counts until it expires."""

    __tablename__ = "host_lease"
    key: str = Field(primary_key=True, sa_type=KEY)
    host: str = Field(index=True, sa_type=KEY)
    until: datetime


class FreshnessRow(TableRow, table=True):
    """One row: how often something that the report shows has changed (`db.freshness`)."""

    __tablename__ = "freshness"
    id: int = Field(primary_key=True)
    number: int = 0


class StampRow(TableRow, table=True):
    """A place, and a number that is another whenever something changed that the report shows of it."""

    __tablename__ = "stamp"
    place: str = Field(primary_key=True, sa_type=KEY)
    stamp: int = Field(sa_type=BigInteger)
