"""Hosts on loopback, each with a feed of its own, that go and come back; the tracker gathers on a clock of its own."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from aiohttp import web
from sqlalchemy import Engine

from db.engine import reading
from db.feeds import feeds
from db.ops import incidents
from db.sessions import session
from db.values import Feed
from jobs.gather.gathering import Gatherer
from jobs.tally import Tally
from tracker.coverage import NETWORK
from tracker.gather.http.client import Client, Response

NOW = datetime(2017, 7, 7, 18, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
PARAGRAPH = "The council of Exampleville adopted an ordinance about parked boats on Tuesday; nobody spoke against it."
SUMMARY = (
    "The council of Exampleville voted to have boats parked in yards only, from the first of July on, it was told."
)
PAGE = "".join(f"<p>{number}. {PARAGRAPH}</p>" for number in range(4))


class World:
    """Hosts 127.0.0.2, .3, … on one port, each with a feed of one story. `asked` counts what arrives at them."""

    def __init__(self, count: int) -> None:
        self.names = [f"127.0.0.{number}" for number in range(2, count + 2)]
        self.port = 0
        self.status, self.page, self.summary = 200, PAGE, ""
        self.asked: list[str] = []
        self.stories = 1
        self.down_after = 10**9
        self._runners: dict[str, web.AppRunner] = {}

    def url(self, name: str, path: str = "feed") -> str:
        return f"http://{name}:{self.port}/{path}"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        name = request.host.partition(":")[0]
        self.asked.append(name + request.path)
        if len(self.asked) >= self.down_after:
            asyncio.get_running_loop().create_task(self.go_down())
        if request.path == "/feed" and self.status == 200:
            links = [self.url(name, f"story{number}") for number in range(self.stories)]
            told = f"<title>T</title><description>{self.summary}</description>"
            items = "".join(f"<item>{told}<link>{link}</link><guid>{link}</guid></item>" for link in links)
            head = {"Connection": "close"}
            return web.Response(text=f"<rss><channel><title>{name}</title>{items}</channel></rss>", headers=head)
        page = f"<html><body><article><h1>T</h1>{self.page}</article></body></html>"
        found = request.path.startswith("/story")
        return web.Response(text=page, content_type="text/html", status=self.status if found else 404)

    async def come_up(self, *names: str) -> None:
        for name in names or self.names:
            app = web.Application()
            app.router.add_get("/{path:.*}", self.answer)
            runner = self._runners[name] = web.AppRunner(app, access_log=None, shutdown_timeout=0.05)
            await runner.setup()
            await web.TCPSite(runner, name, self.port).start()
            self.port = self.port or runner.addresses[0][1]

    async def go_down(self, *names: str) -> None:
        for name in names or list(self._runners):
            if runner := self._runners.pop(name, None):
                await runner.cleanup()


class Counting:
    """The real client, and what was asked of it."""

    def __init__(self, client: Client) -> None:
        self.client, self.asked = client, list[str]()

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Response:
        self.asked.append(url)
        return await self.client.get(url, headers=headers)


class Machine:
    """The tracker's gathering on a clock of its own, minute after minute."""

    def __init__(self, engine: Engine, client: Client, at_once: int = 50) -> None:
        self.now, self.engine = NOW, engine
        self.said, self.web = list[str](), Counting(client)
        self.gatherer = Gatherer(engine, self.web, lambda: self.now, self.said.append, at_once)

    async def minute(self, after: timedelta = MINUTE, *, everything: bool = False) -> Tally:
        self.now += after
        tally = Tally()
        self.web.asked.clear()
        await self.gatherer.poll(self.gatherer.due(everything=everything), tally)
        await self.gatherer.fetch(tally)
        return tally

    def feeds(self) -> tuple[Feed, ...]:
        with reading(self.engine) as opened:
            return feeds.all_feeds(opened)

    def trouble(self) -> str:
        """What is told of the network."""
        with reading(self.engine) as opened:
            return next((one.what for one in incidents.lasting(opened) if one.name == NETWORK), "")


def subscribe(engine: Engine, *urls: str) -> None:
    with session(engine) as opened:
        for url in urls:
            feeds.add(opened, url, NOW)
