"""Routes. aiohttp, which gathering brings anyway: a few pages and forms need no other framework."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from jobs.mail_tokens import Purpose, Tokens
from jobs.settings import Settings
from jobs.web import readers
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
TOKEN = "{token:[A-Za-z0-9_.-]{1,200}}"  # noqa: S105 - a pattern
INDEX = "index.html"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def make_app(engine: "Engine", settings: Settings) -> web.Application:
    """The application; it opens the database for each request, in a thread."""
    pages = Pages(engine, Tokens.of(settings.data_dir))
    app = web.Application(client_max_size=MAX_FORM, middlewares=[_guarded])
    app.add_routes([web.get("/health", pages.health)])
    for what in ("confirm", "unsubscribe", "preferences"):
        show, act = getattr(pages, f"show_{what}"), getattr(pages, what)
        app.add_routes([web.get(f"/{what}/{TOKEN}", show), web.post(f"/{what}/{TOKEN}", act)])
    settings.report_dir.mkdir(parents=True, exist_ok=True)
    app.add_routes([web.get("/", _to_index(settings)), web.static("/", settings.report_dir)])
    return app


def _to_index(settings: Settings) -> Handler:
    async def index(_request: web.Request) -> web.StreamResponse:
        page = settings.report_dir / INDEX
        if not page.is_file():
            raise web.HTTPNotFound(text="There is no report yet.")
        return web.FileResponse(page)

    return index


@web.middleware
async def _guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What people may meet as one plain line; folders of the report as their index."""
    try:
        return await handler(request)
    except web.HTTPForbidden:  # how aiohttp answers for a folder
        if request.path.endswith(INDEX):
            raise
        name = request.rel_url.raw_name  # relative: a web server in front may serve us under a path of its own
        raise web.HTTPFound(f"./{name}/{INDEX}" if name else f"./{INDEX}") from None
    except StorageError:
        return web.Response(status=503, text="Not available just now. Please try again later.")


class Pages:
    """The pages of a subscriber. Looking changes nothing (mail programs and scanners follow links); a form does."""

    def __init__(self, engine: "Engine", tokens: Tokens) -> None:
        self._engine, self._tokens = engine, tokens
        self._templates = Environment(
            loader=PackageLoader("jobs.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._templates.globals |= {"describe": describe, "days": DAYS, "frequencies": list(Frequency)}
        self._style = files("jobs.web").joinpath("templates/pages.css").read_text("utf-8")

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
        form = await request.post()
        problem = ""
        try:
            kept = {str(value) for value in form.getall("keep", [])}
            said = {name: str(form.get(name, "")) for name in ("frequency", "weekday", "hour", "timezone")}
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
            page = self._page("unknown.html.j2", status=404)
            raise web.HTTPNotFound(text=page.text, content_type="text/html", headers=HEADERS)
        return reader

    def _page(self, template: str, *, status: int = 200, **values: Any) -> web.Response:
        text = self._templates.get_template(template).render(style=self._style, **values)
        return web.Response(text=text, status=status, content_type="text/html", charset="utf-8", headers=HEADERS)


def _now() -> datetime:
    return datetime.now(UTC)
