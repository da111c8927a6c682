"""A council's record by the shapes of the Legistar Web API, on loopback; its rows can be changed between two polls."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any, TypeVar

from aiohttp import web
from sqlalchemy import Engine

from db.engine import reading
from db.feeds import feeds
from db.sessions import session
from jobs.gather.council import poll_council
from jobs.gather.local_network import LocalNetwork
from jobs.gather.network_tasks import NetworkTasks
from jobs.gather.source_context import SourceContext, SourceOptions
from jobs.tally import Tally
from support.servers.small_web import served
from tracker.gather.http.client import Client
from tracker.gather.http.robots import Robots
from tracker.model import SourceKind

Row = dict[str, Any]
BASE = "/v1/oakford"
HOME = "ocd-division/country:us/state:wi/place:milwaukee"


@dataclass
class CouncilRecord:
    """`matters`, `histories` and `items` by number, `events` by number too; `marked` counts changes, so that each has a
    newer mark, of `today`."""

    origin: str = ""
    matters: dict[int, Row] = field(default_factory=dict)
    histories: dict[int, list[Row]] = field(default_factory=dict)
    events: dict[int, Row] = field(default_factory=dict)
    items: dict[int, list[Row]] = field(default_factory=dict)
    marked: int = 0
    today: date = date(2026, 11, 23)

    @property
    def base(self) -> str:
        return f"{self.origin}{BASE}"

    def matter(self, number: int, title: str, *, introduced: date | None = None) -> None:
        """A matter as it stands, with the action that introduced it, if any."""
        self.matters[number] = {
            "MatterId": number,
            "MatterFile": f"26-{number}",
            "MatterTypeName": next((kind for kind in ("Resolution", "Proclamation") if kind in title), "Ordinance"),
            "MatterTitle": title,
            "MatterBodyName": "Common Council",
            "MatterLastModifiedUtc": self._mark(),
        }
        if introduced:
            action = {"MatterHistoryActionName": "Introduced", "MatterHistoryActionBodyName": "Common Council"}
            row = {"MatterHistoryId": 10 * number, "MatterHistoryActionDate": f"{introduced}T09:00:00"}
            self.histories[number] = [row | action]

    def meeting(
        self, number: int, day: date, hour: str, *matters: int, body: str = "Public Safety Committee", status: str = ""
    ) -> None:
        """A meeting as it stands, with these matters on its agenda."""
        self.events[number] = {
            "EventId": number,
            "EventDate": f"{day}T00:00:00",
            "EventTime": hour,
            "EventBodyName": body,
            "EventLocation": "City Hall, Room 301-B",
            "EventInSiteURL": f"https://oakford.example/MeetingDetail.aspx?ID={number}",
            "EventAgendaStatusName": status or "Final",
            "EventLastModifiedUtc": self._mark(),
        }
        heading = {"EventItemId": 100 * number, "EventItemEventId": number, "EventItemTitle": "Roll call"}
        self.items[number] = [heading] + [
            {
                "EventItemId": 100 * number + one,
                "EventItemEventId": number,
                "EventItemMatterId": one,
                "EventItemMatterFile": f"26-{one}",
                "EventItemTitle": self.matters.get(one, {}).get("MatterTitle", "A matter of old"),
            }
            for one in matters
        ]

    def vanish(self, number: int) -> None:
        """The meeting is listed no more."""
        del self.events[number]

    def _mark(self) -> str:
        self.marked += 1
        return f"{self.today}T10:{self.marked:02}:00"

    def answer(self, request: web.Request) -> web.StreamResponse:
        parts = request.path.removeprefix(f"{BASE}/").split("/")
        if parts == ["Bodies"]:
            return web.json_response([{"BodyId": 1, "BodyName": "Common Council"}])
        if parts == ["Matters"]:
            return web.json_response(list(self.matters.values()))
        if parts == ["Events"]:
            return web.json_response(list(self.events.values()))
        rows = (self.histories if parts[0] == "Matters" else self.items).get(int(parts[1]))
        return web.json_response(rows) if rows is not None else web.Response(status=404)


R = TypeVar("R", bound=CouncilRecord)


@asynccontextmanager
async def shown(record: R) -> AsyncIterator[R]:
    """A record, served."""
    pages: Any = _Everything(record)
    async with served(pages) as site:
        record.origin = site.origin
        yield record


@asynccontextmanager
async def council() -> AsyncIterator[CouncilRecord]:
    """An empty record, served."""
    async with shown(CouncilRecord()) as record:
        yield record


class _Everything(dict[str, Any]):
    """Every path is answered by the record."""

    def __init__(self, record: CouncilRecord) -> None:
        super().__init__()
        self._record = record

    def get(self, path: str, default: Any = None) -> Any:
        return self._record.answer


async def poll(engine: Engine, record: CouncilRecord, now: datetime, home: str = HOME) -> Tally:
    """One poll of the record, as the daemon does it."""
    tally = Tally()
    with reading(engine) as opened:
        known = any(one.url == record.base for one in feeds.all_feeds(opened))
    if not known:
        with session(engine) as opened:
            feeds.add(opened, record.base, now, home=home, kind=SourceKind.LEGISTAR)
    with reading(engine) as opened:
        source = next(one for one in feeds.due(opened, now) if one.kind is SourceKind.LEGISTAR)
    async with Client(allow_private=True, gap_s=0) as client:
        network = LocalNetwork(engine, client, lambda: now, Random(1), print)
        tasks, robots = NetworkTasks(network), Robots(client)
        context = SourceContext(engine, client, tasks, lambda: now, SourceOptions(), tally, robots)
        await poll_council(context, source)
    return tally
