"""The words that are searched, each once, and the nearest of them to one that was typed wrong."""

from collections.abc import Iterable, Iterator

from sqlalchemy import delete, func, select
from sqlmodel import Session

from db.insert import batches, insert_of
from db.search.tables import WORDS
from tracker.nearest import near

LEAST_LETTERS = 4
"""Of a word that is offered, or that another is offered for: shorter ones are near to many."""
LONGEST = 30
"""Letters; what is longer is no word."""
APART = 2
"""Letters that the offered word may be longer or shorter."""


def add(session: Session, texts: Iterable[str]) -> None:
    """Notes the words of folded texts. What no entry says any longer stays: whoever offers a word looks whether it is
    found."""
    every = {
        word for text in texts for word in text.split() if word.isalpha() and LEAST_LETTERS <= len(word) <= LONGEST
    }
    insert = insert_of(session, WORDS).on_conflict_do_nothing()
    for batch in batches(sorted(every)):  # in one order, so that two who write do not wait for each other in a ring
        session.connection().execute(insert, [{"word": word} for word in batch])


def forget(session: Session, words: Iterable[str]) -> None:
    """Takes away the words of a name that is withheld."""
    session.connection().execute(delete(WORDS).where(WORDS.c.word.in_(list(words))))


def nearest(session: Session, word: str) -> Iterator[str]:
    """The words that look most like this one and begin with the same letter, the nearest first."""
    if not _is_word(word):
        return
    begins = WORDS.c.word.startswith(word[0], autoescape=True)
    alike = func.length(WORDS.c.word).between(len(word) - APART, len(word) + APART)
    query = select(WORDS.c.word).where(WORDS.c.word >= word[0], WORDS.c.word < chr(ord(word[0]) + 1), begins, alike)
    yield from near(word, list(session.connection().execute(query).scalars()))


def _is_word(text: str) -> bool:
    return text.isalpha() and LEAST_LETTERS <= len(text) <= LONGEST
