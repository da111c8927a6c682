"""Which rows of the search hold the words: FTS5 on SQLite, tsvector on PostgreSQL. What only one of them knows is here;
so are the words that are searched, each once, and the nearest of them to one that was typed wrong.

Every word is given as a value of its own, letters and digits only: nothing that is typed can be wrong, or more than
words.
"""

from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Select, column, delete, func, literal_column, select, table
from sqlalchemy.ext.compiler import compiles
from sqlmodel import Session

from db.mapping import batches, insert_of
from db.tables.search import DOCS, WORDS
from tracker.nearest import near
from tracker.publish.search_query import Phrase, SearchQuery, Spellings

_FTS = table("search_text", column("rowid"))
_WHOLE: ColumnElement[Any] = literal_column("search_text")
"""FTS5 names the table for all of its columns."""
_ENGLISH: ColumnElement[Any] = literal_column("'english'")
WEIGHTS = (6.0, 3.0, 1.0, 0.1)
"""What a word in the title, in what the entry is about, in a quote and in an article is worth against the others (BM25
on SQLite)."""
RANKS: ColumnElement[Any] = literal_column("'{0.02, 0.17, 0.5, 1.0}'::real[]")
"""The same for `ts_rank`: of the weights D, C, B and A."""


def holding(dialect: str, words: SearchQuery) -> ColumnElement[bool]:
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

    def __init__(self, words: SearchQuery) -> None:
        self.words = words


@compiles(Holding)
def _written(element: Holding, compiler: Any, **options: Any) -> str:
    return str(compiler.process(holding(compiler.dialect.name, element.words), **options))


def ranked(dialect: str, words: SearchQuery) -> Select[Any]:
    """(docid, how well it answers: less is better) of every row that holds the words, of which some are wanted."""
    if dialect == "postgresql":
        query = _tsquery(words)
        rank = func.ts_rank(RANKS, column("words"), query)
        return select(DOCS.c.docid, -rank).where(column("words").op("@@")(query))
    return select(_FTS.c.rowid, func.bm25(_WHOLE, *WEIGHTS)).select_from(_FTS).where(_match(_query(words)))


def _match(query: str) -> ColumnElement[bool]:
    return _WHOLE.op("MATCH")(query)


def _query(words: SearchQuery) -> str:
    """In the language of FTS5."""
    wanted = " AND ".join(f"({_any(either)})" for either in words.wanted)
    return f"({wanted}) NOT ({_either(words.without)})" if words.without else wanted


def _either(terms: tuple[Spellings, ...]) -> str:
    return " OR ".join(map(_any, terms))


def _any(either: Spellings) -> str:
    return " OR ".join(f'"{" ".join(phrase)}"' for phrase in either)


def _tsquery(words: SearchQuery) -> ColumnElement[Any]:
    parts = [_one_of(either) for either in words.wanted]
    parts += [func.tsquery_not(_one_of(either)) for either in words.without]
    return reduce(func.tsquery_and, parts)


def _one_of(either: Spellings) -> ColumnElement[Any]:
    return reduce(func.tsquery_or, map(_phrase, either))


def _phrase(phrase: Phrase) -> ColumnElement[Any]:
    return func.phraseto_tsquery(_ENGLISH, " ".join(phrase))


LEAST_LETTERS = 4
"""Of a word that is offered, or that another is offered for: shorter ones are near to many."""
LONGEST_WORD = 30
"""Letters; what is longer is no word."""
APART = 2
"""Letters that the offered word may be longer or shorter."""


def add_words(session: Session, texts: Iterable[str]) -> None:
    """Notes the words of folded texts. What no entry says any longer stays: whoever offers a word looks whether it is
    found."""
    every = {
        word for text in texts for word in text.split() if word.isalpha() and LEAST_LETTERS <= len(word) <= LONGEST_WORD
    }
    insert = insert_of(session, WORDS).on_conflict_do_nothing()
    for batch in batches(sorted(every)):  # in one order, so that two who write do not wait for each other in a ring
        session.connection().execute(insert, [{"word": word} for word in batch])


def forget_words(session: Session, words: Iterable[str]) -> None:
    """Takes away the words of a name that is withheld."""
    session.connection().execute(delete(WORDS).where(WORDS.c.word.in_(list(words))))


def nearest_words(session: Session, word: str) -> Iterator[str]:
    """The words that look most like this one and begin with the same letter, the nearest first."""
    if not _is_word(word):
        return
    begins = WORDS.c.word.startswith(word[0], autoescape=True)
    alike = func.length(WORDS.c.word).between(len(word) - APART, len(word) + APART)
    query = select(WORDS.c.word).where(WORDS.c.word >= word[0], WORDS.c.word < chr(ord(word[0]) + 1), begins, alike)
    yield from near(word, list(session.connection().execute(query).scalars()))


def _is_word(text: str) -> bool:
    return text.isalpha() and LEAST_LETTERS <= len(text) <= LONGEST_WORD
