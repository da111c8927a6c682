"""Places as they are recorded, loaded to be folded anew: their entries, their evidence, and what holds which."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlmodel import Session, col

from db.mapping import batches, insert_missing
from db.tables.timeline import EntryRow, MovedEntryRow
from db.timeline.entries import ENTRY, revisions_of, select_entries
from db.timeline.findings import StoredEvidence, evidence_at
from tracker.model import Entry, Evidence, OcdId

Rows = dict[str, Row[Any]]
"""Rows of entries by their ids."""


# Put together once, as in findings.py.
_AT_PLACE = select_entries().where(col(EntryRow.jurisdiction) == bindparam("place"))
_MOVED = select_entries().where(
    col(EntryRow.id).in_(select(col(MovedEntryRow.entry_id)).where(col(MovedEntryRow.place) == bindparam("place")))
)
_BY_ID = select_entries().where(col(EntryRow.id).in_(bindparam("names", expanding=True)))


@dataclass(slots=True)
class RecordedPlaces:
    """What is recorded of some places: their entries by id, and all evidence of them by the keys of findings. The
    history of an entry is there where a person acted on it; the program's own acts need none."""

    places: set[OcdId] = field(default_factory=set)
    entries: dict[str, Entry] = field(default_factory=dict)
    held: dict[int, StoredEvidence] = field(default_factory=dict)


def load_places(session: Session, places: Iterable[OcdId]) -> RecordedPlaces:
    """The places, and those that people tied to them: where they moved an entry to, or where its evidence is from."""
    known, rows = RecordedPlaces(), Rows()
    todo = set(places)
    while todo:
        place = todo.pop()
        known.places.add(place)
        held = evidence_at(session, place)
        known.held |= held
        new = _rows(session, _AT_PLACE, place=place) | _rows(session, _MOVED, place=place)
        strangers = {item.entry_id for item in held.values() if item.entry_id} - rows.keys() - new.keys()
        for batch in batches(sorted(strangers)):
            new |= _rows(session, _BY_ID, names=batch)
        rows |= new
        todo |= _tied(session, new) - known.places
    known.entries = _entries(session, rows, known.held)
    return known


def remember_places(session: Session, entry: Entry, stood: Iterable[str] = ()) -> None:
    """Keeps in mind where else an entry has to do with: where its evidence is from, and where it once stood."""
    told = {item.finding.jurisdiction for item in entry.evidence}
    places = sorted(place for place in {*told, *stood} if place and place != entry.jurisdiction)
    if places:
        insert_missing(session, MovedEntryRow, [{"place": place, "entry_id": entry.id} for place in places])


def _rows(session: Session, query: Select[Any], **values: object) -> Rows:
    return {row.id: row for row in session.connection().execute(query, values)}


def _tied(session: Session, rows: Rows) -> set[OcdId]:
    """Where these entries stand, and where the evidence of those is or was from whose evidence people decided on."""
    tied = {row.jurisdiction for row in rows.values()}
    for batch in batches([name for name, row in rows.items() if row.locked]):
        query = select(col(MovedEntryRow.place)).where(col(MovedEntryRow.entry_id).in_(batch))
        tied |= set(session.scalars(query))
    return tied


def _entries(session: Session, rows: Rows, held: Mapping[int, StoredEvidence]) -> dict[str, Entry]:
    evidence: dict[str, list[tuple[Any, Evidence]]] = defaultdict(list)
    for key, item in held.items():
        if item.entry_id:
            told = item.evidence
            evidence[item.entry_id].append(((told.published, told.url, told.finding.start, key), told))
    histories: dict[str, Any] = {}
    for batch in batches(sorted(name for name, row in rows.items() if row.locked)):
        histories |= revisions_of(session, batch)
    return {name: _entry(row, evidence.get(name, ()), histories.get(name, ())) for name, row in sorted(rows.items())}


def _entry(row: Row[Any], evidence: Collection[tuple[Any, Evidence]], history: Collection[Any]) -> Entry:
    """Evidence of several places is put into one order."""
    return ENTRY.value(
        row, evidence=[item for _, item in sorted(evidence, key=lambda pair: pair[0])], revisions=history
    )
