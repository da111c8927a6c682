"""What an answer of the API is: JSON, with a tag by which a client that has it already is told so."""

import hashlib
import json
from datetime import date, datetime
from functools import lru_cache
from http import HTTPStatus
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, Field

from db import freshness
from db.engine import reading
from jobs.clock import local, now
from jobs.settings import Settings
from jobs.web.report_files import matches
from tracker.publish.exports.json import schema as entries_schema

if TYPE_CHECKING:
    from sqlalchemy import Engine


JSON = "application/json"
PROBLEM = "application/problem+json"
ASK_ALWAYS = "public, no-cache"
"""Anybody may keep the answer, and asks each time whether it still holds: a person may have corrected an entry."""
TAG_LENGTH = 20
"""Hexadecimal digits of a hash: 80 bits."""


class Wrong(BaseModel):
    """What is wrong with a request, or here (RFC 9457)."""

    title: str = Field(examples=["Unprocessable Content"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=['there is no topic "imigration"; did you mean immigration?'])


class PublicData:
    """What there is to show, and as of when. Hands each request the headers of its answer, or says that the client has
    it: the tag changes with whatever the report shows, and at midnight, when a standing can change."""

    def __init__(self, engine: "Engine", settings: Settings) -> None:
        self.engine, self.settings = engine, settings
        self._same = f"{version('procedure-tracker')} {settings.publish} {settings.report_url}"

    def now(self) -> datetime:
        """In the zone of the settings."""
        return local(now(), self.settings)

    def today(self) -> date:
        """The same as a day."""
        return self.now().date()

    def fresh(self, request: Request) -> dict[str, str]:
        """The headers. Raises HTTPException 304."""
        return self.fresh_about(request, "")

    def fresh_about(self, request: Request, about: str) -> dict[str, str]:
        """The same where the answer depends on something else besides."""
        with reading(self.engine) as session:
            number = freshness.number(session)
        return self.tagged(request, f"{self._same} {number} {self.today()} {about}".encode())

    def tagged(self, request: Request, content: bytes) -> dict[str, str]:
        """The same for what is known by its content."""
        tag = f'W/"{hashlib.sha256(content).hexdigest()[:TAG_LENGTH]}"'
        headers = {"ETag": tag, "Cache-Control": ASK_ALWAYS}
        if matches(tag, request.headers.get("if-none-match", "")):
            raise HTTPException(304, headers=headers)
        return headers


def answer(content: str | bytes, headers: dict[str, str], link: str = "") -> Response:
    """A JSON text, with the way to the next page."""
    return Response(content, headers=headers | ({"Link": link} if link else {}), media_type=JSON)


def problem(status: int, detail: str, headers: Any = None) -> Response:
    """What is wrong, in words."""
    said = Wrong(title=HTTPStatus(status).phrase, status=status, detail=detail)
    return Response(said.model_dump_json(), status, headers, PROBLEM)


TITLE = "Procedure tracker"
DESCRIPTION = """Changes to local governments' procedures, as the report shows them: entries (one dated stage of one
policy, each proven by quoted sentences), places, policies with their standing as of today, and coverage (which feeds
are heard). It only reads, needs no key, and may be called from any page. Entries can be looked for by words (`q`).

Lists come in pages: follow the header `Link` to `rel="next"`. Pages do not shift when entries are added meanwhile. An
answer has an `ETag`; send it back as `If-None-Match`, and 304 says that nothing has changed.

Each client has a share of the site's time, and some requests at once: 429 and 503 say in `Retry-After` when to come
again.

Unknown parameters are refused. New keys may be added to answers; readers must leave alone what they do not know."""
SERVERS = [{"url": "../v1"}]
"""Relative to the description, wherever a web server in front puts it."""
REF = "#/components/schemas/"
PROBLEMS = {
    404: "There is no such thing, place, day or page; `detail` names the nearest.",
    410: "It was there, and was rejected or taken back; `detail` says why.",
    422: "The request makes no sense; `detail` says what to do.",
    429: "Your address asked for more than its share; `Retry-After` says when to come again.",
    503: "The database does not answer just now.",
}
HEADERS: dict[str, Any] = {
    "ETag": {"description": "Of what is shown.", "schema": {"type": "string"}},
    "Link": {"description": 'The next page, `rel="next"`, where there is one.', "schema": {"type": "string"}},
}


def answers(name: str, *problems: int, many: bool = True) -> dict[int | str, dict[str, Any]]:
    """What a route answers: one thing of this shape or many, and which problems."""
    shape: dict[str, Any] = {"$ref": f"{REF}{name}"}
    content: dict[str, Any] = {"schema": {"type": "array", "items": shape} if many else shape}
    content["example"] = [examples()[name]] if many else examples()[name]
    headers = HEADERS if many else {"ETag": HEADERS["ETag"]}
    told: dict[int | str, dict[str, Any]] = {
        200: {"description": "As shown in the report.", "content": {JSON: content}, "headers": headers},
        304: {"description": "As it was (If-None-Match).", "headers": {"ETag": HEADERS["ETag"]}},
    }
    wrong = {PROBLEM: {"schema": {"$ref": f"{REF}Wrong"}}}
    for status in (404, *problems, 422, 429, 503):
        told[status] = {"description": PROBLEMS[status], "content": wrong}
    return told


def describe(api: FastAPI, shapes: tuple[type[BaseModel], ...]) -> dict[str, Any]:
    """The description of the API with the shapes of its answers."""
    made = get_openapi(title=TITLE, version=api.version, description=DESCRIPTION, routes=api.routes, servers=SERVERS)
    known = made.setdefault("components", {}).setdefault("schemas", {})
    every: tuple[type[BaseModel], ...] = (Wrong, *shapes)
    for shape in every:
        told = shape.model_json_schema(ref_template=f"{REF}{{model}}", mode="serialization")
        known |= told.pop("$defs", {})
        known[shape.__name__] = told
    known |= _entry_shapes()
    return made


@lru_cache
def examples() -> dict[str, Any]:
    """One of each shape, as the API gives it."""
    found: dict[str, Any] = json.loads(files("jobs.web.api").joinpath("examples.json").read_text("utf-8"))
    return found


def _entry_shapes() -> dict[str, Any]:
    """Those of `tracker export --schema`: the API gives the very same."""
    text = entries_schema().replace("#/$defs/", REF)
    shapes: dict[str, Any] = json.loads(text)["$defs"]
    return shapes
