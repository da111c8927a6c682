"""What readers are shown, a page at a time: policies, and the places that there is something of."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from sqlalchemy import tuple_
from sqlmodel import Session, col, func, select

from db.people.withholding import withheld
from db.tables import EntryRow, FeedRow, PolicyRow
from db.timeline.filters import SHOWN, EntryFilter, in_places
from db.timeline.timelines import entries, whole_policies
from tracker.model import EntryStatus, OcdId, Policy, Publish
from tracker.publish.selection import published_policy
from tracker.timeline.how_sure import is_published


def policies(
    session: Session, wanted: EntryFilter, publish: Publish, after: tuple[str, str] | None, most: int
) -> list[Policy]:
    """The first of them by place and id, behind the one of place and id `after`; whole but for what is not shown, and
    left out where nothing is. Of the filter count places and topics."""
    return list(islice(_policies(session, wanted, publish, after, most), most))


def _policies(
    session: Session, wanted: EntryFilter, publish: Publish, after: tuple[str, str] | None, at_once: int
) -> Iterator[Policy]:
    hidden = withheld(session)
    while keys := _keys(session, wanted, after, at_once):
        whole = {policy.id: policy for policy in whole_policies(session, [name for _, name in keys])}
        for _, name in keys:
            shown = published_policy(hidden.policy(whole[name]), publish)
            if any(entry.status is not EntryStatus.REJECTED for entry in shown.entries):
                yield shown
        after = keys[-1]


def _keys(session: Session, wanted: EntryFilter, after: tuple[str, str] | None, most: int) -> list[tuple[str, str]]:
    """Place and id of the next policies."""
    place, name = col(PolicyRow.jurisdiction), col(PolicyRow.id)
    query = select(place, name).order_by(place, name).limit(most)
    if wanted.places:
        query = query.where(in_places(place, wanted))
    if wanted.topics:
        query = query.where(col(PolicyRow.topic).in_(wanted.topics))
    if after:
        query = query.where(tuple_(place, name) > after)
    return [(where, key) for where, key in session.exec(query).all()]


def places(session: Session, publish: Publish) -> dict[OcdId, tuple[int, int]]:
    """Of each place that has either: how many entries are shown of it, and how many feeds that are polled have it as
    their home."""
    told = _shown(session, publish)
    home = col(FeedRow.home)
    query = select(home, func.count()).where(home.is_not(None), col(FeedRow.retired_at).is_(None)).group_by(home)
    heard = {str(place): count for place, count in session.exec(query).all()}
    return {place: (told.get(place, 0), heard.get(place, 0)) for place in told.keys() | heard.keys()}


def _shown(session: Session, publish: Publish) -> dict[OcdId, int]:
    if publish not in (
        Publish.ALL,
        Publish.CONFIRMED,
    ):
        # how sure an entry is rests on all its evidence: no query can tell
        return Counter(entry.jurisdiction for entry in entries(session, SHOWN) if is_published(entry, publish))
    statuses = {EntryStatus.CONFIRMED} if publish == Publish.CONFIRMED else SHOWN.statuses
    place = col(EntryRow.jurisdiction)
    query = select(place, func.count()).where(col(EntryRow.status).in_(statuses)).group_by(place)
    return dict(session.exec(query).all())
