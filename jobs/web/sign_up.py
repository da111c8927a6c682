"""`/subscribe/`: anybody asks for the mails. Nobody gets one who did not say yes, and nobody is told who is known."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response

from jobs.settings import Settings
from jobs.subscribers.choice import Choice
from jobs.web import asking
from jobs.web.forms import MILES, Form, hour, one, trapped
from jobs.web.pages import LONGEST, Pages, more_of
from jobs.web.rate import Rate
from jobs.web.when import NAMES, when_fields
from tracker.errors import BadInput
from tracker.publish.mail.subscribers import DAYS, Frequency, Rhythm, Subscription, checked_address, is_channel
from tracker.read.places import gazetteer
from tracker.read.topics import topics

if TYPE_CHECKING:
    from sqlalchemy import Engine

PLACES = 4
"""Fields for places; more can be added once the mails come."""
AT_ONCE, EACH_S = 5, 60.0
"""Requests: each has a mail sent to an address that anybody may have typed."""
FIELDS = ("address", *NAMES)


class SignUp:
    """The form and what it does."""

    def __init__(self, engine: "Engine", settings: Settings, pages: Pages) -> None:
        self._engine, self._settings, self._page = engine, settings, pages.page
        self._rate = Rate(at_once=AT_ONCE, each_s=EACH_S)
        self._requests = asking.Requests(engine, settings)

    def router(self) -> APIRouter:
        """The routes."""
        routes = APIRouter()
        routes.add_api_route("/subscribe/", self.show, methods=["GET"])
        routes.add_api_route("/subscribe/", self.ask, methods=["POST"], dependencies=[Depends(self._rate.spend)])
        return routes

    def show(self, place: Annotated[str, Query()] = "", topic: Annotated[str, Query()] = "") -> Response:
        """The form, with what the page that led here was about."""
        said = {"frequency": Frequency.WEEKLY.value, "weekday": DAYS[0], "hour": "7", "address": ""}
        said["timezone"] = self._settings.timezone
        return self._form(said, [_named(place)] if place else [], {topic} & set(topics()))

    def ask(self, form: Form, request: Request) -> Response:
        """Asks by mail for a yes. The answer is the same whoever the address belongs to."""
        said = {name: one(form, name) for name in FIELDS}
        more = more_of(form)
        named, chosen = list(more.places), set(more.topics)
        if trapped(form):
            return self._done()
        try:
            address, wanted, rhythm = self._read(said, named, chosen, more.within)
        except BadInput as error:
            self._rate.give_back(request)
            return self._form(said, named, chosen & set(topics()), more.within, problem=str(error), status=400)
        try:
            client = request.client.host if request.client else ""
            self._requests.take(client, address, rhythm, wanted, datetime.now(UTC))
        except BadInput as error:
            return self._form(said, named, chosen & set(topics()), more.within, problem=str(error), status=400)
        return self._done()

    def _read(
        self, said: dict[str, str], named: list[str], chosen: Iterable[str], within: int
    ) -> tuple[str, tuple[Subscription, ...], Rhythm]:
        """Address, what they want to follow, and when. Raises BadInput."""
        address = checked_address(said["address"])
        if is_channel(address):
            raise BadInput("Write a mail address, like ada@example.org.")
        if not named and not chosen:
            raise BadInput("Name a place or choose a topic.")
        told = {"topics": sorted(chosen), "places": named, "within": within}
        when = {name: said[name] for name in ("frequency", "weekday", "timezone")}
        choice = Choice(**told, **when, hour=hour(said["hour"]))  # type: ignore[arg-type]
        return address, choice.subscriptions(), choice.rhythm(Rhythm(timezone=self._settings.timezone))

    def _form(
        self,
        said: dict[str, str],
        named: list[str],
        chosen: set[str],
        miles: int = 0,
        *,
        problem: str = "",
        status: int = 200,
    ) -> Response:
        values: dict[str, Any] = {"said": said, "chosen": chosen, "problem": problem, "miles": miles, "steps": MILES}
        values["when"] = when_fields({name: said[name] for name in NAMES}, self._settings.timezone)
        fields = [*named, *[""] * (PLACES - len(named))]
        values |= {"places": fields, "known": asking.known_places(self._engine), "topics": topics()}
        pairs = [*(("place", name) for name in named), *(("topic", name) for name in sorted(chosen))]
        values["asked"] = f"?{urlencode(pairs)}" if pairs and not problem else ""
        return self._page("subscribe", status=status, **values)

    def _done(self) -> Response:
        says = "Look into your mailbox: a mail asks whether you want this. Nothing comes until you say yes."
        return self._page("asked", says=says, contact=self._settings.contact)


def _named(place: str) -> str:
    """A place of an address as people write it; what is none as it is."""
    try:
        return gazetteer.load().parse_home(place[:LONGEST]).label
    except BadInput:
        return place[:LONGEST]
