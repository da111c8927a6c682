"""What stands between the server and the routes, from the outside in: small wrappers of the ASGI protocol."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from email.utils import formatdate
from typing import Any
from urllib.parse import unquote, urlsplit

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.middleware.gzip import GZipMiddleware
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from jobs.settings import Settings
from jobs.web.middleware.clients import networks
from tracker.errors import StorageError
from tracker.publish.addresses import EMBED

LARGE = 1000
"""Bytes; packing less saves no packet."""
PACKING = 6
"""Of 9: the others take twice as long for one hundredth."""
PAGES = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""The Content-Security-Policy of the report's pages: nothing from elsewhere, no script or style in the page itself."""
HEADERS = {
    "Content-Security-Policy": PAGES,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Of every answer that does not say otherwise."""
EMBEDDED = {"Content-Security-Policy": PAGES.replace("frame-ancestors 'none'", "frame-ancestors *")}
"""Of what other sites may show in a frame: the addresses below `embed/`, and no others. Older browsers would heed
X-Frame-Options before frame-ancestors, so it is left out."""
A_YEAR_S = 31_536_000
LOGGED = "bug_is_logged"
NO_TELEMETRY: Any = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""FastAPI would hand spans to OpenTelemetry; nobody asked for them, and addresses of ours may hold tokens."""
AGAIN = {"Retry-After": "60"}
"""When to ask again where the database is away."""


def layered(routes: ASGIApp, settings: Settings, log: Any) -> ASGIApp:
    """The routes with all that every request and every answer goes through."""
    packed = GZipMiddleware(BugLog(routes, log), minimum_size=LARGE, compresslevel=PACKING)
    app: Any = CommonHeaders(packed, settings.web_url.startswith("https:"))
    app = BasePath(app, urlsplit(settings.web_url).path.rstrip("/"))
    proxies = [str(network) for network in networks(settings.trusted_proxies)]
    return TrustedProxies(app, proxies) if proxies else app


class TrustedProxies(ProxyHeadersMiddleware):
    """Where a web server that we know passes requests on, the client is who asked there."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        peer = scope["client"]
        scope["state"]["client_is_known"] = bool(peer) and peer[0] in self.trusted_hosts
        await super().__call__(scope, receive, send)


class BasePath:
    """Makes of the address that was asked for the one that the routes know: below the path of `web_url`, where the web
    server in front passes the whole path on, and without a host, which a request may name (RFC 9112, 3.2.2). A HEAD is
    a GET whose page the server leaves out."""

    def __init__(self, app: ASGIApp, base: str) -> None:
        self._app, self._base = app, base.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        raw = _path(scope["raw_path"])
        if self._base and raw.startswith(self._base + b"/"):
            raw = raw.removeprefix(self._base)
        if raw != scope["raw_path"]:
            scope = {**scope, "raw_path": raw, "path": unquote(raw.decode("ascii"))}
        if scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self._app(scope, receive, send)


def _path(target: bytes) -> bytes:
    """Of `http://host/path` the path; anything else as it is."""
    if target.lower().startswith((b"http://", b"https://")):
        with suppress(ValueError):
            return urlsplit(target).path or b"/"
    return target


class CommonHeaders:
    """Adds the headers that every answer has."""

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self._app = app
        self._headers = HEADERS | ({"Strict-Transport-Security": f"max-age={A_YEAR_S}"} if secure else {})
        self._embedded = {name: value for name, value in self._headers.items() if name != "X-Frame-Options"} | EMBEDDED

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        own = self._embedded if scope["path"].startswith(f"/{EMBED}") else self._headers

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Date"] = formatdate(usegmt=True)
                for name, value in own.items():
                    headers.setdefault(name, value)
                if "content-encoding" in headers and headers.get("etag", "").startswith('"'):
                    headers["ETag"] = f"W/{headers['etag']}"  # other bytes of the same page (RFC 9110, 8.8.1)
            await send(message)

        await self._app(scope, receive, with_headers)


class BugLog:
    """A bug is answered and logged by the routes, and then raised again. One that comes to light when half of the
    answer is gone is logged here. Never the address, which may hold a token."""

    def __init__(self, app: ASGIApp, log: Any) -> None:
        self._app, self._log = app, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception:
            if not scope["state"].get(LOGGED):
                log_bug(self._log, scope)


def log_bug(log: Any, scope: Scope) -> None:
    """Within `except`."""
    scope["state"][LOGGED] = True
    log.exception("failed", job="web", what="please report this", page=getattr(scope.get("route"), "path", ""))


Say = Callable[[Request, int, str, Mapping[str, str] | None], Response]
"""Puts a status in words: with what an HTTPException says, empty for a 500 and for a database that is away."""


def answer_errors(app: FastAPI, log: Any, say: Say, more: Mapping[type[Exception], Any]) -> None:
    """Whatever happens is answered in words; `more` are handlers of errors that only this application has."""

    async def refused(request: Request, error: HTTPException) -> Response:
        if error.status_code == 304:
            return Response(status_code=304, headers=error.headers)
        return say(request, error.status_code, str(error.detail), error.headers)

    async def away(request: Request, _error: Exception) -> Response:
        return say(request, 503, "", AGAIN)

    async def failed(request: Request, _error: Exception) -> Response:
        log_bug(log, request.scope)
        return say(request, 500, "", None)

    handlers: dict[Any, Any] = {AnyHTTPException: refused, StorageError: away, Exception: failed, **more}
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
