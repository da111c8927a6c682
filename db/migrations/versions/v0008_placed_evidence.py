"""Where the evidence of merges and splits was, so that these can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "placed_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("was_in", KEY, nullable=False),
        sa.Column("was_revision", sa.Integer(), nullable=False),
        sa.Column("put_in", KEY, nullable=False),
        sa.Column("put_revision", sa.Integer(), nullable=False),
        sa.Column("key", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["put_in"], ["entry.id"], name="fk_placed_evidence_put_in_entry"),
        sa.ForeignKeyConstraint(["was_in"], ["entry.id"], name="fk_placed_evidence_was_in_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_placed_evidence"),
    )
    for side in ("was", "put"):
        columns = [f"{side}_in", f"{side}_revision"]
        op.create_index(f"ix_placed_evidence_{'_'.join(columns)}", "placed_evidence", columns)
