"""Sources of records over real HTTP into a real database: steps are recorded at once, and nothing twice."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import Engine
from sqlmodel import select

from db.articles import fetched_pages
from db.engine import reading
from db.feeds import feeds
from db.feeds.matter_counts import count_matters
from db.ops import record_audit
from db.report.catalogue import catalogue
from db.sessions import session
from db.sources import agreements
from db.tables.sources import ActionMeaningRow
from db.timeline.timelines import timelines
from jobs.gather import council
from jobs.gather.gathering import Gatherer
from jobs.tally import Tally
from support.databases.recording import live
from support.servers.sheet import HEADER, workbook
from support.servers.small_web import Page, Web, served
from tracker.coverage import MatterCounts
from tracker.gather.http.client import Client
from tracker.model import EvidenceKind, Publish, SourceKind, Stage
from tracker.read.places import gazetteer

NOW = datetime(2024, 3, 9, 12, tzinfo=UTC)
HOME = "ocd-division/country:us/state:wi/place:madison"
API = "/v1/oakford"


class Record:
    """A council's record in the shapes of the Web API, changed as a test goes on."""

    def __init__(self) -> None:
        self.matters: dict[int, dict[str, Any]] = {}
        self.histories: dict[int, list[dict[str, Any]]] = {}
        self.down_after = 10**6

    def matter(self, number: int, title: str, changed: str, **more: str) -> None:
        told = {"MatterTitle": title, "MatterFile": f"24-{number}", "MatterTypeName": "Ordinance", **more}
        self.matters[number] = {"MatterId": number, "MatterLastModifiedUtc": f"{changed}T10:00:00", **told}

    def action(self, matter: int, number: int, name: str, day: str) -> None:
        row = {"MatterHistoryId": number, "MatterHistoryActionDate": f"{day}T18:30:00"}
        row |= {"MatterHistoryActionName": name, "MatterHistoryActionBodyName": "Common Council"}
        self.histories.setdefault(matter, []).append(row)

    def answer(self, request: web.Request) -> web.StreamResponse:
        self.down_after -= 1
        if self.down_after < 0:
            return web.Response(status=502)
        path = request.path.removeprefix(API)
        if path == "/Matters":
            since = request.query.get("$filter", "datetime'0'").split("'")[1]
            rows = sorted(self.matters.values(), key=lambda row: row["MatterLastModifiedUtc"])
            rows = [row for row in rows if row["MatterLastModifiedUtc"] >= since]
            return web.json_response(rows[::-1][:1] if "desc" in request.query.get("$orderby", "") else rows)
        if path.endswith("/Histories"):
            return web.json_response(self.histories.get(int(path.split("/")[2]), []))
        return web.json_response([])

    def pages(self) -> dict[str, Page]:
        paths = ["/Matters", "/Events", *(f"/Matters/{number}/Histories" for number in range(1, 40))]
        return {f"{API}{path}": self.answer for path in paths}


LAMPS = (
    "An ordinance amending the city code to require lamps on carts at night and to set a fine for carts without them"
)
BAND = "A resolution congratulating the high school band on its state title"


@pytest.fixture
def record() -> Record:
    made = Record()
    made.matter(1, LAMPS, "2024-03-05")
    made.matter(2, BAND, "2024-03-06", MatterTypeName="Resolution")
    made.action(1, 11, "Introduced", "2024-02-06")
    made.action(1, 12, "ADOPTED", "2024-03-05")
    made.action(2, 21, "ADOPTED", "2024-03-05")
    return made


@asynccontextmanager
async def subscribed(engine: Engine, pages: dict[str, Page], path: str, kind: SourceKind) -> AsyncIterator[Web]:
    async with served(pages) as site:
        with session(engine) as opened:
            home = HOME if kind is SourceKind.LEGISTAR else None
            feeds.add(opened, f"{site.origin}{path}", NOW, home=home, kind=kind)
        yield site


async def poll(engine: Engine, now: datetime = NOW) -> Tally:
    """One round of everything that is subscribed to."""
    tally = Tally()
    async with Client(allow_private=True, gap_s=0) as client:
        gatherer = Gatherer(engine, client, lambda: now, print)
        await gatherer.poll(gatherer.due(everything=True), tally)
    return tally


async def test_the_steps_of_what_counts_are_entries_with_their_rows(engine: Engine, record: Record) -> None:
    async with subscribed(engine, record.pages(), API, SourceKind.LEGISTAR):
        tally = await poll(engine)
        again = await poll(engine, NOW + timedelta(days=1))
    assert (tally.opened, tally.failed_feeds, again.opened, again.changed) == (2, 0, 0, 0)
    proposed, adopted = live(engine)
    assert [(one.stage, str(one.date), one.jurisdiction) for one in (proposed, adopted)] == [
        (Stage.PROPOSED, "2024-02-06", HOME),
        (Stage.ADOPTED, "2024-03-05", HOME),
    ]
    (evidence,) = adopted.evidence
    assert (evidence.kind, evidence.matter, evidence.record) == (EvidenceKind.RECORD, "24-1", "12")
    assert "ADOPTED" in evidence.finding.quote
    assert LAMPS in evidence.finding.quote
    with reading(engine) as opened:
        (feed,) = feeds.all_feeds(opened)
        assert (feed.state, feed.kind) == ("active", SourceKind.LEGISTAR)
        assert count_matters(opened)[feed.id] == MatterCounts(2, 1, 1)
        (heard,) = feeds.coverage(opened)
        assert (heard.kind, heard.since, heard.matters) == (SourceKind.LEGISTAR, NOW, MatterCounts(2, 1, 1))
        assert [broken for _, broken in fetched_pages.check(opened)] == [[]]
        assert fetched_pages.count(opened) == 2, "the rows as they were fetched"


