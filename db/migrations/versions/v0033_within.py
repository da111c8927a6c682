"""Subscriptions to what lies within some miles of a place."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscription", sa.Column("within", sa.Integer(), nullable=False, server_default="0"))
