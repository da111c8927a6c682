"""A council's meetings and their agendas, noted as the record shows them: what moved, what is gone, what came back."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from sqlmodel import Session, col, select

from db.mapping import batches, insert_or_replace
from db.tables.sources import AgendaItemRow, MeetingRow
from db.values import storable
from tracker.gather.sources.legistar import AgendaItem, Meeting

OF_MEETING = ("body", "day", "hour", "location", "address", "status")
OF_ITEM = ("file", "title", "action")
"""Columns that are the rows' own fields."""
Row = dict[str, Any]


def save_meetings(
    session: Session,
    source_id: int,
    meetings: Iterable[Meeting],
    agendas: Mapping[int, Iterable[AgendaItem]],
    listed: tuple[date, date] | None,
    now: datetime,
) -> bool:
    """Notes meetings as they stand, and what is on the agendas that were read. Between the days `listed` a meeting that
    is not among them is gone; items that an agenda no longer has are gone too, and come back where it has them again.
    Whether anything changed."""
    found = {one.id: one for one in meetings}
    known = _known_meetings(session, source_id, found, listed)
    rows = [_meeting(source_id, one, known.get(number), now) for number, one in found.items()]
    rows += [_gone(row, now) for number, row in known.items() if number not in found and row["gone_at"] is None]
    changed = [row for row in rows if row != known.get(row["number"])]
    insert_or_replace(session, MeetingRow, changed, ("source_id", "number"))
    keys = _keys(session, source_id, agendas)
    items = [row for number, its in agendas.items() for row in _agenda(session, keys[number], its, now)]
    insert_or_replace(session, AgendaItemRow, items, ("meeting_id", "matter"))
    return bool(changed or items)


def _meeting(source_id: int, one: Meeting, before: Row | None, now: datetime) -> Row:
    row: Row = {name: _storable(getattr(one, name)) for name in OF_MEETING}
    if before is None:
        gone_at = now if one.is_off else None
        fresh: Row = {"former_day": None, "former_hour": None, "moved_at": None, "revision": 0}
        return {"source_id": source_id, "number": one.id, "first_seen": now, "gone_at": gone_at} | fresh | row
    gone_at = (before["gone_at"] or now) if one.is_off else None
    if one.is_off and one.hour is None:
        row["hour"] = before["hour"]  # "Deferred" stands where the hour stood
    row = before | row | {"gone_at": gone_at}
    moved = before["day"] != row["day"] or _differ(before["hour"], row["hour"])
    if moved:
        row |= {"former_day": before["day"], "former_hour": before["hour"], "moved_at": now}
    row["revision"] += moved + ((gone_at is None) != (before["gone_at"] is None))
    return row


def _differ(hour: time | None, other: time | None) -> bool:
    """An hour that was not told and is, or the other way, is no move."""
    return hour is not None and other is not None and hour != other


def _gone(row: Row, now: datetime) -> Row:
    return row | {"gone_at": now, "revision": row["revision"] + 1}


def _agenda(session: Session, meeting: int, items: Iterable[AgendaItem], now: datetime) -> list[Row]:
    """The rows that are new or changed. An item that stands on an agenda twice counts once."""
    query = select(AgendaItemRow).where(AgendaItemRow.meeting_id == meeting)
    before = {row.matter: row.model_dump() for row in session.exec(query)}
    listed = {item.matter: item for item in items}
    rows = [_item(meeting, item, before.get(number), now) for number, item in listed.items()]
    rows += [
        _gone(row, now) | {"changed_at": now}
        for number, row in before.items()
        if number not in listed and row["gone_at"] is None
    ]
    return [row for row in rows if row != before.get(row["matter"])]


def _item(meeting: int, item: AgendaItem, before: Row | None, now: datetime) -> Row:
    row: Row = {name: _storable(getattr(item, name)) for name in OF_ITEM}
    if before is None:
        fresh = {"first_seen": now, "gone_at": None, "changed_at": now, "revision": 0}
        return {"meeting_id": meeting, "matter": item.matter} | fresh | row
    row = before | row
    if before["gone_at"] is not None:
        row |= {"gone_at": None, "changed_at": now, "revision": before["revision"] + 1}
    return row


def _storable(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else value


def _known_meetings(
    session: Session, source_id: int, found: Iterable[int], listed: tuple[date, date] | None
) -> dict[int, Row]:
    """Those of these numbers, and those between the days."""
    known: dict[int, Row] = {}
    of_source = select(MeetingRow).where(MeetingRow.source_id == source_id)
    queries = [of_source.where(col(MeetingRow.number).in_(batch)) for batch in batches(sorted(found))]
    if listed:
        queries.append(of_source.where(col(MeetingRow.day).between(*listed)))
    for query in queries:
        known |= {row.number: row.model_dump(exclude={"id"}) for row in session.exec(query)}
    return known


def _keys(session: Session, source_id: int, numbers: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for batch in batches(sorted(numbers)):
        query = select(MeetingRow.number, MeetingRow.id).where(
            MeetingRow.source_id == source_id, col(MeetingRow.number).in_(batch)
        )
        found |= {number: key for number, key in session.exec(query) if key}
    return found
