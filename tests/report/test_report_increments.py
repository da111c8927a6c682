"""A build that looks only at what changed leaves the folder that a build into an empty folder makes, byte for byte."""

import runpy
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.timeline.list_catalogue import ListCatalogue
from tracker.coverage import Coverage, PlaceTimeline
from tracker.model import Kind, Stage
from tracker.partial_date import PartialDate
from tracker.publish.report import update_site
from tracker.publish.report.output.folder import MANIFEST
from tracker.publish.report.output.manifest import Manifest
from tracker.publish.report.pages import dataset, index, states, topics
from tracker.publish.report.render import Site

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
NOW, MILWAUKEE = samples["NOW"], samples["milwaukee"]()
STATES, TOPICS = ("ia", "mn", "wi"), ("immigration", "pursuits", "streets")


class Book:
    """Places that change; notes which were loaded."""

    def __init__(self):
        self.timelines, self.feeds, self.asked = {}, {}, []
        self.day = NOW.date()

    def put(self, state, number, topic, title="A title", on=None, entries=1, stage=Stage.EFFECTIVE):
        """A place with a policy; no place where it has no entries."""
        told = {"id": f"ocd-division/country:us/state:{state}/place:p{number}", "state": state.upper()}
        told |= {"name": f"Place {number}"}
        if not number and not entries:
            told |= {"id": f"ocd-division/country:us/state:{state}", "kind": Kind.STATE, "name": state}
        place = MILWAUKEE.jurisdiction.model_copy(update=told)
        policy = policy_of(place, f"{state}{number}", topic, title, on, entries, stage)
        self.timelines[place.id] = PlaceTimeline(jurisdiction=place, policies=(policy,) if entries else ())
        return place.id

    def drop(self, place):
        self.timelines.pop(place, None)

    def hear(self, home, state):
        self.feeds[home] = Coverage(feed=f"https://{home[-2:]}.example/", home=home, state=state, last_heard=NOW)

    def catalogue(self):
        timelines = []
        for place, timeline in self.timelines.items():
            feeds = tuple(feed for home, feed in self.feeds.items() if f"{place}/".startswith(f"{home}/"))
            timelines.append(timeline.model_copy(update={"coverage": feeds}))
        return ListCatalogue(timelines, self.day)

    def build(self, out, **options):
        moment, catalogue = NOW + (self.day - NOW.date()), self.catalogue()
        site = Site(self.day, moment, "https://tracker.example")
        result = update_site(catalogue, out, site, coverage=self.feeds.values(), **options)
        self.asked = catalogue.asked
        return result


def policy_of(place, name, topic, title, on, entries, stage):
    first = MILWAUKEE.policies[0]
    told = {"policy": f"p-{name}", "jurisdiction": place.id, "jurisdiction_name": place.name, "title": title}
    told |= {"stage": stage, "date": PartialDate.of(on)} if on else {}
    made = tuple(first.entries[0].model_copy(update={**told, "id": f"e-{name}-{n}"}) for n in range(entries))
    update = {"id": f"p-{name}", "name": f"Policy {name}", "jurisdiction": place.id, "topic": topic, "entries": made}
    return first.model_copy(update=update)


