"""Who is sent no mails for a while because a person decided so."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscriber", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("subscriber", sa.Column("paused_by", sa.String(), nullable=False, server_default=""))
