"""A council's record as it is known: its matters, the actions that nobody has explained."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import sqlalchemy
from sqlmodel import Session, col, select, update

from db.feeds import feeds
from db.mapping import batches, insert_missing, insert_or_replace
from db.tables.sources import ActionMeaningRow, MatterRow
from db.tables.timeline import FeedRow
from db.values import storable, utc
from tracker.gather.sources.legistar import Action, Matter
from tracker.gather.sources.legistar_poll import Cursor, Followed
from tracker.read.records.actions import words_of

OF_MATTER = ("file", "kind", "title", "name", "summary", "body", "status", "enactment", "introduced", "enacted")
"""Columns that are the matter's own fields."""


@dataclass(frozen=True, slots=True)
class SortedMatter:
    """A matter, whether it counts, and its topic (empty where it does not)."""

    matter: Matter
    counts: bool
    topic: str = ""


def meanings(session: Session, source_id: int) -> dict[str, str]:
    """What people said of the actions of a council that the table does not know: a stage, or `none`."""
    query = select(ActionMeaningRow.name, ActionMeaningRow.meaning).where(
        ActionMeaningRow.source_id == source_id, ActionMeaningRow.meaning != ""
    )
    return dict(session.exec(query).all())


def save_cursor(session: Session, source_id: int, cursor: Cursor, *, is_backfill: bool = False) -> None:
    """How far the record has been read, by its polls or by a back-fill: one leaves the other's share as it is stored,
    since both may be under way at once."""
    query = select(FeedRow.cursor).where(FeedRow.id == source_id).with_for_update()
    stored = Cursor.from_json(session.exec(query).one_or_none() or "")
    polled, filled = (stored, cursor) if is_backfill else (cursor, stored)
    both = replace(polled, since=filled.since, reached=filled.reached)
    feeds.save_cursor(session, source_id, both.to_json())


def followed(session: Session, source_id: int) -> dict[int, Followed]:
    """The matters that are followed, by their numbers."""
    names = (MatterRow.number, MatterRow.changed, MatterRow.asked, MatterRow.ended, MatterRow.enacted)
    query = sqlalchemy.select(*map(col, names)).where(col(MatterRow.source_id) == source_id, col(MatterRow.followed))
    return {
        number: Followed(number, _naive(changed), _naive(asked), ended, enacted)
        for number, changed, asked, ended, enacted in session.execute(query)
    }


def matters(session: Session, source_id: int, numbers: Collection[int]) -> dict[int, SortedMatter]:
    """The matters of these numbers that are known."""
    found: dict[int, SortedMatter] = {}
    for batch in batches(sorted(numbers)):
        query = select(MatterRow).where(MatterRow.source_id == source_id, col(MatterRow.number).in_(batch))
        found |= {row.number: SortedMatter(_matter(row), row.counts, row.topic) for row in session.exec(query)}
    return found


def _matter(row: MatterRow) -> Matter:
    told = {name: getattr(row, name) for name in OF_MATTER}
    return Matter(id=row.number, changed=_naive(row.changed), **told)


def save_matters(
    session: Session, source_id: int, found: Iterable[SortedMatter], topics: Collection[str], now: datetime
) -> None:
    """Notes matters as they stand; one that is followed and counts no more by a new title stays followed, so that its
    end is heard. `topics`: those that the subscription is for, none: all."""
    rows = []
    for one in found:
        told = {name: getattr(one.matter, name) for name in OF_MATTER}
        told = {name: storable(value) if isinstance(value, str) else value for name, value in told.items()}
        follows = one.counts and (not topics or one.topic in topics)
        beside = {"counts": one.counts, "followed": follows, "topic": one.topic, "ended": False, "first_seen": now}
        rows.append(
            {"source_id": source_id, "number": one.matter.id, "changed": _utc(one.matter.changed), **told, **beside}
        )
    key, kept, flags = ("source_id", "number"), ("ended", "first_seen"), ("counts", "followed")
    insert_or_replace(session, MatterRow, rows, key, kept, flags)


def follow(session: Session, source_id: int, topics: Collection[str]) -> None:
    """Those that count are followed where their topic is one of these (none: all), and the others no more."""
    of, counts = col(MatterRow.source_id) == source_id, col(MatterRow.counts)
    wanted = counts & col(MatterRow.topic).in_(sorted(topics)) if topics else counts
    session.exec(update(MatterRow).where(of).values(followed=wanted))


def note_asked(session: Session, source_id: int, asked: Mapping[int, bool], clock: datetime | None) -> None:
    """The histories of these matters were asked for at a moment of the council's clock; whether each is at its end."""
    for number, ended in asked.items():
        which = (col(MatterRow.source_id) == source_id, col(MatterRow.number) == number)
        session.exec(update(MatterRow).where(*which).values(asked=_utc(clock), ended=ended))


def note_unknown(session: Session, source_id: int, actions: Iterable[tuple[Action, str]], now: datetime) -> None:
    """Actions that the table does not know, each with the file number of a matter that counts and has it."""
    rows = [
        {
            "source_id": source_id,
            "words": " ".join(words_of(action.name)),
            "name": storable(action.name),
            "body": storable(action.body),
            "example": storable(file),
            "first_seen": now,
            "meaning": "",
            "actor": "",
        }
        for action, file in actions
    ]
    insert_missing(session, ActionMeaningRow, rows)


def _naive(moment: datetime | None) -> datetime | None:
    """The council's clock is UTC, written without a zone."""
    told = utc(moment)
    return told.astimezone(UTC).replace(tzinfo=None) if told else None


def _utc(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None
