"""Sources of other kinds than feeds: their kind and cursor, a council's matters and meetings, the sheet of agreements,
and what makes an article a record."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0103"
down_revision = "0102"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def text(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.String(), nullable=False)


def key(name: str, *, empty: bool = False, **more: Any) -> "sa.Column[Any]":
    return sa.Column(name, KEY, nullable=False, server_default="" if empty else None, **more)


def moment(name: str, *, needed: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not needed)


def of(table: str, name: str, ends: str = "CASCADE", **more: Any) -> "sa.Column[Any]":
    refers = sa.ForeignKey(f"{table}.id", ondelete=ends)
    return sa.Column(name, sa.Integer(), refers, nullable=ends == "SET NULL", **more)


def of_councils() -> dict[str, tuple[Any, ...]]:
    return {
        "matter": (
            sa.Column("id", sa.Integer(), primary_key=True),
            of("feed", "source_id"),
            sa.Column("number", sa.BigInteger(), nullable=False),
            *map(text, ("file", "kind", "title", "name", "summary", "body", "status", "enactment")),
            moment("changed"),
            *(sa.Column(name, sa.Date()) for name in ("introduced", "enacted")),
            *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("counts", "followed")),
            text("topic"),
            moment("asked"),
            sa.Column("ended", sa.Boolean(), nullable=False),
            moment("first_seen", needed=True),
            sa.UniqueConstraint("source_id", "number", name="uq_matter_source_id_number"),
        ),
        "meeting": (
            sa.Column("id", sa.Integer(), primary_key=True),
            of("feed", "source_id"),
            sa.Column("number", sa.BigInteger(), nullable=False),
            text("body"),
            sa.Column("day", sa.Date(), nullable=False),
            sa.Column("hour", sa.Time()),
            *map(text, ("location", "address", "status")),
            moment("first_seen", needed=True),
            moment("gone_at"),
            sa.UniqueConstraint("source_id", "number", name="uq_meeting_source_id_number"),
        ),
        "agenda_item": (
            of("meeting", "meeting_id", primary_key=True),
            sa.Column("matter", sa.BigInteger(), primary_key=True),
            *map(text, ("file", "title", "action")),
            moment("first_seen", needed=True),
            moment("gone_at"),
        ),
    }


def beside() -> dict[str, tuple[Any, ...]]:
    return {
        "record": (
            of("article", "article_id", primary_key=True),
            of("feed", "source_id", "SET NULL"),
            key("kind"),
            key("matter", empty=True),
            key("record", empty=True),
        ),
        "action_meaning": (
            of("feed", "source_id", primary_key=True),
            key("words", primary_key=True),
            *map(text, ("name", "body", "example")),
            moment("first_seen", needed=True),
            *map(text, ("meaning", "actor")),
            moment("decided_at"),
        ),
        "agreement": (
            sa.Column("id", sa.Integer(), primary_key=True),
            of("feed", "source_id"),
            key("state"),
            *map(text, ("agency", "kind", "county", "model")),
            sa.Column("signed", sa.Date()),
            sa.Column("jurisdiction", KEY),
            moment("first_seen", needed=True),
            moment("last_seen", needed=True),
            sa.Column("missing", sa.Integer(), nullable=False),
            moment("gone_at"),
        ),
    }


INDEXES = (
    ("record", ["source_id", "matter"]),
    ("matter", ["source_id", "followed"]),
    ("meeting", ["day"]),
    ("agreement", ["source_id"]),
    ("agreement", ["jurisdiction"]),
)


def upgrade() -> None:
    op.add_column("feed", sa.Column("kind", KEY, nullable=False, server_default="feed"))
    op.add_column("feed", sa.Column("topics", sa.String(), nullable=False, server_default=""))
    op.add_column("feed", sa.Column("cursor", sa.String(), nullable=False, server_default=""))
    for table, columns_of in (beside() | of_councils()).items():
        op.create_table(table, *columns_of)
    for table, columns in INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)
