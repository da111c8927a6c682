"""The full-text search: an index that the database's own triggers and every transaction keep right."""

from alembic import op

from db.migrations.first.columns import (
    EMPTY,
    FLAG,
    KEY,
    LARGE,
    NUMBER,
    TEXT,
    columns,
    primary,
    unique,
)

COLUMNS = ("title", "about", "quotes", "articles")
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
    ("article", "UPDATE OF title, publisher, published, published_basis, report, text", OF_ARTICLE),
)
"""(table, when, which entries are to be read in anew)."""
PUT = (
    "INSERT INTO search_text (rowid, title, about, quotes, articles) "
    "VALUES (NEW.docid, NEW.title, NEW.about, NEW.quotes, NEW.articles);"
)
TAKE = (
    "INSERT INTO search_text (search_text, rowid, title, about, quotes, articles) "
    "VALUES ('delete', OLD.docid, OLD.title, OLD.about, OLD.quotes, OLD.articles);"
)
"""How FTS5 is told of a row whose words stand in another table."""


def make() -> None:
    op.create_table(
        "search_name",
        *columns(TEXT, "kind"),
        *columns(NUMBER, "number"),
        *columns(KEY, "name"),
        primary("search_name", "kind", "number"),
        unique("search_name", "kind", "name"),
    )
    op.create_table("search_word", *columns(KEY, "word"), primary("search_word", "word"))
    op.create_table("search_stale", *columns(KEY, "entry_id"))
    op.create_table("search_state", *columns(TEXT, "stamp"), *columns(NUMBER, "number"))
    op.execute("INSERT INTO search_state (stamp, number) VALUES ('', 0)")
    op.create_table(
        "search_doc",
        *columns(NUMBER, "docid"),
        *columns(KEY, "entry_id"),
        *columns(LARGE, "facets"),
        *columns(FLAG, "altered"),
        *columns(TEXT, "title", "about", "quotes"),
        *columns(TEXT, "articles", default=EMPTY),
        primary("search_doc", "docid"),
        unique("search_doc", "entry_id"),
    )
    op.create_index("ix_search_doc_facets", "search_doc", ["docid", "facets"])
    (_postgres if op.get_bind().dialect.name == "postgresql" else _sqlite)()


def _sqlite() -> None:
    op.execute(
        f"CREATE VIRTUAL TABLE search_text USING fts5({', '.join(COLUMNS)}, content='search_doc', "
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
        f"setweight(to_tsvector('english', {name}), '{weight}')" for name, weight in zip(COLUMNS, "ABCD", strict=True)
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
