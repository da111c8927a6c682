"""Pages of a large site stay of a size that can be read: lists are split by state, then into parts."""

import json
import re
import runpy
from pathlib import Path

import html5lib
import pytest

from tracker.coverage import PlaceTimeline
from tracker.model import Kind
from tracker.publish.report import index, pages, places, topics, write_site

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
NOW, MILWAUKEE, HTML = samples["NOW"], samples["milwaukee"](), "{http://www.w3.org/1999/xhtml}"


def place_of(state, number):
    """A place with one policy of one entry, on immigration."""
    place = MILWAUKEE.jurisdiction.model_copy(
        update={
            "id": f"ocd-division/country:us/state:{state}/place:p{number:03d}",
            "name": f"Place {number:03d}",
            "state": state.upper(),
        }
    )
    return PlaceTimeline(jurisdiction=place, policies=(policy_of(place, f"{state}{number}"),))


def policy_of(place, name):
    first = MILWAUKEE.policies[0]
    entry = first.entries[0].model_copy(
        update={"id": f"e-{name}", "policy": f"p-{name}", "jurisdiction": place.id, "jurisdiction_name": place.name}
    )
    update = {"id": f"p-{name}", "name": f"Policy {name}", "jurisdiction": place.id, "entries": (entry,)}
    return first.model_copy(update=update)


def parsed(page):
    return html5lib.HTMLParser(strict=True).parse(page.read_bytes(), transport_encoding="utf-8")


def links(page):
    return [a.get("href") for a in parsed(page).iter(f"{HTML}a") if not a.get("href").startswith(("#", "https:"))]


def text_of(page):
    return " ".join("".join(parsed(page).itertext()).split())


@pytest.fixture
def small_limits(monkeypatch):
    monkeypatch.setattr(index, "PLACES_ON_INDEX", 4)
    monkeypatch.setattr(index, "LISTED", 5)
    monkeypatch.setattr(places, "LISTED", 5)
    monkeypatch.setattr(places, "A_PAGE", 4)
    monkeypatch.setattr(topics, "ROWS", 4)
    monkeypatch.setattr(pages, "THREADS_SHOWN", 2)


@pytest.fixture
def site(small_limits, tmp_path):
    own = MILWAUKEE.jurisdiction.model_copy(
        update={"id": "ocd-division/country:us/state:wi", "name": "Wisconsin", "kind": Kind.STATE}
    )
    timelines = [place_of("ia", number) for number in range(6)]
    timelines += [
        PlaceTimeline(jurisdiction=own, policies=(policy_of(own, "own"),)),
        *(place_of("wi", number) for number in range(3)),
    ]
    write_site(timelines, tmp_path, now=NOW)
    return tmp_path


def test_all_links_lead_to_files_and_every_place_and_policy_is_reached(site):
    seen, wanted = set(), {site / "index.html"}
    while wanted:
        page = wanted.pop()
        seen.add(page)
        assert page.is_file()
        if page.suffix == ".html":
            wanted |= {(page.parent / link.partition("#")[0]).resolve() for link in links(page)} - seen
    every = {page.resolve() for page in site.rglob("index.html")}
    assert every - seen == set()


def test_the_list_of_places_names_the_states_and_a_state_has_parts(site):
    assert "../ia/index.html" in links(site / "places/index.html")
    assert "../ia/p000/index.html" not in links(site / "places/index.html")
    listed = next(ul for ul in parsed(site / "ia/index.html").iter(f"{HTML}ul") if "lines" in ul.get("class", ""))
    assert [a.get("href") for a in listed.iter(f"{HTML}a")] == [
        f"../ia/p{number:03d}/index.html" for number in range(4)
    ]
    assert "../../../ia/p005/index.html" in links(site / "places/ia/2/index.html")
    assert "Place 004 to Place 005" in text_of(site / "ia/index.html")


def test_a_state_with_a_timeline_of_its_own_is_listed_beside_it(site):
    assert "Policy own" in text_of(site / "wi/index.html")
    assert "../places/wi/index.html" in links(site / "wi/index.html")
    assert "../../wi/p002/index.html" in links(site / "places/wi/index.html")
    assert "../../wi/index.html" in links(site / "places/wi/index.html"), "the state's own timeline"


def test_a_large_topic_is_a_table_of_states_and_a_state_of_it_has_parts(site):
    topic = site / "topic/immigration"
    assert {"ia/index.html", "wi/index.html"} <= {
        link.removeprefix("../../topic/immigration/") for link in links(topic / "index.html")
    }
    assert "Policy ia0" not in text_of(topic / "index.html")
    rows = [re.findall(r"Policy ia\d", text_of(topic / part)) for part in ("ia/index.html", "ia/2/index.html")]
    assert rows == [[f"Policy ia{number}" for number in range(4)], ["Policy ia4", "Policy ia5"]]
    for folder, entries in ((topic, 10), (topic / "ia", 6), (topic / "wi", 4)):
        assert len(json.loads((folder / "entries.json").read_text("utf-8"))) == entries


def test_a_place_with_many_policies_shows_the_latest_and_leads_to_the_others(small_limits, tmp_path):
    place = MILWAUKEE.jurisdiction
    many = tuple(policy_of(place, f"n{number}") for number in range(5))
    write_site([PlaceTimeline(jurisdiction=place, policies=many)], tmp_path, now=NOW)
    page = tmp_path / "wi/milwaukee/index.html"
    assert len([item for item in parsed(page).iter(f"{HTML}section") if item.get("class") == "thread"]) == 2
    assert "3 older policies" in text_of(page)
    assert {f"../../policy/p-n{number}/index.html" for number in range(3)} <= set(links(page))


def test_the_names_for_the_search_are_one_call_in_plain_ascii(site):
    text = (site / "places/names.js").read_text("ascii")
    states = json.loads(text.removeprefix("trackerPlaces(").removesuffix(");\n"))
    assert [(name, len(rows)) for name, rows in states] == [("Iowa", 6), ("Wisconsin", 4)]
    assert states[0][1][0] == ["Place 000", "ia/p000/", 1]
