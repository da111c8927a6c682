"""The desk's application: every address of it, who may use it, and what is said where something goes wrong."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request, Response

from db.values import Role
from jobs.clock import now
from jobs.mail.link_tokens import Tokens
from jobs.settings import Settings
from jobs.web.desk.desk_request import Desk, DeskRequest
from jobs.web.desk.pages import PAGES
from jobs.web.desk.passwords import Entrance
from jobs.web.desk.session import NOBODY, Sessions
from jobs.web.desk.templating import templates
from jobs.web.forms import Fields, Form
from jobs.web.middleware.layers import NO_TELEMETRY, answer_errors
from jobs.web.middleware.layers import PAGES as REPORT_POLICY
from tracker.errors import BadInput

if TYPE_CHECKING:
    from sqlalchemy import Engine

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": f"{REPORT_POLICY}; connect-src 'self'",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}
"""Of every answer that does not say otherwise: pages are for one person, and forms are sent by htmx too."""
STALE = (
    "This form is not one that this browser got here for you, so nothing was changed. Sign in again, and send it once "
    "more. If that does not help: the browser must keep cookies, and the desk is reached at {at} only."
)
FORGOTTEN = (
    "You are signed out, so nothing was changed. Go back: what you typed is still there. Sign in, and send it again "
    "from a fresh page."
)
TITLES = {
    403: "Not for your role",
    404: "There is no such page",
    405: "There is no such page",
    500: "Something went wrong",
    503: "Not available just now",
}
WORDS = {
    404: "",
    405: "",
    500: "This is a mistake of ours, and it stands in the log.",
    503: "Nothing was changed. Please try again later.",
}
"""What is said below the title, whatever the error says."""


class SignedOut(Exception):
    """Nobody is signed in where somebody must be."""


def make_desk(engine: "Engine", settings: Settings, log: Any) -> FastAPI:
    """The desk, to be mounted at `/desk`."""
    sessions = Sessions(engine, Tokens.of(settings.data_dir), settings.web_url, now)
    desk = Desk(engine, settings, sessions, Entrance(engine), templates(), now, log)
    app = FastAPI(openapi_url=None, redirect_slashes=False, telemetry=NO_TELEMETRY)
    for line, (role, page) in PAGES.items():
        method, path = line.split()
        app.add_api_route(path, _guarded(desk, page, role, method), methods=[method])
    _answer_errors(app, desk, log)
    return app


def _guarded(
    desk: Desk, page: Callable[[DeskRequest], Response], role: Role | None, method: str
) -> Callable[..., Response]:
    """The one way to a page: who asks is known, may do it, and sends a form of ours."""

    def show(http: Request) -> Response:
        return _with_headers(page(_let_in(desk, http, {}, role)))

    def take(http: Request, form: Form) -> Response:
        request = _let_in(desk, http, form, role)
        if not desk.sessions.is_ours(http, form, request.visit):
            at = f"{desk.settings.web_url.rstrip('/')}/desk/" if desk.settings.web_url else "one address"
            return _with_headers(request.page("said", 403, title="Not taken", says=STALE.format(at=at)))
        return _with_headers(page(request))

    return take if method == "POST" else show


def _let_in(desk: Desk, http: Request, form: Fields, role: Role | None) -> DeskRequest:
    request = DeskRequest(desk, http, desk.sessions.visit(http), form)
    if role is not None:
        if request.visit.user is None:
            raise SignedOut
        request.need(role)
    return request


def _with_headers(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer


def _answer_errors(app: FastAPI, desk: Desk, log: Any) -> None:
    """Whatever happens is answered by a page that says so."""

    def page(http: Request, status: int, title: str, says: str, headers: Mapping[str, str] | None = None) -> Response:
        answer = DeskRequest(desk, http, NOBODY, {}).page("said", status, title=title, says=says)
        answer.headers.update(headers or {})
        return _with_headers(answer)

    def say(http: Request, status: int, detail: str, headers: Mapping[str, str] | None) -> Response:
        return page(http, status, TITLES.get(status, "Not taken"), WORDS.get(status, detail), headers)

    async def signed_out(http: Request, _error: Exception) -> Response:
        if http.method == "POST":
            return page(http, 401, "Signed out", FORGOTTEN)
        query = f"?{http.url.query}" if http.url.query else ""
        wanted = http.scope["path"].removeprefix(http.scope.get("root_path", "")).lstrip("/") + query
        return _with_headers(DeskRequest(desk, http, NOBODY, {}).go("login", next=wanted))

    async def missing(http: Request, error: Exception) -> Response:
        return page(http, 404, "Not found", f"{str(error)[:1].upper()}{str(error)[1:]}.")

    answer_errors(app, log, say, {SignedOut: signed_out, BadInput: missing})
