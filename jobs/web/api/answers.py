"""What an answer of the API is: JSON, with a tag by which a client that has it already is told so."""

import hashlib
from datetime import date, datetime
from http import HTTPStatus
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from fastapi import HTTPException, Request, Response
from pydantic import BaseModel, Field

from db import freshness
from db.engine import reading
from jobs.clock import local, now
from jobs.settings import Settings
from jobs.web.report import matches

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


class Shown:
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
