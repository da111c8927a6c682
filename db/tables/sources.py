"""The tables of sources that are no feeds: a council's matters and meetings, the sheet of agreements."""

from datetime import date, datetime, time

from sqlalchemy import BigInteger, Index, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import KEY, AsText
from db.tables.timeline import EMPTY, TableRow
from tracker.kinds import EvidenceKind, ListingKind

ZERO = {"server_default": "0"}


class RecordRow(TableRow, table=True):
    """What makes an article more than a news report: an official action, or a document that was replaced. `matter` is
    its file number, `record` names the row within its source."""

    __tablename__ = "record"
    __table_args__ = (Index(None, "source_id", "matter"),)
    article_id: int = Field(primary_key=True, foreign_key="article.id", ondelete="CASCADE")
    source_id: int | None = Field(default=None, foreign_key="feed.id", ondelete="SET NULL")
    kind: EvidenceKind = Field(sa_type=AsText(EvidenceKind))
    matter: str = Field(default="", sa_type=KEY, sa_column_kwargs=EMPTY)
    record: str = Field(default="", sa_type=KEY, sa_column_kwargs=EMPTY)


class MatterRow(TableRow, table=True):
    """A file of a council. `number` is its id there; `counts`: it is about a standing rule; `followed`: it counts, and
    the subscription's topics have its topic; `changed` and `asked` are moments of the council's clock; `ended`: no
    further step is expected."""

    __tablename__ = "matter"
    __table_args__ = (UniqueConstraint("source_id", "number"), Index(None, "source_id", "followed", "counts"))
    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="feed.id", ondelete="CASCADE")
    number: int = Field(sa_type=BigInteger)
    file: str = ""
    kind: str = ""
    title: str = ""
    name: str = ""
    summary: str = ""
    body: str = ""
    status: str = ""
    enactment: str = ""
    changed: datetime | None = None
    introduced: date | None = None
    enacted: date | None = None
    counts: bool = False
    followed: bool = False
    topic: str = ""
    asked: datetime | None = None
    ended: bool = False
    first_seen: datetime


class MeetingRow(TableRow, table=True):
    """A meeting of a body. `hour`: of the body's own time; `gone_at`: since when the record shows it no more, or says
    that it is off; `former_day`, `former_hour`: before it was moved, at `moved_at`. `revision` counts its moves,
    removals and returns."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("source_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="feed.id", ondelete="CASCADE")
    number: int = Field(sa_type=BigInteger)
    body: str = ""
    day: date = Field(index=True)
    hour: time | None = None
    location: str = ""
    address: str = ""
    status: str = ""
    first_seen: datetime
    gone_at: datetime | None = None
    former_day: date | None = None
    former_hour: time | None = None
    moved_at: datetime | None = None
    revision: int = Field(default=0, sa_column_kwargs=ZERO)


class AgendaItemRow(TableRow, table=True):
    """A matter on the agenda of a meeting. `matter` is its id there; `gone_at`: since when the agenda lacks it;
    `changed_at`: when it came, went or came back last; `revision` counts removals and returns."""

    __tablename__ = "agenda_item"
    __table_args__ = (PrimaryKeyConstraint("meeting_id", "matter"),)
    meeting_id: int = Field(foreign_key="meeting.id", ondelete="CASCADE", primary_key=True)
    matter: int = Field(sa_type=BigInteger, primary_key=True)
    file: str = ""
    title: str = ""
    action: str = ""
    first_seen: datetime
    gone_at: datetime | None = None
    changed_at: datetime | None = None
    revision: int = Field(default=0, sa_column_kwargs=ZERO)


class ActionMeaningRow(TableRow, table=True):
    """An action of a council that the table of actions does not know, by its words; `meaning` empty until a person says
    which stage it is, or `none`. `example` is the file number of a matter that has it."""

    __tablename__ = "action_meaning"
    __table_args__ = (PrimaryKeyConstraint("source_id", "words"),)
    source_id: int = Field(foreign_key="feed.id", ondelete="CASCADE", primary_key=True)
    words: str = Field(sa_type=KEY, primary_key=True)
    name: str
    body: str = ""
    example: str = ""
    first_seen: datetime
    meaning: str = ""
    actor: str = ""
    decided_at: datetime | None = None


class AgreementRow(TableRow, table=True):
    """A row of the sheet of 287(g) agreements as it stands. `missing`: in how many sheets in a row it was not found;
    `gone_at`: since when it counts as no longer listed."""

    __tablename__ = "agreement"
    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="feed.id", ondelete="CASCADE", index=True)
    state: str = Field(sa_type=KEY)
    agency: str
    kind: str = ""
    county: str = ""
    model: str
    signed: date | None = None
    jurisdiction: str | None = Field(default=None, sa_type=KEY, index=True)
    first_seen: datetime
    last_seen: datetime
    missing: int = 0
    gone_at: datetime | None = None


class ListingRow(TableRow, table=True):
    """A listing of the directory that a user added; `form` is its address as far as it tells addresses apart."""

    __tablename__ = "listing"
    __table_args__ = (PrimaryKeyConstraint("home", "kind", "form"),)
    home: str = Field(sa_type=KEY, primary_key=True)
    kind: ListingKind = Field(sa_type=AsText(ListingKind), primary_key=True)
    form: str = Field(sa_type=KEY, primary_key=True)
    url: str = Field(sa_type=KEY)
    title: str = Field(default="", sa_column_kwargs=EMPTY)
    found_in: str = Field(default="", sa_column_kwargs=EMPTY)
    answered: date | None = None
    added_at: datetime
