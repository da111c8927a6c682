"""The tables of policies as they are published: documents, their versions, what changed from one to the next."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from db.columns import KEY, AsJson, AsText
from db.tables.timeline import EMPTY, TableRow
from tracker.kinds import EditSort
from tracker.partial_date import PartialDate
from tracker.read.documents.comparison import EditKind
from tracker.read.documents.printed_labels import DateKind

PrintedDates = dict[DateKind, PartialDate]
"""The leading date of each kind that a version prints of itself."""


class DocumentRow(TableRow, table=True):
    """A policy at an address that a source lists. `name` as the list has it; `number`, `title` and `department` by its
    own head; `location`: where it was moved to for good, empty where it is at its address; `last_seen`: when a list had
    it last, or it was itself there. `missing`: how many lists in a row lacked it; `gone_at`: since when it counts
    as no longer published. The rest is its own pace, as that of a feed."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("source_id", "address"), Index(None, "source_id", "next_visit"))
    id: int | None = Field(default=None, primary_key=True)
    source_id: int | None = Field(default=None, foreign_key="feed.id", ondelete="SET NULL")
    address: str = Field(sa_type=KEY, index=True)
    location: str = ""
    name: str = ""
    number: str = ""
    title: str = ""
    department: str = ""
    jurisdiction: str | None = Field(default=None, sa_type=KEY, index=True)
    first_seen: datetime
    last_seen: datetime
    missing: int = 0
    gone_at: datetime | None = None
    visited_at: datetime | None = None
    next_visit: datetime | None = None
    interval_s: int = 0
    unchanged: int = 0
    etag: str = ""
    modified: str = ""
    body_hash: str = ""
    errors: int = 0
    error: str = ""


class DocumentVersionRow(TableRow, table=True):
    """A version of a document; `number` counts from 1. `first_seen` to `last_seen`: from the first to the last visit
    that met it; `sha256`, `size` and `content_type` of the file, `packed` the file itself by zlib and `text` what it
    says, its `DocumentText` as JSON, packed too: both None where they prove nothing and were pruned, `text` also where
    it cannot be read. `printed`: the dates that it prints of itself; `withdrawn`: the words by which it says that it
    no longer holds; `unreadable`: why it cannot be read."""

    __tablename__ = "document_version"
    __table_args__ = (UniqueConstraint("document_id", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", ondelete="CASCADE")
    number: int
    first_seen: datetime
    last_seen: datetime
    url: str
    sha256: str
    size: int
    content_type: str = ""
    title: str = ""
    printed: PrintedDates = Field(default={}, sa_type=AsJson(PrintedDates), nullable=False)
    withdrawn: str = ""
    pages: int = 0
    scanned: bool = False
    cut: bool = False
    unreadable: str = ""
    # Last: SQLite walks through them to reach the columns after.
    text: bytes | None = None
    packed: bytes | None = None


class DocumentChangeRow(TableRow, table=True):
    """What another version of a document changed; its edits are rows of their own. `at`: the visit that met it;
    `article_id`: the article that tells it, None where no rule was changed."""

    __tablename__ = "document_change"
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", ondelete="CASCADE", index=True)
    old_id: int = Field(foreign_key="document_version.id", ondelete="CASCADE", index=True)
    new_id: int = Field(foreign_key="document_version.id", ondelete="CASCADE", unique=True)
    at: datetime = Field(index=True)
    moved: int = 0
    renumbered: int = 0
    article_id: int | None = Field(default=None, foreign_key="article.id", ondelete="SET NULL", index=True)


class DocumentEditRow(TableRow, table=True):
    """One sentence that a change added, removed or changed, in the order of the new version: `old` empty where it was
    added, `new` where it was removed; `old_path` and `new_path`: under which numbers it stands. `sort` and `odds` (log)
    by the program, `decision` by a person: None until one looks."""

    __tablename__ = "document_edit"
    __table_args__ = (UniqueConstraint("change_id", "ordinal"), Index(None, "sort", "decision"))
    id: int | None = Field(default=None, primary_key=True)
    change_id: int = Field(foreign_key="document_change.id", ondelete="CASCADE")
    ordinal: int
    kind: EditKind = Field(sa_type=AsText(EditKind))
    old: str = ""
    new: str = ""
    old_path: str = ""
    new_path: str = ""
    moved: bool = False
    sort: EditSort = Field(sa_type=AsText(EditSort))
    odds: float = 0.0
    decision: EditSort | None = Field(default=None, sa_type=AsText(EditSort), nullable=False, sa_column_kwargs=EMPTY)
    actor: str = ""
    decided_at: datetime | None = None
