"""The tables: the types of `tracker.model` plus keys and constraints.

Rows that stand for one value inherit its fields, so that no field is written twice; a field is named again only where
its column needs a type, a key or an index. `table=True` classes do not validate: build the value first, then the row,
and read a row back through its value (`db.mapping`).
"""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index, MetaData, PrimaryKeyConstraint, UniqueConstraint, false, text
from sqlmodel import Field, SQLModel

from db.columns import KEY, AsJson, AsJsonText, AsText
from db.values import Feed, NewItem
from tracker.model import (
    ActKind,
    Basis,
    Before,
    Change,
    Direction,
    Effect,
    Entry,
    EntryStatus,
    Factuality,
    Finding,
    Mark,
    Piece,
    Policy,
    PublishedBasis,
    Qualifier,
    RecordedAct,
    Revision,
    SourceKind,
    Stage,
    Witness,
)
from tracker.partial_date import PartialDate

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a later migration can drop it on SQLite too."""

TEXTS = tuple[str, ...]
EMPTY = {"server_default": text("''")}
FALSE = {"server_default": false()}
"""Of columns that the database itself fills where a row is written without them."""


SCREENED = text("screened_by IS NOT NULL")
"""The rows of an index that new items need not be written into."""


class TableRow(SQLModel):
    """Base of all tables. Rows can be changed, unlike the values that they stand for."""

    model_config = {"frozen": False, "defer_build": True}
    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


class FeedRow(Feed, TableRow, table=True):  # type: ignore[misc]  # two types of model_config, one value
    """A source; the table has the name of the first kind. `cursor`: how far a record has been read, as JSON."""

    __tablename__ = "feed"
    id: int | None = Field(default=None, primary_key=True)  # type: ignore[assignment]  # None until inserted
    url: str = Field(unique=True, sa_type=KEY)
    kind: SourceKind = Field(
        default=SourceKind.FEED, sa_type=AsText(SourceKind), sa_column_kwargs={"server_default": "feed"}
    )
    home: str | None = Field(default=None, sa_type=KEY)
    topics: TEXTS = Field(default=(), sa_type=AsJsonText(TEXTS), nullable=False, sa_column_kwargs=EMPTY)
    next_poll: datetime | None = Field(default=None, index=True)
    cursor: str = Field(default="", sa_column_kwargs=EMPTY)


class ItemRow(NewItem, TableRow, table=True):  # type: ignore[misc]
    """What a feed brought. `next_try` None: nothing left to fetch; `screened_by`: see `db.feeds.items`."""

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("feed_id", "identity"),
        Index(None, "screened_by", "feed_id", sqlite_where=SCREENED, postgresql_where=SCREENED),
    )
    id: int | None = Field(default=None, primary_key=True)
    feed_id: int = Field(foreign_key="feed.id", ondelete="CASCADE")
    identity: str = Field(sa_type=KEY)
    publisher: str = Field(default="", sa_column_kwargs=EMPTY)
    first_seen: datetime
    state: str = "new"
    tries: int = 0
    next_try: datetime | None = Field(default=None, index=True)
    error: str = ""
    article_id: int | None = Field(default=None, foreign_key="article.id", ondelete="SET NULL", index=True)
    screened_by: str | None = Field(default=None, sa_type=KEY)


class ItemKeyRow(TableRow, table=True):
    """The keys by which an item may come again (`tracker.gather.feeds.identity.keys`)."""

    __tablename__ = "item_key"
    __table_args__ = (PrimaryKeyConstraint("feed_id", "key"),)
    feed_id: int = Field(foreign_key="feed.id", ondelete="CASCADE", primary_key=True)
    key: str = Field(sa_type=KEY, primary_key=True)
    item_id: int = Field(foreign_key="item.id", ondelete="CASCADE", index=True)


class ArticleRow(TableRow, table=True):
    """One article, by its canonical address. `report` groups near-identical texts; `reader_version` is empty until
    the article is read; `feed_id` is the feed that brought it first; `signature` is made when copies are looked for."""

    __tablename__ = "article"
    __table_args__ = (Index(None, "reader_version", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    url: str = Field(unique=True, sa_type=KEY)
    title: str = ""
    text_hash: str = Field(index=True, sa_type=KEY)
    published: date = Field(index=True)
    published_at: datetime | None = None
    published_basis: PublishedBasis = Field(
        default=PublishedBasis.STATED, sa_type=AsText(PublishedBasis), sa_column_kwargs={"server_default": "stated"}
    )
    publisher: str = ""
    byline: str = Field(default="", sa_column_kwargs=EMPTY)
    source_home: str | None = Field(default=None, sa_type=KEY)
    feed_id: int | None = Field(default=None, foreign_key="feed.id", ondelete="SET NULL", index=True)
    report: str = Field(default="", index=True, sa_type=KEY)
    signature: bytes | None = None
    stored_at: datetime
    read_at: datetime | None = None
    reader_version: str = Field(default="", sa_type=KEY)
    is_change: bool | None = None
    score: float = 0.0
    reason: str = ""
    # Last: SQLite walks through a long text to reach the columns after it.
    text: str


class PageRow(TableRow, table=True):
    """The page that the text of an article was taken from (`db.articles.fetched_pages`): `packed` by zlib, `size` and
    `sha256` of what is packed. A table of its own, since it is larger than all others together."""

    __tablename__ = "page"
    article_id: int = Field(primary_key=True, foreign_key="article.id", ondelete="CASCADE")
    url: str
    content_type: str
    fetched_at: datetime = Field(index=True)
    sha256: str
    size: int
    packed: bytes


class FeedAddressRow(TableRow, table=True):
    """An address that a feed had until a moment: with it the feed is found, and never doubled."""

    __tablename__ = "feed_address"
    url: str = Field(primary_key=True, sa_type=KEY)
    feed_id: int = Field(foreign_key="feed.id", ondelete="CASCADE", index=True)
    until: datetime


class ArticleAddressRow(TableRow, table=True):
    """An address that led to an article whose own is another one; first seen when."""

    __tablename__ = "article_address"
    url: str = Field(primary_key=True, sa_type=KEY)
    article_id: int = Field(foreign_key="article.id", ondelete="CASCADE", index=True)
    seen_at: datetime


class FindingRow(Finding, TableRow, table=True):  # type: ignore[misc]  # two types of model_config, one value
    """A finding of one article; `ordinal` counts from 0 within the article."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("article_id", "ordinal"), Index(None, "jurisdiction", "stage"))
    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id", ondelete="CASCADE")
    ordinal: int
    jurisdiction: str | None = Field(default=None, sa_type=KEY)
    candidates: TEXTS = Field(default=(), sa_type=AsJson(TEXTS))
    stage: Stage = Field(sa_type=AsText(Stage))
    date: PartialDate | None = Field(default=None, sa_type=AsText(PartialDate.parse), nullable=False)
    basis: Basis = Field(sa_type=AsText(Basis))
    effect: Effect | None = Field(default=None, sa_type=AsText(Effect), nullable=False, sa_column_kwargs=EMPTY)
    direction: Direction | None = Field(default=None, sa_type=AsText(Direction), nullable=False, sa_column_kwargs=EMPTY)
    moved: bool = Field(default=False, sa_column_kwargs=FALSE)
    factuality: Factuality = Field(
        default=Factuality.ASSERTED, sa_type=AsText(Factuality), sa_column_kwargs={"server_default": "asserted"}
    )
    qualifiers: tuple[Qualifier, ...] = Field(
        default=(), sa_type=AsJsonText(tuple[Qualifier, ...]), nullable=False, sa_column_kwargs=EMPTY
    )
    witness: Witness = Field(
        default=Witness.ENCODER, sa_type=AsText(Witness), sa_column_kwargs={"server_default": "encoder"}
    )
    before: str = Field(default="", sa_column_kwargs=EMPTY)
    after: str = Field(default="", sa_column_kwargs=EMPTY)
    marks: tuple[Mark, ...] = Field(
        default=(), sa_type=AsJsonText(tuple[Mark, ...]), nullable=False, sa_column_kwargs=EMPTY
    )


