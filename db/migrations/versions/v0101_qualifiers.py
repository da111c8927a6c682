"""What a sentence says of how a step was taken is kept with its finding: nothing of those that an earlier reader made;
each article tells it when it is read again."""

import sqlalchemy as sa
from alembic import op

revision = "0101"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("finding", sa.Column("qualifiers", sa.String(), nullable=False, server_default=""))
