"""Sheets of agreements as they are published when something goes wrong, over real HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from sqlalchemy import Engine

from db.engine import reading
from db.feeds import feeds
from db.sessions import session
from db.sources import agreements
from jobs.gather.gathering import Gatherer
from jobs.tally import Tally
from support.databases.recording import live
from support.servers.sheet import HEADER, workbook
from support.servers.small_web import Page, served
from tracker.errors import RecordError
from tracker.gather.http.client import Client
from tracker.gather.sources.sheet import read_sheet, sheet_address
from tracker.model import SourceKind
from tracker.read.places import gazetteer

NOW = datetime(2025, 6, 9, 12, tzinfo=UTC)
COUNTIES = [place for place in gazetteer.load().in_state("WI") if place.id.rpartition("/")[2].startswith("county:")]
ROWS = [
    ("WISCONSIN", f"{place.name} Sheriff's Office", "County", place.name, "Warrant Service Officer", "3/4/2025", "link")
    for place in COUNTIES[:40]
]


class Published:
    """The sheet that the page links."""

    def __init__(self) -> None:
        self.sheet = b""

    def answer(self, _request: web.Request) -> web.StreamResponse:
        return web.Response(body=self.sheet)


@asynccontextmanager
async def subscribed(engine: Engine) -> AsyncIterator[Published]:
    published = Published()
    pages: dict[str, Page] = {
        "/287g": '<a href="/participatingAgencies.xlsx">the list</a>',
        "/participatingAgencies.xlsx": published.answer,
    }
    async with served(pages) as site:
        with session(engine) as opened:
            feeds.add(opened, f"{site.origin}/287g", NOW, kind=SourceKind.AGREEMENTS)
        yield published


async def poll(engine: Engine, day: int) -> tuple[Tally, list[str]]:
    tally, lines, now = Tally(), list[str](), NOW + timedelta(days=day)
    async with Client(allow_private=True, gap_s=0) as client:
        gatherer = Gatherer(engine, client, lambda: now, lines.append)
        await gatherer.poll(gatherer.due(everything=True), tally)
    return tally, lines


def gone(engine: Engine) -> int:
    with reading(engine) as opened:
        return sum(one.gone is not None for one in agreements.listed(opened))


async def test_a_sheet_that_lacks_many_ends_none_until_many_sheets_say_so(engine: Engine) -> None:
    async with subscribed(engine) as published:
        published.sheet = workbook(HEADER, *ROWS)
        assert (await poll(engine, 0))[0].opened == 40
        for day in range(1, 4):
            published.sheet = workbook(HEADER, *ROWS[:20], filler=bytes([day]))
            _, lines = await poll(engine, day)
            assert "lacks 20 of 40 agreements" in lines[0]
        assert "lacks 20 of 40" in (await poll(engine, 4))[1][0], "it is told as long as it is so"
        assert gone(engine) == 0
        published.sheet = workbook(HEADER, *ROWS)
        assert (await poll(engine, 5))[1] == []
        for day in range(6, 16):
            published.sheet = workbook(HEADER, *ROWS[:20], filler=bytes([day]))
            await poll(engine, day)
        assert gone(engine) == 20
        assert (await poll(engine, 17))[1] == []
    assert len(live(engine)) == 40


async def test_a_day_that_cannot_be_waits_until_it_is_put_right(engine: Engine) -> None:
    odd = (*ROWS[1][:5], "3/4/9999", "link")
    async with subscribed(engine) as published:
        published.sheet = workbook(HEADER, ROWS[0], odd)
        assert (await poll(engine, 0))[0].opened == 1
        published.sheet = workbook(HEADER, *ROWS[:2])
        assert (await poll(engine, 1))[0].opened == 1


def test_a_header_that_moves_and_cells_that_are_long() -> None:
    moved = tuple(HEADER[at] for at in (5, 1, 0, 4, 2, 3))
    rows = read_sheet(
        workbook(("", "", "a title"), (), moved, ("3/4/2025", "Dane" * 5_000, "WISCONSIN", "WSO", "", "")), "u"
    )
    assert [(row.state, str(row.signed), len(row.agency)) for row in rows] == [("Wisconsin", "2025-03-04", 300)]


def test_a_cell_far_off_is_refused() -> None:
    assert len(read_sheet(workbook(HEADER, *ROWS, last="H400"), "u")) == 40
    with pytest.raises(RecordError, match="1,048,576 rows of 16,384 columns"):
        read_sheet(workbook(HEADER, last="XFD1048576"), "u")


def test_agreements_that_nobody_has_signed_are_no_sheet() -> None:
    page = b'<a href="/doclib/pendingAgencies.xlsx">pending</a>'
    assert sheet_address(page, "https://ice.example/287g") is None
    assert sheet_address(page + b'<a href="/doclib/other.xlsx">all</a>', "https://ice.example/287g") == (
        "https://ice.example/doclib/other.xlsx"
    )
