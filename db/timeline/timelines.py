"""Many entries at once: streamed for exports, as timelines for the report, the latest for feeds, policies and places a
page at a time. Memory does not grow with them.

They are as they may be published: what people withhold (`db.people.withholding`) is not in them."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Select, func, select, tuple_
from sqlmodel import Session, col

from db.feeds import feeds
from db.mapping import BATCH, batches, to_model
from db.tables.timeline import EntryRow, FeedRow, PolicyRow, RevisionRow
from db.timeline.entries import select_entries, with_evidence
from db.timeline.filters import ALL, SHOWN, EntryFilter, in_places, matching
from db.withholdings import withheld
from tracker.coverage import Coverage, PlaceTimeline
from tracker.model import Entry, EntryStatus, Jurisdiction, Kind, OcdId, Policy, Publish, SourceKind
from tracker.publish.withholding import published_policy
from tracker.timeline.how_sure import is_published
from tracker.timeline.policies import with_standing
from tracker.timeline.threads import in_order


def entries(session: Session, wanted: EntryFilter = ALL) -> Iterator[Entry]:
    """The entries by place, date, stage and id, undated ones first in their place; complete with evidence and
    revisions."""
    hidden = withheld(session)
    for batch in _batches(session, matching(wanted)):
        yield from map(hidden.entry, batch)


def entries_with_standing(
    session: Session, wanted: EntryFilter, as_of: date, publish: Publish = Publish.ALL, at_once: int = BATCH
) -> Iterator[Entry]:
    """The same with what their policies are called and how these stand on a day, whatever the filter leaves out; those
    that `publish` lets through. So many are loaded `at_once`."""
    keys = matching(wanted).with_only_columns(col(EntryRow.id), col(EntryRow.policy))
    for batch in session.execute(keys.execution_options(yield_per=at_once)).partitions():
        shown = shown_policies(session, {policy for _, policy in batch}, publish)
        facts = {entry.id: entry for policy in shown for entry in with_standing(policy, as_of)}
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
        for entry in with_evidence(session, batch):
            members[entry.policy].append(entry)
    session.expunge_all()
    return (bare[name].model_copy(update={"entries": tuple(in_order(found))}) for name, found in members.items())


def _policy_rows(names: Collection[str]) -> Select[Any]:
    return select(PolicyRow).where(col(PolicyRow.id).in_(names))


def timelines(
    session: Session,
    jurisdiction_of: Callable[[OcdId], Jurisdiction | None],
    wanted: EntryFilter = SHOWN,
    heard: Mapping[OcdId, Sequence[Coverage]] | None = None,
) -> Iterator[PlaceTimeline]:
    """One timeline for each place that has entries or a feed of its own, by OCD id.

    Policies stand in the order of their first entries. Without a filter: all places, without what was rejected.
    `heard`: the coverage by home, where whoever asks has it already.
    """
    hidden = withheld(session)
    heard = by_home(feeds.coverage(session)) if heard is None else heard
    silent = sorted((home for home in heard if home and _home_wanted(home, wanted)), reverse=True)
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
    return PlaceTimeline(
        jurisdiction=jurisdiction_of(place) or unlisted(place, pairs[0][0].jurisdiction_name if pairs else ""),
        policies=_policies(pairs),
        coverage=tuple(coverage_around(place, heard)),
    )


EVERYWHERE = ""
"""Stands for the home of a source that serves all places."""


def coverage_around(place: OcdId, heard: Mapping[OcdId, Sequence[Coverage]]) -> Iterator[Coverage]:
    """Of the place and of all that lies around it: a feed that serves the state covers the place too. The sheet of
    agreements covers every place."""
    for depth in range(place.count("/")):
        yield from heard.get(place.rsplit("/", depth)[0], ())
    yield from heard.get(EVERYWHERE, ())


def by_home(coverage: Iterable[Coverage]) -> dict[OcdId, list[Coverage]]:
    """That of the sources with a home; the sheet of agreements, which has none, is `EVERYWHERE`."""
    homes: dict[OcdId, list[Coverage]] = {}
    for item in coverage:
        if item.home or item.kind is SourceKind.AGREEMENTS:
            homes.setdefault(item.home or EVERYWHERE, []).append(item)
    return homes


def _batches(session: Session, query: Select[Any]) -> Iterator[list[Entry]]:
    rows = session.execute(query.execution_options(yield_per=BATCH))
    for partition in rows.partitions():
        yield with_evidence(session, partition)


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


MOST_LOOKED_AT = 20_000
"""Revisions; a feed of a place where nothing changes ends its search there."""
Wanted = Callable[[Any], bool]
"""Whether an entry is followed, by its `jurisdiction`, `topic` and `stage`."""


def latest_ids(session: Session, wanted: Wanted, since: datetime, most: int) -> list[str]:
    """The ids of the entries opened or revised after `since` that are wanted, the latest first; without those that a
    person rejected."""
    found: dict[str, None] = {}
    for row in session.execute(_revised(since)):
        if row.entry_id not in found and wanted(row):
            found[row.entry_id] = None
            if len(found) == most:
                break
    return list(found)


def _revised(since: datetime) -> Select[Any]:
    row, entry = RevisionRow, EntryRow
    columns: tuple[Any, ...] = (col(row.entry_id), col(entry.jurisdiction), col(entry.topic), col(entry.stage))
    query = select(*columns).join(entry, col(entry.id) == col(row.entry_id))
    query = query.where(col(row.at) > since, col(entry.status) != EntryStatus.REJECTED)
    return query.order_by(col(row.at).desc(), col(row.entry_id).desc()).limit(MOST_LOOKED_AT)


def policies_page(
    session: Session, wanted: EntryFilter, publish: Publish, after: tuple[str, str] | None, most: int
) -> list[Policy]:
    """The first of them by place and id, behind the one of place and id `after`; whole but for what is not shown, and
    left out where nothing is. Of the filter count places and topics."""
    return list(islice(_pages_of_policies(session, wanted, publish, after, most), most))


def _pages_of_policies(
    session: Session, wanted: EntryFilter, publish: Publish, after: tuple[str, str] | None, at_once: int
) -> Iterator[Policy]:
    hidden = withheld(session)
    while keys := _policy_keys(session, wanted, after, at_once):
        whole = {policy.id: policy for policy in whole_policies(session, [name for _, name in keys])}
        for _, name in keys:
            shown = published_policy(hidden.policy(whole[name]), publish)
            if any(entry.status is not EntryStatus.REJECTED for entry in shown.entries):
                yield shown
        after = keys[-1]


def _policy_keys(
    session: Session, wanted: EntryFilter, after: tuple[str, str] | None, most: int
) -> list[tuple[str, str]]:
    """Place and id of the next policies."""
    place, name = col(PolicyRow.jurisdiction), col(PolicyRow.id)
    query = select(place, name).order_by(place, name).limit(most)
    if wanted.places:
        query = query.where(in_places(place, wanted))
    if wanted.topics:
        query = query.where(col(PolicyRow.topic).in_(wanted.topics))
    if after:
        query = query.where(tuple_(place, name) > after)
    return [(where, key) for where, key in session.execute(query)]


def place_counts(session: Session, publish: Publish) -> dict[OcdId, tuple[int, int]]:
    """Of each place that has either: how many entries are shown of it, and how many feeds that are polled have it as
    their home."""
    told = _entry_counts(session, publish)
    home = col(FeedRow.home)
    query = select(home, func.count()).where(home.is_not(None), col(FeedRow.retired_at).is_(None)).group_by(home)
    heard = {str(place): count for place, count in session.execute(query)}
    return {place: (told.get(place, 0), heard.get(place, 0)) for place in told.keys() | heard.keys()}


def _entry_counts(session: Session, publish: Publish) -> dict[OcdId, int]:
    if publish not in (Publish.ALL, Publish.CONFIRMED):
        # how sure an entry is rests on all its evidence: no query can tell
        return Counter(entry.jurisdiction for entry in entries(session, SHOWN) if is_published(entry, publish))
    statuses = {EntryStatus.CONFIRMED} if publish == Publish.CONFIRMED else SHOWN.statuses
    place = col(EntryRow.jurisdiction)
    query = select(place, func.count()).where(col(EntryRow.status).in_(statuses)).group_by(place)
    return {str(name): count for name, count in session.execute(query)}
