"""The feeds and how they do."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from db.values import Feed
    from jobs.settings import Settings


def feeds(settings: "Settings") -> Iterator[Check]:
    from db import feeds, troubles
    from db.engine import reading
    from jobs.store import open_store
    from tracker.coverage import NETWORK

    with open_store(settings) as engine, reading(engine) as session:
        known, ours = feeds.all_feeds(session), troubles.noted(session, NETWORK)
    yield from () if known and ours else health(known)


def put_aside(settings: "Settings") -> Iterator[Check]:
    from db import screened
    from db.engine import reading
    from jobs.store import open_store
    from tracker.publish.counts import count

    with open_store(settings) as engine, reading(engine) as session:
        aside = sum(screened.counted(session).values())
    on = "" if settings.screen else "; the setting `screen` is off, so it is none of the new ones"
    yield Check(Level.OK, "items", f"{count(aside, 'item')} put aside by headline and summary{on}")


def health(known: "Sequence[Feed]") -> Iterator[Check]:
    """Some that fail are a warning: sites come and go. That all do, or that the network of this machine is down, is a
    problem, which `jobs.health` tells."""
    failing = [feed for feed in known if feed.state == "failing"]
    if not known:
        says = "none; `tracker feeds import --starter --state WI` subscribes to a state's"
        yield Check(Level.WARNING, "feeds", says)
    elif failing and len(failing) < sum(feed.state != "retired" for feed in known):
        says = f"{len(failing)} of {len(known)} fail, {failing[0].url} among them; `tracker feeds list` shows why"
        yield Check(Level.WARNING, "feeds", says)
    elif not failing:
        yield Check(Level.OK, "feeds", f"{len(known)}")
