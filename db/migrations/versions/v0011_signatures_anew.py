"""Signatures are made by another library: those of the one before are dropped, since the two cannot be compared.

They are made anew when copies are looked for. Which articles are known to be copies (`report`) stays.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    article = sa.table("article", sa.column("signature"))
    op.execute(article.update().where(article.c.signature.is_not(None)).values(signature=None))
