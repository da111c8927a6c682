"""The API's page for people who write programs: its description in words, from OpenAPI, with nothing from elsewhere."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, FastAPI, Response

EXAMPLES = {
    "/entries": "entries?place=Milwaukee,+WI&topic=immigration&since=2017",
    "/places": "places?place=Wisconsin",
    "/policies": "policies?place=Milwaukee,+WI",
    "/coverage": "coverage?place=Milwaukee,+WI",
}


def router(api: FastAPI, page: Callable[..., Response]) -> APIRouter:
    """The page; `page` renders a template of ours."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/")
    def read_me() -> Any:
        """What there is, and how to ask for it."""
        return page("api", home="../../", told=api.openapi(), examples=EXAMPLES)

    return routes
