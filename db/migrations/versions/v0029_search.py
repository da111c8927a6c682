"""The full-text search: an index that the database's own triggers and every transaction keep right."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")

OF_ARTICLE = (
    "SELECT evidence.entry_id FROM evidence JOIN finding ON finding.id = evidence.finding_id "
    "WHERE finding.article_id = NEW.id"
)
MARKS = (
    ("entry", "INSERT", "SELECT NEW.id"),
    ("entry", "UPDATE", "SELECT NEW.id"),
    ("entry", "DELETE", "SELECT OLD.id"),
    ("evidence", "INSERT", "SELECT NEW.entry_id"),
    ("evidence", "UPDATE", "SELECT OLD.entry_id UNION SELECT NEW.entry_id"),
    ("evidence", "DELETE", "SELECT OLD.entry_id"),
    ("finding", "UPDATE", "SELECT evidence.entry_id FROM evidence WHERE evidence.finding_id = NEW.id"),
    ("policy", "UPDATE", "SELECT entry.id FROM entry WHERE entry.policy = NEW.id"),
    ("article", "UPDATE OF title, publisher, published, published_basis, report", OF_ARTICLE),
)
"""(table, when, which entries are to be read in anew)."""
PUT = "INSERT INTO search_text (rowid, title, about, quotes) VALUES (NEW.docid, NEW.title, NEW.about, NEW.quotes);"
TAKE = (
    "INSERT INTO search_text (search_text, rowid, title, about, quotes) "
    "VALUES ('delete', OLD.docid, OLD.title, OLD.about, OLD.quotes);"
)
"""How FTS5 is told of a row whose words stand in another table."""


def upgrade() -> None:
    op.create_table(
        "search_name",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.PrimaryKeyConstraint("kind", "number", name="pk_search_name"),
        sa.UniqueConstraint("kind", "name", name="uq_search_name_kind_name"),
    )
    op.create_table("search_stale", sa.Column("entry_id", KEY, nullable=False))
    op.create_table(
        "search_state",
        sa.Column("stamp", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
    )
    op.execute("INSERT INTO search_state (stamp, number) VALUES ('', 0)")
    op.create_table(
        "search_doc",
        sa.Column("docid", sa.Integer(), nullable=False),
        sa.Column("entry_id", KEY, nullable=False),
        sa.Column("facets", sa.BigInteger(), nullable=False),
        sa.Column("altered", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("quotes", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("docid", name="pk_search_doc"),
        sa.UniqueConstraint("entry_id", name="uq_search_doc_entry_id"),
    )
    op.create_index("ix_search_doc_facets", "search_doc", ["docid", "facets"])
    if op.get_bind().dialect.name == "postgresql":
        _postgres()
    else:
        _sqlite()


def _sqlite() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE search_text USING fts5(title, about, quotes, content='search_doc', "
        "content_rowid='docid', tokenize='porter unicode61 remove_diacritics 2')"
    )
    for when, act in (("INSERT", PUT), ("DELETE", TAKE), ("UPDATE", TAKE + PUT)):
        op.execute(f"CREATE TRIGGER search_doc_{when.lower()} AFTER {when} ON search_doc BEGIN {act} END")
    for table, when, which in MARKS:
        name = f"search_{table}_{when.split()[0].lower()}"
        op.execute(
            f"CREATE TRIGGER {name} AFTER {when} ON {table} BEGIN INSERT INTO search_stale (entry_id) {which}; END"
        )


def _postgres() -> None:
    weighed = " || ".join(
        f"setweight(to_tsvector('english', {name}), '{weight}')"
        for name, weight in (("title", "A"), ("about", "B"), ("quotes", "C"))
    )
    op.execute(f"ALTER TABLE search_doc ADD COLUMN words tsvector GENERATED ALWAYS AS ({weighed}) STORED")
    op.execute("CREATE INDEX ix_search_doc_words ON search_doc USING gin (words)")
    for table, when, which in MARKS:
        name = f"search_{table}_{when.split()[0].lower()}"
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"INSERT INTO search_stale (entry_id) {which}; RETURN NULL; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} AFTER {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
