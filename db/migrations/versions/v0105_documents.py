"""Policies as they are published: documents, versions, changes and their edits."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0105"
down_revision = "0104"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def text(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.String(), nullable=False)


def key(name: str, *, empty: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, KEY, nullable=False, server_default="" if empty else None)


def moment(name: str, *, needed: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not needed)


def number(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.Integer(), nullable=False)


def flag(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.Boolean(), nullable=False)


def of(table: str, name: str, ends: str = "CASCADE", **more: Any) -> "sa.Column[Any]":
    refers = sa.ForeignKey(f"{table}.id", ondelete=ends)
    return sa.Column(name, sa.Integer(), refers, nullable=ends == "SET NULL", **more)


def documents() -> dict[str, tuple[Any, ...]]:
    return {
        "document": (
            sa.Column("id", sa.Integer(), primary_key=True),
            of("feed", "source_id", "SET NULL"),
            key("address"),
            *map(text, ("location", "name", "number", "title", "department")),
            sa.Column("jurisdiction", KEY),
            moment("first_seen", needed=True),
            moment("last_seen", needed=True),
            number("missing"),
            *map(moment, ("gone_at", "visited_at", "next_visit")),
            *map(number, ("interval_s", "unchanged")),
            *map(text, ("etag", "modified", "body_hash")),
            number("errors"),
            text("error"),
            sa.UniqueConstraint("source_id", "address", name="uq_document_source_id_address"),
        ),
        "document_version": (
            sa.Column("id", sa.Integer(), primary_key=True),
            of("document", "document_id"),
            number("number"),
            moment("first_seen", needed=True),
            moment("last_seen", needed=True),
            *map(text, ("url", "sha256")),
            number("size"),
            *map(text, ("content_type", "title")),
            sa.Column("printed", sa.JSON(), nullable=False),
            text("withdrawn"),
            number("pages"),
            *map(flag, ("scanned", "cut")),
            text("unreadable"),
            *(sa.Column(name, sa.LargeBinary(), nullable=True) for name in ("text", "packed")),
            sa.UniqueConstraint("document_id", "number", name="uq_document_version_document_id_number"),
        ),
    }


def changes() -> dict[str, tuple[Any, ...]]:
    return {
        "document_change": (
            sa.Column("id", sa.Integer(), primary_key=True),
            of("document", "document_id"),
            of("document_version", "old_id"),
            of("document_version", "new_id"),
            moment("at", needed=True),
            *map(number, ("moved", "renumbered")),
            of("article", "article_id", "SET NULL"),
            sa.UniqueConstraint("new_id", name="uq_document_change_new_id"),
        ),
        "document_edit": (
            sa.Column("id", sa.Integer(), primary_key=True),
            of("document_change", "change_id"),
            number("ordinal"),
            key("kind"),
            *map(text, ("old", "new", "old_path", "new_path")),
            flag("moved"),
            key("sort"),
            sa.Column("odds", sa.Float(), nullable=False),
            key("decision", empty=True),
            text("actor"),
            moment("decided_at"),
            sa.UniqueConstraint("change_id", "ordinal", name="uq_document_edit_change_id_ordinal"),
        ),
    }


INDEXES = (
    ("document", ["source_id", "next_visit"]),
    ("document", ["address"]),
    ("document", ["jurisdiction"]),
    ("document_change", ["document_id"]),
    ("document_change", ["old_id"]),
    ("document_change", ["at"]),
    ("document_change", ["article_id"]),
    ("document_edit", ["sort", "decision"]),
)


def upgrade() -> None:
    for table, columns_of in (documents() | changes()).items():
        op.create_table(table, *columns_of)
    for table, columns in INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)
