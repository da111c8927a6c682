"""Who may use the desk, and where they are signed in."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "desk_user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", KEY, nullable=False),
        sa.Column("role", KEY, nullable=False),
        sa.Column("password", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("password_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_user"),
        sa.UniqueConstraint("folded", name="uq_desk_user_folded"),
    )
    op.create_table(
        "desk_session",
        sa.Column("hash", KEY, nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["desk_user.id"], name="fk_desk_session_user_id_desk_user", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hash", name="pk_desk_session"),
    )
    op.create_index("ix_desk_session_user_id", "desk_session", ["user_id"])
