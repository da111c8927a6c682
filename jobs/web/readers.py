"""What the pages do to a subscriber; each call is one transaction."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import text

from db.engine import reading, session
from db.mail import subscribers
from jobs.subscribers.choice import Choice
from jobs.web.forms import hour
from tracker.errors import BadInput
from tracker.publish.mail.subscribers import Subscriber

if TYPE_CHECKING:
    from sqlalchemy import Engine

MOST_FOLLOWED = 50
"""Subscriptions of one reader: what is asked for in their name does not grow for ever."""


def check(engine: "Engine") -> None:
    """Raises StorageError where the database does not answer."""
    with reading(engine) as opened:
        opened.execute(text("SELECT 1 FROM feed LIMIT 1"))


def by_key(engine: "Engine", key: str) -> Subscriber | None:
    """The subscriber whom a link names."""
    with reading(engine) as opened:
        return subscribers.by_key(opened, key)


def confirm(engine: "Engine", reader: Subscriber, now: datetime) -> None:
    """They said yes."""
    with session(engine) as opened:
        subscribers.confirm(opened, reader.id, now)


def end(engine: "Engine", reader: Subscriber, now: datetime) -> None:
    """They said no more."""
    with session(engine) as opened:
        subscribers.end(opened, reader.id, now)


def save(
    engine: "Engine", reader: Subscriber, kept: Collection[str], said: Mapping[str, str], now: datetime, more: Choice
) -> None:
    """Keeps the subscriptions whose ids are named, adds `more`, and takes over the rhythm; none left ends it all.
    BadInput."""
    choice = Choice(
        frequency=said["frequency"],
        weekday=said["weekday"],
        hour=hour(said["hour"]),
        timezone=said["timezone"].strip(),
    )
    rhythm = choice.rhythm(reader.rhythm)
    added = more.subscriptions() if more.names_something else ()
    gone = [item.id for item in reader.subscriptions if str(item.id) not in kept]
    if len(reader.subscriptions) - len(gone) + len(added) > max(MOST_FOLLOWED, len(reader.subscriptions)):
        raise BadInput(f"These are more than {MOST_FOLLOWED} lines; untick some, or name a county or a state.")
    with session(engine) as opened:
        subscribers.set_rhythm(opened, reader.id, rhythm)
        subscribers.unfollow(opened, reader.id, gone)
        subscribers.follow(opened, reader.id, added)
        if len(gone) == len(reader.subscriptions) and not added:
            subscribers.end(opened, reader.id, now)
