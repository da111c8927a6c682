"""Whether the daemon lives, and whether it works."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from jobs.checks.catalogue import problems
from jobs.settings import Settings
from jobs.web.middleware.clients import asks_from_near

if TYPE_CHECKING:
    from sqlalchemy import Engine

ALIVE = "/healthz"
FRESH = {"Cache-Control": "no-store"}


def router(engine: "Engine", settings: Settings) -> APIRouter:
    """`/healthz` and `/readyz`."""
    routes = APIRouter()

    @routes.get(ALIVE)
    async def alive() -> JSONResponse:
        """The process answers, and nothing else: where it does not, a restart may help."""
        return JSONResponse({"status": "ok"}, headers=FRESH)

    @routes.get("/readyz")
    def ready(request: Request) -> JSONResponse:
        """503 where something grave is wrong. What it is, only those are told who look after the tracker: the words may
        name feeds and servers."""
        found = problems(engine, settings, datetime.now(UTC))
        grave = any(problem.grave for problem in found)
        said: dict[str, Any] = {"status": "not ready" if grave else "ready"}
        if asks_from_near(request):
            said["problems"] = [
                {"kind": one.kind, "what": one.what, "remedy": one.remedy, "grave": one.grave} for one in found
            ]
        return JSONResponse(said, 503 if grave else 200, FRESH)

    return routes
