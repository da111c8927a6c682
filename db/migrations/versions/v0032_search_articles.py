"""The search also reads the articles behind the entries, and knows its words, so that it can offer the nearest one."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
COLUMNS = ("title", "about", "quotes", "articles")
PUT = (
    "INSERT INTO search_text (rowid, title, about, quotes, articles) "
    "VALUES (NEW.docid, NEW.title, NEW.about, NEW.quotes, NEW.articles);"
)
TAKE = (
    "INSERT INTO search_text (search_text, rowid, title, about, quotes, articles) "
    "VALUES ('delete', OLD.docid, OLD.title, OLD.about, OLD.quotes, OLD.articles);"
)
"""How FTS5 is told of a row whose words stand in another table."""
ARTICLE = "UPDATE OF title, publisher, published, published_basis, report, text"
OF_ARTICLE = (
    "SELECT evidence.entry_id FROM evidence JOIN finding ON finding.id = evidence.finding_id "
    "WHERE finding.article_id = NEW.id"
)


def upgrade() -> None:
    """All entries are read in anew at the next opening (`db.search_facets.SHAPE`), so what is there goes first."""
    is_postgres = op.get_bind().dialect.name == "postgresql"
    if is_postgres:
        op.execute("DROP INDEX ix_search_doc_words")
        op.execute("ALTER TABLE search_doc DROP COLUMN words")
    else:
        for when in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER search_doc_{when}")
        op.execute("DROP TABLE search_text")
    op.execute("DELETE FROM search_doc")
    op.add_column("search_doc", sa.Column("articles", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "search_word", sa.Column("word", KEY, nullable=False), sa.PrimaryKeyConstraint("word", name="pk_search_word")
    )
    (_postgres if is_postgres else _sqlite)()


def _sqlite() -> None:
    op.execute(
        f"CREATE VIRTUAL TABLE search_text USING fts5({', '.join(COLUMNS)}, content='search_doc', "
        "content_rowid='docid', tokenize='porter unicode61 remove_diacritics 2')"
    )
    for when, act in (("INSERT", PUT), ("DELETE", TAKE), ("UPDATE", TAKE + PUT)):
        op.execute(f"CREATE TRIGGER search_doc_{when.lower()} AFTER {when} ON search_doc BEGIN {act} END")
    op.execute("DROP TRIGGER search_article_update")
    op.execute(
        f"CREATE TRIGGER search_article_update AFTER {ARTICLE} ON article "
        f"BEGIN INSERT INTO search_stale (entry_id) {OF_ARTICLE}; END"
    )


def _postgres() -> None:
    weighed = " || ".join(
        f"setweight(to_tsvector('english', {name}), '{weight}')" for name, weight in zip(COLUMNS, "ABCD", strict=True)
    )
    op.execute(f"ALTER TABLE search_doc ADD COLUMN words tsvector GENERATED ALWAYS AS ({weighed}) STORED")
    op.execute("CREATE INDEX ix_search_doc_words ON search_doc USING gin (words)")
    op.execute("DROP TRIGGER search_article_update ON article")
    op.execute(
        f"CREATE TRIGGER search_article_update AFTER {ARTICLE} ON article "
        "FOR EACH ROW EXECUTE FUNCTION search_article_update()"
    )
