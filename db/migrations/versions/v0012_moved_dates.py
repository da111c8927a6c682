"""Whether a sentence says that a date was changed, and whether its date is the one given up, as the reader saw it.

Older findings tell neither until their articles are read again."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("moved", "given_up"):
        op.add_column("finding", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
