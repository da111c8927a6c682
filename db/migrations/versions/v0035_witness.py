"""Who read a step: the encoder, a language model, or both. What was found before is the encoder's."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("finding", sa.Column("witness", sa.String(), nullable=False, server_default="encoder"))
