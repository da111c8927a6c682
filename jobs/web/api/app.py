"""Puts the API together: its routes, its description, what it says where something goes wrong."""

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from starlette.exceptions import HTTPException as AnyHTTPException

from jobs.settings import Settings
from jobs.web.api import coverage, docs, entries, places, policies
from jobs.web.api.answers import Shown, problem
from jobs.web.api.asked import NoSuch
from jobs.web.api.spec import describe
from jobs.web.layers import AGAIN, NO_TELEMETRY, log_bug
from tracker.coverage import Coverage
from tracker.errors import StorageError
from tracker.nearest import unknown

if TYPE_CHECKING:
    from sqlalchemy import Engine

SHAPES = (places.Place, policies.PolicyToday, Coverage)
AWAY = "the database does not answer just now; please try again later"
FAILED = "this is a mistake of ours, and it stands in the log"
MISSING = "there is nothing at this address; openapi.json tells what there is"


def make_api(engine: "Engine", settings: Settings, log: Any, page: Callable[..., Response]) -> FastAPI:
    """The API, to be mounted; `page` renders a template of ours."""
    api = FastAPI(version="1", docs_url=None, redoc_url=None, redirect_slashes=False, telemetry=NO_TELEMETRY)
    shown = Shown(engine, settings)
    for part in (entries, places, policies, coverage):
        api.include_router(part.router(shown))
    api.include_router(docs.router(api, page))
    api.openapi = cache(partial(describe, api, SHAPES))  # type: ignore[method-assign]
    _answer_errors(api, log)
    api.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["If-None-Match"],
        expose_headers=["ETag", "Link"],
    )
    return api


def _answer_errors(api: FastAPI, log: Any) -> None:
    async def refused(_request: Request, error: HTTPException) -> Response:
        if error.status_code == 304:
            return Response(status_code=304, headers=error.headers)
        return problem(error.status_code, MISSING if error.detail == "Not Found" else error.detail, error.headers)

    async def nothing(_request: Request, error: NoSuch) -> Response:
        return problem(404, str(error))

    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return problem(422, _in_words(error.errors()[0], _parameters(api, request)))

    async def away(_request: Request, _error: Exception) -> Response:
        return problem(503, AWAY, AGAIN)

    async def failed(request: Request, _error: Exception) -> Response:
        log_bug(log, request.scope)
        return problem(500, FAILED)

    handlers: dict[Any, Any] = {
        AnyHTTPException: refused,
        NoSuch: nothing,
        RequestValidationError: invalid,
        StorageError: away,
        Exception: failed,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _parameters(api: FastAPI, request: Request) -> list[str]:
    """Those of this address, as its description has them."""
    path: dict[str, Any] = api.openapi()["paths"].get(request.scope["route"].path, {})
    return [one["name"] for one in path.get("get", {}).get("parameters", ()) if one["in"] == "query"]


def _in_words(first: Any, parameters: list[str]) -> str:
    """`limit: Input should be less than or equal to 500`."""
    name = str(first["loc"][1]) if len(first["loc"]) > 1 else "request"
    if first["type"] == "extra_forbidden":
        return str(unknown("parameter", name, parameters, f"there are {', '.join(parameters)}"))
    return f"{name}: {first['msg'].removeprefix('Value error, ')}"
