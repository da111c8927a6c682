"""One request, as the pages see it: who asks, what they say, and how to answer."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import HTTPException, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from db.values import DeskUser, Role
from jobs.clock import local
from jobs.desk.people import Entrance
from jobs.desk.session import Sessions, Visit
from jobs.review.input import act
from jobs.settings import Settings
from jobs.web.forms import Fields
from jobs.web.report import home
from tracker.characters import visible
from tracker.errors import BadInput
from tracker.timeline.decisions import Act

if TYPE_CHECKING:
    from sqlalchemy import Engine

OTHERS = "Your role is {role}, and this needs {needed}. Nothing was changed."
NUMBER = re.compile(r"[0-9]{1,9}")
HIGHEST_PAGE = 1_000_000
"""Of a list; what a page beyond it would be, no database need reckon."""


@dataclass(frozen=True)
class Desk:
    """What all pages work with."""

    engine: "Engine"
    settings: Settings
    sessions: Sessions
    entrance: Entrance
    templates: Environment
    clock: Callable[[], datetime]
    log: Any


@dataclass(frozen=True)
class Asked:
    """A request that was let in. `form` is empty but for a POST."""

    desk: Desk
    request: Request
    visit: Visit
    form: Fields

    @property
    def engine(self) -> "Engine":
        """The database."""
        return self.desk.engine

    @property
    def user(self) -> DeskUser:
        """Who asks; only on pages for which somebody must be signed in."""
        assert self.visit.user is not None
        return self.visit.user

    @property
    def base(self) -> str:
        """From the request's address to the desk's first page, wherever it stands on its host."""
        return f"{home(self.request)}desk/"

    @property
    def today(self) -> date:
        """The day, in the zone of the settings."""
        return local(self.desk.clock(), self.desk.settings).date()

    @property
    def client(self) -> str:
        """The address of who asks."""
        return self.request.client.host if self.request.client else ""

    def note(self, event: str, *, is_warning: bool = False, **told: object) -> None:
        """A line in the daemon's log, for whoever wants to know later who did it, and from where. Never a password,
        nor a name that is withheld."""
        level = self.desk.log.warning if is_warning else self.desk.log.info
        level(
            event, job="desk", **({"user": self.visit.user.name} if self.visit.user else {}) | told, client=self.client
        )

    def path(self, name: str) -> Any:
        """A part of the address."""
        told = self.request.path_params[name]
        return visible(told) if isinstance(told, str) else told

    def query(self, name: str) -> str:
        """What the address asks, on one line."""
        return " ".join(visible(self.request.query_params.get(name, "")).split())

    def page_number(self) -> int:
        """Which page of a list, from 1."""
        told = self.query("page")
        is_number = told.isascii() and told.isdigit() and len(told) < len(str(HIGHEST_PAGE))
        return max(int(told), 1) if is_number else 1

    def other_page(self, number: int) -> str:
        """The query of the address with another page of the list."""
        return self.with_query("page", str(number))

    def with_query(self, field: str, value: str) -> str:
        """The query of the address with another value of one field."""
        told = [(name, said) for name, said in self.request.query_params.multi_items() if name != field]
        return urlencode([*told, (field, value)])

    def texts(self, name: str) -> list[str]:
        """All that the form says in a field, each without blanks at its ends, and without what cannot be seen."""
        return [visible(one).strip() for one in self.form.get(name, [])]

    def said(self, name: str) -> str:
        """What a field of the form says; empty where it has none of this name."""
        return next(iter(self.texts(name)), "")

    def numbers(self, name: str) -> list[int]:
        """The numbers that a field of the form says. Raises BadInput."""
        told = self.form.get(name, [])
        if not all(NUMBER.fullmatch(one) for one in told):
            raise BadInput(f"the form says no number as {name}; open the page again")
        return [int(one) for one in told]

    def act(self, answers: tuple[int, ...] = ()) -> Act:
        """What is decided with this form: now, by who is signed in, for the reason that it gives; it answers these
        remarks of readers."""
        return act(self.user.name, self.said("reason"), answers)

    def may(self, role: str) -> bool:
        """True where whoever asks may do what this role may."""
        return self.visit.user is not None and self.visit.user.role.includes(Role(role))

    def need(self, role: Role) -> None:
        """Raises HTTPException (403) where whoever asks has a lesser role."""
        if not self.may(role):
            raise HTTPException(403, OTHERS.format(role=self.user.role, needed=role))

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """The page of this template."""
        told = {"asked": self, "base": self.base, "token": self.desk.sessions.token(self.visit), "today": self.today}
        text = self.desk.templates.get_template(f"{template}.html.j2").render(**told, **values)
        answer = HTMLResponse(text.encode("utf-8", "replace"), status)
        if self.visit.is_new:
            self.desk.sessions.remember(answer, self.visit)
        return answer

    def go(self, path: str, **query: object) -> Response:
        """Leads to another page of the desk (RFC 9110, 15.4.4)."""
        told = {name: str(value) for name, value in query.items() if value not in ("", None)}
        address = f"{self.base}{path}{'?' * bool(told)}{urlencode(told)}"
        return Response(status_code=303, headers={"Location": address})
