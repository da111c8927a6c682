"""What the desk says where something goes wrong, and the headers of all that it says."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response
from starlette.exceptions import HTTPException as AnyHTTPException

from jobs.desk.asked import Asked, Desk
from jobs.desk.session import NOBODY
from jobs.web.layers import AGAIN, PAGES, log_bug
from tracker.errors import BadInput, StorageError

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": f"{PAGES}; connect-src 'self'",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}
"""Of every answer that does not say otherwise: pages are for one person, and forms are sent by htmx too."""
FORGOTTEN = (
    "You are signed out, so nothing was changed. Go back: what you typed is still there. Sign in, and send it again "
    "from a fresh page."
)


class SignedOut(Exception):
    """Nobody is signed in where somebody must be."""


def dressed(answer: Response) -> Response:
    """The answer with the headers of the desk."""
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer


def answer_errors(app: FastAPI, desk: Desk, log: Any) -> None:
    """Whatever happens is answered by a page that says so."""

    def told(
        request: Request, status: int, title: str, says: str, headers: Mapping[str, str] | None = None
    ) -> Response:
        asked = Asked(desk, request, NOBODY, {})
        answer = dressed(asked.page("said", status, title=title, says=says))
        answer.headers.update(headers or {})
        return answer

    async def signed_out(request: Request, _error: Exception) -> Response:
        if request.method == "POST":
            return told(request, 401, "Signed out", FORGOTTEN)
        asked = Asked(desk, request, NOBODY, {})
        query = f"?{request.url.query}" if request.url.query else ""
        wanted = request.scope["path"].removeprefix(request.scope.get("root_path", "")).lstrip("/") + query
        return dressed(asked.go("login", next=wanted))

    async def refused(request: Request, error: HTTPException) -> Response:
        titles = {403: "Not for your role", 404: "There is no such page", 405: "There is no such page"}
        status, says = error.status_code, "" if error.status_code in (404, 405) else str(error.detail)
        return told(request, status, titles.get(status, "Not taken"), says, error.headers)

    async def missing(request: Request, error: Exception) -> Response:
        return told(request, 404, "Not found", f"{str(error)[:1].upper()}{str(error)[1:]}.")

    async def away(request: Request, _error: Exception) -> Response:
        return told(request, 503, "Not available just now", "Nothing was changed. Please try again later.", AGAIN)

    async def failed(request: Request, _error: Exception) -> Response:
        log_bug(log, request.scope)
        return told(request, 500, "Something went wrong", "This is a mistake of ours, and it stands in the log.")

    handlers: dict[Any, Any] = {
        SignedOut: signed_out,
        AnyHTTPException: refused,
        BadInput: missing,
        StorageError: away,
        Exception: failed,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
