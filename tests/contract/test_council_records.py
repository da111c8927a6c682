"""A council's record, asked for over real HTTP in the shapes of the Legistar Web API."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from aiohttp import web

from support.servers.small_web import Page, served
from tracker.errors import BadValue, RecordError
from tracker.gather.http.client import Client
from tracker.gather.sources.legistar import Matter, api_address, linked_clients, matter_page, matters
from tracker.gather.sources.legistar_poll import Batch, CouncilApi, Cursor, Followed, poll
from tracker.read.records.counts import counts, features, odds

BASE = "/v1/oakford"


def at(day: int, hour: int = 0) -> datetime:
    """A mark of a council's servers, in March 2024: UTC, naive as it comes."""
    return datetime.fromisoformat(f"2024-03-{day:02}T{hour:02}:00:00")


def matter(number: int, changed: str, **more: Any) -> dict[str, Any]:
    titles = {
        "MatterTitle": f"An ordinance on lamps, no. {number}",
        "MatterTypeName": "Ordinance",
        "MatterFile": f"24-{number}",
    }
    return {"MatterId": number, "MatterLastModifiedUtc": changed, **titles, **more}


def history(number: int, action: str, day: str) -> dict[str, Any]:
    names = {"MatterHistoryActionName": action, "MatterHistoryActionBodyName": "City Council"}
    return {"MatterHistoryId": number, "MatterHistoryActionDate": f"{day}T18:00:00", **names}


def answers(rows: Any) -> Page:
    return lambda request: web.json_response(rows)


async def batches(origin: str, cursor: Cursor, followed: dict[int, Followed]) -> list[Batch]:
    async with Client(allow_private=True, gap_s=0) as client:
        council = CouncilApi(client, f"{origin}{BASE}")
        return [batch async for batch in poll(council, cursor, lambda: followed, about_lamps, at(9))]


async def about_lamps(found: Sequence[Matter]) -> set[int]:
    return {one.id for one in found if "lamps" in one.title}


async def test_a_poll_asks_the_histories_of_what_counts_and_has_changed() -> None:
    meeting = {
        "EventId": 7,
        "EventDate": "2024-03-06T00:00:00",
        "EventTime": "6:30 PM",
        "EventBodyName": "City Council",
    }
    lamps, still = matter(1, "2024-03-05T10:00:00"), matter(2, "2024-03-04T10:00:00")
    band = matter(3, "2024-03-05T11:00:00", MatterTitle="Thanks to the band")
    item = {"EventItemId": 70, "EventItemEventId": 7, "EventItemMatterId": 2, "EventItemMatterFile": "24-2"}
    pages = {
        f"{BASE}/Matters": answers([lamps, still, band, {"MatterTitle": "no id"}]),
        f"{BASE}/Matters/1/Histories": answers([history(11, "Introduced", "2024-03-05")]),
        f"{BASE}/Events": answers([meeting]),
        f"{BASE}/Events/7/EventItems": answers([item]),
    }
    known = {2: Followed(2, at(4, 10), at(4, 10))}
    async with served(pages) as site:
        found = await batches(site.origin, Cursor(at(4, 10)), known)
        asked = [line.partition("?")[0] for line in site.asked]
    assert "127.0.0.1/v1/oakford/Matters/2/Histories" not in asked, "it has not changed"
    assert "127.0.0.1/v1/oakford/Matters/3/Histories" not in asked, "it does not count"
    assert [action.name for batch in found for actions in batch.histories.values() for action in actions] == [
        "Introduced"
    ]
    (coming,) = [batch for batch in found if batch.meetings]
    assert coming.meetings[0].hour is not None
    assert (coming.meetings[0].hour.hour, coming.agendas[7][0].matter) == (18, 2)
    assert found[-1].cursor.newest == at(5, 11), "the council's own clock"
    assert "MatterLastModifiedUtc%20ge%20datetime'2024-03-01T10:00:00'" in site.asked[0], "three days back"


async def test_a_history_is_asked_for_once_a_poll() -> None:
    meeting = {"EventId": 7, "EventDate": "2024-03-05T00:00:00", "EventBodyName": "City Council"}
    item = {"EventItemId": 70, "EventItemEventId": 7, "EventItemMatterId": 1}
    pages = {
        f"{BASE}/Matters": answers([matter(1, "2024-03-05T10:00:00")]),
        f"{BASE}/Matters/1/Histories": answers([history(11, "Adopted", "2024-03-05")]),
        f"{BASE}/Events": answers([meeting]),
        f"{BASE}/Events/7/EventItems": answers([item]),
    }
    known = {1: Followed(1, at(4, 10), at(4, 10))}
    async with served(pages) as site:
        await batches(site.origin, Cursor(at(4, 10)), known)
        assert sum("Matters/1/Histories" in line for line in site.asked) == 1, "it changed, and its meeting was held"


def test_foreign_text_is_taken_in_as_everywhere() -> None:
    (found,) = matters([matter(1, "2024-03-05T10:00:00", MatterTitle="Lamps\u202e \x1b[31m\u200b on\n carts")])
    assert found.title == "Lamps [31m on carts"


def test_a_name_that_is_the_file_number_says_nothing() -> None:
    (found,) = matters([matter(1, "2024-03-05T10:00:00", MatterName="24-1")])
    assert (found.file, found.name) == ("24-1", "")