class PolicyRow(Policy, TableRow, table=True):  # type: ignore[misc]
    """A policy; `name_locked` where a person named it."""

    __tablename__ = "policy"
    id: str = Field(primary_key=True, sa_type=KEY)
    jurisdiction: str = Field(index=True, sa_type=KEY)
    name_locked: bool = False
    entries: ClassVar[Any]  # type: ignore[misc]  # not a column: the entries name their policy


class EntryRow(Entry, TableRow, table=True):  # type: ignore[misc]
    """An entry; its evidence, its revisions and its policy are rows of their own. `need` is how much it needs a person,
    as it was when the entry was last saved (`tracker.timeline.decisions.review`): what the queue is sorted by."""

    __tablename__ = "entry"
    __table_args__ = (Index(None, "jurisdiction", "date", "id"), Index(None, "date", "id"))
    id: str = Field(primary_key=True, sa_type=KEY)
    policy: str = Field(sa_type=KEY, foreign_key="policy.id", index=True)
    jurisdiction: str = Field(sa_type=KEY)
    candidates: TEXTS = Field(default=(), sa_type=AsJson(TEXTS))
    stage: Stage = Field(sa_type=AsText(Stage))
    date: PartialDate | None = Field(default=None, sa_type=AsText(PartialDate.parse), nullable=False)
    basis: Basis = Field(sa_type=AsText(Basis))
    effect: Effect | None = Field(default=None, sa_type=AsText(Effect), nullable=False, sa_column_kwargs=EMPTY)
    direction: Direction | None = Field(default=None, sa_type=AsText(Direction), nullable=False, sa_column_kwargs=EMPTY)
    status: EntryStatus = Field(default=EntryStatus.PENDING, sa_type=AsText(EntryStatus))
    locked: frozenset[str] = Field(default=frozenset(), sa_type=AsJson(frozenset[str]))
    need: float = Field(default=0.0, index=True)
    evidence: ClassVar[Any]  # type: ignore[misc]
    revisions: ClassVar[Any]  # type: ignore[misc]
    policy_name: ClassVar[Any]  # type: ignore[misc]
    standing: ClassVar[Any]  # type: ignore[misc]
    standing_line: ClassVar[Any]  # type: ignore[misc]


