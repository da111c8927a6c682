"""The page "Coming up", and hearings on the pages of places, policies and entries."""

import runpy
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import html5lib
import icalendar
import pytest

from support.sources.hearings import TODAY, hearing, with_hearings
from support.timeline.list_catalogue import ListCatalogue, write_site
from tracker.hearings import Agendas
from tracker.publish.report import update_site
from tracker.publish.report.output.manifest import MANIFEST
from tracker.publish.report.render import Site

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def places(**more):
    return [with_hearings(place, **more) for place in samples["all_places"]()]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    write_site(places(), out, now=NOW, public_url="https://tracker.example")
    return out


def text_of(path):
    document = html5lib.HTMLParser(strict=True).parse(path.read_bytes(), transport_encoding="utf-8")
    (main,) = [one for one in document.iter() if one.get("id") == "main"]
    return " ".join("".join(main.itertext()).split())


def test_the_page_has_hearings_by_day_and_what_was_taken_off(site):
    text = text_of(site / "coming/index.html")
    first, second, off = (
        text.index(heading)
        for heading in ("Tuesday, December 1, 2026 hour", "Tuesday, December 8, 2026", "Taken off in")
    )
    assert first < text.index("26-10: Carts <b>&</b> lamps") < text.index("26-1: An ordinance on what") < second
    assert second < text.index("Moved from Tuesday, December 1, 2026, 1:30 p.m.") < text.index("26-9: ") < off
    assert off < text.index("26-11: ")
    assert "by the agendas of 2 governments" in text


def test_each_topic_has_a_page_of_its_own_which_stays_while_nothing_is_on_it(site):
    assert "26-1: " not in text_of(site / "coming/streets/index.html")
    assert "26-1: " in text_of(site / "coming/immigration/index.html")
    assert "Nothing that is followed stands on an agenda until December 8, 2026" in text_of(
        site / "coming/housing/index.html"
    )


@pytest.mark.parametrize(
    ("folder", "number"),
    [("", 5), ("coming/", 5), ("coming/immigration/", 1), ("wi/milwaukee/", 5), ("wi/madison/", 0)],
)
def test_files_beside_the_pages_have_the_same(site, folder, number):
    calendar = icalendar.Calendar.from_ical((site / folder / "coming.ics").read_bytes())
    assert len(calendar.walk("VEVENT")) == number, "what was moved stands in it twice, and is cancelled once"
    feed = feedparser.parse((site / folder / "coming.atom").read_bytes())
    assert (feed.bozo, len(feed.entries)) == (False, max(0, number - (number > 1)))


def test_the_pages_of_a_place_and_of_its_policy_show_them(site):
    milwaukee, madison = text_of(site / "wi/milwaukee/index.html"), text_of(site / "wi/madison/index.html")
    assert "Tue, Dec 1 1:30 p.m. Public Safety Committee 26-1: An ordinance on what officers may ask" in milwaukee
    assert "No meeting is announced." in madison
    assert "No record of a council is followed here" in text_of(site / "wi/county/dane/index.html")
    assert "26-1: An ordinance on what officers may ask" in text_of(site / "policy/p-sop130/index.html")


def test_without_a_record_the_page_says_so(tmp_path):
    write_site(samples["all_places"](), tmp_path, now=NOW)
    assert "No record is followed here." in text_of(tmp_path / "coming/index.html")
    assert not list((tmp_path / "coming").glob("*/"))


def test_a_hearing_that_changes_makes_the_pages_of_its_place_anew_and_no_others(tmp_path):
    about = Site(today=TODAY, built=NOW)
    update_site(ListCatalogue(places(), TODAY), tmp_path, about)
    again = ListCatalogue(places(), TODAY)
    update_site(again, tmp_path, about)
    assert again.asked == []
    moved = Agendas(hearings=(hearing(day=TODAY + timedelta(days=3)),))
    changed = [
        place.model_copy(update={"agendas": moved}) if place.jurisdiction.name == "Madison" else place
        for place in places()
    ]
    other = ListCatalogue(changed, TODAY)
    update_site(other, tmp_path, about)
    assert other.asked == ["ocd-division/country:us/state:wi/place:madison"]
    write_site(changed, tmp_path / "anew", now=NOW)
    for path in (tmp_path / "anew").rglob("*"):
        if path.is_file() and path.name != MANIFEST:
            assert (tmp_path / path.relative_to(tmp_path / "anew")).read_bytes() == path.read_bytes()


def test_a_record_that_is_followed_no_more_takes_its_files_along(tmp_path):
    write_site(places(), tmp_path, now=NOW)
    assert (tmp_path / "wi/milwaukee/coming.ics").exists()
    write_site(samples["all_places"](), tmp_path, now=NOW)
    left = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("coming.*"))
    assert left == ["coming.atom", "coming.ics", "coming/coming.atom", "coming/coming.ics"]
