"""Matters are counted from an index alone: every list of sources and every report asks for it."""

from alembic import op

revision = "0107"
down_revision = "0106"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_matter_source_id_followed", table_name="matter")
    op.create_index("ix_matter_source_id_followed_counts", "matter", ["source_id", "followed", "counts"])
