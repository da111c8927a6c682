"""The desk's application: every address of it, who may use it, and what is said where something goes wrong."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, FastAPI, Request, Response

from db.values import Role
from jobs.clock import now
from jobs.desk import session, static
from jobs.desk.asked import Asked, Desk
from jobs.desk.pages import PAGES
from jobs.desk.people import Entrance
from jobs.desk.refusals import SignedOut, answer_errors, dressed
from jobs.desk.roles import NEEDS
from jobs.desk.templating import templates
from jobs.mail.tokens import Tokens
from jobs.settings import Settings
from jobs.web.forms import Fields, read_fields
from jobs.web.layers import NO_TELEMETRY

if TYPE_CHECKING:
    from sqlalchemy import Engine

STALE = (
    "This form is not one that this browser got here for you, so nothing was changed. Sign in again, and send it once "
    "more. If that does not help: the browser must keep cookies, and the desk is reached at {at} only."
)
Form = Annotated[Fields, Depends(read_fields)]


def make_desk(engine: "Engine", settings: Settings, log: Any) -> FastAPI:
    """The desk, to be mounted at `/desk`."""
    sessions = session.Sessions(engine, Tokens.of(settings.data_dir), settings.web_url, now)
    desk = Desk(engine, settings, sessions, Entrance(engine), templates(), now, log)
    app = FastAPI(openapi_url=None, redirect_slashes=False, telemetry=NO_TELEMETRY)
    handlers: Mapping[str, Callable[[Asked], Response]] = PAGES | {"GET /static/{name}": static.show}
    for line, role in NEEDS.items():
        method, path = line.split()
        app.add_api_route(path, _guarded(desk, handlers[line], role, method), methods=[method])
    answer_errors(app, desk, log)
    return app


def _guarded(
    desk: Desk, handler: Callable[[Asked], Response], role: Role | None, method: str
) -> Callable[..., Response]:
    """The one way to a page: who asks is known, may do it, and sends a form of ours."""

    def show(request: Request) -> Response:
        return dressed(handler(_let_in(desk, request, {}, role)))

    def take(request: Request, form: Form) -> Response:
        asked = _let_in(desk, request, form, role)
        if not desk.sessions.is_ours(request, form, asked.visit):
            at = f"{desk.settings.web_url.rstrip('/')}/desk/" if desk.settings.web_url else "one address"
            return dressed(asked.page("said", 403, title="Not taken", says=STALE.format(at=at)))
        return dressed(handler(asked))

    return take if method == "POST" else show


def _let_in(desk: Desk, request: Request, form: Fields, role: Role | None) -> Asked:
    asked = Asked(desk, request, desk.sessions.visit(request), form)
    if role is not None:
        if asked.visit.user is None:
            raise SignedOut
        asked.need(role)
    return asked
