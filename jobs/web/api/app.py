"""Puts the API together: its routes, its description, what it says where something goes wrong."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware

from jobs.settings import Settings
from jobs.web.api import entries, places, policies
from jobs.web.api.responses import PublicData, describe, problem
from jobs.web.middleware.layers import NO_TELEMETRY, answer_errors
from tracker.coverage import Coverage
from tracker.nearest import unknown

if TYPE_CHECKING:
    from sqlalchemy import Engine

SHAPES = (places.Place, policies.PolicyToday, Coverage)
OURS = {
    500: "this is a mistake of ours, and it stands in the log",
    503: "the database does not answer just now; please try again later",
}
MISSING = "there is nothing at this address; openapi.json tells what there is"
EXAMPLES = {
    "/entries": "entries?place=Milwaukee,+WI&topic=immigration&since=2017",
    "/places": "places?place=Wisconsin",
    "/policies": "policies?place=Milwaukee,+WI",
    "/coverage": "coverage?place=Milwaukee,+WI",
}
"""Addresses on the page for people who write programs."""


def make_api(engine: "Engine", settings: Settings, log: Any, page: Callable[..., Response]) -> FastAPI:
    """The API, to be mounted; `page` renders a template of ours."""
    api = FastAPI(version="1", docs_url=None, redoc_url=None, redirect_slashes=False, telemetry=NO_TELEMETRY)
    public = PublicData(engine, settings)
    for router in (entries.router, places.router, policies.router, places.coverage_router):
        api.include_router(router(public))
    api.add_api_route("/", partial(_read_me, api, page), include_in_schema=False)
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


def _read_me(api: FastAPI, page: Callable[..., Response]) -> Response:
    """The API's description in words, from OpenAPI, with nothing from elsewhere."""
    return page("api", home="../../", told=api.openapi(), examples=EXAMPLES)


def _answer_errors(api: FastAPI, log: Any) -> None:
    def say(_request: Request, status: int, detail: str, headers: Mapping[str, str] | None) -> Response:
        return problem(status, MISSING if detail == "Not Found" else detail or OURS[status], headers)

    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return problem(422, _in_words(error.errors()[0], _parameters(api, request)))

    answer_errors(api, log, say, {RequestValidationError: invalid})


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
