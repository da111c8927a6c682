"""What a request for the mails does. Anybody can type anybody's address: until there is a yes it counts for nothing.
None is sent to who refused, bounced or was erased, and few to one mailbox, for one network and in one hour."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from db.engine import reading, session
from db.feeds import feeds
from db.mail import ledger, subscribers
from jobs.mail.confirm import store_known, store_question
from jobs.mail.mailing import Mailing
from jobs.settings import Settings
from jobs.subscribers import erasing
from jobs.web.clients import is_near, neighbourhood
from jobs.web.rate import Rate
from tracker.errors import BadInput
from tracker.publish.mail.subscribers import Rhythm, Subscriber, Subscription, mailbox
from tracker.read.places import gazetteer

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

OF_A_MAILBOX, OF_A_MAILBOX_S = 3, 8 * 3600.0
"""Mails that ask one mailbox, and seconds after which it may be asked once more: three a day, however it is spelt. Who
chose the wrong place sends the form again."""
OF_A_NETWORK, OF_A_NETWORK_S = 10, 360.0
"""The same for all who ask from one neighbourhood of addresses: an office that signs up together."""
OF_ALL, OF_ALL_S = 300, 36.0
"""The same for all: the day on which a newspaper names the form. Behind it, a hundred an hour."""
TOO_MANY = "Too many requests came just now. Nothing was sent; please try again in an hour."
SUGGESTED = 500
"""Places that the form proposes while one types; all others can be typed."""
SUGGESTED_S = 600
"""Seconds for which the suggestions are kept: new feeds are rare."""
_ONE_AT_A_TIME = Lock()
"""Two requests for one new address would both add it."""


class Requests:
    """Takes requests for the mails; one for a website."""

    def __init__(self, engine: "Engine", settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine, self._settings = engine, settings
        self._mailboxes = Rate(clock, at_once=OF_A_MAILBOX, each_s=OF_A_MAILBOX_S)
        self._networks = Rate(clock, at_once=OF_A_NETWORK, each_s=OF_A_NETWORK_S)
        self._all = Rate(clock, at_once=OF_ALL, each_s=OF_ALL_S)

    def take(self, client: str, address: str, rhythm: Rhythm, wanted: tuple[Subscription, ...], now: datetime) -> None:
        """Stores the mail that asks for a yes, or the one that says that they get them already, or none: whoever asks
        is not told which. Raises BadInput where too many were asked, whoever the address belongs to."""
        crowded = not is_near(client) and self._networks.late(neighbourhood(client))
        if crowded or self._all.late(""):
            raise BadInput(TOO_MANY)
        mailing = Mailing.of(self._settings)
        if self._mailboxes.late(mailbox(address)) or erasing.erased_before(self._engine, mailing.tokens, address):
            return
        with _ONE_AT_A_TIME, session(self._engine) as opened:
            subscribers.forget_unanswered(opened, now - subscribers.UNANSWERED)
            known = subscribers.by_address(opened, address)
            if known and known.state == "active":
                store_known(opened, mailing, known, now)
            elif known and known.state == "unconfirmed" and not subscribers.is_unanswered(opened, known.id):
                _ask_again(opened, mailing, known, now)
            elif known is None or known.state == "unconfirmed":
                _ask(opened, mailing, known, Asked(address, rhythm, wanted), now)


@dataclass(frozen=True)
class Asked:
    """What a form asks for."""

    address: str
    rhythm: Rhythm
    wanted: tuple[Subscription, ...]


def _ask_again(opened: "Session", mailing: Mailing, known: Subscriber, now: datetime) -> None:
    """Somebody who was added by hand: once a day, and nothing of what they follow changes."""
    if not ledger.asked_on(opened, known.id, now.date()):
        store_question(opened, mailing, known, now)


def _ask(opened: "Session", mailing: Mailing, before: Subscriber | None, asked: Asked, now: datetime) -> None:
    """In the place of what was asked before in the same name, whose link then leads nowhere: a yes is one to what its
    own mail says, and nobody can add to it. The very same is asked once a day."""
    if before and _is_same(before, asked) and before.added_at.date() == now.date():
        return
    if before:
        subscribers.remove(opened, before.id)
    reader, _ = subscribers.add(opened, asked.address, asked.rhythm, asked.wanted, now)
    store_question(opened, mailing, reader, now, by_form=True)


def _is_same(before: Subscriber, asked: Asked) -> bool:
    follows = [item.model_copy(update={"id": 0}) for item in before.subscriptions]
    return (before.rhythm, follows) == (asked.rhythm, list(asked.wanted))


def known_places(engine: "Engine") -> tuple[str, ...]:
    """`Milwaukee, WI`: places that feeds are followed for."""
    return _known_places(engine, int(time.monotonic() // SUGGESTED_S))


@lru_cache(maxsize=4)
def _known_places(engine: "Engine", _now: int) -> tuple[str, ...]:
    with reading(engine) as opened:
        homes = feeds.homes(opened, SUGGESTED)
    found = (gazetteer.load().get(home) for home in homes)
    return tuple(sorted(place.label for place in found if place))
