"""The digest: subscribers and what they follow, composed mails, the ledger, bounces."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _subscriber()
    _subscription()
    _edition()
    _message()
    _ledger()
    _bounce()


def _subscriber() -> None:
    op.create_table(
        "subscriber",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("folded", KEY, nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("frequency", KEY, nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("suppressed_at", MOMENT, nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("last_slot", sa.String(), nullable=False),
        sa.Column("last_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_subscriber"),
        sa.UniqueConstraint("folded", name="uq_subscriber_folded"),
        sa.UniqueConstraint("key", name="uq_subscriber_key"),
    )


def _subscription() -> None:
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("place", KEY, nullable=True),
        sa.Column("inside", sa.Boolean(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("stages", sa.JSON(), nullable=False),
        _subscriber_key("subscription"),
        sa.PrimaryKeyConstraint("id", name="pk_subscription"),
    )
    op.create_index("ix_subscription_subscriber_id", "subscription", ["subscriber_id"])


def _edition() -> None:
    op.create_table(
        "edition",
        sa.Column("id", KEY, nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("bulk", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_edition"),
    )
    op.create_index("ix_edition_created_at", "edition", ["created_at"])


def _message() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", KEY, nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", KEY, nullable=True),
        sa.Column("slot", KEY, nullable=False),
        sa.Column("state", KEY, nullable=False),
        sa.Column("composed_at", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("unclear", sa.Integer(), nullable=False),
        sa.Column("tried_at", MOMENT, nullable=True),
        sa.Column("next_try", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        _subscriber_key("message"),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name="fk_message_edition_id_edition", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("message_id", name="uq_message_message_id"),
        sa.UniqueConstraint("subscriber_id", "slot", name="uq_message_subscriber_id_slot"),
    )
    op.create_index("ix_message_edition_id", "message", ["edition_id"])
    op.create_index("ix_message_next_try_id", "message", ["next_try", "id"])
    op.create_index("ix_message_state", "message", ["state"])


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", KEY, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("in_full", sa.Boolean(), nullable=False),
        _subscriber_key("ledger"),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_ledger_message_id_message", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("subscriber_id", "entry_id", "revision", name="pk_ledger"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ledger_message_id", "ledger", ["message_id"])


def _bounce() -> None:
    op.create_table(
        "bounce",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber_id", sa.Integer(), nullable=False),
        sa.Column("key", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("hard", sa.Boolean(), nullable=False),
        _subscriber_key("bounce"),
        sa.PrimaryKeyConstraint("id", name="pk_bounce"),
        sa.UniqueConstraint("key", name="uq_bounce_key"),
    )
    op.create_index("ix_bounce_subscriber_id", "bounce", ["subscriber_id"])


def _subscriber_key(table: str) -> sa.ForeignKeyConstraint:
    """Whoever is removed takes all of theirs along."""
    name = f"fk_{table}_subscriber_id_subscriber"
    return sa.ForeignKeyConstraint(["subscriber_id"], ["subscriber.id"], name=name, ondelete="CASCADE")
