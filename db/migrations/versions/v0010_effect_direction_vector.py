"""What a step does, which way it leads, and what its policy is about, as the reader saw it. Older findings have none
until their articles are read again."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("finding", sa.Column("effect", KEY, nullable=False, server_default=""))
    op.add_column("finding", sa.Column("direction", KEY, nullable=False, server_default=""))
    op.add_column("finding", sa.Column("policy_vector", sa.LargeBinary(), nullable=False, server_default=sa.text("''")))
