"""The pages of a subscriber. Looking changes nothing (mail programs and scanners follow links); a form does."""

import base64
import hashlib
import time
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from db.engine import reading
from db.feeds import feeds
from db.mail import subscribers
from db.sessions import session
from jobs.clock import now
from jobs.mail.link_tokens import Purpose, Tokens
from jobs.subscribers.preferences import Preferences
from jobs.web.forms import MILES, TRAP, Fields, hour, of_rhythm, one, read_form, when_fields, within
from jobs.web.middleware.clients import Rate
from tracker.errors import BadInput
from tracker.publish import geography, safe, words
from tracker.publish.mail.audience import describe
from tracker.publish.mail.subscribers import Subscriber
from tracker.read.places import gazetteer
from tracker.read.topics import topics

if TYPE_CHECKING:
    from sqlalchemy import Engine


PreferencesForm = Annotated[Fields, Depends(read_form)]

BOTH, AGENDAS = "both", "agendas"
KINDS = {
    "": "what has changed",
    BOTH: "what has changed, and what comes before the vote",
    AGENDAS: "only what comes before the vote",
}
"""What mails are about, as forms offer it."""
PLACES_MORE, MOST_PLACES = 2, 10
"""Empty fields for places that can be added at once; how many are read of what is sent."""
LONGEST = 200
"""Characters of a place as people type it."""
MOST_FOLLOWED = 50
"""Subscriptions of one reader: what is asked for in their name does not grow for ever."""
SUGGESTED = 500
"""Places that a form proposes while one types; all others can be typed."""
SUGGESTED_S = 600
"""Seconds for which the suggestions are kept: new feeds are rare."""


class UnknownLink(Exception):
    """The link of no mail of ours."""


