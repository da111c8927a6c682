"""Broken and hostile records over real HTTP: what can be read is recorded, the source is named, the run goes on."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import Engine

from db.engine import reading
from db.feeds import feeds
from db.sessions import session
from jobs.gather.gathering import Gatherer
from jobs.tally import Tally
from support.databases.recording import live
from support.sources.council import HOME, CouncilRecord, council, shown
from tracker.gather.http.client import Client
from tracker.gather.sources.legistar_poll import Cursor
from tracker.model import SourceKind, Stage

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LAMPS = (
    "An ordinance amending the city code to require lamps on carts at night and to set a fine for carts without them"
)
DEEP: Any = None
for _ in range(900):
    DEEP = [DEEP]


async def poll(engine: Engine, record: CouncilRecord, now: datetime = NOW) -> tuple[Tally, list[str]]:
    """One round by the way of the daemon; what it did, and what it reported."""
    tally, lines = Tally(), list[str]()
    with session(engine) as opened:
        if not feeds.all_feeds(opened):
            feeds.add(opened, record.base, now, home=HOME, kind=SourceKind.LEGISTAR)
    async with Client(allow_private=True, gap_s=0) as client:
        gatherer = Gatherer(engine, client, lambda: now, lines.append)
        await gatherer.poll(gatherer.due(everything=True), tally)
    return tally, lines


def files(engine: Engine) -> set[str]:
    return {item.matter for entry in live(engine) for item in entry.evidence}


def adopt(record: CouncilRecord, number: int, day: str = "2026-11-20", **more: Any) -> None:
    names = {"MatterHistoryActionName": "ADOPTED", "MatterHistoryActionBodyName": "Common Council"}
    row = {"MatterHistoryId": 10 * number + 1, "MatterHistoryActionDate": f"{day}T09:00:00"}
    record.histories.setdefault(number, []).append(row | names | more)


def lamps(record: CouncilRecord, *numbers: int) -> None:
    for number in numbers:
        record.matter(number, f"{LAMPS}, in ward {number}", introduced=date(2026, 11, 2))


async def test_rows_that_cannot_be_read_cost_only_themselves(engine: Engine) -> None:
    async with council() as record:
        lamps(record, 1, 2, 3, 4)
        record.matters[2]["MatterId"] = "2"
        record.matters[3]["MatterId"] = 10**30
        record.matters[4]["MatterId"] = True
        odd: Any = {5: None, 6: "x", 7: {"MatterId": 7, "MatterLastModifiedUtc": "2026-11-23"}, 8: {"MatterId": 2.5}}
        record.matters |= odd
        tally, _ = await poll(engine, record)
    assert (tally.failed_feeds, files(engine)) == (0, {"26-1", "26-2"})


@pytest.mark.parametrize(
    "odd",
    [
        {"MatterHistoryActionName": "ADOPTED\ud800\x00"},
        {"MatterHistoryActionText": "{\\rtf1 bomb}", "MatterHistoryVersion": "\ud800"},
        {"MatterHistoryActionText": DEEP},
        {"MatterHistoryActionDate": "0001-01-01T00:00:00"},
        {"MatterHistoryActionDate": "9999-12-31T23:59:59"},
        {"MatterHistoryActionDate": None},
        {"MatterHistoryId": 2**70},
        {"MatterHistoryActionName": "Moved " + "under the lantern rule " * 5_000},
        {"MatterHistoryActionBodyName": "Committee of the Whole " * 5_000},
        {"MatterHistoryActionBodyName": None, "MatterHistoryActionName": {"odd": [1]}},
    ],
    ids=lambda odd: ",".join(odd).replace("MatterHistory", ""),
)
async def test_an_odd_action_costs_only_itself(engine: Engine, odd: dict[str, Any]) -> None:
    async with council() as record:
        lamps(record, 1, 2)
        adopt(record, 1, **odd)
        adopt(record, 2)
        tally, lines = await poll(engine, record)
        again, _ = await poll(engine, record, NOW + timedelta(days=15))
    assert (tally.failed_feeds, lines, files(engine)) == (0, [], {"26-1", "26-2"})
    assert (again.opened, again.changed) == (0, 0)
    assert {entry.date.year for entry in live(engine) if entry.date} == {2026}


@pytest.mark.parametrize(
    "odd",
    [
        {"MatterTitle": "Lamps " * 20_000},
        {"MatterFile": "26-" + "1" * 100_000},
        {"MatterName": "\ud800\x00", "MatterEXText5": "{\\rtf1 " + "x" * 50_000},
        {"MatterBodyName": "x" * 100_000, "MatterTypeName": "Ordinance" * 10_000, "MatterStatusName": "y" * 100_000},
        {"MatterIntroDate": "0001-01-01", "MatterEnactmentDate": "9999-12-31"},
        {"MatterLastModifiedUtc": "0001-01-01T00:00:00"},
        {"MatterLastModifiedUtc": None, "MatterTitle": None, "MatterName": LAMPS},
        {"MatterFile": None},
    ],
    ids=lambda odd: ",".join(odd),
)
async def test_an_odd_matter_costs_only_itself(engine: Engine, odd: dict[str, Any]) -> None:
    async with council() as record:
        lamps(record, 1, 2)
        record.matters[1] |= odd
        tally, lines = await poll(engine, record)
        again, _ = await poll(engine, record, NOW + timedelta(days=15))
    assert (tally.failed_feeds, lines) == (0, [])
    assert "26-2" in files(engine)
    assert (again.opened, again.changed) == (0, 0)
    longest = max(len(item.finding.quote) for entry in live(engine) for item in entry.evidence)
    assert longest < 25_000, "a quote is shown on pages and in mails"


async def test_actions_of_one_id_count_once(engine: Engine) -> None:
    async with council() as record:
        lamps(record, 1)
        adopt(record, 1)
        adopt(record, 1, "2026-11-21", MatterHistoryActionName="RESCINDED")
        await poll(engine, record)
        first = live(engine)
        again, _ = await poll(engine, record, NOW + timedelta(days=15))
    assert (again.opened, again.changed, live(engine)) == (0, 0, first)
    assert sorted(entry.stage for entry in first) == [Stage.PROPOSED, Stage.RESCINDED], "the last row of an id holds"


async def test_matters_of_one_file_number_leave_each_other_alone(engine: Engine) -> None:
    """Some councils begin their numbers anew each year."""
    async with council() as record:
        lamps(record, 1, 2)
        record.matters[2]["MatterFile"] = "26-1"
        record.histories[2][0]["MatterHistoryActionDate"] = "2026-11-09T09:00:00"
        await poll(engine, record)
        first = live(engine)
        record.matter(1, f"{LAMPS}, in ward 1, amended")
        tally, _ = await poll(engine, record, NOW + timedelta(days=1))
    assert len(first) == len(live(engine)) == 2
    assert tally.opened == 0


async def test_a_mark_of_the_far_future_does_not_carry_the_clock_away(engine: Engine) -> None:
    async with council() as record:
        lamps(record, 1, 2)
        record.matters[2]["MatterLastModifiedUtc"] = "2094-11-20T10:00:00"
        await poll(engine, record)
        with reading(engine) as opened:
            known = feeds.by_id(opened, 1)
        assert known
        newest = Cursor.from_json(known.cursor).newest
        assert newest == datetime.fromisoformat(record.matters[1]["MatterLastModifiedUtc"])
        lamps(record, 3)
        await poll(engine, record, NOW + timedelta(days=1))
    assert files(engine) == {"26-1", "26-2", "26-3"}


async def test_a_record_put_back_to_an_older_state_is_followed_from_there(engine: Engine) -> None:
    async with shown(Filtering()) as record:
        lamps(record, 1)
        await poll(engine, record)
        record.matters.clear()
        record.today = date(2026, 10, 2)
        lamps(record, 2)
        await poll(engine, record, NOW + timedelta(days=1))
        record.today = date(2026, 10, 9)
        lamps(record, 3)
        await poll(engine, record, NOW + timedelta(days=2))
    assert files(engine) == {"26-1", "26-2", "26-3"}


class Filtering(CouncilRecord):
    """Shows only matters with a mark from that of the filter on, the newest only where that is asked for."""

    def answer(self, request: web.Request) -> web.StreamResponse:
        if request.path.endswith("/Matters"):
            since = request.query.get("$filter", "datetime'0'").split("'")[1]
            rows = [row for row in self.matters.values() if row["MatterLastModifiedUtc"] >= since]
            return web.json_response(rows[-1:] if "desc" in request.query.get("$orderby", "") else rows)
        return super().answer(request)


class Endless(CouncilRecord):
    """Gives the same page however many rows are to be skipped."""

    def answer(self, request: web.Request) -> web.StreamResponse:
        rows = {"Matters": self.matters, "Events": self.events}.get(request.path.rpartition("/")[2])
        return (
            web.json_response([*rows.values()] * 1000 if rows else []) if rows is not None else super().answer(request)
        )


async def test_a_page_that_never_ends_is_told(engine: Engine) -> None:
    async with shown(Endless()) as record:
        lamps(record, 1)
        tally, lines = await poll(engine, record)
        assert (tally.failed_feeds, files(engine)) == (1, {"26-1"})
        assert "the same page again" in lines[0]
        record.meeting(1, date(2026, 12, 1), "9:00 AM", 1)
        _, lines = await poll(engine, record, NOW + timedelta(days=1))
    assert lines


class Broken(CouncilRecord):
    """Answers oddly where `broken` ends the path."""

    broken: tuple[str, ...] = ()
    page: Callable[[], web.Response] = staticmethod(lambda: web.Response(status=500))

    def answer(self, request: web.Request) -> web.StreamResponse:
        return self.page() if request.path.endswith(self.broken or ("-",)) else super().answer(request)


ODD_PAGES = {
    "500": lambda: web.Response(status=500),
    "no JSON": lambda: web.Response(text="<html>an error</html>"),
    "a bomb": lambda: web.Response(text="[" * 200_000),
    "too large": lambda: web.Response(body=b"[" + b" " * 11_000_000 + b"]"),
    "no list": lambda: web.Response(text=json.dumps({"Message": "odd"})),
}


@pytest.mark.parametrize("page", ODD_PAGES.values(), ids=ODD_PAGES)
async def test_one_history_that_cannot_be_had_does_not_stop_a_council(
    engine: Engine, page: Callable[[], web.Response]
) -> None:
    async with shown(Broken()) as record:
        record.broken, record.page = ("Matters/1/Histories",), page
        lamps(record, 1, 2, 3)
        record.meeting(1, date(2026, 12, 1), "9:00 AM", 3)
        _, lines = await poll(engine, record)
        assert files(engine) == {"26-2", "26-3"}
        assert "Matters/1/Histories" in lines[0]
        record.broken = ()
        await poll(engine, record, NOW + timedelta(days=1))
    assert files(engine) == {"26-1", "26-2", "26-3"}, "it is asked for again by the next poll"
    with reading(engine) as opened:
        assert {feed.state for feed in feeds.all_feeds(opened)} == {"active"}


async def test_one_agenda_that_cannot_be_had_does_not_stop_a_council(engine: Engine) -> None:
    async with shown(Broken()) as record:
        record.broken = ("Events/1/EventItems",)
        lamps(record, 1)
        record.matter(2, f"{LAMPS}, in ward 2")
        record.meeting(1, date(2026, 12, 1), "9:00 AM", 1)
        record.meeting(2, date(2026, 12, 2), "9:00 AM", 2, *range(1000, 6000))
        _, lines = await poll(engine, record)
    assert "Events/1/EventItems" in lines[0]
    assert files(engine) == {"26-1", "26-2"}, "what the other agenda says is recorded"


async def test_a_council_that_fails_all_the_time_is_left(engine: Engine) -> None:
    async with shown(Broken()) as record:
        lamps(record, *range(1, 20))
        record.broken = ("Histories",)
        tally, lines = await poll(engine, record)
        record.broken = ()
        mended, _ = await poll(engine, record, NOW + timedelta(days=1))
    assert (tally.failed_feeds, len(lines)) == (1, 1)
    assert mended.opened == 19
