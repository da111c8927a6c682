"""The tables of the digest: who gets it, what was composed for them, what they were told, what came back."""

from datetime import date, datetime, time

from sqlalchemy import Index, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import KEY, AsJson, AsJsonText, AsText
from db.tables.timeline import EMPTY, FALSE, TEXTS, TableRow
from db.values import MessageState
from tracker.model import Stage
from tracker.publish.mail.subscribers import Frequency

STAGES = tuple[Stage, ...]
NO_MILES = {"server_default": "0"}


class SubscriberRow(TableRow, table=True):
    """A person or a channel. `folded` is the address as it is compared; `key` names the subscriber in links."""

    __tablename__ = "subscriber"
    id: int | None = Field(default=None, primary_key=True)
    address: str
    folded: str = Field(unique=True, sa_type=KEY)
    key: str = Field(unique=True, sa_type=KEY)
    frequency: Frequency = Field(sa_type=AsText(Frequency))
    weekday: int
    hour: int
    timezone: str
    added_at: datetime
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None
    suppressed_at: datetime | None = None
    paused_at: datetime | None = None
    paused_by: str = Field(default="", sa_column_kwargs=EMPTY)
    problem: str = ""
    last_slot: str = ""
    last_at: datetime | None = None


class SubscriptionRow(TableRow, table=True):
    """One thing that a subscriber follows. `place` None: everywhere; `within` so many miles around it; `agenda`: what
    stands on agendas, of `matters` or with `words` where there are some."""

    __tablename__ = "subscription"
    id: int | None = Field(default=None, primary_key=True)
    subscriber_id: int = Field(foreign_key="subscriber.id", ondelete="CASCADE", index=True)
    place: str | None = Field(default=None, sa_type=KEY)
    inside: bool = True
    within: int = Field(default=0, sa_column_kwargs=NO_MILES)
    topics: TEXTS = Field(default=(), sa_type=AsJson(TEXTS))
    stages: STAGES = Field(default=(), sa_type=AsJson(STAGES))
    agenda: bool = Field(default=False, sa_column_kwargs=FALSE)
    matters: TEXTS = Field(default=(), sa_type=AsJsonText(TEXTS), nullable=False, sa_column_kwargs=EMPTY)
    words: TEXTS = Field(default=(), sa_type=AsJsonText(TEXTS), nullable=False, sa_column_kwargs=EMPTY)


class EditionRow(TableRow, table=True):
    """A composed mail, kept once for all who get the same. `id` is a hash of it."""

    __tablename__ = "edition"
    id: str = Field(primary_key=True, sa_type=KEY)
    subject: str
    html: str
    text: str
    bulk: bool = True
    created_at: datetime = Field(index=True)


class MessageRow(TableRow, table=True):
    """One mail to one subscriber. `slot` is what it stands for (`mail.schedule.Slot.key`). `next_try` None: nothing
    left to do. `unclear` counts the attempts after which nobody knew whether the server had taken it."""

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("subscriber_id", "slot"), Index(None, "next_try", "id"), Index(None, "state"))
    id: int | None = Field(default=None, primary_key=True)
    message_id: str = Field(unique=True, sa_type=KEY)
    subscriber_id: int = Field(foreign_key="subscriber.id", ondelete="CASCADE")
    edition_id: str | None = Field(default=None, sa_type=KEY, foreign_key="edition.id", ondelete="SET NULL", index=True)
    slot: str = Field(sa_type=KEY)
    state: MessageState = Field(sa_type=AsText(MessageState))
    composed_at: datetime
    tries: int = 0
    unclear: int = 0
    tried_at: datetime | None = None
    next_try: datetime | None = None
    sent_at: datetime | None = None
    error: str = ""


class LedgerRow(TableRow, table=True):
    """What a subscriber was told, or soon will be: an entry as of a revision. `in_full` False: it was only counted."""

    __tablename__ = "ledger"
    __table_args__ = (PrimaryKeyConstraint("subscriber_id", "entry_id", "revision"), {"sqlite_with_rowid": False})
    subscriber_id: int = Field(foreign_key="subscriber.id", ondelete="CASCADE", primary_key=True)
    entry_id: str = Field(sa_type=KEY, primary_key=True)
    revision: int = Field(primary_key=True)
    message_id: int = Field(foreign_key="message.id", ondelete="CASCADE", index=True)
    in_full: bool = True


class HearingLedgerRow(TableRow, table=True):
    """The same of a hearing: as of a revision, the day and hour that it had then, or that it was gone."""

    __tablename__ = "hearing_ledger"
    __table_args__ = (PrimaryKeyConstraint("subscriber_id", "hearing", "revision"),)
    subscriber_id: int = Field(foreign_key="subscriber.id", ondelete="CASCADE", primary_key=True)
    hearing: str = Field(sa_type=KEY, primary_key=True)
    revision: int = Field(primary_key=True)
    message_id: int = Field(foreign_key="message.id", ondelete="CASCADE", index=True)
    day: date
    hour: time | None = None
    gone: bool


class BounceRow(TableRow, table=True):
    """A mail that came back, or a refusal. `key` names the report, so that one that is read twice counts once."""

    __tablename__ = "bounce"
    id: int | None = Field(default=None, primary_key=True)
    subscriber_id: int = Field(foreign_key="subscriber.id", ondelete="CASCADE", index=True)
    key: str = Field(unique=True, sa_type=KEY)
    at: datetime
    status: str = ""
    reason: str = ""
    hard: bool = False
