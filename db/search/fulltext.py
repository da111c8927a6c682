"""Which rows of the search hold the words: FTS5 on SQLite, tsvector on PostgreSQL. What only one of them knows is here.

Every word is given as a value of its own, letters and digits only: nothing that is typed can be wrong, or more than
words.
"""

from functools import reduce
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Select, column, func, literal_column, select, table
from sqlalchemy.ext.compiler import compiles

from db.search.tables import DOCS
from tracker.publish.searching import Words
from tracker.publish.spellings import Either, Phrase

_FTS = table("search_text", column("rowid"))
_WHOLE: ColumnElement[Any] = literal_column("search_text")
"""FTS5 names the table for all of its columns."""
_ENGLISH: ColumnElement[Any] = literal_column("'english'")
WEIGHTS = (6.0, 3.0, 1.0, 0.1)
"""What a word in the title, in what the entry is about, in a quote and in an article is worth against the others (BM25
on SQLite)."""
RANKS: ColumnElement[Any] = literal_column("'{0.02, 0.17, 0.5, 1.0}'::real[]")
"""The same for `ts_rank`: of the weights D, C, B and A."""


def holding(dialect: str, words: Words) -> ColumnElement[bool]:
    """Whether a row of `search_doc` holds the words."""
    if dialect == "postgresql":
        return column("words").op("@@")(_tsquery(words))
    if words.wanted:
        return DOCS.c.docid.in_(select(_FTS.c.rowid).where(_match(_query(words))))
    return DOCS.c.docid.not_in(select(_FTS.c.rowid).where(_match(_either(words.without))))


class Holding(ColumnElement[bool]):
    """The same where the engine is not known yet: it is written in the words of whichever it is sent to."""

    type = Boolean()
    inherit_cache = False
    """No statement is kept for the next words: few ask for the same ones."""

    def __init__(self, words: Words) -> None:
        self.words = words


@compiles(Holding)
def _written(element: Holding, compiler: Any, **options: Any) -> str:
    return str(compiler.process(holding(compiler.dialect.name, element.words), **options))


def ranked(dialect: str, words: Words) -> Select[Any]:
    """(docid, how well it answers: less is better) of every row that holds the words, of which some are wanted."""
    if dialect == "postgresql":
        query = _tsquery(words)
        rank = func.ts_rank(RANKS, column("words"), query)
        return select(DOCS.c.docid, -rank).where(column("words").op("@@")(query))
    return select(_FTS.c.rowid, func.bm25(_WHOLE, *WEIGHTS)).select_from(_FTS).where(_match(_query(words)))


def _match(query: str) -> ColumnElement[bool]:
    return _WHOLE.op("MATCH")(query)


def _query(words: Words) -> str:
    """In the language of FTS5."""
    wanted = " AND ".join(f"({_any(either)})" for either in words.wanted)
    return f"({wanted}) NOT ({_either(words.without)})" if words.without else wanted


def _either(terms: tuple[Either, ...]) -> str:
    return " OR ".join(map(_any, terms))


def _any(either: Either) -> str:
    return " OR ".join(f'"{" ".join(phrase)}"' for phrase in either)


def _tsquery(words: Words) -> ColumnElement[Any]:
    parts = [_one_of(either) for either in words.wanted]
    parts += [func.tsquery_not(_one_of(either)) for either in words.without]
    return reduce(func.tsquery_and, parts)


def _one_of(either: Either) -> ColumnElement[Any]:
    return reduce(func.tsquery_or, map(_phrase, either))


def _phrase(phrase: Phrase) -> ColumnElement[Any]:
    return func.phraseto_tsquery(_ENGLISH, " ".join(phrase))
