"""When the database was put back from a copy."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "restore",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mails_wait", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_restore"),
        if_not_exists=True,  # restoring a copy that has it not, `db.restore_postgres` makes it
    )
