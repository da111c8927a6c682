"""The JSON API: what the export and the report show, in pages that do not shift, with tags and links."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urljoin

import html5lib
import jsonschema
import pytest
import structlog
from sqlalchemy import Engine, event

from db.engine import reading
from db.feeds import feeds
from db.people import withholding
from db.sessions import session
from db.timeline import entries
from db.timeline.filters import ALL
from db.timeline.timelines import entries_with_standing
from jobs.web.api import places, policies
from jobs.web.api.responses import examples
from support.mail.news import MADISON, MILWAUKEE, MONDAY, add_entry, revise
from support.web.site import Answer, Site, running_site
from tracker.model import EntryStatus, Stage
from tracker.publish.exports.json import record, schema
from tracker.timeline.decisions.acts import Act

API = "/api/v1/"
HOME = "https://tracker.example.org/t"


@pytest.fixture
def site(engine: Engine, tmp_path: Path) -> Iterator[Site]:
    with running_site(engine, tmp_path, structlog.get_logger(), ada=False, web_url=HOME) as running:
        yield running


def got(site: Site, path: str, status: int = 200) -> Any:
    answer = site.get(API + path)
    assert answer.status == status, answer.text
    assert answer.kind == ("application/json" if status == 200 else "application/problem+json")
    return json.loads(answer.text)


def link_of(answer: Answer) -> str:
    target, _, relation = answer.headers.get("Link", "<>").partition(">")
    assert relation in ("", '; rel="next"')
    return target.removeprefix("<")


def pages(site: Site, path: str) -> Iterator[list[Any]]:
    """Page after page, as a client follows the links."""
    address = API + path
    while True:
        answer = site.get(address)
        yield json.loads(answer.text)
        if not (link := link_of(answer)):
            return
        address = urljoin(address, link)


def some_entries(engine: Engine, count: int = 5) -> None:
    for number in range(count):
        place, day = (MILWAUKEE, MADISON)[number % 2], f"2026-03-{number + 1:02}"
        add_entry(engine, f"e{number}", MONDAY, place=place, day=day)


def test_entries_are_those_of_the_export_to_the_letter(site: Site) -> None:
    some_entries(site.engine)
    revise(site.engine, "e3", MONDAY + timedelta(days=1), "not ours", actor="dana", status=EntryStatus.REJECTED)
    found = got(site, "entries")
    with reading(site.engine) as opened:
        expected = [
            record(entry, f"{HOME}/entry/{entry.id}/")
            for entry in entries_with_standing(opened, ALL, datetime.now(UTC).date())
            if entry.status is not EntryStatus.REJECTED
        ]
    assert found == json.loads(json.dumps(expected))
    assert len(found) == 4
    jsonschema.validate(found, json.loads(schema()))
    assert got(site, "entries/e0") == next(entry for entry in found if entry["id"] == "e0")
    assert got(site, "entries/e3", 410)["detail"] == "this entry was rejected by a person"
    assert got(site, "entries/nothing", 404)["detail"] == "there is no entry of this id"


def test_entries_are_chosen_by_place_topic_stage_and_day(site: Site) -> None:
    some_entries(site.engine)
    add_entry(site.engine, "other", MONDAY, topic="housing", stage=Stage.EFFECTIVE, day="2026-04")

    def chosen(asked: str) -> set[str]:
        return {entry["id"] for entry in got(site, f"entries?{asked}")}

    assert chosen("place=Madison,%20WI") == {"e1", "e3"}
    assert chosen(f"place={quote(MADISON)}&place=Milwaukee,+Wis.&limit=500") == {"e0", "e1", "e2", "e3", "e4", "other"}
    assert chosen("place=Wisconsin&topic=housing") == {"other"}
    assert chosen("stage=effective&stage=adopted") == {"e0", "e1", "e2", "e3", "e4", "other"}
    assert chosen("stage=effective") == {"other"}
    assert chosen("since=2026-03-04") == {"e3", "e4", "other"}


def test_entries_are_found_by_words_in_the_order_of_the_list(site: Site) -> None:
    some_entries(site.engine)
    revise(site.engine, "e3", MONDAY + timedelta(days=1), "not ours", actor="dana", status=EntryStatus.REJECTED)
    everything = [entry["id"] for entry in got(site, "entries")]

    def found(asked: str) -> list[str]:
        return [entry["id"] for entry in got(site, f"entries?{asked}")]

    assert found("q=council") == found("q=COUNCILS+decides") == everything, "in any form, and not the best first"
    assert found("q=%22matter+e1%22") == ["e1"]
    assert found("q=council+-e1&place=Madison,+WI") == []
    assert found("q=-e1") == [name for name in everything if name != "e1"]
    assert found("q=e3") == found("q=nowhere") == []
    assert [entry["id"] for page in pages(site, "entries?q=council&limit=1") for entry in page] == everything
    tag = ("If-None-Match", site.get(f"{API}entries?q=council").headers["ETag"])
    assert site.get(f"{API}entries?q=council", tag).status == 304


WRONG = {
    "topic=imigration": 'topic: there is no topic "imigration"; did you mean immigration?',
    "stage=finished": "stage: Input should be 'proposed', 'adopted'",
    "since=2017-13": "since: write a year, a month or a day: 2017, 2017-06, 2017-06-30",
    "since=2027-13-45": "since: write a year, a month or a day",
    "limit=0": "limit: Input should be greater than or equal to 1",
    "limit=501": "limit: Input should be less than or equal to 500",
    "limit=many": "limit: Input should be a valid integer",
    "topics=housing": 'there is no parameter "topics"; did you mean topic?',
    "q=%00%22%22(": "q: there is no word in it that can be looked for; write letters or digits, or leave it out",
    "q=-": "q: there is no word in it",
    "q=%F0%9F%9A%B2": "q: there is no word in it",
    "q=": "q: String should have at least 1 character",
    "q=" + "a" * 301: "q: String should have at most 300 characters",
    "place=": "place: String should have at least 1 character",
}

WRONG_ELSEWHERE = {
    "places?q=a": 'there is no parameter "q"; there are limit, cursor, place',
    "places?topic=housing": 'there is no parameter "topic"; there are limit, cursor, place',
    "policies?topics=housing": 'there is no parameter "topics"; did you mean topic?',
    "coverage?stage=adopted": 'there is no parameter "stage"; there are limit, cursor, place',
}
NO_SUCH = {
    "place=Milwakee,+WI": "no place is called 'Milwakee, WI'; did you mean Milwaukee, WI",
    "since=2017-02-30": "since: there is no such day as '2017-02-30'",
    "cursor=x": "cursor: there is no such page",
    "cursor=WyJhIl0": "cursor: there is no such page",
    "cursor=WyJhIiwgIngiLCAiYWRvcHRlZCIsICJjIl0": "cursor: there is no such day as 'x'",
    "cursor=WyJhIiwgIiIsICJ4IiwgImMiXQ": "cursor: there is no such stage as 'x'",
}


def test_what_makes_no_sense_is_said_in_one_line(site: Site) -> None:
    for asked, said in WRONG.items():
        problem = got(site, f"entries?{asked}", 422)
        assert problem["detail"].startswith(said), problem
        assert (problem["status"], "\n" in problem["detail"]) == (422, False)
    for asked, said in WRONG_ELSEWHERE.items():
        assert got(site, asked, 422)["detail"] == said
    for asked, said in NO_SUCH.items():
        assert got(site, f"entries?{asked}", 404)["detail"].startswith(said), asked
    assert got(site, "nothing", 404)["detail"].startswith("there is nothing at this address")
    for method in ("POST", "PUT", "DELETE"):
        answer = site.ask(method, f"{API}entries", body=b"")
        assert answer is not None
        assert (answer.status, answer.kind) == (405, "application/problem+json")


def test_pages_hold_everything_once_whatever_is_added_meanwhile(site: Site) -> None:
    some_entries(site.engine, 7)
    found: list[str] = []
    for number, page in enumerate(pages(site, "entries?limit=2&place=Wisconsin")):
        found += [entry["id"] for entry in page]
        assert len(page) <= 2
        add_entry(site.engine, f"new{number}", MONDAY, place=MADISON, day="2026-01-01")  # before all that is to come
    known = [name for name in found if name.startswith("e")]
    assert sorted(known) == sorted(f"e{number}" for number in range(7))
    assert len(set(found)) == len(found)


def test_a_link_keeps_what_was_asked(site: Site) -> None:
    some_entries(site.engine)
    answer = site.get(f"{API}entries?limit=1&place=Madison,+WI&stage=adopted&since=2026")
    kept = parse_qs(link_of(answer).removeprefix("?"))
    del kept["cursor"]
    assert kept == {"limit": ["1"], "place": ["Madison, WI"], "stage": ["adopted"], "since": ["2026"]}


def test_what_a_client_has_is_not_sent_again_until_it_changes(site: Site) -> None:
    some_entries(site.engine)
    for path in ("entries?limit=2", "entries/e0", "policies", "places", "coverage"):
        first = site.get(API + path)
        tag = ("If-None-Match", first.headers["ETag"])
        again = site.get(API + path, tag)
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", first.headers["ETag"]), path
        assert site.get(API + path, ("If-None-Match", '"other"')).status == 200
    tag = ("If-None-Match", site.get(f"{API}entries").headers["ETag"])
    add_entry(site.engine, "new", MONDAY)
    assert site.get(f"{API}entries", tag).status == 200


def test_policies_have_their_standing_of_today(site: Site) -> None:
    some_entries(site.engine, 3)
    add_entry(site.engine, "gone", MONDAY)
    revise(site.engine, "gone", MONDAY + timedelta(days=1), "not ours", actor="dana", status=EntryStatus.REJECTED)
    found = got(site, "policies")
    by_entry = {entry: policy for policy in found for entry in policy["entries"]}
    assert set(by_entry) == {"e0", "e1", "e2"}
    told = by_entry["e1"]
    assert (told["jurisdiction"], told["jurisdiction_name"]) == (MADISON, "Madison, Wisconsin")
    assert told["standing"]["words"].startswith("uncertain whether it was adopted")
    assert told["permalink"] == f"{HOME}/policy/{told['id']}/"
    assert [policy for page in pages(site, "policies?limit=1") for policy in page] == found
    assert got(site, "policies?topic=housing") == []


def test_places_are_those_with_entries_or_feeds(site: Site) -> None:
    some_entries(site.engine, 3)
    with session(site.engine) as opened:
        feeds.add(opened, "https://a.example/feed", MONDAY, home="ocd-division/country:us/state:wi/county:dane")
        feeds.add(opened, "https://b.example/feed", MONDAY, home=MADISON)
    found = {place["label"]: (place["entries"], place["feeds"]) for place in got(site, "places")}
    assert found == {"Dane County, Wisconsin": (0, 1), "Madison, Wisconsin": (1, 1), "Milwaukee, Wisconsin": (2, 0)}
    assert [place["name"] for page in pages(site, "places?limit=1") for place in page] == [
        *("Dane County", "Madison", "Milwaukee")
    ]
    assert [place["name"] for place in got(site, "places?place=Madison,+WI")] == ["Madison"]


def test_coverage_tells_how_feeds_are_heard(site: Site) -> None:
    with session(site.engine) as opened:
        for name, home in (("a", MILWAUKEE), ("b", "ocd-division/country:us/state:wi"), ("c", None)):
            feeds.add(opened, f"https://{name}.example/feed", MONDAY, home=home)
    found = got(site, "coverage")
    assert [(feed["feed"][8], feed["state"]) for feed in found] == [("a", "active"), ("b", "active"), ("c", "active")]
    assert [feed["feed"][8] for feed in got(site, "coverage?place=Milwaukee,+WI")] == ["a", "b"]
    assert [feed for page in pages(site, "coverage?limit=1") for feed in page] == found


def test_what_is_not_published_is_not_in_it(engine: Engine, tmp_path: Path) -> None:
    some_entries(engine)
    revise(engine, "e0", MONDAY + timedelta(days=1), "seen", actor="dana", status=EntryStatus.CONFIRMED)
    with running_site(engine, tmp_path, structlog.get_logger(), ada=False, publish="confirmed") as site:
        assert [entry["id"] for entry in got(site, "entries")] == ["e0"]
        assert [entry["id"] for page in pages(site, "entries?limit=1") for entry in page] == ["e0"]
        assert [policy["entries"] for policy in got(site, "policies")] == [["e0"]]
        assert [(place["name"], place["entries"]) for place in got(site, "places")] == [("Milwaukee", 1)]
        assert got(site, "entries/e1", 404)
        assert got(site, "entries/e0")["permalink"] is None


def test_what_a_person_withholds_is_not_in_it(site: Site) -> None:
    some_entries(site.engine, 1)
    with session(site.engine) as opened:
        quote = entries.load_entry(opened, "e0").evidence[0].finding.quote  # type: ignore[union-attr]
        word = next(word for word in quote.split() if len(word) > 5)
        assert word in site.get(f"{API}entries").text
        withholding.withhold_name(opened, word, Act("dana", MONDAY, "asked"))
    for path in ("entries", "entries/e0", "policies"):
        assert word not in site.get(API + path).text, path
    assert "[name withheld]" in site.get(f"{API}entries").text


def test_any_page_may_call_it_and_learns_where_the_next_one_is(site: Site) -> None:
    answer = site.get(f"{API}entries", ("Origin", "https://elsewhere.example"))
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Link" in answer.headers["Access-Control-Expose-Headers"]
    asked = [("Origin", "https://elsewhere.example"), ("Access-Control-Request-Method", "GET")]
    preflight = site.ask("OPTIONS", f"{API}entries", asked)
    assert preflight is not None
    assert preflight.status == 200


def test_the_description_is_whole_and_its_examples_are_true(site: Site) -> None:
    told = got(site, "openapi.json")
    assert set(told["paths"]) == {"/entries", "/entries/{entry_id}", "/places", "/policies", "/coverage"}
    assert urljoin(f"http://x{API}openapi.json", told["servers"][0]["url"]) == f"http://x{API[:-1]}"
    jsonschema.validate([examples()["entry"]], json.loads(schema()))
    policies.PolicyToday.model_validate(examples()["PolicyToday"])
    places.Place.model_validate(examples()["Place"])
    places.Coverage.model_validate(examples()["Coverage"])


def test_a_page_tells_people_what_there_is_and_its_examples_work(site: Site) -> None:
    for short, leads in (("/api", "./api/v1/"), ("/api/", "../api/v1/"), ("/api/v1", "../api/v1/")):
        answer = site.get(short)
        assert (answer.status, answer.headers["Location"]) == (302, leads)
    answer = site.get(API)
    assert (answer.status, answer.kind) == (200, "text/html")
    html5lib.HTMLParser(strict=True).parse(answer.text)
    links = [str(link.get("href")) for link in html5lib.parse(answer.text, namespaceHTMLElements=False).iter("a")]
    assert len(links) == 6, "the way to the report among them"
    for link in links:
        assert site.get(urljoin(API, link)).status == 200, link


def test_what_is_shown_is_read_once_and_nothing_else(site: Site) -> None:
    some_entries(site.engine)
    statements = list[str]()
    event.listen(site.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    got(site, "entries?q=council&limit=2")
    assert sum("FROM revision" in one for one in statements) == 1, "with the policies, and not with the rows before"
    counted = got(site, "places")
    statements.clear()
    assert got(site, "places") == counted
    assert not any("FROM entry" in one for one in statements), "nothing has changed"
    add_entry(site.engine, "new", MONDAY, place=MADISON)
    assert got(site, "places") != counted
