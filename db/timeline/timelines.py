"""Many entries at once, streamed: for exports, and as timelines for the report. Memory does not grow with them.

They are as they may be published: what people withhold (`db.people.withholding`) is not in them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from db.convert import to_model
from db.feeds import feeds
from db.insert import BATCH, batches
from db.people.withholding import withheld
from db.tables import EntryRow, PolicyRow
from db.timeline.entries import completed, select_entries
from db.timeline.filters import ALL, SHOWN, EntryFilter, matching
from tracker.coverage import Coverage, PlaceTimeline
from tracker.model import Entry, Jurisdiction, Kind, OcdId, Policy, Publish
from tracker.publish.selection import published_policy
from tracker.timeline.threads import in_order
from tracker.timeline.told import told


def entries(session: Session, wanted: EntryFilter = ALL) -> Iterator[Entry]:
    """The entries by place, date, stage and id, undated ones first in their place; complete with evidence and
    revisions."""
    hidden = withheld(session)
    for batch in _batches(session, matching(wanted)):
        yield from map(hidden.entry, batch)


def told_entries(
    session: Session, wanted: EntryFilter, as_of: date, publish: Publish = Publish.ALL, at_once: int = BATCH
) -> Iterator[Entry]:
    """The same with what their policies are called and how these stand on a day, whatever the filter leaves out; those
    that `publish` lets through. So many are loaded `at_once`."""
    keys = matching(wanted).with_only_columns(col(EntryRow.id), col(EntryRow.policy))
    for batch in session.execute(keys.execution_options(yield_per=at_once)).partitions():
        shown = shown_policies(session, {policy for _, policy in batch}, publish)
        facts = {entry.id: entry for policy in shown for entry in told(policy, as_of)}
        yield from (facts[name] for name, _ in batch if name in facts)


def shown_policies(session: Session, names: Collection[str], publish: Publish) -> Iterator[Policy]:
    """The policies of these ids as readers see them: what `publish` lets through, without what is withheld."""
    hidden = withheld(session)
    return (published_policy(hidden.policy(policy), publish) for policy in whole_policies(session, names))


def whole_policies(session: Session, names: Collection[str]) -> Iterator[Policy]:
    """The policies of these ids, each with all that it holds, rejected entries too."""
    bare = {row.id: to_model(row, Policy) for row in session.scalars(_policy_rows(names))}
    members: dict[str, list[Entry]] = {name: [] for name in names}
    rows = session.execute(select_entries().where(col(EntryRow.policy).in_(names)).order_by(col(EntryRow.id)))
    for batch in batches(rows):
        for entry in completed(session, batch):
            members[entry.policy].append(entry)
    session.expunge_all()
    return (bare[name].model_copy(update={"entries": tuple(in_order(found))}) for name, found in members.items())


def _policy_rows(names: Collection[str]) -> Select[Any]:
    return select(PolicyRow).where(col(PolicyRow.id).in_(names))


def timelines(
    session: Session, jurisdiction_of: Callable[[OcdId], Jurisdiction | None], wanted: EntryFilter = SHOWN
) -> Iterator[PlaceTimeline]:
    """One timeline for each place that has entries or a feed of its own, by OCD id.

    Policies stand in the order of their first entries. Without a filter: all places, without what was rejected.
    """
    hidden, heard = withheld(session), _by_home(feeds.coverage(session))
    silent = sorted((home for home in heard if _home_wanted(home, wanted)), reverse=True)
    for place, group in groupby(_threaded(session, wanted), key=lambda pair: pair[0].jurisdiction):
        while silent and silent[-1] < place:
            yield _timeline(silent.pop(), (), heard, jurisdiction_of)
        if silent and silent[-1] == place:
            silent.pop()
        yield hidden.timeline(_timeline(place, list(group), heard, jurisdiction_of))
    for home in reversed(silent):
        yield _timeline(home, (), heard, jurisdiction_of)


def _timeline(
    place: OcdId,
    pairs: Sequence[tuple[Entry, Policy]],
    heard: Mapping[OcdId, Sequence[Coverage]],
    jurisdiction_of: Callable[[OcdId], Jurisdiction | None],
) -> PlaceTimeline:
    """A feed that serves the state around a place covers the place too."""
    around = [place, *(place.rsplit("/", depth)[0] for depth in range(1, place.count("/")))]
    return PlaceTimeline(
        jurisdiction=jurisdiction_of(place) or unlisted(place, pairs[0][0].jurisdiction_name if pairs else ""),
        policies=_policies(pairs),
        coverage=tuple(item for home in around for item in heard.get(home, ())),
    )


def _by_home(coverage: Iterable[Coverage]) -> dict[OcdId, list[Coverage]]:
    homes: dict[OcdId, list[Coverage]] = {}
    for item in coverage:
        if item.home:
            homes.setdefault(item.home, []).append(item)
    return homes


def _batches(session: Session, query: Select[Any]) -> Iterator[list[Entry]]:
    rows = session.execute(query.execution_options(yield_per=BATCH))
    for partition in rows.partitions():
        yield completed(session, partition)


def _threaded(session: Session, wanted: EntryFilter) -> Iterator[tuple[Entry, Policy]]:
    """The entries with their policies, which are loaded a batch at a time."""
    for batch in _batches(session, matching(wanted)):
        query = _policy_rows({entry.policy for entry in batch})
        named = {row.id: to_model(row, Policy) for row in session.scalars(query)}
        session.expunge_all()
        yield from ((entry, named[entry.policy]) for entry in batch)


def _policies(pairs: Sequence[tuple[Entry, Policy]]) -> tuple[Policy, ...]:
    named = {policy.id: policy for _, policy in pairs}
    members: dict[str, list[Entry]] = {}
    for entry in in_order(entry for entry, _ in pairs):
        members.setdefault(entry.policy, []).append(entry)
    return tuple(named[name].model_copy(update={"entries": tuple(found)}) for name, found in members.items())


def _home_wanted(home: OcdId, wanted: EntryFilter) -> bool:
    """Feeds have no topics and no dates: only the places of a filter count."""
    inside = wanted.inside and any(home.startswith(f"{place}/") for place in wanted.places)
    return not wanted.places or home in wanted.places or inside


def unlisted(place: OcdId, name: str = "") -> Jurisdiction:
    """What an id itself says of a place that entries name and the gazetteer no longer has."""
    parts = dict(part.split(":", 1) for part in place.split("/") if ":" in part)
    kind, slug = list(parts.items())[-1]
    kinds = {"state": Kind.STATE, "district": Kind.STATE, "place": Kind.PLACE}
    return Jurisdiction(
        id=place,
        name=name or slug.replace("_", " ").title(),
        kind=kinds.get(kind, Kind.COUNTY),
        state=parts.get("state", parts.get("district", "us")).upper(),
    )
