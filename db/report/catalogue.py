"""What the report is made of, answered from one state of the database.

What a place gives to pages about many is kept in tables (`db.tables.report`) and brought up to date before it is asked
for: by reading, a few hundred places at a time, so that no writer waits for more than a moment.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import date
from functools import cached_property, partial
from typing import Any

from sqlalchemy import ColumnElement, Engine, Table, delete, func, insert, select
from sqlmodel import Session

from db import freshness
from db.engine import reading, writing
from db.feeds.feeds import coverage
from db.locks import REPORT_LOCK, hold
from db.mapping import batches
from db.report.agreements import agreement_lines
from db.report.documents import document_file, document_lines, published_document
from db.sources.agendas import agendas
from db.tables.report import ENTRIES, PLACES, POLICIES
from db.timeline.filters import EntryFilter
from db.timeline.timelines import EVERYWHERE, by_home, coverage_around, shown_policies, timelines
from db.withholdings import withheld, withholdings
from tracker.coverage import PlaceTimeline
from tracker.errors import StorageError
from tracker.hearings import Agendas
from tracker.model import Jurisdiction, OcdId, Policy, Publish, Stage
from tracker.publish.report.catalogue import Activity, AgreementLine, PlaceLine, PolicyCount, PolicyLine, Step
from tracker.publish.report.documents import DocumentLine, PublishedDocument
from tracker.publish.report.policies import policy_with_facts
from tracker.publish.report.summaries import (
    PlaceSummary,
    mark,
    mark_of_code,
    summary,
    with_agendas,
    with_documents,
    with_feeds,
)
from tracker.publish.withholding import published_timeline

CODE = (
    "db",
    "tracker.publish",
    "tracker.timeline",
    "tracker.read.data",
    "tracker.read.places",
    "tracker.read.branches",
)
"""What else decides what is shown of a place."""
TRIES = 20
"""How often the tables are brought up to date while others write; each time only the last moment's changes are left."""
POLICIES_HELD = 2_000
"""Policies that are kept at hand: the newest ones of a state are among those of their topics too."""
LINE, POLICY_LINE = fields(PlaceLine), fields(PolicyLine)
Row = dict[str, Any]
_LINE = [PLACES.c[field.name] for field in LINE]
_POLICY_LINE = [POLICIES.c[field.name] for field in POLICY_LINE]


@contextmanager
def catalogue(
    engine: Engine, jurisdiction_of: Callable[[OcdId], Jurisdiction | None], publish: Publish, today: date
) -> Iterator["DatabaseCatalogue"]:
    """That of the database as of now. Raises StorageError."""
    make = partial(DatabaseCatalogue, jurisdiction_of=jurisdiction_of, publish=publish, today=today)
    for _ in range(TRIES):
        with reading(engine) as session:
            found = make(session)
            stale = found.stale()
            if not stale:
                yield found
                return
        for places in batches(stale):
            _bring_up_to_date(engine, make, places)
    raise StorageError("the database is written too fast for a report of one state of it; try again later")


def _bring_up_to_date(engine: Engine, make: Callable[[Session], "DatabaseCatalogue"], places: Sequence[OcdId]) -> None:
    with reading(engine) as session:
        found = make(session)
        summaries = {one.jurisdiction.id: summary(one, found.today) for one in found.timelines(places)}
        heads = [found.head(place) for place in places]
    with writing(engine) as session:
        hold(session, REPORT_LOCK)
        for table, key in ((PLACES, PLACES.c.id), (POLICIES, POLICIES.c.place), (ENTRIES, ENTRIES.c.place)):
            session.execute(delete(table).where(key.in_(places)))
        for table, rows in _rows(heads, summaries).items():
            if rows:
                session.connection().execute(insert(table), rows)


def _rows(heads: Sequence[Row], summaries: Mapping[OcdId, PlaceSummary]) -> dict[Table, list[Row]]:
    rows: dict[Table, list[Row]] = {PLACES: [], POLICIES: [], ENTRIES: []}
    nothing = dict.fromkeys(PLACES.c.keys()) | {"until": "", "mark": "", "listed": False}
    for head in heads:
        one = summaries.get(head["id"])
        if one is None:
            rows[PLACES].append(nothing | head)
            continue
        rows[PLACES].append(asdict(one.place) | head | {"until": one.until, "mark": one.mark, "listed": one.is_listed})
        place = {"place": one.place.id, "state": one.place.state}
        rows[POLICIES] += [asdict(item) | place | {"position": number} for number, item in enumerate(one.policies)]
        rows[ENTRIES] += [asdict(item) | place | {"position": number} for number, item in enumerate(one.entries)]
    return rows


