"""The feeds and how they do."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from jobs.settings import Settings


def feeds(settings: "Settings") -> Iterator[Check]:
    from db import feeds
    from db.engine import reading
    from jobs.store import open_store

    with open_store(settings) as engine, reading(engine) as session:
        known = feeds.all_feeds(session)
    yield _health([(feed.state, feed.url) for feed in known])


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
