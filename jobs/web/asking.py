"""What a request for the mails does: one mail a day to an address at most; none to who refused, bounced, was erased."""

import time
from datetime import datetime
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from db import feeds, ledger, subscribers
from db.engine import reading, session
from jobs.mail.confirm import store_known, store_question
from jobs.mail.mailing import Mailing
from jobs.settings import Settings
from jobs.subscribers import erasing
from jobs.web.readers import MOST_FOLLOWED
from tracker.errors import BadInput
from tracker.publish.subscribers import Rhythm, Subscriber, Subscription
from tracker.read.places import gazetteer

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

MOST_UNCONFIRMED = 5_000
"""Who was asked and has not said yes: a flood of invented addresses ends here; people can still be added by hand."""
SUGGESTED = 500
"""Places that the form proposes while one types; all others can be typed."""
SUGGESTED_S = 600
"""Seconds for which the suggestions are kept: new feeds are rare."""
_ONE_AT_A_TIME = Lock()
"""Two requests for one new address would both add it."""


def ask(
    engine: "Engine",
    settings: Settings,
    address: str,
    rhythm: Rhythm,
    wanted: tuple[Subscription, ...],
    now: datetime,
) -> None:
    """Stores the mail that asks for a yes, or the one that says that they get them already. Raises BadInput where too
    many were asked."""
    mailing = Mailing.of(settings)
    if erasing.erased_before(engine, mailing.tokens, address):
        return
    with _ONE_AT_A_TIME, session(engine) as opened:
        known = subscribers.by_address(opened, address)
        if known is None and subscribers.count_unconfirmed(opened) >= MOST_UNCONFIRMED:
            raise BadInput("Too many people have asked just now. Please try again in some days.")
        if known is None or known.state == "unconfirmed":
            _question(opened, mailing, known, address, rhythm, wanted, now)
        elif known.state == "active":
            store_known(opened, mailing, known, now)


def _question(
    opened: "Session",
    mailing: Mailing,
    known: Subscriber | None,
    address: str,
    rhythm: Rhythm,
    wanted: tuple[Subscription, ...],
    now: datetime,
) -> None:
    """Once a day: whoever asks again before the mail came gets no second one."""
    if known and (ledger.asked_on(opened, known.id, now.date()) or len(known.subscriptions) >= MOST_FOLLOWED):
        return
    reader, _ = subscribers.add(opened, address, rhythm, wanted, now)
    store_question(opened, mailing, reader, now)


def known_places(engine: "Engine") -> tuple[str, ...]:
    """`Milwaukee, WI`: places that feeds are followed for."""
    return _known_places(engine, int(time.monotonic() // SUGGESTED_S))


@lru_cache(maxsize=4)
def _known_places(engine: "Engine", _now: int) -> tuple[str, ...]:
    with reading(engine) as opened:
        homes = feeds.homes(opened, SUGGESTED)
    found = (gazetteer.load().get(home) for home in homes)
    return tuple(sorted(place.label for place in found if place))
