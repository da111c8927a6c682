"""The tables of the search. They are not among those of SQLModel: all that they hold is made of other tables, and is
made again where it is not there, as after a move to another engine. `migrations/first/search.py` has what only one
engine knows: the index itself, and the triggers that fill `search_stale`."""

from sqlalchemy import BigInteger, Boolean, Column, Integer, MetaData, String, Table

from db.columns import KEY

TABLES = MetaData()
NAMES = Table(
    "search_name",
    TABLES,
    Column("kind", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", KEY),
)
"""Places and topics (`kind`), and the numbers that stand for them in `facets`."""
STALE = Table("search_stale", TABLES, Column("entry_id", KEY))
"""Which entries are to be read in anew before the transaction ends. No key, so that nobody waits for another."""
STATE = Table("search_state", TABLES, Column("stamp", String), Column("number", Integer))
"""One row: by which rules the entries were read in (`db.search.facets.stamp`); a number that grows with each change."""
DOCS = Table(
    "search_doc",
    TABLES,
    Column("docid", Integer, primary_key=True),
    Column("entry_id", KEY, unique=True),
    Column("facets", BigInteger),
    Column("altered", Boolean),
    *(Column(name, String) for name in ("title", "about", "quotes", "articles")),
)
"""One row an entry. `facets`: see `db.search.facets`; `altered`: something of it is withheld. The words
are folded, a text a line; `articles` are other people's, which are searched and never shown."""
WORDS = Table("search_word", TABLES, Column("word", KEY, primary_key=True))
"""Each word that is searched, for `db.fulltext`."""
