"""The first tables: feeds, items and their keys, articles, findings, policies, entries, evidence, revisions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _feed()
    _policy()
    _article()
    _entry()
    _finding()
    _item()
    _item_key()
    _revision()
    _evidence()


def _feed() -> None:
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", KEY, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("home", KEY, nullable=True),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("retired_at", MOMENT, nullable=True),
        sa.Column("next_poll", MOMENT, nullable=True),
        sa.Column("polled_at", MOMENT, nullable=True),
        sa.Column("heard_at", MOMENT, nullable=True),
        sa.Column("changed_at", MOMENT, nullable=True),
        sa.Column("interval_s", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("error_kind", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("modified", sa.String(), nullable=False),
        sa.Column("body_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feed"),
        sa.UniqueConstraint("url", name="uq_feed_url"),
    )
    op.create_index("ix_feed_next_poll", "feed", ["next_poll"])


def _policy() -> None:
    op.create_table(
        "policy",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("jurisdiction", KEY, nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("name_locked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_policy"),
    )
    op.create_index("ix_policy_jurisdiction", "policy", ["jurisdiction"])


def _article() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", KEY, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text_hash", KEY, nullable=False),
        sa.Column("published", sa.Date(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("source_home", KEY, nullable=True),
        sa.Column("feed_id", sa.Integer(), nullable=True),
        sa.Column("report", KEY, nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.Column("reader_version", KEY, nullable=False),
        sa.Column("is_change", sa.Boolean(), nullable=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name="fk_article_feed_id_feed", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.UniqueConstraint("url", name="uq_article_url"),
    )
    op.create_index("ix_article_feed_id", "article", ["feed_id"])
    op.create_index("ix_article_published", "article", ["published"])
    op.create_index("ix_article_reader_version_id", "article", ["reader_version", "id"])
    op.create_index("ix_article_report", "article", ["report"])
    op.create_index("ix_article_text_hash", "article", ["text_hash"])


def _entry() -> None:
    op.create_table(
        "entry",
        sa.Column("id", KEY, nullable=False),
        sa.Column("policy", KEY, nullable=False),
        sa.Column("jurisdiction", KEY, nullable=False),
        sa.Column("jurisdiction_name", sa.String(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("identifier", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("stage", KEY, nullable=False),
        sa.Column("date", KEY, nullable=False),
        sa.Column("basis", KEY, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("status", KEY, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("locked", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["policy"], ["policy.id"], name="fk_entry_policy_policy"),
        sa.PrimaryKeyConstraint("id", name="pk_entry"),
    )
    op.create_index("ix_entry_date_id", "entry", ["date", "id"])
    op.create_index("ix_entry_jurisdiction_date_id", "entry", ["jurisdiction", "date", "id"])
    op.create_index("ix_entry_policy", "entry", ["policy"])


def _finding() -> None:
    op.create_table(
        "finding",
        sa.Column("jurisdiction_name", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("identifier", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("jurisdiction", KEY, nullable=True),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("stage", KEY, nullable=False),
        sa.Column("date", KEY, nullable=False),
        sa.Column("basis", KEY, nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("primary", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_finding_article_id_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
        sa.UniqueConstraint("article_id", "ordinal", name="uq_finding_article_id_ordinal"),
    )
    op.create_index("ix_finding_jurisdiction_stage", "finding", ["jurisdiction", "stage"])


def _item() -> None:
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("identity", KEY, nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("published", MOMENT, nullable=True),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try", MOMENT, nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_item_article_id_article", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name="fk_item_feed_id_feed", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_item"),
        sa.UniqueConstraint("feed_id", "identity", name="uq_item_feed_id_identity"),
    )
    op.create_index("ix_item_article_id", "item", ["article_id"])
    op.create_index("ix_item_next_try", "item", ["next_try"])


def _item_key() -> None:
    op.create_table(
        "item_key",
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name="fk_item_key_feed_id_feed", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_item_key_item_id_item", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed_id", "key", name="pk_item_key"),
    )
    op.create_index("ix_item_key_item_id", "item_key", ["item_id"])


def _revision() -> None:
    op.create_table(
        "revision",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("entry_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_revision_entry_id_entry"),
        sa.PrimaryKeyConstraint("entry_id", "number", name="pk_revision"),
    )
    op.create_index("ix_revision_at_entry_id", "revision", ["at", "entry_id"])


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_evidence_entry_id_entry"),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name="fk_evidence_finding_id_finding", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("finding_id", name="pk_evidence"),
    )
    op.create_index("ix_evidence_entry_id", "evidence", ["entry_id"])
