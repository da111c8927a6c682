"""Full-text search: which entries, the best first, and how many there are of what; over what readers are shown, or over
all that is recorded, for those who decide on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, select
from sqlmodel import Session

from db.fulltext import holding, nearest_words, ranked
from db.search.facets import BITS, FacetColumn, FacetIndex, code, unpack
from db.tables.search import DOCS, NAMES, STATE
from db.timeline.entries import with_evidence
from db.timeline.filters import EntryFilter, matching
from db.timeline.timelines import entries_with_standing
from tracker.model import Entry, EntryStatus, Publish
from tracker.publish.search_query import SearchQuery, parse, replace_word
from tracker.timeline.how_sure import SureWord, percent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]

A_PAGE = 20
"""Entries on a page of answers."""
MOST_PAGES = 100
"""Nobody looks further; whoever wants all takes the export."""
MOST_RANKED = 20_000
"""So many answers are put in order by how well they answer, in some 50 ms. More are told by their date: a word that so
many have tells none of them from the others."""


@dataclass(frozen=True)
class SearchRequest:
    """What is looked for. `narrowed` are the wanted values of facets (`db.search.facets.FACETS`), several of one facet
    as alternatives; `newest`: by date, and not by how well they answer. Pages count from 1, with `a_page` entries."""

    words: SearchQuery = field(default_factory=SearchQuery)
    narrowed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    newest: bool = False
    page: int = 1
    a_page: int = A_PAGE


@dataclass(frozen=True)
class SearchPage:
    """One page of answers. `total` entries answer; `facets` are how many there would be of each value, the commonest
    first, if nothing of the same facet were chosen. `is_ranked`: the best first."""

    total: int
    entries: tuple[Entry, ...]
    facets: Mapping[str, Mapping[str, int]]
    is_ranked: bool

    @property
    def pages(self) -> int:
        """How many pages there are to look at."""
        return min(-(-self.total // A_PAGE), MOST_PAGES)


def search(session: Session, asked: SearchRequest, publish: Publish | None, as_of: date) -> SearchPage:
    """The entries that answer, of those that `publish` lets through; nothing of them that is withheld. `publish` None:
    of all entries, rejected ones too, each as it is stored; a withheld word finds nothing there either."""
    every = _everything(session)
    shown = _published(every.packed, publish)
    if asked.words:
        shown = shown & every.has(_matching(session, asked.words))
    masks = {name: told.among(asked.narrowed[name]) for name, told in every.columns.items() if asked.narrowed.get(name)}
    right = _all(shown, masks.values())
    is_ranked = bool(asked.words.wanted) and not asked.newest and int(shown.sum()) <= MOST_RANKED
    order = _ranks(session, asked.words, every.ids) if is_ranked else -_moments(every.packed)
    first = (asked.page - 1) * asked.a_page
    chosen = _first(right, order, every.ids, first + asked.a_page)[first:]
    return SearchPage(
        total=int(right.sum()),
        entries=_entries(session, every.ids[chosen].tolist(), publish, as_of),
        facets={name: _counts(name, told, shown, masks) for name, told in every.columns.items()},
        is_ranked=is_ranked,
    )


def corrected_words(session: Session, asked: SearchRequest, publish: Publish | None, as_of: date) -> str:
    """What was most likely to be typed where nothing answers: each word that no entry has replaced by the nearest that
    some has. Empty where that finds nothing either."""
    given = asked.words.typed
    for word in dict.fromkeys(word for either in asked.words.wanted for word in either[0]):
        if not _matching(session, parse(word)):
            other = next((one for one in nearest_words(session, word) if _matching(session, parse(one))), word)
            given = replace_word(given, word, other)
    other_words = replace(asked, words=parse(given), page=1, a_page=1)
    is_other = given != asked.words.typed
    return given if is_other and search(session, other_words, publish, as_of).total else ""


def _moments(packed: "Numbers") -> "Numbers":
    """When each entry was, to be sorted by: of one day, the later stage is the later step."""
    return (unpack(packed, "day") << BITS["stage"]) + unpack(packed, "stage")


def _matching(session: Session, words: SearchQuery) -> list[int]:
    """The keys of all entries that hold the words. Past SQLAlchemy, whose rows take twenty times as long."""
    found = session.connection().execute(select(DOCS.c.docid).where(holding(_dialect(session), words)))
    return [key for (key,) in found.cursor.fetchall()]


_LOADED: WeakKeyDictionary[Pool, FacetIndex] = WeakKeyDictionary()
"""What is counted, of each database: loaded anew when the index has another number."""


def _everything(session: Session) -> FacetIndex:
    """All entries as this session sees them."""
    pool = session.connection().engine.pool  # a session that only reads has an engine of its own
    number = session.connection().execute(select(STATE.c.number)).scalar() or 0
    known = _LOADED.get(pool)
    if known is None or known.number != number:
        query = select(DOCS.c.docid, DOCS.c.facets).order_by(DOCS.c.docid)
        rows = session.connection().execute(query).cursor.fetchall()
        names = [_by_number(session, kind) for kind in ("place", "topic")]
        known = _LOADED[pool] = FacetIndex.of(number, rows, *names)
    return known


def _published(packed: "Numbers", publish: Publish | None) -> "Numbers":
    """Which of them readers are shown (`tracker.timeline.how_sure.is_published`)."""
    import numpy as np

    if publish is None:
        return np.ones(len(packed), bool)
    if publish == Publish.CONFIRMED:
        return np.equal(unpack(packed, "status"), code("status", EntryStatus.CONFIRMED))
    shown = np.not_equal(unpack(packed, "status"), code("status", EntryStatus.REJECTED))
    if publish == Publish.LIKELY:
        shown &= np.not_equal(unpack(packed, "sure"), code("sure", SureWord.UNCERTAIN))
    if publish.chance is not None:
        shown &= np.greater_equal(unpack(packed, "chance"), percent(publish.chance))
    return shown


def _all(shown: "Numbers", masks: Any) -> "Numbers":
    for mask in masks:
        shown = shown & mask
    return shown


def _counts(name: str, column: FacetColumn, shown: "Numbers", masks: Mapping[str, "Numbers"]) -> dict[str, int]:
    return column.counts(_all(shown, (mask for other, mask in masks.items() if other != name)))


def _ranks(session: Session, words: SearchQuery, ids: "Numbers") -> "Numbers":
    """How well each entry answers, less is better."""
    import numpy as np

    order = np.zeros(len(ids))
    for key, rank in session.connection().execute(ranked(_dialect(session), words)).cursor.fetchall():
        order[np.searchsorted(ids, key)] = rank
    return order


def _first(right: "Numbers", order: "Numbers", ids: "Numbers", most: int) -> "Numbers":
    """Where the first of the right ones stand, in order; the newest key decides where they are alike."""
    import numpy as np

    places = np.flatnonzero(right)
    if len(places) > most:
        bound = np.partition(order[places], most - 1)[most - 1]
        places = places[order[places] <= bound]
    return places[np.lexsort((-ids[places], order[places]))][:most]


def _entries(session: Session, ids: Sequence[int], publish: Publish | None, as_of: date) -> tuple[Entry, ...]:
    """The entries of these keys, in this order, as they are told; without `publish` as they are stored."""
    if not ids:
        return ()
    query = select(DOCS.c.docid, DOCS.c.entry_id).where(DOCS.c.docid.in_(ids))
    names: dict[int, str] = {row.docid: row.entry_id for row in session.connection().execute(query)}
    wanted = EntryFilter(ids=tuple(names.values()))
    if publish is None:
        found = iter(with_evidence(session, session.execute(matching(wanted)).all()))
    else:
        found = entries_with_standing(session, wanted, as_of, publish)
    told = {entry.id: entry for entry in found}
    return tuple(told[names[number]] for number in ids if names[number] in told)


def _by_number(session: Session, kind: str) -> list[str]:
    """All places, or all topics, by their numbers; 0 is none."""
    query = select(NAMES.c.name).where(NAMES.c.kind == kind).order_by(NAMES.c.number)
    return ["", *session.connection().execute(query).scalars()]


def names(session: Session, kind: str) -> list[str]:
    """Every `place`, or every `topic`, that anything was recorded of."""
    return list(_everything(session).columns[kind].values[1:])


def _dialect(session: Session) -> str:
    return session.connection().dialect.name
