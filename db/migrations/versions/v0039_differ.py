"""Articles that two witnesses read differently are found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("opinion", sa.Column("differ", sa.Boolean(), nullable=False, server_default=sa.false()))
