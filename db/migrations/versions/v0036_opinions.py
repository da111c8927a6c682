"""Second opinions: which articles are asked about, what was answered, what a day cost, how good a model is."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
TO_ASK = sa.text("next_try IS NOT NULL")


def upgrade() -> None:
    _articles()
    _days_and_checks()


def _articles() -> None:
    op.create_table(
        "opinion",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("published", sa.Date(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("from_file", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("input_tokens", sa.Integer(), nullable=False),
        sa.Column("output_tokens", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("raw", sa.String(), nullable=False),
        sa.Column("request", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_opinion_article_id_article", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name="pk_opinion"),
    )
    op.create_index(
        "ix_opinion_published_article_id",
        "opinion",
        ["published", "article_id"],
        sqlite_where=TO_ASK,
        postgresql_where=TO_ASK,
    )
    op.create_index("ix_opinion_state_published_article_id", "opinion", ["state", "published", "article_id"])


def _days_and_checks() -> None:
    op.create_table(
        "opinion_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("model", KEY, nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("asked", "answered", "refused", "input_tokens", "output_tokens")
        ),
        sa.Column("quiet_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", "model", name="pk_opinion_day"),
    )
    op.create_table(
        "opinion_check",
        sa.Column("model", KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("model", name="pk_opinion_check"),
    )
