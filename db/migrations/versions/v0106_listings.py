"""The directory's listings that users add."""

import sqlalchemy as sa
from alembic import op

revision = "0106"
down_revision = "0105"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "listing",
        sa.Column("home", KEY, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("form", KEY, nullable=False),
        sa.Column("url", KEY, nullable=False),
        sa.Column("title", sa.String(), nullable=False, server_default=""),
        sa.Column("found_in", sa.String(), nullable=False, server_default=""),
        sa.Column("answered", sa.Date()),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("home", "kind", "form", name="pk_listing"),
    )
