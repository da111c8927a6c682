"""What is searched: one row an entry with its words as they may be published, kept right by whatever writes.

Triggers of the database note in `search_stale` which entries a change touches (`migrations/first/search.py`); each
transaction brings those up to date before it ends (`db.search.stale`). So the index never holds a name or a sentence
that is withheld. What a person rejected is in it, for those who decide; `db.search.query` keeps it from readers.

The tables are in `db.tables.search`.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlmodel import Session, col

from db import fulltext
from db.mapping import batches
from db.search import facets as search_facets
from db.tables.search import DOCS, NAMES, STALE, STATE
from db.tables.timeline import ArticleRow, EntryRow, PolicyRow
from db.timeline.entries import select_entries, with_evidence
from db.withholdings import withheld
from tracker.model import Entry
from tracker.publish.search_query import searchable_texts, tokens, tokens_by_line
from tracker.publish.withholding import Redactor

LONGEST = 20_000
"""Characters of an entry that are searched: forty long quotes."""
LONGEST_ARTICLES = 40_000
"""Characters of the articles behind an entry that are searched: some ten of them."""


def catch_up(session: Session, most: int | None) -> int:
    """Reads in what is stale, at most so many; how many that were."""
    query = select(STALE.c.entry_id).distinct().order_by(STALE.c.entry_id).limit(most)
    stale = list(session.connection().execute(query).scalars())
    hidden = withheld(session)
    if stale:
        session.connection().execute(update(STATE).values(number=STATE.c.number + 1))
    for batch in batches(stale):
        _read_in(session, batch, hidden)
        session.connection().execute(delete(STALE).where(STALE.c.entry_id.in_(batch)))
    return len(stale)


def _read_in(session: Session, names: Sequence[str], hidden: Redactor) -> None:
    """Puts these entries in as they are now; those that are no more go."""
    found = list(_entries(session, names))
    policies = _policy_names(session, {entry.policy for entry in found})
    whole = [entry.model_copy(update={"policy_name": policies.get(entry.policy, "")}) for entry in found]
    places = _numbers(session, "place", {entry.jurisdiction for entry in whole})
    topics = _numbers(session, "topic", {entry.topic for entry in whole})
    known = _doc_ids(session, names)
    session.connection().execute(delete(DOCS).where(DOCS.c.entry_id.in_(names)))
    texts = _texts(session, whole, hidden)
    rows = [_row(entry, hidden, places, topics, texts) | known.get(entry.id, {}) for entry in whole]
    for some in ([row for row in rows if "docid" in row], [row for row in rows if "docid" not in row]):
        if some:
            session.connection().execute(insert(DOCS), some)
    fulltext.add_words(session, (row[name] for row in rows for name in ("title", "about", "quotes", "articles")))


def _doc_ids(session: Session, names: Collection[str]) -> dict[str, dict[str, int]]:
    query = select(DOCS.c.entry_id, DOCS.c.docid).where(DOCS.c.entry_id.in_(names))
    return {name: {"docid": number} for name, number in session.connection().execute(query)}


def _entries(session: Session, names: Collection[str]) -> Iterable[Entry]:
    """The entries; one that cannot be read is not found, and stops nobody from writing others."""
    query = select_entries().where(col(EntryRow.id).in_(names))
    try:
        return with_evidence(session, session.connection().execute(query).all())
    except ValueError:
        if len(names) == 1:
            return []
        return [entry for name in names for entry in _entries(session, [name])]


def _policy_names(session: Session, ids: Collection[str]) -> dict[str, str]:
    query = select(col(PolicyRow.id), col(PolicyRow.name)).where(col(PolicyRow.id).in_(ids))
    return {row.id: row.name for row in session.connection().execute(query)}


def _numbers(session: Session, kind: str, names: Collection[str]) -> dict[str, int]:
    """The numbers by which places or topics are known in `facets`; new names get the next ones."""
    query = select(NAMES.c.name, NAMES.c.number).where(NAMES.c.kind == kind, NAMES.c.name.in_(names))
    known: dict[str, int] = {row.name: row.number for row in session.connection().execute(query)}
    if new := sorted(set(names) - known.keys()):
        last = select(func.coalesce(func.max(NAMES.c.number), 0)).where(NAMES.c.kind == kind)
        first = session.connection().execute(last).scalar_one() + 1
        known |= {name: number for number, name in enumerate(new, first)}
        rows = [{"kind": kind, "number": known[name], "name": name} for name in new]
        session.connection().execute(insert(NAMES), rows)
    return known


Texts = dict[str, tuple[str, bool]]
"""By the address of an article its folded words, and whether some are withheld."""


def _texts(session: Session, entries: Sequence[Entry], hidden: Redactor) -> Texts:
    """The articles behind these entries."""
    found: Texts = {}
    for batch in batches({item.url for entry in entries for item in entry.evidence}):
        query = select(col(ArticleRow.url), col(ArticleRow.text)).where(col(ArticleRow.url).in_(batch))
        found |= {url: _searchable(hidden, url, text) for url, text in session.connection().execute(query)}
    return found


def _searchable(hidden: Redactor, url: str, text: str) -> tuple[str, bool]:
    kept = hidden.searchable(url, text)
    return " ".join(kept), bool(hidden) and kept != tokens_by_line(text)


def _articles(entry: Entry, texts: Texts) -> list[tuple[str, bool]]:
    """Those of an entry; of copies one."""
    urls = {item.report: item.url for item in entry.evidence}
    return [texts[url] for url in urls.values() if url in texts]


def _row(
    entry: Entry, hidden: Redactor, places: dict[str, int], topics: dict[str, int], texts: Texts
) -> dict[str, Any]:
    shown, articles = hidden.entry(entry), _articles(entry, texts)
    facets = search_facets.pack(shown, places[entry.jurisdiction], topics[entry.topic])
    fields = {name: _folded(texts) for name, texts in searchable_texts(shown).items()}
    fields["articles"] = "\n".join(said for said, _ in articles)[:LONGEST_ARTICLES]
    altered = shown != entry or any(is_altered for _, is_altered in articles)
    return {"entry_id": entry.id, "facets": facets, "altered": altered, **fields}


def _folded(texts: Iterable[str]) -> str:
    """Each text once, a line each."""
    lines = dict.fromkeys(" ".join(tokens(text)) for text in texts if text)
    return "\n".join(lines)[:LONGEST]
