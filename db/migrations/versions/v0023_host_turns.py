"""Turns at hosts, shared by all processes that ask them."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "host_turn",
        sa.Column("host", KEY, nullable=False),
        sa.Column("next_start", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("host", name="pk_host_turn"),
    )
    op.create_table(
        "host_lease",
        sa.Column("key", KEY, nullable=False),
        sa.Column("host", KEY, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_host_lease"),
    )
    op.create_index("ix_host_lease_host", "host_lease", ["host"])
