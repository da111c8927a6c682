"""The application: every route, and what is said where something goes wrong."""

from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.types import ASGIApp

from jobs.mail.tokens import Tokens
from jobs.settings import Settings
from jobs.web import metrics, probes, report
from jobs.web.layers import layered, log_bug
from jobs.web.metrics import Meter
from jobs.web.pages import Pages, UnknownLink
from tracker.errors import StorageError

if TYPE_CHECKING:
    from sqlalchemy import Engine

NO_TELEMETRY: Any = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""FastAPI would hand spans to OpenTelemetry; nobody asked for them, and addresses of ours may hold tokens."""
AGAIN_S = "60"
"""When to ask again where the database is away."""


def make_app(engine: "Engine", settings: Settings, log: Any, meter: Meter) -> ASGIApp:
    """The application; what it does with the database it does in threads."""
    pages = Pages(engine, Tokens.of(settings.data_dir))
    app = FastAPI(openapi_url=None, redirect_slashes=False, telemetry=NO_TELEMETRY)
    app.include_router(probes.router(engine, settings))
    app.include_router(metrics.router(engine, settings, meter))
    app.include_router(pages.router())
    app.include_router(report.router(settings.report_dir))
    _answer_errors(app, pages, log)
    return layered(app, settings, log)


def _answer_errors(app: FastAPI, pages: Pages, log: Any) -> None:
    """Whatever happens is answered in words."""

    async def unknown(_request: Request, _error: Exception) -> Response:
        return pages.page("unknown", status=404)

    async def refused(request: Request, error: HTTPException) -> Response:
        if error.status_code == 404:
            return pages.page("missing", status=404, home=report.home(request))
        return PlainTextResponse(str(error.detail), error.status_code, error.headers)

    async def away(_request: Request, _error: Exception) -> Response:
        said = "Not available just now. Please try again later."
        return PlainTextResponse(said, 503, {"Retry-After": AGAIN_S})

    async def failed(request: Request, _error: Exception) -> Response:
        log_bug(log, request.scope)
        return pages.page("failed", status=500)

    handlers: dict[Any, Any] = {UnknownLink: unknown, AnyHTTPException: refused, StorageError: away, Exception: failed}
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
