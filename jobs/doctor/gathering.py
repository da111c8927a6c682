"""The feeds and how they do."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from jobs.settings import Settings
    from tracker.model import Trouble


def feeds(settings: "Settings") -> Iterator[Check]:
    from db import feeds, troubles
    from db.engine import reading
    from jobs.store import open_store
    from tracker.model import NETWORK

    with open_store(settings) as engine, reading(engine) as session:
        known = feeds.all_feeds(session)
        outage = troubles.noted(session, NETWORK)
    if known and outage:
        yield _out_of_reach(len(known), outage)
    else:
        yield _health([(feed.state, feed.url) for feed in known])


def _out_of_reach(known: int, outage: "Trouble") -> Check:
    since = f"{known}, none can be asked since {outage.since:%Y-%m-%d %H:%M} UTC"
    says = f"{since}: the network of this machine seems to be down"
    return Check(
        Level.WARNING, "feeds", f"{says}; check its cable or router, its name server, its firewall and its clock"
    )


def _health(known: Sequence[tuple[str, str]]) -> Check:
    """`known` holds the state and the address of each feed."""
    failing = [url for state, url in known if state == "failing"]
    if not known:
        return Check(
            Level.WARNING, "feeds", "none; `tracker feeds import --starter --state WI` subscribes to a state's"
        )
    if failing:
        says = f"{len(failing)} of {len(known)} fail, {failing[0]} among them; `tracker feeds list` shows why"
        return Check(Level.WARNING, "feeds", says)
    return Check(Level.OK, "feeds", f"{len(known)}")