def contents(site):
    found = (path for path in site.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


def assert_is_fresh(book, site):
    with TemporaryDirectory() as empty:
        book.build(Path(empty) / "site")
        fresh = contents(Path(empty) / "site")
    there = contents(site)
    assert sorted(there) == sorted(fresh)
    assert [path for path in there if there[path] != fresh[path]] == []


@contextmanager
def small_limits():
    """So that a few places make a large site: further pages, tables of states, data split by state."""
    limits = [(index, "PLACES_ON_INDEX", 2), (index, "LISTED", 3), (states, "LISTED", 3), (states, "A_PAGE", 3)]
    limits += [(topics, "ROWS", 3), (topics, "WHOLE_AT_MOST", 4), (dataset, "WHOLE_AT_MOST", 6)]
    with pytest.MonkeyPatch.context() as patch:
        for module, name, value in limits:
            patch.setattr(module, name, value)
        yield


@pytest.fixture
def book():
    book = Book()
    for state in STATES:
        for number in range(3):
            book.put(state, number, TOPICS[number])
    return book


ACTS = st.one_of(
    st.tuples(st.just("put"), st.sampled_from(STATES), st.integers(0, 4), st.sampled_from(TOPICS), st.integers(0, 3)),
    st.tuples(st.just("drop"), st.sampled_from(STATES), st.integers(0, 4)),
    st.tuples(st.just("hear"), st.sampled_from(STATES), st.integers(0, 4), st.sampled_from(("active", "failing"))),
    st.tuples(st.just("wait"), st.integers(1, 20)),
)


def act(book, what, *told):
    if what == "put":
        state, number, topic, entries = told
        on = book.day + timedelta(days=number * 3) if number % 2 else None
        stage = Stage.RESCINDED if topic == "streets" else Stage.EFFECTIVE
        book.put(state, number, topic, f"Title {entries}", on, entries, stage)
    elif what == "drop":
        book.drop(f"ocd-division/country:us/state:{told[0]}/place:p{told[1]}")
    elif what == "hear":
        home = f"ocd-division/country:us/state:{told[0]}" + (f"/place:p{told[1]}" if told[1] else "")
        book.hear(home, told[2])
        if home not in book.timelines:
            book.put(told[0], told[1], TOPICS[0], entries=0)
    else:
        book.day += timedelta(days=told[0])


@settings(max_examples=20)
@given(st.lists(st.lists(ACTS, max_size=3), min_size=1, max_size=4))
def test_any_changes(rounds):
    with TemporaryDirectory() as folder, small_limits():
        book, site = Book(), Path(folder) / "site"
        for changes in rounds:
            for change in changes:
                act(book, *change)
            book.build(site)
        assert_is_fresh(book, site)


def test_a_feed_of_a_place_that_is_gone_is_told_on_the_page_of_its_state(tmp_path):
    book = Book()
    for number in (0, 2):
        book.put("ia", number, TOPICS[0])
    book.build(tmp_path)
    act(book, "drop", "ia", 2)
    book.build(tmp_path)
    act(book, "hear", "ia", 2, "active")
    act(book, "drop", "ia", 2)
    book.build(tmp_path)
    assert "heard" in (tmp_path / "ia" / "index.html").read_text()
    assert_is_fresh(book, tmp_path)


def test_only_what_changed_is_asked_for_and_the_states_are_named(book, tmp_path):
    with small_limits():
        assert book.build(tmp_path).states_changed == ("IA", "MN", "WI")
        assert book.build(tmp_path).states_changed == ()
        assert book.asked == []
        changed = book.put("wi", 1, "streets", "Another title")
        before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
        result = book.build(tmp_path)
        assert (book.asked, result.states_changed) == ([changed], ("WI",))
        written = {path for path, moment in before.items() if path.exists() and path.stat().st_mtime_ns != moment}
        folders = {path.relative_to(tmp_path).parts[:2] for path in written if not path.name.startswith(".")}
        assert not {("data", "ia"), ("data", "mn"), ("ia", "p1"), ("wi", "p0"), ("places", "ia")} & folders
        assert {("data", "wi"), ("wi", "p1")} <= folders
        assert_is_fresh(book, tmp_path)


def test_the_day_makes_those_places_again_that_read_otherwise(book, tmp_path):
    soon = book.put("wi", 4, "streets", on=date(2017, 9, 1))
    book.day = date(2017, 8, 1)
    book.build(tmp_path)
    page = tmp_path / "policy/p-wi4/index.html"
    assert "Takes effect" in page.read_text("utf-8")
    for day, asked in ((date(2017, 8, 31), []), (date(2017, 9, 1), [soon]), (date(2017, 9, 2), [soon])):
        book.day = day
        book.build(tmp_path)
        assert book.asked == asked, day
    assert "Takes effect" not in page.read_text("utf-8")
    assert_is_fresh(book, tmp_path)


def test_a_feed_that_is_heard_again_and_again_makes_no_place_anew_and_one_that_falls_silent_its_own(book, tmp_path):
    book.hear("ocd-division/country:us/state:wi", "active")
    book.hear("ocd-division/country:us/state:ia/place:p1", "active")
    book.build(tmp_path)
    for home, feed in book.feeds.items():
        book.feeds[home] = feed.model_copy(update={"last_heard": NOW + timedelta(days=3), "put_aside": 7})
    book.build(tmp_path)
    assert book.asked == []
    book.hear("ocd-division/country:us/state:ia/place:p1", "failing")
    book.build(tmp_path)
    assert book.asked == ["ocd-division/country:us/state:ia/place:p1"]
    assert "silent" in (tmp_path / "ia/p1/index.html").read_text("utf-8")
    assert_is_fresh(book, tmp_path)


@pytest.mark.parametrize("damage", [b"", b"no manifest " * 500, b"[]", b'{"places": {"wi": 1}}'])
def test_a_manifest_that_is_lost_or_damaged_costs_a_whole_build_and_nothing_else(book, tmp_path, damage):
    book.build(tmp_path)
    (tmp_path / MANIFEST).write_bytes(damage)
    changed = book.put("mn", 2, "pursuits", "Another title")
    book.build(tmp_path)
    assert changed in book.asked
    assert len(book.asked) == 9
    assert_is_fresh(book, tmp_path)


def test_a_build_that_was_killed_while_files_took_their_places_is_mended(book, tmp_path):
    """As it is left then: its files are new, nothing is known of the place, and the change is taken back."""
    book.build(tmp_path)
    changed = book.put("mn", 2, "pursuits", "Another title")
    (tmp_path / "policy/p-mn2/index.html").write_bytes((tmp_path / "policy/p-mn1/index.html").read_bytes())
    Manifest.read(tmp_path).begin(tmp_path, [changed])
    book.put("mn", 2, "streets")
    book.build(tmp_path)
    assert book.asked == [changed]
    assert_is_fresh(book, tmp_path)


def test_a_file_that_is_needed_and_gone_leads_to_a_whole_build(book, tmp_path):
    book.build(tmp_path)
    (tmp_path / "wi/p0/entries.json").unlink()
    changed = book.put("wi", 1, "streets", "Another title")
    book.build(tmp_path)
    assert book.asked == [changed, changed.replace("p1", "p0"), changed]
    assert_is_fresh(book, tmp_path)


def test_a_whole_build_mends_what_was_changed_by_hand(book, tmp_path):
    book.build(tmp_path)
    (tmp_path / "wi/p0/index.html").unlink()
    book.build(tmp_path)
    assert not (tmp_path / "wi/p0/index.html").exists()
    book.build(tmp_path, whole=True)
    assert_is_fresh(book, tmp_path)


def test_a_withheld_quote_is_told_everywhere_in_any_build(book, tmp_path):
    place = book.put("wi", 1, "streets")
    (policy,) = book.timelines[place].policies
    (entry,) = policy.entries
    hidden = [
        item.model_copy(update={"finding": item.finding.model_copy(update={"quote": "[withheld]"})})
        for item in entry.evidence
    ]
    entry = entry.model_copy(update={"evidence": tuple(hidden)})
    policy = policy.model_copy(update={"entries": (entry,)})
    book.timelines[place] = book.timelines[place].model_copy(update={"policies": (policy,)})
    book.build(tmp_path)
    assert "[withheld]" in (tmp_path / "topic/streets/wi/entries.atom").read_text("utf-8")
    book.put("wi", 2, "streets", "Another title")
    book.build(tmp_path)
    assert "[withheld]" in (tmp_path / "topic/streets/wi/entries.atom").read_text("utf-8")
    assert_is_fresh(book, tmp_path)


def test_with_other_settings_everything_is_made_again(book, tmp_path):
    book.build(tmp_path)
    catalogue = book.catalogue()
    update_site(catalogue, tmp_path, Site(book.day, NOW, "https://elsewhere.example"))
    assert len(catalogue.asked) == 9
    assert "elsewhere.example" in (tmp_path / "wi/p0/index.html").read_text("utf-8")
