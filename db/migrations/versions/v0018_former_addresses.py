"""The addresses that feeds had before, and those that led to articles."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    for table, owner, moment in (("feed_address", "feed", "until"), ("article_address", "article", "seen_at")):
        op.create_table(
            table,
            sa.Column("url", KEY, nullable=False),
            sa.Column(f"{owner}_id", sa.Integer(), nullable=False),
            sa.Column(moment, sa.DateTime(timezone=True), nullable=False),
            sa.ForeignKeyConstraint(
                [f"{owner}_id"], [f"{owner}.id"], name=f"fk_{table}_{owner}_id_{owner}", ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("url", name=f"pk_{table}"),
        )
        op.create_index(f"ix_{table}_{owner}_id", table, [f"{owner}_id"])
