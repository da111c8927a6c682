"""The page of a state tells its changes; the calendar tells what comes, by month."""

import runpy
from datetime import date
from pathlib import Path

import html5lib
import pytest

from support.timeline.list_catalogue import write_site
from tracker.coverage import Coverage, PlaceTimeline
from tracker.model import Basis, Kind, Stage
from tracker.partial_date import PartialDate
from tracker.publish.report.pages.index import months
from tracker.publish.report.policies import comes

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
NOW, HTML = samples["NOW"], "{http://www.w3.org/1999/xhtml}"
WISCONSIN = samples["MILWAUKEE"].model_copy(
    update={"id": samples["WI"], "name": "Wisconsin", "kind": Kind.STATE, "latitude": None, "longitude": None}
)


def text_of(page):
    document = html5lib.HTMLParser(strict=True).parse(page.read_bytes(), transport_encoding="utf-8")
    main = next(document.iter(f"{HTML}main"))
    return " ".join("".join(main.itertext()).split())


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    feeds = (Coverage(feed="https://state.example/feed", title="State Wire", home=samples["WI"], last_heard=NOW),)
    places = [PlaceTimeline(jurisdiction=WISCONSIN, coverage=feeds), *samples["all_places"]()]
    write_site(sorted(places, key=lambda place: place.jurisdiction.id), out, now=NOW, coverage=feeds)
    return out


def test_a_state_tells_its_latest_changes_coming_dates_topics_and_feeds(site):
    text = text_of(site / "wi/index.html")
    told = ["Reported last", "Revised police procedure on immigration status takes effect", "Coming dates"]
    told += ["Immigration", "Jail and bail", "Where", "Places", "Dane County", "Who is listened to", "State Wire"]
    assert [words for words in told if words not in text] == []
    assert "camping" not in text, "another state's"


def test_a_state_that_has_only_feeds_is_the_page_of_its_places(site):
    assert "3 places followed" in text_of(site / "wi/index.html")
    assert not (site / "places/wi/index.html").exists()


def test_a_state_of_which_nothing_is_known_but_its_feeds_says_so(tmp_path):
    write_site([PlaceTimeline(jurisdiction=WISCONSIN)], tmp_path, now=NOW)
    text = text_of(tmp_path / "wi/index.html")
    assert "No change is recorded here yet" in text
    assert "No feed of this state is followed" in text


def test_the_calendar_tells_day_place_and_step(site):
    text = text_of(site / "calendar/index.html")
    assert "July 2017 Thu 6 Takes effect" in text
    assert "2018, month not told" in text
    assert "Milwaukee, WI" in text
    assert "April 2013" not in text


@pytest.mark.parametrize(
    ("day", "until"), [("2017-07-06", "2017-07-06"), ("2017-07", "2017-07-31"), ("2018", "2018-01-01")]
)
def test_a_year_is_ahead_until_it_begins(day, until):
    assert comes(ahead(day)) == until


def test_without_any_date_ahead_the_calendar_says_so(tmp_path):
    write_site([samples["pasco"]()], tmp_path, now=NOW)
    assert "No date ahead is known" in text_of(tmp_path / "calendar/index.html")


def ahead(day, stage=Stage.EFFECTIVE):
    return samples["entry"](
        "e", "p", samples["MILWAUKEE"], stage, day, Basis.STATED, "t",
        [("q", "https://a.example/", "A", date(2017, 7, 1), "t", "")],
    )  # fmt: skip


def test_the_months_of_the_calendar():
    days = ["2017-07", "2017-07-06", "2017-08-01", "2018", "2018-01-09"]
    assert [(month.heading, [day for day, _ in month.days]) for month in months(map(ahead, days))] == [
        ("July 2017", ["day not told", "Thu 6"]),
        ("August 2017", ["Tue 1"]),
        ("2018, month not told", ["day not told"]),
        ("January 2018", ["Tue 9"]),
    ]
    assert PartialDate.parse("2017-07").precision == "month"


def test_a_day_between_two_visits_stands_in_the_month_of_the_first_one():
    days = ["2017-07-30", "2017-07-30/2017-08-06", "2017-08-01"]
    assert [(month.heading, [day for day, _ in month.days]) for month in months(map(ahead, days))] == [
        ("July 2017", ["Sun 30", "July 30 to August 6"]),
        ("August 2017", ["Tue 1"]),
    ]


def test_a_day_between_two_visits_is_told_on_the_pages(tmp_path):
    between = ahead("2017-06-26/2017-07-03", Stage.ADOPTED)
    samples_place = samples["pasco"]()
    policy = samples_place.policies[0]
    shown = policy.model_copy(update={"entries": (policy.entries[0].model_copy(update={"date": between.date}),)})
    write_site([samples_place.model_copy(update={"policies": (shown,)})], tmp_path, now=NOW)
    told = [text_of(page) for page in sorted((tmp_path / "entry").rglob("index.html"))]
    assert [text for text in told if "between June 26 and July 3, 2017" in text] == told != []