async def test_the_sheet_of_agreements_covers_every_place(engine: Engine, record: Record) -> None:
    async with subscribed(engine, record.pages(), API, SourceKind.LEGISTAR):
        with session(engine) as opened:
            feeds.add(opened, "https://sheet.example/287g", NOW, kind=SourceKind.AGREEMENTS)
        with reading(engine) as opened:
            (place,) = timelines(opened, gazetteer.load().get)
            with catalogue(engine, gazetteer.load().get, Publish.ALL, NOW.date()) as shown:
                assert list(shown.marks) == [HOME]
    assert [one.kind for one in place.coverage] == [SourceKind.LEGISTAR, SourceKind.AGREEMENTS]


async def test_a_record_that_begins_with_a_withdrawal_tells_two_steps(engine: Engine, record: Record) -> None:
    record.matter(3, f"{LAMPS}, once more", "2024-03-06")
    record.action(3, 31, "Withdrawn", "2024-03-06")
    async with subscribed(engine, record.pages(), API, SourceKind.LEGISTAR):
        await poll(engine)
    of_it = {entry.stage for entry in live(engine) for item in entry.evidence if item.matter == "24-3"}
    assert of_it == {Stage.PROPOSED, Stage.REJECTED}


async def test_a_matter_that_gives_its_introduction_proves_it_until_the_action_is_entered(
    engine: Engine, record: Record
) -> None:
    def proposed() -> dict[str, str]:
        found = [entry for entry in live(engine) if entry.stage is Stage.PROPOSED]
        return {
            item.finding.quote.partition("\n")[0]: str(one.date)
            for one in found
            for item in one.evidence
            if item.matter == "24-3"
        }

    record.matter(3, f"{LAMPS}, once more", "2024-03-06", MatterIntroDate="2024-03-06T00:00:00")
    record.action(3, 31, "Withdrawn", "2024-03-06")
    async with subscribed(engine, record.pages(), API, SourceKind.LEGISTAR):
        await poll(engine)
        by_matter = proposed()
        record.action(3, 30, "Introduced", "2024-03-05")
        record.matters[3]["MatterLastModifiedUtc"] = "2024-03-07T08:00:00"
        await poll(engine, NOW + timedelta(days=1))
    assert by_matter == {"Introduced: 2024-03-06, Common Council": "2024-03-06"}
    assert proposed() == {"Introduced: 2024-03-05, Common Council": "2024-03-05"}
    with reading(engine) as opened:
        assert [broken for _, broken in record_audit.check_records(opened)] == [[]]


async def test_two_matters_of_one_file_number_are_two_policies(engine: Engine, record: Record) -> None:
    record.matter(3, "An ordinance to prohibit the sale of caged birds", "2024-03-06", MatterFile="24-1")
    record.action(3, 31, "ADOPTED", "2024-03-05")
    async with subscribed(engine, record.pages(), API, SourceKind.LEGISTAR):
        await poll(engine)
    adopted = [one for one in live(engine) if one.stage is Stage.ADOPTED]
    assert [len(one.evidence) for one in adopted] == [1, 1]
    assert len({one.policy for one in adopted}) == 2


async def test_a_row_that_is_put_right_is_a_revision(engine: Engine, record: Record) -> None:
    async with subscribed(engine, record.pages(), API, SourceKind.LEGISTAR):
        await poll(engine)
        record.histories[1][1]["MatterHistoryActionDate"] = "2024-03-06T18:30:00"
        record.matters[1]["MatterLastModifiedUtc"] = "2024-03-07T08:00:00"
        tally = await poll(engine, NOW + timedelta(days=1))
    adopted = live(engine)[1]
    assert (tally.opened, str(adopted.date), len(adopted.evidence)) == (0, "2024-03-06", 1)
    assert adopted.revisions[-1].number == 2


async def test_a_history_that_is_empty_for_once_ends_nothing(engine: Engine, record: Record) -> None:
    async with subscribed(engine, record.pages(), API, SourceKind.LEGISTAR):
        await poll(engine)
        before = live(engine)
        record.histories[1] = []
        record.matters[1]["MatterLastModifiedUtc"] = "2024-03-07T08:00:00"
        await poll(engine, NOW + timedelta(days=1))
    assert live(engine) == before


