"""Review: how much an entry needs a person, and what people did to policies."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("entry", sa.Column("need", sa.Float(), nullable=True))
    # Near enough until an entry is saved again: the reader's doubt is most of a need.
    op.execute("UPDATE entry SET need = CASE WHEN status = 'pending' THEN 4 * (1 - score) ELSE 0 END")
    with op.batch_alter_table("entry") as entry:
        entry.alter_column("need", existing_type=sa.Float(), nullable=False)
    op.create_index("ix_entry_need", "entry", ["need"])
    op.create_table(
        "policy_revision",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("policy_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name="fk_policy_revision_policy_id_policy"),
        sa.PrimaryKeyConstraint("policy_id", "number", name="pk_policy_revision"),
    )
