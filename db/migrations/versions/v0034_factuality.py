"""Whether a sentence asserts, denies or postpones its step, as the reader saw it; a date that was given up is
one that was put off.

Older findings assert theirs until their articles are read again."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("finding", sa.Column("factuality", sa.String(), nullable=False, server_default="asserted"))
    op.execute(sa.text("UPDATE finding SET factuality = 'postponed' WHERE given_up"))
    op.drop_column("finding", "given_up")