class Pages:
    """The pages behind the links of a mail, each with the right to change one subscription."""

    def __init__(self, engine: "Engine", tokens: Tokens, rate: Rate | None = None) -> None:
        self._engine, self._tokens, self._rate = engine, tokens, rate or Rate()
        self._templates = Environment(
            loader=PackageLoader("jobs.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.globals |= {"describe": describe, "trap": TRAP}
        self._templates.globals |= {"words": words, "topic_words": words.topic}
        self._templates.filters |= {"label": geography.label, "shorten": safe.shorten, "reach": safe.reach}
        self._style = files("jobs.web").joinpath("templates/pages.css").read_text("utf-8")
        self._headers = headers(self._style)

    def router(self) -> APIRouter:
        """The routes. A form of nobody's link costs as much as any other; one click of a mail program is free, since a
        large mail service clicks for all its readers from a few addresses."""
        router, limited = APIRouter(default_response_class=HTMLResponse), [Depends(self._rate.spend)]
        for what in ("confirm", "unsubscribe", "preferences"):
            show, act = getattr(self, f"show_{what}"), getattr(self, what)
            router.add_api_route(f"/{what}/{{token}}", show, methods=["GET"])
            router.add_api_route(
                f"/{what}/{{token}}", act, methods=["POST"], dependencies=[] if what == "unsubscribe" else limited
            )
        return router

    def show_confirm(self, token: str) -> Response:
        """Asks once more, by a button."""
        return self.page("confirm", reader=self._reader(token, Purpose.CONFIRM))

    def confirm(self, token: str) -> Response:
        """They said yes."""
        reader = self._reader(token, Purpose.CONFIRM)
        with session(self._engine) as opened:
            subscribers.confirm(opened, reader.id, now())
        manage = self._tokens.make(Purpose.MANAGE, reader.key)
        return self.page("done", title="Confirmed", says="You will get these mails.", token=manage)

    def show_unsubscribe(self, token: str) -> Response:
        """Asks, by a button: a program that looks at links must not unsubscribe anybody."""
        return self.page("unsubscribe", reader=self._reader(token, Purpose.MANAGE), token=token)

    def unsubscribe(self, token: str, request: Request) -> Response:
        """They said no more: the button, or a mail program's one click (RFC 8058), which sends a form and follows no
        redirect."""
        try:
            reader = self._reader(token, Purpose.MANAGE)
        except UnknownLink:
            self._rate.spend(request)
            raise
        with session(self._engine) as opened:
            subscribers.end(opened, reader.id, now())
        return self.page("done", title="Unsubscribed", says="You will get no more of these mails.", token="")

    def show_preferences(self, token: str) -> Response:
        """What they follow and when they are written to, as a form."""
        return self._preferences(token, {}, "", saved=False)

    def preferences(self, token: str, form: PreferencesForm) -> Response:
        """Saves the form: subscriptions that are not ticked end, what is named is added; nothing left means no more
        mails."""
        reader, problem = self._reader(token, Purpose.MANAGE), ""
        kept, said = set(form.get("keep", ())), {name: values[0] for name, values in form.items()}
        try:
            save(self._engine, reader, kept, said, now(), more_of(form))
        except BadInput as error:
            problem = str(error)
        return self._preferences(token, form if problem else {}, problem, saved=True)

    def _preferences(self, token: str, form: Fields, problem: str, *, saved: bool) -> Response:
        """`form` is what was sent and could not be saved: what is to be added stays."""
        reader, more = self._reader(token, Purpose.MANAGE), more_of(form)
        values = follow_fields(self._engine, more, PLACES_MORE)
        values |= {"token": token, "when": when_fields(of_rhythm(reader.rhythm))}
        values |= {"feed": self._tokens.make(Purpose.FEED, reader.key), "reader": reader}
        values |= {"problem": problem, "saved": saved and not problem}
        return self.page("preferences", status=400 if problem else 200, **values)

    def page(self, name: str, *, status: int = 200, home: str = "../", **values: Any) -> HTMLResponse:
        """The page of this template; `home` leads from it to the report's first page."""
        text = self._templates.get_template(f"{name}.html.j2").render(style=self._style, home=home, **values)
        return HTMLResponse(text, status, self._headers)

    def _reader(self, token: str, purpose: Purpose) -> Subscriber:
        """Whose link it is. Raises UnknownLink."""
        return linked_reader(self._engine, self._tokens, token, purpose)


def linked_reader(engine: "Engine", tokens: Tokens, token: str, purpose: Purpose) -> Subscriber:
    """The subscriber whom a link names. Raises UnknownLink."""
    if key := tokens.read(token, purpose):
        with reading(engine) as opened:
            if reader := subscribers.by_key(opened, key):
                return reader
    raise UnknownLink


def follow_fields(engine: "Engine", more: Preferences, fields: int) -> dict[str, Any]:
    """What a form needs to name places, topics and agendas: what was typed and chosen, at least so many `fields` for
    places."""
    named = [*more.places, *[""] * (fields - len(more.places))]
    known = _known_places(engine, int(time.monotonic() // SUGGESTED_S))
    chosen = set(more.topics) & set(topics())
    about = "" if not more.agenda else BOTH if more.digest_too else AGENDAS
    watch = {"about": about, "matter": "".join(more.matters[:1]), "words": "".join(more.words[:1]), "kinds": KINDS}
    found = {"places": named, "chosen": chosen, "known": known, "topics": topics(), "miles": more.within}
    return found | {"steps": MILES, "watch": watch}


@lru_cache(maxsize=4)
def _known_places(engine: "Engine", _now: int) -> tuple[str, ...]:
    """`Milwaukee, WI`: places that feeds are followed for."""
    with reading(engine) as opened:
        homes = feeds.homes(opened, SUGGESTED)
    found = (gazetteer.load().get(home) for home in homes)
    return tuple(sorted(place.label for place in found if place))


def more_of(form: Fields) -> Preferences:
    """What a form names to follow: places as people type them, topics for all of them, what to watch on agendas."""
    about, watched = one(form, "about"), {name: one(form, name)[:LONGEST] for name in ("matter", "words")}
    named = [text for given in form.get("place", ())[:MOST_PLACES] if (text := given.strip()[:LONGEST])]
    return Preferences(
        places=named,
        within=within(form),
        topics=sorted({name.strip()[:LONGEST] for name in form.get("topic", ())} - {""}),
        agenda=about in (BOTH, AGENDAS),
        matters=[watched["matter"]] if watched["matter"] else (),
        words=[watched["words"]] if watched["words"] else (),
        digest_too=about != AGENDAS,
    )


def with_rhythm(preferences: Preferences, fields: Mapping[str, str]) -> Preferences:
    """The preferences with what a form says of when. Raises BadInput."""
    return replace(
        preferences,
        frequency=fields["frequency"],
        weekday=fields["weekday"],
        hour=hour(fields["hour"]),
        timezone=fields["timezone"].strip(),
    )


def headers(style: str) -> dict[str, str]:
    """Of the pages behind links: the address holds the right to change a subscription, so nothing may keep it or pass
    it on. Of styles only the page's own is let in, known by its hash."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'self'; "
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": policy + "frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }


def save(
    engine: "Engine",
    reader: Subscriber,
    kept: Collection[str],
    fields: Mapping[str, str],
    now: datetime,
    more: Preferences,
) -> None:
    """Keeps the subscriptions whose ids are named, adds `more`, and takes over the rhythm; none left ends it all.
    BadInput."""
    rhythm = with_rhythm(more, fields).rhythm(reader.rhythm)
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
