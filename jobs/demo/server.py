"""The demo's web: its sample feeds and pages, served over real HTTP on loopback."""

import re
import tomllib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web

from tracker.gather.http.client import Client, Fetcher, Response

SITE = Path(__file__).parent / "site"
BASE = "http://news.example"
"""What stands in all links of the sample news (RFC 2606: nobody can own it). Stored addresses begin with it, so that
they are the same in every run, whatever port the server got."""
AT_ONCE = 8
"""Our own server need not be spared."""


@dataclass(frozen=True)
class SampleFeed:
    """A feed of the manifest, under its public address; `path` is its file below the site."""

    path: str
    title: str
    home: str
    status: int
    content_type: str
    outcome: str

    @property
    def url(self) -> str:
        """Where it is subscribed."""
        return f"{BASE}/{self.path}"


@dataclass(frozen=True)
class Sample:
    """The sample news: the clock that stands still while they are polled, and the feeds."""

    site: Path
    now: datetime
    feeds: tuple[SampleFeed, ...]


def load_sample(site: Path = SITE) -> Sample:
    """Reads the manifest."""
    manifest = tomllib.loads((site / "manifest.toml").read_text(encoding="utf-8"))
    return Sample(site, manifest["now"], tuple(_feed(values) for values in manifest["feeds"].values()))


def _feed(values: Mapping[str, Any]) -> SampleFeed:
    return SampleFeed(
        path=values["path"],
        title=values.get("title", ""),
        home=values.get("home", ""),
        status=values.get("status", 200),
        content_type=values.get("content_type", "application/rss+xml"),
        outcome=values.get("outcome", "items"),
    )


@asynccontextmanager
async def sample_web(sample: Sample) -> AsyncIterator[Fetcher]:
    """Serves the sample on a free loopback port and gives the polite client that sees it under its public addresses."""
    runner = web.AppRunner(_app(sample), access_log=None)
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


def _app(sample: Sample) -> web.Application:
    feeds = {f"/{feed.path}": feed for feed in sample.feeds}

    async def answer(request: web.Request) -> web.StreamResponse:
        feed, file = feeds.get(request.path), (sample.site / request.path.lstrip("/")).resolve()
        if feed is not None and feed.status != 200:
            return web.Response(status=feed.status)
        if request.path.split("/")[1] not in ("feeds", "pages") or not file.is_relative_to(sample.site.resolve()):
            raise web.HTTPNotFound
        if not file.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(file, headers={"Content-Type": feed.content_type} if feed else None)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    return app
