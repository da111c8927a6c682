"""The feeds and how they do."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from db.values import Feed
    from jobs.settings import Settings
    from tracker.coverage import Trouble


def feeds(settings: "Settings") -> Iterator[Check]:
    from db import feeds, troubles
    from db.engine import reading
    from jobs.store import open_store
    from tracker.coverage import NETWORK

    with open_store(settings) as engine, reading(engine) as session:
        known = feeds.all_feeds(session)
        outage = troubles.noted(session, NETWORK)
    yield _out_of_reach(len(known), outage) if known and outage else health(known)


def put_aside(settings: "Settings") -> Iterator[Check]:
    from db import screened
    from db.engine import reading
    from jobs.store import open_store
    from tracker.publish.counts import count

    with open_store(settings) as engine, reading(engine) as session:
        aside = sum(screened.counted(session).values())
    on = "" if settings.screen else "; the setting `screen` is off, so it is none of the new ones"
    yield Check(Level.OK, "items", f"{count(aside, 'item')} put aside by headline and summary{on}")


def _out_of_reach(known: int, outage: "Trouble") -> Check:
    since = f"{known}, none can be asked since {outage.since:%Y-%m-%d %H:%M} UTC"
    says = f"{since}: the network of this machine seems to be down"
    return Check(
        Level.PROBLEM, "feeds", f"{says}; check its cable or router, its name server, its firewall and its clock"
    )


def health(known: "Sequence[Feed]") -> Check:
    """Some that fail are a warning: sites come and go. If all do, it is this machine that fails."""
    failing = [feed for feed in known if feed.state == "failing"]
    if not known:
        return Check(
            Level.WARNING, "feeds", "none; `tracker feeds import --starter --state WI` subscribes to a state's"
        )
    if len(failing) == sum(feed.state != "retired" for feed in known) > 0:
        first = f"{failing[0].url} with: {failing[0].error}"
        look = "look at this machine's network and name server, and set `contact`, since sites may refuse the nameless"
        says = f"all fail ({len(failing)}), {first}; {look}; `tracker feeds list` shows the rest"
        return Check(Level.PROBLEM, "feeds", says)
    if failing:
        says = f"{len(failing)} of {len(known)} fail, {failing[0].url} among them; `tracker feeds list` shows why"
        return Check(Level.WARNING, "feeds", says)
    return Check(Level.OK, "feeds", f"{len(known)}")
