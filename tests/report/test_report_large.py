"""Pages of a large site stay of a size that can be read: lists are split by state, then into parts."""

import json
import re
import runpy
from functools import cache
from pathlib import Path

import html5lib
import pytest

from support.timeline.list_catalogue import write_site
from tracker.coverage import PlaceTimeline
from tracker.model import Kind
from tracker.publish.report.catalogue import PlaceLine
from tracker.publish.report.pages import index, states, topics
from tracker.publish.report.pages.names import NAMES, PARTS, Names
from tracker.read.places import gazetteer

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
    return of_content(page.read_bytes())


@cache
def of_content(page):
    """A page is asked several things, and to parse it takes longest."""
    return html5lib.HTMLParser(strict=True).parse(page, transport_encoding="utf-8")


def links(page):
    found = (a.get("href") or "#" for a in parsed(page).iter(f"{HTML}a"))  # a script gives some of the search theirs
    return [address for address in found if not address.startswith(("#", "https:"))]


def text_of(page):
    return " ".join("".join(parsed(page).itertext()).split())


@pytest.fixture
def small_limits(monkeypatch):
    monkeypatch.setattr(index, "PLACES_ON_INDEX", 4)
    monkeypatch.setattr(index, "LISTED", 5)
    monkeypatch.setattr(states, "LISTED", 5)
    monkeypatch.setattr(states, "A_PAGE", 4)
    monkeypatch.setattr(topics, "ROWS", 4)


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
            wanted |= {(page.parent / re.split("[?#]", link)[0]).resolve() for link in links(page)} - seen
    framed = site / "embed"  # small pages that other sites lead to
    every = {page.resolve() for page in site.rglob("index.html") if not page.is_relative_to(framed)}
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


def anchors(page):
    return [item.get("id") for item in parsed(page).iter(f"{HTML}section") if item.get("class") == "thread"]


def test_a_place_with_many_policies_goes_on_on_further_pages(tmp_path):
    place = MILWAUKEE.jurisdiction
    many = tuple(policy_of(place, f"n{number:03d}") for number in range(130))
    write_site([PlaceTimeline(jurisdiction=place, policies=many)], tmp_path, now=NOW)
    folder = tmp_path / "wi/milwaukee"
    shown = [*anchors(folder / "index.html"), *anchors(folder / "2/index.html")]
    assert len(anchors(folder / "index.html")) > 15
    shown += [anchor for part in sorted(folder.glob("[3-9]/index.html")) for anchor in anchors(part)]
    assert shown == [f"policy-p-n{number:03d}" for number in range(129, -1, -1)]
    listed = set(links(folder / "index.html")) & {f"../../policy/p-n{number:03d}/index.html" for number in range(130)}
    assert len(listed) == 100
    assert "30 policies changed longer ago" in text_of(folder / "index.html")
    assert "../../../wi/milwaukee/index.html" in links(folder / "2/index.html")


def test_a_policy_with_many_entries_goes_on_on_further_pages(tmp_path):
    place, policy = MILWAUKEE.jurisdiction, policy_of(MILWAUKEE.jurisdiction, "long")
    many = tuple(policy.entries[0].model_copy(update={"id": f"e{number:03d}"}) for number in range(120))
    timeline = PlaceTimeline(jurisdiction=place, policies=(policy.model_copy(update={"entries": many}),))
    write_site([timeline], tmp_path, now=NOW)
    parts = [tmp_path / "policy/p-long/index.html", *sorted(tmp_path.glob("policy/p-long/*/index.html"))]
    told = [li.get("id") for part in parts for li in parsed(part).iter(f"{HTML}li") if "entry" in li.get("class", "")]
    assert sorted(told) == [f"entry-e{number:03d}" for number in range(120)]
    assert "older entries of this policy" in text_of(tmp_path / "wi/milwaukee/index.html")
    assert max(part.stat().st_size for part in tmp_path.rglob("*.html")) < LOADED - STYLE


LOADED = 200_000
"""Bytes with which any page shall be loaded, its style sheet and script included."""
STYLE = sum((Path(index.__file__).parents[1] / "static" / name).stat().st_size for name in ("style.css", "search.js"))


def told_by(script, call):
    return json.loads(script.decode("ascii").removeprefix(f"{call}(").removesuffix(");\n"))


def test_the_names_for_the_search_are_one_call_in_plain_ascii(site):
    states = told_by((site / "places/names.js").read_bytes(), "trackerPlaces")
    assert [(name, len(rows)) for name, rows in states] == [("Iowa", 6), ("Wisconsin", 4)]
    assert states[0][1][0] == ["Place 000", "ia/p000/", 1]


def test_of_20_000_places_the_names_come_in_small_parts():
    known, all_names, added = gazetteer.load(), Names(), 0
    for state in known.states():
        code = state.id[-2:]
        found = known.in_state(code.upper())[::2]
        added += len(found)
        rows = [
            PlaceLine(place.id, code, place.name, "", f"{code}/{place.name}/", 1, 10, "", None, None) for place in found
        ]
        all_names.add(state.name, f"{code}/", rows)
    assert added > 19_000
    files = dict(all_names.files())
    told = told_by(files.pop(NAMES), "trackerNames")
    assert {f"{PARTS}{key}.js" for key in told["parts"]} == files.keys()
    assert max(map(len, files.values())) < LOADED / 4, "beside the page, its style and its scripts"
    assert {"county", "of"} <= set(told["common"])
    found = dict(told_by(files[f"{PARTS}wi.js"], "trackerPlaces"))
    assert ["Wisconsin", "wi/", found["Wisconsin"][0][2]] == found["Wisconsin"][0], "a state is found by its name too"
    assert found["Wisconsin"][0][2].endswith(" places")
