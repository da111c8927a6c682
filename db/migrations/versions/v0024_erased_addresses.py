"""Addresses whose owners had everything about them erased, as keyed hashes."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "erased_address",
        sa.Column("hash", KEY, nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_erased_address"),
    )
