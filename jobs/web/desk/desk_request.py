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
from jobs.review.input import act
from jobs.settings import Settings
from jobs.web.desk.passwords import Entrance
from jobs.web.desk.session import DeskVisit, Sessions
from jobs.web.forms import Fields
from jobs.web.report_files import home
from tracker.characters import visible
from tracker.errors import BadInput
from tracker.timeline.decisions.acts import Act

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
    logger: Any


@dataclass(frozen=True)
class DeskRequest:
    """A request that was let in. `form` is empty but for a POST."""

    desk: Desk
    http: Request
    visit: DeskVisit
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
        return f"{home(self.http)}desk/"

    @property
    def today(self) -> date:
        """The day, in the zone of the settings."""
        return local(self.desk.clock(), self.desk.settings).date()

    @property
    def client(self) -> str:
        """The address of who asks."""
        return self.http.client.host if self.http.client else ""

    def log(self, event: str, *, is_warning: bool = False, **values: object) -> None:
        """A line in the daemon's log, for whoever wants to know later who did it, and from where. Never a password,
        nor a name that is withheld."""
        level = self.desk.logger.warning if is_warning else self.desk.logger.info
        user = {"user": self.visit.user.name} if self.visit.user else {}
        level(event, job="desk", **user | values, client=self.client)

    def path(self, name: str) -> Any:
        """A part of the address."""
        value = self.http.path_params[name]
        return visible(value) if isinstance(value, str) else value

    def query(self, name: str) -> str:
        """What the address asks, on one line."""
        return " ".join(visible(self.http.query_params.get(name, "")).split())

    def page_number(self) -> int:
        """Which page of a list, from 1."""
        text = self.query("page")
        is_number = text.isascii() and text.isdigit() and len(text) < len(str(HIGHEST_PAGE))
        return max(int(text), 1) if is_number else 1

    def other_page(self, number: int) -> str:
        """The query of the address with another page of the list."""
        return self.with_query("page", str(number))

    def with_query(self, field: str, value: str) -> str:
        """The query of the address with another value of one field."""
        others = [pair for pair in self.http.query_params.multi_items() if pair[0] != field]
        return urlencode([*others, (field, value)])

    def fields(self, name: str) -> list[str]:
        """All that the form says in a field, each without blanks at its ends, and without what cannot be seen."""
        return [visible(one).strip() for one in self.form.get(name, [])]

    def field(self, name: str) -> str:
        """What a field of the form says; empty where it has none of this name."""
        return next(iter(self.fields(name)), "")

    def secret(self, name: str) -> str:
        """What a field of the form says, to the letter: blanks are part of a password."""
        return self.form.get(name, [""])[0]

    def numbers(self, name: str) -> list[int]:
        """The numbers that a field of the form says. Raises BadInput."""
        texts = self.form.get(name, [])
        if not all(NUMBER.fullmatch(text) for text in texts):
            raise BadInput(f"the form says no number as {name}; open the page again")
        return [int(text) for text in texts]

    def act(self, answers: tuple[int, ...] = ()) -> Act:
        """What is decided with this form: now, by who is signed in, for the reason that it gives; it answers these
        remarks of readers."""
        return act(self.user.name, self.field("reason"), answers)

    def may(self, role: str) -> bool:
        """True where whoever asks may do what this role may."""
        return self.visit.user is not None and self.visit.user.role.includes(Role(role))

    def need(self, role: Role) -> None:
        """Raises HTTPException (403) where whoever asks has a lesser role."""
        if not self.may(role):
            raise HTTPException(403, OTHERS.format(role=self.user.role, needed=role))

    def page(self, template: str, status: int = 0, *, problem: str = "", **values: Any) -> Response:
        """The page of this template. Without a status: 400 where there is a problem, else 200."""
        token = self.desk.sessions.token(self.visit)
        shared = {"request": self, "base": self.base, "token": token, "today": self.today, "problem": problem}
        text = self.desk.templates.get_template(f"{template}.html.j2").render(**shared, **values)
        answer = HTMLResponse(text.encode("utf-8", "replace"), status or (400 if problem else 200))
        if self.visit.is_new:
            self.desk.sessions.remember(answer, self.visit)
        return answer

    def go(self, path: str, **query: object) -> Response:
        """Leads to another page of the desk (RFC 9110, 15.4.4)."""
        params = {name: str(value) for name, value in query.items() if value not in ("", None)}
        address = f"{self.base}{path}{'?' * bool(params)}{urlencode(params)}"
        return Response(status_code=303, headers={"Location": address})
