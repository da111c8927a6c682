"""What stands around the quote of a finding, and where its article says each field."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("before", "after", "marks"):
        op.add_column("finding", sa.Column(name, sa.String(), nullable=False, server_default=""))