async def test_an_action_that_nobody_has_explained_waits_for_a_person(engine: Engine, record: Record) -> None:
    record.action(1, 13, "Moved under the lantern rule", "2024-03-08")
    async with subscribed(engine, record.pages(), API, SourceKind.LEGISTAR):
        await poll(engine)
        with session(engine) as opened:
            row = opened.exec(select(ActionMeaningRow)).one()
            assert (row.name, row.example, row.meaning) == ("Moved under the lantern rule", "24-1", "")
            row.meaning = Stage.RESCINDED.value
        record.matters[1]["MatterLastModifiedUtc"] = "2024-03-07T08:00:00"
        await poll(engine, NOW + timedelta(days=1))
    assert Stage.RESCINDED in {entry.stage for entry in live(engine)}, "what a person said of it holds"


async def test_a_poll_that_breaks_off_is_told_and_made_up_for(
    engine: Engine, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3, 9):
        record.matter(number, f"{LAMPS}, in ward {number}", "2024-03-06")
        record.action(number, 10 * number, "ADOPTED", "2024-03-06")
    monkeypatch.setattr(council, "HISTORIES", 2)
    async with subscribed(engine, record.pages(), API, SourceKind.LEGISTAR):
        record.down_after = 6
        broken = await poll(engine)
        record.down_after = 10**6
        mended = await poll(engine, NOW + timedelta(hours=2))
        await poll(engine, NOW + timedelta(days=1))
    assert broken.failed_feeds == 1
    assert 0 < broken.opened < 14, "what came before it is stored"
    assert broken.opened + mended.opened == len(live(engine))
    files = {item.matter for entry in live(engine) for item in entry.evidence}
    assert files == {"24-1", *(f"24-{number}" for number in range(3, 9))}


def agreement(agency: str, day: str, state: str = "WISCONSIN") -> tuple[str, ...]:
    return state, agency, "County", agency.split(" Sheriff")[0], "Warrant Service Officer", day, "link"


async def test_agreements_appear_are_renamed_and_are_no_longer_listed(engine: Engine) -> None:
    dane, rock = agreement("Dane County Sheriff's Office", "3/1/2025"), agreement("Rock County Sheriff", "3/4/2025")
    renamed = agreement("Rock County Sheriff's Office", "3/4/2025")
    sheets = {"now": workbook(HEADER, dane, rock)}
    pages: dict[str, Page] = {
        "/287g": '<a href="/participatingAgencies.xlsx">the list</a>',
        "/participatingAgencies.xlsx": lambda request: web.Response(body=sheets["now"]),
    }
    async with subscribed(engine, pages, "/287g", SourceKind.AGREEMENTS):
        opened = [(await poll(engine)).opened]
        steps = [workbook(HEADER, renamed, dane), workbook(HEADER, renamed), workbook(HEADER, renamed)]
        for day, sheet in enumerate([*steps, workbook(HEADER, renamed, filler=b"new")], 1):
            sheets["now"] = sheet
            opened.append((await poll(engine, NOW + timedelta(days=day))).opened)
            quotes = [item.finding.quote for entry in live(engine) for item in entry.evidence]
            assert ("No longer listed since" in " ".join(quotes)) == (day == 4), "two sheets must lack it"
    assert opened == [2, 0, 0, 0, 0]
    found = {entry.jurisdiction.rpartition(":")[2]: entry for entry in live(engine)}
    assert {name: (one.stage, str(one.date), one.body) for name, one in found.items()} == {
        "dane": (Stage.ADOPTED, "2025-03-01", "Dane County Sheriff's Office"),
        "rock": (Stage.ADOPTED, "2025-03-04", "Rock County Sheriff's Office"),
    }
    with reading(engine) as opened_db:
        assert {one.row.agency: one.gone is not None for one in agreements.listed(opened_db)} == {
            "Dane County Sheriff's Office": True,
            "Rock County Sheriff's Office": False,
        }


async def test_one_agency_spelt_twice_in_a_sheet_is_one_entry_and_a_precinct_another(engine: Engine) -> None:
    spellings = ("Dane County Sheriff", "DANE COUNTY SHERIFF'S OFFICE", "Dane County Constable Precinct 1")
    rows = [agreement(name, "3/1/2025") for name in (*spellings, "Dane County Constable Precinct 2")]
    pages: dict[str, Page] = {
        "/287g": '<a href="/participatingAgencies.xlsx">the list</a>',
        "/participatingAgencies.xlsx": lambda request: web.Response(body=workbook(HEADER, *rows)),
    }
    async with subscribed(engine, pages, "/287g", SourceKind.AGREEMENTS):
        await poll(engine)
    assert sorted(len(entry.evidence) for entry in live(engine)) == [1, 1, 2]


async def test_a_council_without_a_home_is_told(engine: Engine, record: Record) -> None:
    async with served(record.pages()) as site:
        with session(engine) as opened:
            feeds.add(opened, f"{site.origin}{API}", NOW, kind=SourceKind.LEGISTAR)
        assert (await poll(engine)).failed_feeds == 1
    with reading(engine) as opened:
        assert "--home" in feeds.all_feeds(opened)[0].error