class DatabaseCatalogue:
    """`tracker.publish.report.catalogue.Catalogue`. Right while nothing is `stale`."""

    def __init__(
        self,
        session: Session,
        jurisdiction_of: Callable[[OcdId], Jurisdiction | None],
        publish: Publish,
        today: date,
    ) -> None:
        self.session, self.today, self.coverage = session, today, coverage(session)
        self._jurisdiction_of, self._publish = jurisdiction_of, publish
        withheld = [item.model_dump_json() for item in withholdings(session, active=True)]
        # A hash: what is withheld stands nowhere.
        self._basis = mark(str(publish), mark_of_code(*CODE), *withheld)
        self._stamps = freshness.stamps(session)
        self._feeds = by_home(self.coverage)
        self._policies: dict[str, Policy] = {}

    def stale(self) -> list[OcdId]:
        """The places whose rows are not right."""
        columns = (PLACES.c.id, PLACES.c.stamp, PLACES.c.basis, PLACES.c.has_feed, PLACES.c.day, PLACES.c.until)
        today = self.today.isoformat()
        known, right = set[OcdId](), set[OcdId]()
        for place, stamp, basis, has_feed, day, until in self.session.execute(select(*columns)):
            known.add(place)
            is_same = (stamp, basis, has_feed) == (self._stamps.get(place, 0), self._basis, place in self._feeds)
            if is_same and day <= today and (not until or today < until):
                right.add(place)
        return sorted((known | self._stamps.keys() | self._feeds.keys()) - right - {EVERYWHERE})

    def head(self, place: OcdId) -> Row:
        """What a row is right by."""
        head: Row = {"id": place, "stamp": self._stamps.get(place, 0), "basis": self._basis}
        return head | {"has_feed": place in self._feeds, "day": self.today.isoformat()}

    @cached_property
    def marks(self) -> Mapping[OcdId, str]:
        """By the ids of places."""
        rows = self.session.execute(select(PLACES.c.id, PLACES.c.mark).where(PLACES.c.mark != ""))
        found = {place: with_feeds(own, coverage_around(place, self._feeds)) for place, own in rows}
        texts: dict[OcdId, list[DocumentLine]] = {}
        for line in self.documents:
            if line.place:
                texts.setdefault(line.place, []).append(line)
        return {
            place: with_documents(with_agendas(own, self.agendas.get(place)), texts.get(place, ()))
            for place, own in found.items()
        }

    @cached_property
    def agendas(self) -> Mapping[OcdId, Agendas]:
        """By the ids of governments; a policy that has no page is not named."""
        return {place: self._with_pages(its) for place, its in agendas(self.session, self.today).items()}

    def _with_pages(self, found: Agendas) -> Agendas:
        names = {one.policy for one in found.hearings if one.policy}
        known: set[str] = set()
        for batch in batches(names):
            known |= set(self.session.execute(select(POLICIES.c.id).where(POLICIES.c.id.in_(batch))).scalars())
        shown = (one if one.policy in known else one.model_copy(update={"policy": ""}) for one in found.hearings)
        return found.model_copy(update={"hearings": tuple(shown)})

    def timelines(self, places: Sequence[OcdId]) -> Iterator[PlaceTimeline]:
        """As readers are shown them, by id."""
        for batch in batches(sorted(places)):
            of_them = EntryFilter(places=tuple(batch))  # what was rejected too: it keeps its address
            for timeline in timelines(self.session, self._jurisdiction_of, of_them, self._feeds):
                its = self.agendas.get(timeline.jurisdiction.id)
                yield published_timeline(timeline, self._publish).model_copy(update={"agendas": its})

    @cached_property
    def _states(self) -> list[str]:
        first = func.min(PLACES.c.id)
        query = select(PLACES.c.state).where(PLACES.c.mark != "").group_by(PLACES.c.state).order_by(first)
        return list(self.session.execute(query).scalars())

    def states(self) -> Sequence[str]:
        """By the ids of their first places."""
        return self._states

    def places(self, state: str) -> Sequence[PlaceLine]:
        """By name."""
        query = select(*_LINE).where(PLACES.c.state == state, PLACES.c.listed)
        query = query.order_by(PLACES.c.name, PLACES.c.address, PLACES.c.id)
        return [PlaceLine(*row) for row in self.session.execute(query)]

    def policies(self, topic: str, state: str = "", most: int | None = None) -> Sequence[tuple[PlaceLine, PolicyLine]]:
        """By place, in the order of its page."""
        query = select(*_LINE, *_POLICY_LINE).join(POLICIES, POLICIES.c.place == PLACES.c.id)
        query = query.where(*_narrowed(POLICIES, topic, state))
        query = query.order_by(POLICIES.c.place, POLICIES.c.position).limit(most)
        rows = self.session.execute(query)
        return [(PlaceLine(*row[: len(LINE)]), PolicyLine(*row[len(LINE) :])) for row in rows]

    def policy_counts(self) -> Sequence[PolicyCount]:
        """By topic, state, stage and word."""
        return self._policy_counts

    @cached_property
    def _policy_counts(self) -> list[PolicyCount]:
        table, sums = POLICIES.c, (func.count(), func.sum(POLICIES.c.entries), func.min(POLICIES.c.place))
        keys = (table.topic, table.state, table.stage, table.word)
        rows = self.session.execute(select(*keys, *sums).group_by(*keys))
        return [PolicyCount(topic, state, Stage(stage), *rest) for topic, state, stage, *rest in rows]

    def stages(self) -> Mapping[str, Counter[Stage]]:
        """By topic."""
        found: dict[str, Counter[Stage]] = {}
        columns = (ENTRIES.c.topic, ENTRIES.c.stage)
        for topic, stage, number in self.session.execute(select(*columns, func.count()).group_by(*columns)):
            found.setdefault(topic, Counter())[Stage(stage)] = number
        return found

    def activity(self) -> Activity:
        """By year, month and stage."""
        columns = (ENTRIES.c.year, ENTRIES.c.month, ENTRIES.c.stage)
        query = select(*columns, func.count()).where(ENTRIES.c.year.is_not(None)).group_by(*columns)
        rows = self.session.execute(query)
        return Counter({(year, month, Stage(stage)): number for year, month, stage, number in rows})

    def newest(self, most: int, state: str = "", topic: str = "") -> Sequence[Step]:
        """By the day of the first report, then by date."""
        order = (ENTRIES.c.reported.desc(), ENTRIES.c.date.desc(), ENTRIES.c.place, ENTRIES.c.position)
        return self._steps(most, order, *_narrowed(ENTRIES, topic, state))

    def soonest(self, most: int, state: str = "") -> Sequence[Step]:
        """By date and stage."""
        comes = ENTRIES.c.comes >= self.today.isoformat()
        order = (ENTRIES.c.date, ENTRIES.c.stage, ENTRIES.c.id)
        return self._steps(most, order, comes, *_narrowed(ENTRIES, "", state))

    def agreements(self) -> Sequence[AgreementLine]:
        """By state and agency."""
        return agreement_lines(self.session)

    @cached_property
    def documents(self) -> Sequence[DocumentLine]:
        """By place, number and address."""
        return document_lines(self.session, self.today, withheld(self.session).text, self._basis)

    def document(self, line: DocumentLine) -> PublishedDocument:
        """With all of its versions and changes."""
        return published_document(self.session, line, self.today, withheld(self.session).text)

    def document_file(self, version_id: int) -> bytes | None:
        """As the server sent it."""
        return document_file(self.session, version_id)

    def _steps(self, most: int, order: Collection[Any], *where: ColumnElement[bool]) -> list[Step]:
        query = select(ENTRIES.c.policy, ENTRIES.c.id).where(*where).order_by(*order).limit(most)
        keys = [(policy, name) for policy, name in self.session.execute(query)]
        policies = self._whole({policy for policy, _ in keys})
        steps = {entry.id: Step(policy, entry) for policy in policies for entry in policy.entries}
        return [steps[name] for _, name in keys]

    def _whole(self, names: Collection[str]) -> list[Policy]:
        """These policies, each with all that it holds and what its entries tell of it."""
        missing = [name for name in names if name not in self._policies]
        if len(self._policies) + len(missing) > POLICIES_HELD:
            self._policies, missing = {}, list(names)
        for policy in shown_policies(self.session, missing, self._publish) if missing else ():
            self._policies[policy.id] = policy_with_facts(policy, self.today)
        return [self._policies[name] for name in names]


def _narrowed(table: Table, topic: str, state: str) -> list[ColumnElement[bool]]:
    pairs = ((table.c.topic, topic), (table.c.state, state))
    return [column == value for column, value in pairs if value]
