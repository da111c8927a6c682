"""How the day is known on which an article ran.

An article whose feed gave no date, and that bears the moment at which it was stored, got that day because nothing told
its own. What it says of "Tuesday" was reckoned from it, so it waits to be read again.
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
SOON = timedelta(minutes=10)
"""Between the moment that stood for an unknown one and the storing of the article: a page may have been fetched."""
AT_ONCE = 500


def upgrade() -> None:
    # With a default nothing is copied, however large the texts are.
    op.add_column("article", sa.Column("published_basis", KEY, nullable=False, server_default="stated"))
    article = sa.table(
        "article",
        *(sa.column(name, MOMENT) for name in ("published_at", "stored_at")),
        *(sa.column(name) for name in ("id", "published_basis", "reader_version", "report", "signature")),
    )
    item = sa.table("item", sa.column("article_id"), sa.column("published", MOMENT))
    undated = sa.select(item.c.article_id).group_by(item.c.article_id).having(sa.func.count(item.c.published) == 0)
    asked = sa.select(article.c.id, article.c.published_at, article.c.stored_at)
    rows = op.get_bind().execute(asked.where(article.c.id.in_(undated), article.c.published_at.is_not(None))).all()
    found = [key for key, at, stored in rows if timedelta() <= stored - at <= SOON]
    seen = {"published_basis": "seen", "published_at": None, "reader_version": "", "report": "", "signature": None}
    for first in range(0, len(found), AT_ONCE):
        op.get_bind().execute(article.update().where(article.c.id.in_(found[first : first + AT_ONCE])).values(**seen))
