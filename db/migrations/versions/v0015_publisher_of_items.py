"""The outlet of an item, where its feed is of several and says so (a news search)."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("item", sa.Column("publisher", sa.String(), nullable=False, server_default=sa.text("''")))
