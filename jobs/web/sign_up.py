"""`/subscribe/`: anybody asks for the mails. Nobody gets one who did not say yes, and nobody is told who is known."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response

from db.mail import ledger, subscribers
from db.sessions import session
from jobs.mail.mailing import Mailing, store_known, store_question
from jobs.settings import Settings
from jobs.subscribers import erasure
from jobs.subscribers.preferences import Preferences
from jobs.web.forms import RHYTHM, Form, of_rhythm, one, trapped, when_fields
from jobs.web.middleware.clients import Rate, is_near, neighbourhood
from jobs.web.subscriber_pages import LONGEST, Pages, follow_fields, more_of, with_rhythm
from tracker.errors import BadInput
from tracker.publish.mail.subscribers import (
    Rhythm,
    Subscriber,
    Subscription,
    checked_address,
    is_channel,
    mailbox,
)
from tracker.read.places import gazetteer
from tracker.read.topics import topics

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

PLACES = 4
"""Fields for places; more can be added once the mails come."""
AT_ONCE, EACH_S = 5, 60.0
"""Requests: each has a mail sent to an address that anybody may have typed."""
FIELDS = ("address", *RHYTHM)
OF_A_MAILBOX, OF_A_MAILBOX_S = 3, 8 * 3600.0
"""Mails that ask one mailbox, and seconds after which it may be asked once more: three a day, however it is spelt. Who
chose the wrong place sends the form again."""
OF_A_NETWORK, OF_A_NETWORK_S = 10, 360.0
"""The same for all who ask from one neighbourhood of addresses: an office that signs up together."""
OF_ALL, OF_ALL_S = 300, 36.0
"""The same for all: the day on which a newspaper names the form. Behind it, a hundred an hour."""
TOO_MANY = "Too many requests came just now. Nothing was sent; please try again in an hour."
_ONE_AT_A_TIME = Lock()
"""Two requests for one new address would both add it."""


class SignUp:
    """The form and what it does."""

    def __init__(self, engine: "Engine", settings: Settings, pages: Pages) -> None:
        self._engine, self._settings, self._page = engine, settings, pages.page
        self._rate = Rate(at_once=AT_ONCE, each_s=EACH_S)
        self._requests = Requests(engine, settings)

    def router(self) -> APIRouter:
        """The routes."""
        routes = APIRouter()
        routes.add_api_route("/subscribe/", self.show, methods=["GET"])
        routes.add_api_route("/subscribe/", self.ask, methods=["POST"], dependencies=[Depends(self._rate.spend)])
        return routes

    def show(self, place: Annotated[str, Query()] = "", topic: Annotated[str, Query()] = "") -> Response:
        """The form, with what the page that led here was about."""
        fields = {"address": ""} | of_rhythm(Rhythm(timezone=self._settings.timezone))
        named = Preferences(places=[_named(place)] if place else (), topics=sorted({topic} & set(topics())))
        return self._form(fields, named)

    def ask(self, form: Form, request: Request) -> Response:
        """Asks by mail for a yes. The answer is the same whoever the address belongs to."""
        fields, more = {name: one(form, name) for name in FIELDS}, more_of(form)
        is_whole = False
        if trapped(form):
            return self._done()
        try:
            address, wanted, rhythm = self._read(fields, more)
            is_whole = True
            client = request.client.host if request.client else ""
            self._requests.take(client, address, rhythm, wanted, datetime.now(UTC))
        except BadInput as error:
            if not is_whole:
                self._rate.give_back(request)
            return self._form(fields, more, problem=str(error))
        return self._done()

    def _read(self, fields: dict[str, str], more: Preferences) -> tuple[str, tuple[Subscription, ...], Rhythm]:
        """Address, what they want to follow, and when. Raises BadInput."""
        address = checked_address(fields["address"])
        if is_channel(address):
            raise BadInput("Write a mail address, like ada@example.org.")
        if not more.names_something:
            raise BadInput("Name a place, choose a topic, or say what to watch on agendas.")
        preferences = with_rhythm(more, fields)
        return address, preferences.subscriptions(), preferences.rhythm(Rhythm(timezone=self._settings.timezone))

    def _form(self, fields: dict[str, str], more: Preferences, *, problem: str = "") -> Response:
        values = follow_fields(self._engine, more, PLACES) | {"said": fields, "problem": problem}
        values["when"] = when_fields({name: fields[name] for name in RHYTHM}, self._settings.timezone)
        pairs = [*(("place", name) for name in more.places), *(("topic", name) for name in more.topics)]
        values["asked"] = f"?{urlencode(pairs)}" if pairs and not problem else ""
        return self._page("subscribe", status=400 if problem else 200, **values)

    def _done(self) -> Response:
        says = "Look into your mailbox: a mail asks whether you want this. Nothing comes until you say yes."
        return self._page("asked", says=says, contact=self._settings.contact)


def _named(place: str) -> str:
    """A place of an address as people write it; what is none as it is."""
    try:
        return gazetteer.load().parse_home(place[:LONGEST]).label
    except BadInput:
        return place[:LONGEST]


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
        if self._mailboxes.late(mailbox(address)) or erasure.erased_before(self._engine, mailing.tokens, address):
            return
        with _ONE_AT_A_TIME, session(self._engine) as opened:
            subscribers.forget_unanswered(opened, now - subscribers.UNANSWERED)
            known = subscribers.by_address(opened, address)
            if known and known.state == "active":
                store_known(opened, mailing, known, now)
            elif known and known.state == "unconfirmed" and not subscribers.is_unanswered(opened, known.id):
                _ask_again(opened, mailing, known, now)
            elif known is None or known.state == "unconfirmed":
                _ask(opened, mailing, known, address, rhythm, wanted, now)


def _ask_again(opened: "Session", mailing: Mailing, known: Subscriber, now: datetime) -> None:
    """Somebody who was added by hand: once a day, and nothing of what they follow changes."""
    if not ledger.asked_on(opened, known.id, now.date()):
        store_question(opened, mailing, known, now)


def _ask(
    opened: "Session",
    mailing: Mailing,
    before: Subscriber | None,
    address: str,
    rhythm: Rhythm,
    wanted: tuple[Subscription, ...],
    now: datetime,
) -> None:
    """In the place of what was asked before in the same name, whose link then leads nowhere: a yes is one to what its
    own mail says, and nobody can add to it. The very same is asked once a day."""
    if before and before.added_at.date() == now.date():
        follows = [item.model_copy(update={"id": 0}) for item in before.subscriptions]
        if (before.rhythm, follows) == (rhythm, list(wanted)):
            return
    if before:
        subscribers.remove(opened, before.id)
    reader, _ = subscribers.add(opened, address, rhythm, wanted, now)
    store_question(opened, mailing, reader, now, by_form=True)