class EvidenceRow(TableRow, table=True):
    """Which entry a finding supports: at most one."""

    __tablename__ = "evidence"
    finding_id: int = Field(primary_key=True, foreign_key="finding.id", ondelete="CASCADE")
    entry_id: str = Field(sa_type=KEY, foreign_key="entry.id", index=True)


class ActRow(RecordedAct, TableRow, table=True):  # type: ignore[misc]
    """What a person did, with all that undo needs (`db.timeline.act_log`). It names no row of another table, also where
    it takes an act back: a move to another database copies the rows in any order."""

    __tablename__ = "act"
    id: int | None = Field(default=None, primary_key=True)  # type: ignore[assignment]  # None until inserted
    kind: ActKind = Field(sa_type=AsText(ActKind))
    target: str = Field(sa_type=KEY, index=True)
    before: tuple[Before, ...] = Field(default=(), sa_type=AsJson(tuple[Before, ...]))
    pieces: tuple[Piece, ...] = Field(default=(), sa_type=AsJson(tuple[Piece, ...]))


class RevisionRow(Revision, TableRow, table=True):  # type: ignore[misc]
    """One change of an entry; numbers count from 1 within it. `act_id`: of a person's act, and of what followed it."""

    __tablename__ = "revision"
    __table_args__ = (PrimaryKeyConstraint("entry_id", "number"), Index(None, "at", "entry_id"))
    entry_id: str = Field(sa_type=KEY, foreign_key="entry.id", primary_key=True)
    number: int = Field(primary_key=True)
    at: datetime
    changes: tuple[Change, ...] = Field(default=(), sa_type=AsJson(tuple[Change, ...]))
    act: ClassVar[Any]  # type: ignore[misc]
    act_id: int | None = Field(default=None, foreign_key="act.id", index=True)


class MovedEntryRow(TableRow, table=True):
    """An entry that holds, or once held, evidence of a place where it does not stand: a person moved it, or a sentence
    that a person decided on is read in another way. Remembered, so that evidence that is found again finds it."""

    __tablename__ = "moved_entry"
    __table_args__ = (PrimaryKeyConstraint("place", "entry_id"),)
    place: str = Field(sa_type=KEY, primary_key=True)
    entry_id: str = Field(sa_type=KEY, foreign_key="entry.id", primary_key=True, index=True)


class PolicyRevisionRow(Revision, TableRow, table=True):  # type: ignore[misc]
    """What a person did to a policy; numbers count from 1 within it."""

    __tablename__ = "policy_revision"
    __table_args__ = (PrimaryKeyConstraint("policy_id", "number"),)
    policy_id: str = Field(sa_type=KEY, foreign_key="policy.id", primary_key=True)
    number: int = Field(primary_key=True)
    at: datetime
    changes: tuple[Change, ...] = Field(default=(), sa_type=AsJson(tuple[Change, ...]))
    act: ClassVar[Any]  # type: ignore[misc]
    act_id: int = Field(foreign_key="act.id", index=True)
