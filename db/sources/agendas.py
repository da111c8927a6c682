"""Before the vote: which followed matters stand on the agendas of meetings to come, and what moved or was taken off."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import Select, String, and_, func, or_, select
from sqlalchemy import cast as as_type
from sqlmodel import Session, col

from db.mapping import batches
from db.tables.sources import AgendaItemRow, MatterRow, MeetingRow, RecordRow
from db.tables.timeline import ArticleRow, EntryRow, EvidenceRow, FeedRow, FindingRow
from db.values import utc
from db.withholdings import withheld
from tracker import hearings
from tracker.gather.sources.legistar import matter_number
from tracker.hearings import SHOWN_FOR, Agendas, Hearing, hearing_id
from tracker.model import EntryStatus, OcdId, SourceKind
from tracker.read.records.findings import AGENDA

Policies = Mapping[tuple[int, int], str]
"""Policies by the source and the number of their matters."""


def coming(
    session: Session,
    today: date,
    *,
    followed: bool = True,
    late: timedelta = SHOWN_FOR,
) -> tuple[Hearing, ...]:
    """What readers are shown of hearings on a day, soonest first. Not only of `followed` matters: whatever
    stands on an agenda. What was moved or taken off says so as long as it is not too
    `late`. Nothing that is withheld is in it."""
    query = _items(today, late)
    if followed:
        query = query.where(col(MatterRow.followed))
    return _hearings(session, session.execute(query).all(), today, late)


def agendas(session: Session, today: date) -> dict[OcdId, Agendas]:
    """Of each government whose record is followed."""
    found: dict[OcdId, list[Hearing]] = {}
    for one in coming(session, today):
        found.setdefault(one.jurisdiction, []).append(one)
    until = _announced(session, today)
    return {place: Agendas(hearings=tuple(found.get(place, ())), until=last) for place, last in until.items()}


@dataclass(frozen=True, slots=True)
class ScheduledMatter:
    """The next meeting that a matter is called to: its number, body and day, and on which day that was first seen."""

    meeting: int
    body: str
    day: date
    listed: date


def scheduled(session: Session, source_id: int, today: date) -> dict[int, ScheduledMatter]:
    """The followed matters of a council of which the record tells no step yet, by number."""
    on = and_(col(AgendaItemRow.matter) == MatterRow.number, col(AgendaItemRow.gone_at).is_(None))
    held = (col(MeetingRow.source_id) == source_id, col(MeetingRow.day) >= today, col(MeetingRow.gone_at).is_(None))
    step = select(col(RecordRow.article_id)).join(FindingRow, col(FindingRow.article_id) == RecordRow.article_id)
    step = step.join(ArticleRow, col(ArticleRow.id) == RecordRow.article_id)
    step = step.where(col(RecordRow.source_id) == source_id, col(RecordRow.matter) == MatterRow.file)
    number = as_type(col(MatterRow.number), String)  # a number of a file can be used anew, that of a matter cannot
    step = step.where(or_(*(col(ArticleRow.url).like(f"%{mark}" + number + "#%") for mark in "=/")))
    columns = (MatterRow.number, MeetingRow.number, MeetingRow.body, MeetingRow.day, AgendaItemRow.first_seen)
    chosen: Select[Any] = select(*cast("tuple[Any, ...]", columns))
    query = chosen.join(MeetingRow, col(MeetingRow.source_id) == MatterRow.source_id).join(
        AgendaItemRow, and_(on, col(AgendaItemRow.meeting_id) == MeetingRow.id)
    )
    query = query.where(*held, col(MatterRow.followed), ~step.where(~col(RecordRow.record).startswith(AGENDA)).exists())
    rows = session.execute(query.order_by(col(MeetingRow.day).desc(), col(MeetingRow.number).desc()))
    return {number: ScheduledMatter(meeting, body, day, seen.date()) for number, meeting, body, day, seen in rows}


def last_change(session: Session) -> tuple[int, datetime | None]:
    """How many items there are, and when one was listed, moved or removed last: another where there may be news."""
    query = select(func.count(), func.max(col(AgendaItemRow.changed_at)))
    number, latest = session.execute(query).one()
    moments = [
        session.execute(select(func.max(column))).scalar() for column in (MeetingRow.moved_at, MeetingRow.gone_at)
    ]
    return number, max(filter(None, map(utc, (latest, *moments))), default=None)


def _announced(session: Session, today: date) -> dict[OcdId, date | None]:
    """The last day of a meeting that is announced, by home; None where none is."""
    homes = select(col(FeedRow.home)).where(_is_record())
    days = select(col(FeedRow.home), func.max(MeetingRow.day)).join(MeetingRow, col(MeetingRow.source_id) == FeedRow.id)
    days = days.where(_is_record(), col(MeetingRow.day) >= today, col(MeetingRow.gone_at).is_(None))
    last = {str(home): day for home, day in session.execute(days.group_by(col(FeedRow.home)))}
    return {home: last.get(home) for home in session.scalars(homes) if home}


def _is_record() -> Any:
    alive = (col(FeedRow.home).is_not(None), col(FeedRow.retired_at).is_(None))
    return and_(col(FeedRow.kind) == SourceKind.LEGISTAR, *alive)


def _items(today: date, within: timedelta) -> Select[Any]:
    """Items of meetings to come, and those that are gone of late: their day may be over by now."""
    late = today - within
    since = datetime.combine(late, time(), UTC)
    gone = or_(col(AgendaItemRow.gone_at) >= since, col(MeetingRow.gone_at) >= since)
    same = and_(col(MatterRow.source_id) == MeetingRow.source_id, col(MatterRow.number) == AgendaItemRow.matter)
    columns: Sequence[Any] = (AgendaItemRow, MeetingRow, FeedRow.url, FeedRow.home, *_OF_MATTER)
    query = select(*columns).join(MeetingRow, col(MeetingRow.id) == AgendaItemRow.meeting_id)
    query = query.join(FeedRow, col(FeedRow.id) == MeetingRow.source_id).outerjoin(MatterRow, same)
    return query.where(_is_record(), or_(col(MeetingRow.day) >= today, and_(gone, col(MeetingRow.day) >= late)))


_OF_MATTER = tuple(getattr(MatterRow, name) for name in ("name", "title", "topic", "followed"))


def _hearings(session: Session, rows: Sequence[Any], today: date, late: timedelta) -> tuple[Hearing, ...]:
    policies = _policies(session, {(meeting.source_id, item.file) for item, meeting, *_ in rows if item.file})
    found = hearings.shown((_hearing(row, policies) for row in rows), today, late)
    hidden = withheld(session)
    names = ("title", "name", "location")
    return tuple(one.model_copy(update={name: hidden.text(getattr(one, name)) for name in names}) for one in found)


def _hearing(row: Any, policies: Policies) -> Hearing:
    item, meeting, url, home, name, title, topic, followed = row
    listed, moved = utc(item.first_seen), utc(meeting.moved_at)
    gone = min(filter(None, (utc(item.gone_at), utc(meeting.gone_at))), default=None)
    is_moved = moved is not None and moved > listed  # what came afterwards was never on the former day
    moments = (listed, utc(item.changed_at), moved if is_moved else None, gone)
    return Hearing(
        id=hearing_id(url, meeting.number, item.matter),
        jurisdiction=home,
        body=meeting.body,
        day=meeting.day,
        hour=meeting.hour,
        location=meeting.location,
        address=meeting.address,
        file=item.file,
        title=title or item.title,
        name=name or "",
        topic=topic or "",
        followed=bool(followed),
        policy=policies.get((meeting.source_id, item.matter), ""),
        listed_at=listed,
        changed_at=max(filter(None, moments)),
        revision=item.revision + meeting.revision,
        former_day=meeting.former_day if is_moved else None,
        former_hour=meeting.former_hour if is_moved else None,
        gone_at=gone,
    )


def _policies(session: Session, matters: Iterable[tuple[int, str]]) -> dict[tuple[int, int], str]:
    """Those of the matters of these sources and file numbers that have entries which readers are shown, by source and
    number of the matter."""
    found: dict[tuple[int, int], str] = {}
    by_source: dict[int, list[str]] = {}
    for source, file in sorted(matters):
        by_source.setdefault(source, []).append(file)
    for source, files in by_source.items():
        for batch in batches(files):
            query = select(col(ArticleRow.url), col(EntryRow.policy))
            query = query.join(RecordRow, col(RecordRow.article_id) == ArticleRow.id)
            query = query.join(FindingRow, col(FindingRow.article_id) == RecordRow.article_id)
            query = query.join(EvidenceRow, col(EvidenceRow.finding_id) == FindingRow.id)
            query = query.join(EntryRow, col(EntryRow.id) == EvidenceRow.entry_id)
            query = query.where(col(RecordRow.source_id) == source, col(RecordRow.matter).in_(batch))
            query = query.where(col(EntryRow.status) != EntryStatus.REJECTED).order_by(col(EntryRow.policy))
            found |= {(source, matter_number(url)): policy for url, policy in session.execute(query)}
    return found
