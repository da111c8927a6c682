"""What the step of an entry does, and which way it leads. Older entries tell neither until
their place is folded again."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("entry", sa.Column("effect", KEY, nullable=False, server_default=""))
    op.add_column("entry", sa.Column("direction", KEY, nullable=False, server_default=""))
