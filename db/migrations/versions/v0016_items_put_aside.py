"""Items that are put aside by their headline and summary, and by which version of the screen."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.add_column("item", sa.Column("screened_by", key, nullable=True))
    some = sa.text("screened_by IS NOT NULL")
    op.create_index(
        "ix_item_screened_by_feed_id", "item", ["screened_by", "feed_id"], sqlite_where=some, postgresql_where=some
    )
