"""The demo's web: its sample feeds and pages, as the manifest names them, served over real HTTP on loopback."""

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

SITE = Path(__file__).parent / "site"
BASE = "http://news.example"
"""What stands in all links of the sample news (RFC 2606: nobody can own it). Stored addresses begin with it, so that
they are the same in every run, whatever port the server got."""
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

    @property
    def url(self) -> str:
        """Where it is subscribed."""
        return f"{BASE}/{self.path}"


class Manifest(Sample):
    """manifest.toml: the demo's clock, the outlets and the feeds, by name."""

    now: datetime
    outlets: Mapping[str, Outlet]
    feeds: Mapping[str, SampleFeed]


def load_manifest() -> Manifest:
    """Reads manifest.toml."""
    return Manifest.model_validate(tomllib.loads((SITE / "manifest.toml").read_text("utf-8")))


@asynccontextmanager
async def sample_web(manifest: Manifest) -> AsyncIterator[Fetcher]:
    """Serves the sample on a free loopback port and gives the polite client that sees it under its public addresses."""
    runner = web.AppRunner(_app(manifest), access_log=None)
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
    """A Fetcher that asks the loopback server for what lies under BASE, as a name server would."""

    client: Fetcher
    server: str

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Response:
        """Raises FetchError."""
        response = await self.client.get(re.sub(f"^{re.escape(BASE)}(?=/|$)", self.server, url), headers=headers)
        permanent = response.permanent_url
        return replace(response, url=self._public(response.url), permanent_url=permanent and self._public(permanent))

    def _public(self, url: str) -> str:
        return url.replace(self.server, BASE, 1)


def _app(manifest: Manifest) -> web.Application:
    feeds = {f"/{feed.path}": feed for feed in manifest.feeds.values()}

    async def answer(request: web.Request) -> web.StreamResponse:
        feed, file = feeds.get(request.path), (SITE / request.path.lstrip("/")).resolve()
        if feed is not None and feed.status != 200:
            return web.Response(status=feed.status)
        if request.path.split("/")[1] not in ("feeds", "pages") or not file.is_relative_to(SITE.resolve()):
            raise web.HTTPNotFound
        if not file.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(file, headers={"Content-Type": feed.content_type} if feed else None)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    return app
