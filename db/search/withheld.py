"""Which entries must be read into the search anew when something is withheld, or no longer is: rather too many."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session, col

from db import fulltext
from db.mapping import batches
from db.tables.search import DOCS, STALE
from db.tables.timeline import ArticleRow, EvidenceRow, FindingRow
from tracker.publish.search_query import tokens
from tracker.publish.withholding import Withholding, name_words

SHARED = 15
"""Characters of a sentence, without punctuation, by which an entry is looked at again: half of what counts as its
words in `tracker.publish.withholding`."""


def reconsider(session: Session, decision: Withholding) -> None:
    """Marks the entries that a decision may concern. Walks through the words of all: two seconds for 200,000."""
    names = set(session.connection().execute(select(DOCS.c.entry_id).where(DOCS.c.altered)).scalars())
    said = name_words(decision.text) if decision.is_name else [" ".join(tokens(decision.text))]
    query = select(DOCS.c.entry_id, DOCS.c.title, DOCS.c.about, DOCS.c.quotes)
    for name, *fields in session.connection().execute(query, execution_options={"yield_per": 500}):
        if any(_may_hold(line, said, decision) for field in fields for line in field.split("\n")):
            names.add(name)
    names |= set(session.connection().execute(_in_articles(said, decision)).scalars())
    if decision.is_name:
        fulltext.forget_words(session, said)
    if decision.url:
        names |= set(session.scalars(_resting_on(decision.url)))
    for batch in batches(sorted(names)):
        session.connection().execute(insert(STALE), [{"entry_id": name} for name in batch])


def _may_hold(line: str, said: Sequence[str], decision: Withholding) -> bool:
    """`said`: the words of a name, in whatever order and form it stands, or a whole sentence."""
    if decision.is_name:
        return all(word in line for word in said)
    return said[0][:SHARED] in line or (len(line) >= SHARED and line in said[0])


def _in_articles(said: Sequence[str], decision: Withholding) -> Any:
    """Entries in whose articles the words stand: long texts, which the database looks through by itself."""
    pieces = said if decision.is_name else [said[0][:SHARED]]
    return select(DOCS.c.entry_id).where(*(DOCS.c.articles.contains(piece, autoescape=True) for piece in pieces))


def _resting_on(url: str) -> Any:
    """Entries with evidence from an article."""
    finding = col(FindingRow.id) == col(EvidenceRow.finding_id)
    article = col(ArticleRow.id) == col(FindingRow.article_id)
    query = select(col(EvidenceRow.entry_id)).join(FindingRow, finding).join(ArticleRow, article)
    return query.where(col(ArticleRow.url) == url).distinct()
