"""The demo's web: its sample feeds, pages and records, as the manifest names them, served over HTTP on loopback."""

import re
import tomllib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from aiohttp import web
from pydantic import BaseModel, ConfigDict

from tracker.gather.http.client import Client, Fetcher, Response
from tracker.model import SourceKind

SITE = Path(__file__).parent / "site"
BASE = "http://news.example"
"""What stands in all links of the sample news (RFC 2606: nobody can own it). Stored addresses are of such hosts, so
that they are the same in every run, whatever port the server got."""
FOLDERS = ("feeds", "pages", "v1", "287g", "orders")
"""Of the site: what is served. The hosts share them."""
BEFORE = "before"
"""Where a folder keeps what the first visit meets."""
_ORIGIN = re.compile(r"http://(?:[a-z]+\.)+example(?=/|$)")
AT_ONCE = 8
"""Our own server need not be spared."""


class Sample(BaseModel):
    """Base of what the TOML files may say: an unknown key is a typing error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Outlet(Sample):
    """A newspaper or station that does not exist. `layout` names the template of its pages."""

    name: str
    home: str = ""
    layout: str = "daily"
    tagline: str = ""


class SampleFeed(Sample):
    """One feed: `format` is rss, rss-summary, rss-description, atom, html, garbage, truncated or missing."""

    path: str
    title: str
    home: str = ""
    format: str
    encoding: str = "utf-8"
    status: int = 200
    content_type: str = "application/rss+xml"
    outcome: str = "items"
    kind: SourceKind = SourceKind.FEED

    @property
    def url(self) -> str:
        """Where it is subscribed."""
        return f"{BASE}/{self.path}"


class SampleSource(Sample):
    """A source that is no feed."""

    url: str
    title: str
    home: str = ""
    kind: SourceKind


class Manifest(Sample):
    """manifest.toml: the demo's clock, the sources of records, the outlets and the feeds, by name. `visit`: when the
    published documents were looked at before."""

    now: datetime
    visit: datetime
    sources: Mapping[str, SampleSource]
    outlets: Mapping[str, Outlet]
    feeds: Mapping[str, SampleFeed]


def load_manifest() -> Manifest:
    """Reads manifest.toml."""
    return Manifest.model_validate(tomllib.loads((SITE / "manifest.toml").read_text("utf-8")))


@asynccontextmanager
async def sample_web(manifest: Manifest, now: datetime) -> AsyncIterator[Fetcher]:
    """Serves the sample of a moment on a free loopback port and gives the polite client that sees it under its public
    addresses."""
    runner = web.AppRunner(_app(manifest, is_first=now == manifest.visit), access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        async with Client(allow_private=True, at_once=AT_ONCE, gap_s=0) as client:
            yield Renamed(client, f"http://127.0.0.1:{port}")
    finally:
        await runner.cleanup()


@dataclass(frozen=True)
class Renamed:
    """A Fetcher that asks the loopback server for what lies at the sample's hosts, as a name server would."""

    client: Fetcher
    server: str

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Response:
        """Raises FetchError."""
        origin = _ORIGIN.match(url)
        if origin is None:
            return await self.client.get(url, headers=headers)
        response = await self.client.get(url.replace(origin[0], self.server, 1), headers=headers)
        return replace(response, url=response.url.replace(self.server, origin[0], 1))


def _app(manifest: Manifest, *, is_first: bool) -> web.Application:
    feeds = {f"/{feed.path}": feed for feed in manifest.feeds.values()}

    async def answer(request: web.Request) -> web.StreamResponse:
        feed, file = feeds.get(request.path), _file(request.path, is_first=is_first)
        if feed is not None and feed.status != 200:
            return web.Response(status=feed.status)
        if file is None:
            raise web.HTTPNotFound
        return web.FileResponse(file, headers={"Content-Type": feed.content_type} if feed else None)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    return app


def _file(path: str, *, is_first: bool) -> Path | None:
    """What is served at a path: the file, a folder's page, or the rows that an API gives there."""
    whole = (SITE / path.strip("/")).resolve()
    if not any(whole.is_relative_to(SITE.resolve() / folder) for folder in FOLDERS):
        return None
    before = [whole.parent / BEFORE / whole.name] if is_first else []
    files = [*before, whole, whole / "index.html", whole.with_suffix(".json")]
    return next((file for file in files if file.is_file()), None)