async def test_an_agenda_is_asked_for_once_and_a_draft_is_no_error() -> None:
    meeting = {"EventId": 7, "EventDate": "2024-03-06T00:00:00", "EventBodyName": "City Council"}
    pages: dict[str, Page] = {
        f"{BASE}/Matters": answers([matter(1, "2024-03-05T10:00:00")]),
        f"{BASE}/Events": answers([meeting]),
    }
    async with served(pages) as site:  # no histories and no items yet: 404
        first = await batches(site.origin, Cursor(at(5)), {})
        site.asked.clear()
        known = {1: Followed(1, at(5, 10), at(5, 10))}
        await batches(site.origin, first[-1].cursor, known)
        assert not [line for line in site.asked if "EventItems" in line or "Histories" in line]
    assert {number: actions for batch in first for number, actions in batch.histories.items()} == {1: ()}


async def test_a_server_that_is_busy_once_is_asked_again_for_history_text_and_agenda() -> None:
    busy, calm = web.Response, answers
    meeting = {"EventId": 7, "EventDate": "2024-03-06T00:00:00", "EventBodyName": "City Council"}
    law = matter(1, "2024-03-05T10:00:00", MatterEnactmentDate="2024-03-05T00:00:00")
    item = {"EventItemId": 70, "EventItemEventId": 7, "EventItemMatterId": 2}
    pages: dict[str, Page] = {
        f"{BASE}/Matters": calm([law]),
        f"{BASE}/Matters/1/Histories": calm([history(11, "Adopted", "2024-03-05")]),
        f"{BASE}/Matters/1/Versions": lambda request: busy(status=503),
        f"{BASE}/Events": calm([meeting]),
        f"{BASE}/Events/7/EventItems": lambda request: busy(status=503),
    }
    async with served(pages) as site:
        first = await batches(site.origin, Cursor(at(5)), {})
        assert [(batch.clock, batch.histories) for batch in first if batch.histories] == [(None, {1: ()})]
        pages |= {
            f"{BASE}/Matters/1/Versions": calm([{"Key": "5"}]),
            f"{BASE}/Matters/1/Texts/5": lambda request: web.json_response({"MatterTextPlain": "It is law."}),
            f"{BASE}/Events/7/EventItems": calm([item]),
        }
        known = {1: Followed(1, at(5, 10), None, enacted=at(5).date())}
        second = await batches(site.origin, first[-1].cursor, known)
    assert [batch.texts for batch in second if batch.histories] == [{1: "It is law."}]
    assert [list(batch.agendas) for batch in second if batch.meetings] == [[7]]


async def test_a_matter_that_has_long_been_silent_is_asked_for_seldomer() -> None:
    asked = datetime.fromisoformat("2024-02-01T00:00:00")
    known = {1: Followed(1, at(5), asked), 2: Followed(2, datetime.fromisoformat("2023-03-05T00:00:00"), asked)}
    pages = {f"{BASE}/Matters": answers([matter(3, "2024-03-05T10:00:00")]), f"{BASE}/Events": answers([])}
    async with served(pages) as site:
        found = await batches(site.origin, Cursor(at(5)), known)
    assert {number for batch in found for number in batch.histories} == {1, 3}


@pytest.mark.parametrize(
    ("page", "remedy"),
    [
        (lambda request: web.Response(status=500), "no client oakford"),
        (lambda request: web.Response(status=403), "legistar_tokens"),
        (lambda request: web.Response(text="<html>"), "no JSON"),
        (answers({"Message": "odd"}), "no list of rows"),
    ],
)
async def test_what_an_api_says_is_said_with_what_to_do(page: Page, remedy: str) -> None:
    async with served({f"{BASE}/Matters": page}) as site:
        with pytest.raises(RecordError, match=remedy):
            await batches(site.origin, Cursor(), {})


async def test_an_empty_record_has_nothing() -> None:
    async with served({f"{BASE}/Matters": answers([])}) as site:
        assert await batches(site.origin, Cursor(), {}) == []


def test_what_people_write_of_a_client() -> None:
    base = "https://webapi.legistar.com/v1/oakford"
    for text in ("legistar:Oakford", "https://oakford.legistar.com/Calendar.aspx", f"{base}/Matters?x=1"):
        assert api_address(text) == base
    assert api_address("http://127.0.0.1:8801/v1/nyc") == "http://127.0.0.1:8801/v1/nyc"
    assert api_address("https://example.org/feed") is None
    with pytest.raises(BadValue, match="no name"):
        api_address("legistar:")
    assert matter_page(base, 5) == "https://oakford.legistar.com/gateway.aspx?m=l&id=5"
    assert linked_clients(
        b"https://webapi.legistar.com/ https://oakford.legistar.com/a https://oakford.legistar.com/b"
    ) == ("oakford",)


def test_which_matters_count() -> None:
    def one(title: str, summary: str, kind: str) -> Matter:
        return Matter(1, "24-1", kind, title, "", summary, "City Council", "", None, None, None, "")

    def odds_of(matter: Matter) -> float:
        return odds(features(matter.kind, matter.title, matter.name, matter.summary))

    rule = one(
        "An ordinance amending the city code to require lamps on carts at night",
        "This ordinance prohibits carts without lamps and sets a fine.",
        "Ordinance",
    )
    thanks = one(
        "Resolution congratulating the high school band on its state title",
        "The council commends the band.",
        "Resolution",
    )
    assert (counts(rule), counts(thanks)) == (True, False)
    assert odds_of(rule) > odds_of(thanks)
