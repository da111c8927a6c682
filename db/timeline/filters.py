"""Which entries are wanted, as a value and as a query."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, tuple_, type_coerce
from sqlalchemy.orm import Mapped
from sqlmodel import col

from db.columns import KEY
from db.fulltext import Holding
from db.tables.search import DOCS
from db.tables.timeline import ArticleRow, EntryRow, EvidenceRow, FindingRow
from db.timeline.entries import select_entries
from tracker.model import Direction, EntryStatus, OcdId, Stage, Value
from tracker.partial_date import PartialDate
from tracker.publish.search_query import SearchQuery
from tracker.timeline.steps import STAGE_ORDER

STAGE_RANK = case({stage.value: order for stage, order in STAGE_ORDER.items()}, value=col(EntryRow.stage))
"""Steps of one day stand in the order in which they happen."""


class EntryFilter(Value):
    """Which entries; an empty field stands for all. `inside` takes with a state everything whose id lies below its own
    (counties do not contain places there). `since` takes what may have happened on its first day or later. `after` are
    place, date, stage and id of an entry: those that come behind it in the order of `matching`. `words` are looked for
    as the search does: nothing is found by a word that is withheld."""

    places: tuple[OcdId, ...] = ()
    inside: bool = False
    topics: tuple[str, ...] = ()
    since: PartialDate | None = None
    statuses: frozenset[EntryStatus] = frozenset()
    directions: tuple[Direction, ...] = ()
    stages: tuple[Stage, ...] = ()
    ids: tuple[str, ...] = ()
    after: tuple[OcdId, str, Stage, str] | None = None
    words: SearchQuery = SearchQuery()


ALL = EntryFilter()
SHOWN = EntryFilter(statuses=frozenset({EntryStatus.PENDING, EntryStatus.CONFIRMED}))
"""What the report shows: not what a person has rejected."""


def matching(wanted: EntryFilter) -> Select[Any]:
    """The query of the wanted entries, by place and date (undated ones first), which is the order of an index; those of
    one date as their stages follow each other, then by id."""
    return unordered(wanted).order_by(col(EntryRow.jurisdiction), col(EntryRow.date), STAGE_RANK, col(EntryRow.id))


def unordered(wanted: EntryFilter) -> Select[Any]:
    """The query of the wanted entries, in no order."""
    query = select_entries()
    if wanted.places:
        query = query.where(in_places(col(EntryRow.jurisdiction), wanted))
    if wanted.topics:
        query = query.where(col(EntryRow.topic).in_(wanted.topics))
    if wanted.directions:
        query = query.where(col(EntryRow.direction).in_(wanted.directions))
    if wanted.statuses:
        query = query.where(col(EntryRow.status).in_(wanted.statuses))
    if wanted.stages:
        query = query.where(col(EntryRow.stage).in_(wanted.stages))
    if wanted.ids:
        query = query.where(col(EntryRow.id).in_(wanted.ids))
    if wanted.words:
        query = query.where(col(EntryRow.id).in_(select(DOCS.c.entry_id).where(Holding(wanted.words))))
    if wanted.after:
        query = query.where(_behind(*wanted.after))
    return query.where(_since(wanted.since)) if wanted.since else query


def in_places(column: Mapped[str], wanted: EntryFilter) -> ColumnElement[bool]:
    """Whether a column names one of the places."""
    if not wanted.inside:
        return column.in_(wanted.places)
    return or_(*(_in_place(column, place) for place in wanted.places))


def _in_place(column: Mapped[str], place: OcdId) -> ColumnElement[bool]:
    """The place itself or what lies below its id: a range, so that both engines use the index. `0` follows `/`."""
    return or_(column == place, and_(column > f"{place}/", column < f"{place}0"))


def _behind(place: OcdId, date: str, stage: Stage, entry_id: str) -> ColumnElement[bool]:
    """In the order of `matching`: both engines step into the index by place and date."""
    day = (place, PartialDate.parse(date) if date else None)
    when = tuple_(col(EntryRow.jurisdiction), col(EntryRow.date))
    return and_(when >= day, or_(when > day, tuple_(STAGE_RANK, col(EntryRow.id)) > (STAGE_ORDER[stage], entry_id)))


def _since(since: PartialDate) -> ColumnElement[bool]:
    """Dates from then on, coarser ones that may lie then, and undated entries with a report from then on."""
    day = since.first_day()
    may_contain = [PartialDate(day.year), PartialDate(day.year, day.month)]
    return or_(
        col(EntryRow.date) >= PartialDate.of(day),
        col(EntryRow.date).in_(may_contain),
        not_over(day),
        and_(col(EntryRow.date) == "", _reported_since(since)),
    )


def not_over(day: date) -> ColumnElement[bool]:
    """The dates that are intervals and end on this day or later: what follows the slash of their texts."""
    end = func.substr(type_coerce(col(EntryRow.date), KEY), len("2026-03-02/") + 1)
    return end >= day.isoformat()


def _reported_since(since: PartialDate) -> ColumnElement[bool]:
    return (
        select(col(EvidenceRow.finding_id))
        .join(FindingRow, col(FindingRow.id) == col(EvidenceRow.finding_id))
        .join(ArticleRow, col(ArticleRow.id) == col(FindingRow.article_id))
        .where(col(EvidenceRow.entry_id) == col(EntryRow.id), col(ArticleRow.published) >= since.first_day())
        .exists()
    )
