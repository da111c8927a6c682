"""Routes. aiohttp, which gathering brings anyway: a few pages and forms need no other framework."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import structlog
from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from jobs.mail.tokens import Purpose, Tokens
from jobs.settings import Settings
from jobs.web import readers
from jobs.web.files import find
from jobs.web.forms import read_form
from tracker.errors import BadInput, StorageError, TrackerError
from tracker.publish.audience import describe
from tracker.publish.subscribers import DAYS, Frequency, Subscriber

if TYPE_CHECKING:
    from sqlalchemy import Engine

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
"""Of the pages behind links: the address holds the right to change a subscription, so nothing may keep it or pass it
on."""
MAX_FORM = 100_000
"""Bytes; a form of a thousand subscriptions takes a tenth of it."""
ANYTHING = "/{path:(?s:.*)}"
"""Every address, also one with a line break in it."""
RHYTHM = ("frequency", "weekday", "hour", "timezone")
"""The fields of the form that are always sent."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class UnknownLink(web.HTTPNotFound):
    """The link of no mail of ours."""


def make_app(engine: "Engine", settings: Settings) -> web.Application:
    """The application; it opens the database for each request, in a thread."""
    pages = Pages(engine, Tokens.of(settings.data_dir))
    app = web.Application(client_max_size=MAX_FORM, middlewares=[pages.guarded])
    app.add_routes([web.get("/health", pages.health)])
    for what in ("confirm", "unsubscribe", "preferences"):
        show, act = getattr(pages, f"show_{what}"), getattr(pages, what)
        app.add_routes([web.get(f"/{what}/{{token}}", show), web.post(f"/{what}/{{token}}", act)])
    app.add_routes([web.get(ANYTHING, _report(settings.report_dir))])
    return app


def _report(folder: Path) -> Handler:
    """The files of the report. A file has one address, to which the others lead; the first page also has `/`."""

    async def show(request: web.Request) -> web.StreamResponse:
        wanted = request.match_info["path"]
        path = await asyncio.to_thread(find, folder, wanted)
        if path is None:
            raise web.HTTPNotFound
        address = path.relative_to(folder.resolve())
        if wanted not in ("", str(address)):
            raise web.HTTPFound(f"{_home(request)}{quote(os.fsencode(address))}")
        _check_dates(request)
        return web.FileResponse(path)

    return show


def _check_dates(request: web.Request) -> None:
    """aiohttp looks at them when the answer has begun, and hangs up on a year that is too large."""
    try:
        _ = request.if_modified_since, request.if_unmodified_since, request.if_range
    except OverflowError:
        raise web.HTTPBadRequest(text="There is no such day as one of the headers says.") from None


def _home(request: web.Request) -> str:
    """From the request's address to the first page, wherever the site stands on its host; empty where it is that."""
    path = request.rel_url.raw_path
    return "" if path == "/" else "../" * (path.count("/") - 1) or "./"


class Pages:
    """The pages of a subscriber. Looking changes nothing (mail programs and scanners follow links); a form does."""

    def __init__(self, engine: "Engine", tokens: Tokens) -> None:
        self._engine, self._tokens = engine, tokens
        self._templates = Environment(
            loader=PackageLoader("jobs.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.globals |= {"describe": describe, "days": DAYS, "frequencies": list(Frequency)}
        self._style = files("jobs.web").joinpath("templates/pages.css").read_text("utf-8")

    @web.middleware
    async def guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Whatever happens is answered in words; a bug is logged without the address, which may hold a token."""
        try:
            return await handler(request)
        except UnknownLink:
            return self._page("unknown.html.j2", status=404)
        except web.HTTPNotFound:
            return self._page("missing.html.j2", status=404, home=_home(request))
        except web.HTTPException:
            raise
        except StorageError:
            return web.Response(status=503, text="Not available just now. Please try again later.")
        except Exception:
            where = getattr(request.match_info.route.resource, "canonical", "")
            structlog.get_logger().exception("failed", job="web", what="please report this", page=where)
            return self._page("failed.html.j2", status=500)

    async def health(self, _request: web.Request) -> web.Response:
        """`ok` where the database answers; nothing else."""
        try:
            await asyncio.to_thread(readers.check, self._engine)
        except TrackerError as error:
            return web.json_response({"status": "failing", "error": str(error)}, status=503)
        return web.json_response({"status": "ok"})

    async def show_confirm(self, request: web.Request) -> web.Response:
        """Asks once more, by a button."""
        reader = await self._reader(request, Purpose.CONFIRM)
        return self._page("confirm.html.j2", reader=reader)

    async def confirm(self, request: web.Request) -> web.Response:
        """They said yes."""
        reader = await self._reader(request, Purpose.CONFIRM)
        await asyncio.to_thread(readers.confirm, self._engine, reader, _now())
        manage = self._tokens.make(Purpose.MANAGE, reader.key)
        return self._page("done.html.j2", title="Confirmed", says="You will get these mails.", token=manage)

    async def show_unsubscribe(self, request: web.Request) -> web.Response:
        """Asks, by a button: a program that looks at links must not unsubscribe anybody."""
        reader = await self._reader(request, Purpose.MANAGE)
        return self._page("unsubscribe.html.j2", reader=reader, token=request.match_info["token"])

    async def unsubscribe(self, request: web.Request) -> web.Response:
        """They said no more: the button, or a mail program's one click (RFC 8058), which sends a form and follows no
        redirect."""
        reader = await self._reader(request, Purpose.MANAGE)
        await asyncio.to_thread(readers.end, self._engine, reader, _now())
        return self._page("done.html.j2", title="Unsubscribed", says="You will get no more of these mails.", token="")

    async def show_preferences(self, request: web.Request) -> web.Response:
        """What they follow and when they are written to, as a form."""
        reader = await self._reader(request, Purpose.MANAGE)
        return self._page("preferences.html.j2", reader=reader, problem="", saved=False)

    async def preferences(self, request: web.Request) -> web.Response:
        """Saves the form: subscriptions that are not ticked end; none ticked means no more mails."""
        reader = await self._reader(request, Purpose.MANAGE)
        form = await read_form(request, RHYTHM)
        kept, said = set(form.get("keep", ())), {name: form[name][0] for name in RHYTHM}
        problem = ""
        try:
            await asyncio.to_thread(readers.save, self._engine, reader, kept, said, _now())
        except BadInput as error:
            problem = str(error)
        reader = await self._reader(request, Purpose.MANAGE)
        return self._page(
            "preferences.html.j2", status=400 if problem else 200, reader=reader, problem=problem, saved=not problem
        )

    async def _reader(self, request: web.Request, purpose: Purpose) -> Subscriber:
        """Whose link it is; 404 where it is nobody's."""
        key = self._tokens.read(request.match_info["token"], purpose)
        reader = await asyncio.to_thread(readers.by_key, self._engine, key) if key else None
        if reader is None:
            raise UnknownLink
        return reader

    def _page(self, template: str, *, status: int = 200, **values: Any) -> web.Response:
        text = self._templates.get_template(template).render(style=self._style, **values)
        return web.Response(text=text, status=status, content_type="text/html", charset="utf-8", headers=HEADERS)


def _now() -> datetime:
    return datetime.now(UTC)
