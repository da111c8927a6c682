"""Review: uncertain entries come first."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Near enough until an entry is saved again: how sure an entry is hangs on more than its score, most of all on that.
    op.execute("UPDATE entry SET need = need + 10 WHERE status = 'pending' AND score < 0.7")
