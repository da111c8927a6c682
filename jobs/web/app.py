"""The application: every route, and what is said where something goes wrong."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from jobs.mail.link_tokens import Tokens
from jobs.settings import Settings
from jobs.web import metrics, probes, report_files, search
from jobs.web.api.app import make_api
from jobs.web.api.responses import problem
from jobs.web.desk.app import make_desk
from jobs.web.feeds import Feeds
from jobs.web.metrics import Meter
from jobs.web.middleware.layers import NO_TELEMETRY, answer_errors, layered
from jobs.web.middleware.turns import InTurn, Turns, first_part
from jobs.web.remarks import RemarkForm
from jobs.web.sign_up import SignUp
from jobs.web.subscriber_pages import Pages, UnknownLink

if TYPE_CHECKING:
    from sqlalchemy import Engine


TEMPLATES = {404: "missing", 429: "crowded", 500: "failed"}
"""Of statuses that have a page; the others are a line of text."""
AWAY = "Not available just now. Please try again later."


def make_app(engine: "Engine", settings: Settings, log: Any, meter: Meter, turns: Turns) -> ASGIApp:
    """The application; what it does with the database it does in threads, for each client in turn."""
    tokens = Tokens.of(settings.data_dir)
    pages = Pages(engine, tokens)
    app = FastAPI(openapi_url=None, redirect_slashes=False, telemetry=NO_TELEMETRY)
    of_work = {"api", "desk"}
    for part in _parts(engine, settings, meter, tokens, pages):
        app.include_router(part)
        of_work |= {first_part(route.path) for route in part.routes if isinstance(route, Route)}
    for short in ("/api", "/api/", "/api/v1"):
        app.add_api_route(short, _lead_to("api/v1/"))
    app.mount("/api/v1", make_api(engine, settings, log, pages.page))
    if settings.desk:
        app.add_api_route("/desk", _lead_to("desk/"))
        app.mount("/desk", make_desk(engine, settings, log))
    app.include_router(report_files.router(settings.report_dir))
    _answer_errors(app, pages, log)
    return layered(InTurn(app, turns, of_work - {first_part(probes.ALIVE)}, log, problem), settings, log)


def _parts(engine: "Engine", settings: Settings, meter: Meter, tokens: Tokens, pages: Pages) -> Iterator[APIRouter]:
    """All but the report's files."""
    yield probes.router(engine, settings)
    yield metrics.router(engine, settings, meter)
    yield pages.router()
    yield Feeds(engine, settings, tokens).router()
    yield search.router(engine, settings)
    if settings.sign_up_url:
        yield SignUp(engine, settings, pages).router()
    if settings.remark_url:
        yield RemarkForm(engine, settings, pages).router()


def _lead_to(path: str) -> Callable[[Request], Awaitable[Response]]:
    async def lead(request: Request) -> Response:
        return Response(status_code=302, headers={"Location": f"{report_files.home(request)}{path}"})

    return lead


def _answer_errors(app: FastAPI, pages: Pages, log: Any) -> None:
    async def unknown(_request: Request, _error: Exception) -> Response:
        return pages.page("unknown", status=404)

    def say(request: Request, status: int, detail: str, headers: Mapping[str, str] | None) -> Response:
        if status not in TEMPLATES:
            return PlainTextResponse(detail or AWAY, status, headers)
        answer = pages.page(TEMPLATES[status], status=status, home=report_files.home(request), says=detail)
        answer.headers.update(headers or {})
        return answer

    answer_errors(app, log, say, {UnknownLink: unknown})
