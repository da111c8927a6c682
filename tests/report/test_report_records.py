"""Feeds and official records, told apart wherever the report says who is listened to."""

import runpy
from datetime import UTC, datetime
from pathlib import Path

import html5lib
import pytest

from support.timeline.list_catalogue import write_site
from tracker.coverage import Coverage, MatterCounts, PlaceTimeline
from tracker.model import SourceKind
from tracker.publish.report.coverage import coverage_summary

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
NOW, MILWAUKEE = samples["NOW"], samples["milwaukee"]()
HOME = MILWAUKEE.jurisdiction.id
SINCE = datetime(2017, 5, 2, tzinfo=UTC)
COUNCIL = Coverage(
    feed="https://webapi.example/v1/milwaukee", kind=SourceKind.LEGISTAR, title="Common Council", home=HOME,
    last_heard=NOW, since=SINCE, put_aside=930, matters=MatterCounts(1240, 310, 120),
)  # fmt: skip
SHEET = Coverage(feed="https://sheet.example/287g", kind=SourceKind.AGREEMENTS, last_heard=NOW, since=SINCE)
ORDERS = Coverage(feed="https://police.example/orders", kind=SourceKind.DOCUMENTS, home=HOME, last_heard=NOW)
FEED = Coverage(feed="https://news.example/feed", title="Ledger", home=HOME, last_heard=NOW)
MATTERS = "1,240 matters known, 310 of them about a standing rule, of which 120 are followed; 930 put aside"


def with_sources(*sources, place=MILWAUKEE):
    return place.model_copy(update={"coverage": sources})


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    others = [place for place in samples["all_places"]() if place.jurisdiction.id != HOME]
    places = sorted([with_sources(FEED, COUNCIL, SHEET), *others], key=lambda place: place.jurisdiction.id)
    write_site(places, out, now=NOW, coverage=(FEED, COUNCIL, SHEET))
    return out


def text_of(path):
    document = html5lib.HTMLParser(strict=True).parse(path.read_bytes(), transport_encoding="utf-8")
    (main,) = [one for one in document.iter() if one.get("id") == "main"]
    return " ".join("".join(main.itertext()).split())


def test_the_coverage_page_tells_records_with_their_matters_apart_from_feeds(site):
    page = text_of(site / "coverage/index.html")
    assert "1 feed is followed and heard. 2 official records are read." in page
    known = "the council’s own record of 1 place and the federal list of 287(g) agreements, which covers all places"
    assert f"The tracker reads {known}. Of everything else only news is heard" in page
    records, _, feeds = page[page.index("Records and documents What") :].partition("Feeds Feed")
    assert "Record of the council: Common Council" in records
    assert f"read July 5, 2017followed since May 2, 2017; {MATTERS}" in records
    assert "List of 287(g) agreements, of all places" in records
    assert "Ledger" in feeds
    assert "Common Council" not in feeds


def test_a_place_says_which_record_is_read_and_one_without_that_only_news_is(site, tmp_path):
    page = text_of(site / "wi/milwaukee/index.html")
    assert f"Record of the council: Common Council read; followed since May 2, 2017; {MATTERS}" in page
    assert "List of 287(g) agreements, of all places" in page
    assert "No record of a council" not in page
    write_site([with_sources(FEED, SHEET)], tmp_path, now=NOW, coverage=(FEED, SHEET))
    page = text_of(tmp_path / "wi/milwaukee/index.html")
    assert "what no outlet reports is not known" in page


def test_a_list_that_names_a_place_is_no_outlet_through_which_it_was_heard(tmp_path):
    told = with_sources(SHEET).model_dump_json()
    assert '"kind":"report"' in told
    listed = PlaceTimeline.model_validate_json(told.replace('"kind":"report"', '"kind":"record"'))
    write_site([listed], tmp_path, now=NOW, coverage=(SHEET,))
    assert "It was heard of" not in text_of(tmp_path / "wi/milwaukee/index.html")


def test_the_coverage_page_names_what_is_read_beside_news(tmp_path):
    write_site([with_sources(SHEET, ORDERS)], tmp_path, now=NOW, coverage=(SHEET, ORDERS))
    page = text_of(tmp_path / "coverage/index.html")
    assert (
        "reads published policies of 1 place and the federal list of 287(g) agreements, which covers all places" in page
    )
    assert "No news is heard: nothing else is known here." in page
    assert "read out of official records and published policies by a program" in text_of(tmp_path / "index.html")


def test_lists_of_places_mark_those_with_a_record_and_the_index_says_what_was_read(site, tmp_path):
    for page in ("index.html", "places/index.html", "wi/index.html"):
        text = text_of(site / page)
        assert text.count(" · official record") == 1, page
    assert "read out of news reports and official records by a program" in text_of(site / "index.html")
    write_site([with_sources(FEED)], tmp_path, now=NOW, coverage=(FEED,))
    assert "official record" not in text_of(tmp_path / "index.html") + text_of(tmp_path / "places/index.html")


def test_the_page_on_how_to_read_this_says_what_a_record_is_and_what_only_news_tells(site):
    page = text_of(site / "about/index.html")
    assert "The date of a record is that of the action" in page
    assert "a record outweighs news reports in place, step and date" in page
    assert "of these only news tells" in page


def test_a_place_of_which_only_the_record_is_read_does_not_say_that_a_change_may_go_unnoticed(tmp_path):
    bare = PlaceTimeline(jurisdiction=MILWAUKEE.jurisdiction, coverage=(COUNCIL, SHEET))
    write_site([bare], tmp_path, now=NOW, coverage=(COUNCIL, SHEET))
    page = text_of(tmp_path / "wi/milwaukee/index.html")
    assert "No feed of its own is followed. 2 official records are read." in page
    assert "unnoticed" not in page
    assert "The council’s record is followed; what it decides will appear on this page." in page


@pytest.mark.parametrize(
    ("sources", "sentence"),
    [
        ((SHEET,), "No feed of its own is followed, so a change may go unnoticed. 1 official record is read."),
        (
            (COUNCIL.model_copy(update={"state": "failing"}), SHEET),
            "No feed of its own is followed. 1 of 2 official records are read. A decision may be missing until the "
            "others can be read.",
        ),
        (
            (FEED, Coverage(feed="https://police.example/orders", kind=SourceKind.DOCUMENTS, home=HOME)),
            "1 feed is followed and heard. 1 list of documents is read.",
        ),
    ],
)
def test_the_sentence_that_sums_up(sources, sentence):
    assert coverage_summary(sources).sentence == sentence


def test_a_record_that_cannot_be_read_is_not_called_silent(tmp_path):
    broken = COUNCIL.model_copy(update={"state": "failing", "error": "the server answers 403"})
    write_site([with_sources(broken)], tmp_path, now=NOW, coverage=(broken,))
    for page in ("coverage", "wi/milwaukee"):
        text = text_of(tmp_path / page / "index.html")
        assert "cannot be read; last read July 5, 2017" in text
        assert "the server answers 403" in text
        assert "silent" not in text
