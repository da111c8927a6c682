"""Who wrote an article, as its page says."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("article", sa.Column("byline", sa.String(), nullable=False, server_default=sa.text("''")))
