"""What moved and what was taken off agendas; subscriptions to agendas, and which hearings each subscriber was told."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0104"
down_revision = "0103"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def moment(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime(timezone=True))


def number(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.Integer(), nullable=False, server_default="0")


def added() -> dict[str, tuple["sa.Column[Any]", ...]]:
    return {
        "meeting": (
            sa.Column("former_day", sa.Date()),
            sa.Column("former_hour", sa.Time()),
            moment("moved_at"),
            number("revision"),
        ),
        "agenda_item": (moment("changed_at"), number("revision")),
        "subscription": (
            sa.Column("agenda", sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column("matters", sa.String(), nullable=False, server_default=""),
            sa.Column("words", sa.String(), nullable=False, server_default=""),
        ),
    }


def upgrade() -> None:
    for table, columns in added().items():
        for column in columns:
            op.add_column(table, column)
    op.create_table(
        "hearing_ledger",
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("hearing", KEY, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.Time()),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscriber_id"],
            ["subscriber.id"],
            name="fk_hearing_ledger_subscriber_id_subscriber",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_hearing_ledger_message_id_message", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("subscriber_id", "hearing", "revision", name="pk_hearing_ledger"),
    )
    op.create_index("ix_hearing_ledger_message_id", "hearing_ledger", ["message_id"])
