"""What each of two witnesses reads in an article by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("encoder_reading", "model_reading"):
        op.add_column("opinion", sa.Column(name, sa.String(), nullable=False, server_default=""))
