"""The application: every route, and what is said where something goes wrong."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.routing import Route
from starlette.types import ASGIApp

from jobs.desk.app import make_desk
from jobs.mail.tokens import Tokens
from jobs.offers import remark_url, sign_up_url
from jobs.settings import Settings
from jobs.web import metrics, probes, report, search
from jobs.web.api.app import make_api
from jobs.web.feeds import Feeds
from jobs.web.layers import AGAIN, NO_TELEMETRY, layered, log_bug
from jobs.web.metrics import Meter
from jobs.web.pages import Pages, UnknownLink
from jobs.web.remarks import RemarkForm
from jobs.web.sign_up import SignUp
from jobs.web.turns import InTurn, Turns, first_part
from tracker.errors import StorageError

if TYPE_CHECKING:
    from sqlalchemy import Engine


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
        app.add_api_route(short, _to_the_api)
    app.mount("/api/v1", make_api(engine, settings, log, pages.page))
    if settings.desk:
        app.add_api_route("/desk", _to_the_desk)
        app.mount("/desk", make_desk(engine, settings, log))
    app.include_router(report.router(settings.report_dir))
    _answer_errors(app, pages, log)
    return layered(InTurn(app, turns, of_work - {first_part(probes.ALIVE)}, log), settings, log)


def _parts(engine: "Engine", settings: Settings, meter: Meter, tokens: Tokens, pages: Pages) -> Iterator[APIRouter]:
    """All but the report's files."""
    yield probes.router(engine, settings)
    yield metrics.router(engine, settings, meter)
    yield pages.router()
    yield Feeds(engine, settings, tokens).router()
    yield search.router(engine, settings)
    if sign_up_url(settings):
        yield SignUp(engine, settings, pages).router()
    if remark_url(settings):
        yield RemarkForm(engine, settings, pages).router()


async def _to_the_api(request: Request) -> Response:
    return Response(status_code=302, headers={"Location": f"{report.home(request)}api/v1/"})


async def _to_the_desk(request: Request) -> Response:
    return Response(status_code=302, headers={"Location": f"{report.home(request)}desk/"})


def _answer_errors(app: FastAPI, pages: Pages, log: Any) -> None:
    """Whatever happens is answered in words."""

    async def unknown(_request: Request, _error: Exception) -> Response:
        return pages.page("unknown", status=404)

    async def refused(request: Request, error: HTTPException) -> Response:
        if error.status_code == 304:
            return Response(status_code=304, headers=error.headers)
        if error.status_code == 404:
            return pages.page("missing", status=404, home=report.home(request))
        if error.status_code != 429:
            return PlainTextResponse(str(error.detail), error.status_code, error.headers)
        crowded = pages.page("crowded", status=429, home=report.home(request), says=str(error.detail))
        crowded.headers.update(error.headers or {})
        return crowded

    async def away(_request: Request, _error: Exception) -> Response:
        said = "Not available just now. Please try again later."
        return PlainTextResponse(said, 503, AGAIN)

    async def failed(request: Request, _error: Exception) -> Response:
        log_bug(log, request.scope)
        return pages.page("failed", status=500, home=report.home(request))

    handlers: dict[Any, Any] = {UnknownLink: unknown, AnyHTTPException: refused, StorageError: away, Exception: failed}
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
