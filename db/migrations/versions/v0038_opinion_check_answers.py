"""Checks of models: which rules they were by, and the answers of a check that is under way."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("opinion_check", sa.Column("rules", sa.String(), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "opinion_check_answer",
        sa.Column("model", KEY, nullable=False),
        sa.Column("fingerprint", KEY, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("input_tokens", sa.Integer(), nullable=False),
        sa.Column("output_tokens", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("model", "fingerprint", name="pk_opinion_check_answer"),
    )
