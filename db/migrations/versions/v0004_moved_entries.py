"""Entries that hold, or once held, evidence of a place where they do not stand: people moved them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "moved_entry",
        sa.Column("place", KEY, nullable=False),
        sa.Column("entry_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_moved_entry_entry_id_entry"),
        sa.PrimaryKeyConstraint("place", "entry_id", name="pk_moved_entry"),
    )
    op.create_index("ix_moved_entry_entry_id", "moved_entry", ["entry_id"])
    # Nothing tells any more where they once stood; where their evidence is from is enough to find them.
    op.execute("""
        INSERT INTO moved_entry (place, entry_id)
        SELECT DISTINCT finding.jurisdiction, entry.id
        FROM entry
        JOIN evidence ON evidence.entry_id = entry.id
        JOIN finding ON finding.id = evidence.finding_id
        WHERE CAST(entry.locked AS VARCHAR) LIKE '%"jurisdiction"%' AND finding.jurisdiction <> entry.jurisdiction
    """)
