"""The pages of a subscriber. Looking changes nothing (mail programs and scanners follow links); a form does."""

import base64
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from jobs.clock import now
from jobs.mail.tokens import Purpose, Tokens
from jobs.subscribers.choice import Choice
from jobs.web import readers
from jobs.web.asking import known_places
from jobs.web.forms import MILES, TRAP, Fields, read_form, within
from jobs.web.rate import Rate
from jobs.web.when import of_rhythm, when_fields
from tracker.errors import BadInput
from tracker.publish import geography, safe, words
from tracker.publish.mail.audience import describe
from tracker.publish.mail.subscribers import Subscriber
from tracker.read.topics import topics

if TYPE_CHECKING:
    from sqlalchemy import Engine

Form = Annotated[dict[str, list[str]], Depends(read_form)]

PLACES_MORE, MOST_PLACES = 2, 10
"""Empty fields for places that can be added at once; how many are read of what is sent."""
LONGEST = 200
"""Characters of a place as people type it."""


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
        readers.confirm(self._engine, reader, now())
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
        readers.end(self._engine, reader, now())
        return self.page("done", title="Unsubscribed", says="You will get no more of these mails.", token="")

    def show_preferences(self, token: str) -> Response:
        """What they follow and when they are written to, as a form."""
        return self._preferences(token, {}, "", saved=False)

    def preferences(self, token: str, form: Form) -> Response:
        """Saves the form: subscriptions that are not ticked end, what is named is added; nothing left means no more
        mails."""
        reader, problem = self._reader(token, Purpose.MANAGE), ""
        kept, said = set(form.get("keep", ())), {name: values[0] for name, values in form.items()}
        try:
            readers.save(self._engine, reader, kept, said, now(), more_of(form))
        except BadInput as error:
            problem = str(error)
        return self._preferences(token, form if problem else {}, problem, saved=True)

    def _preferences(self, token: str, form: Fields, problem: str, *, saved: bool) -> Response:
        """`form` is what was sent and could not be saved: what is to be added stays."""
        reader, more = self._reader(token, Purpose.MANAGE), more_of(form)
        places = [*more.places, *[""] * (PLACES_MORE - len(more.places))]
        values: dict[str, Any] = {
            "places": places,
            "chosen": set(more.topics),
            "known": known_places(self._engine),
            "topics": topics(),
        }
        values |= {"miles": more.within, "steps": MILES}
        values |= {"token": token, "when": when_fields(of_rhythm(reader.rhythm))}
        values["feed"] = self._tokens.make(Purpose.FEED, reader.key)
        values |= {"reader": reader, "problem": problem, "saved": saved and not problem}
        return self.page("preferences", status=400 if problem else 200, **values)

    def page(self, name: str, *, status: int = 200, home: str = "../", **values: Any) -> HTMLResponse:
        """The page of this template; `home` leads from it to the report's first page."""
        text = self._templates.get_template(f"{name}.html.j2").render(style=self._style, home=home, **values)
        return HTMLResponse(text, status, self._headers)

    def _reader(self, token: str, purpose: Purpose) -> Subscriber:
        """Whose link it is. Raises UnknownLink."""
        key = self._tokens.read(token, purpose)
        reader = readers.by_key(self._engine, key) if key else None
        if reader is None:
            raise UnknownLink
        return reader


def more_of(form: Fields) -> Choice:
    """What a form names to follow: places as people type them, topics for all of them."""
    named = [text for given in form.get("place", ())[:MOST_PLACES] if (text := given.strip()[:LONGEST])]
    return Choice(
        places=named,
        within=within(form),
        topics=sorted({name.strip()[:LONGEST] for name in form.get("topic", ())} - {""}),
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
