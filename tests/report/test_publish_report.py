"""The static site as files: what is on the pages, what is written, what is left alone."""

import json
import os
import runpy
import weakref
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import feedparser
import html5lib
import icalendar
import pytest

from support.timeline.list_catalogue import ListCatalogue, write_site
from tracker.coverage import PlaceTimeline
from tracker.errors import StorageError
from tracker.model import EntryStatus
from tracker.publish.report import update_site
from tracker.publish.report.output.folder import Folder
from tracker.publish.report.policies import by_standing, threads
from tracker.publish.report.render import Site

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
NOW, MILWAUKEE = samples["NOW"], samples["milwaukee"]()
HTML = "{http://www.w3.org/1999/xhtml}"


def build(out, places=None, now=NOW, **options):
    places = samples["all_places"]() if places is None else places
    options = {"coverage": samples["all_coverage"](), "contact": "desk@example.org", **options}
    return write_site(iter(places), out, now=now, **options)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    build(out, public_url="https://tracker.example/report/")
    return out


def pages_of(folder):
    return sorted(folder.rglob("index.html"))


def files_of(folder):
    return [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]


def parsed(page):
    parser = html5lib.HTMLParser(strict=True)
    return parser.parse(page.read_bytes(), transport_encoding="utf-8")


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def addresses_in(document):
    return [
        element.get("href") or element.get("src")
        for element in document.iter()
        if element.get("href") or element.get("src")
    ]


def by_id(document, name):
    return next(element for element in document.iter() if element.get("id") == name)


def test_every_page_parses_without_an_error(site):
    pages = pages_of(site)
    assert len(pages) > 30
    for page in pages:
        parsed(page)


def test_a_part_of_a_table_has_no_role(site):
    """ARIA in HTML forbids it, and a reader that meets `display: block` copes without."""
    parts = [HTML + name for name in ("table", "thead", "tbody", "tr", "th", "td")]
    for page in pages_of(site):
        assert not [element for tag in parts for element in parsed(page).iter(tag) if element.get("role")], page


def test_every_link_inside_the_site_leads_to_a_file_and_a_place_in_it(site):
    documents = {page.resolve(): parsed(page) for page in pages_of(site)}
    ids = {page: {element.get("id") for element in document.iter()} for page, document in documents.items()}
    for page, document in documents.items():
        for address in map(urlsplit, addresses_in(document)):
            if address.scheme or address.netloc:
                continue
            target = (page.parent / unquote(address.path)).resolve() if address.path else page
            assert target.is_file(), f"{page}: {address.geturl()}"
            assert not address.fragment or address.fragment in ids[target], f"{page}: {address.geturl()}"


def test_every_page_has_one_heading_a_language_landmarks_and_a_title_of_its_own(site):
    titles = []
    for page in pages_of(site):
        document = parsed(page)
        assert document.get("lang") == "en"
        parts = [len(list(document.iter(HTML + name))) for name in ("h1", "main", "footer", "header")]
        assert parts == [1, 1, 1, page.relative_to(site).parts[0] != "embed"], "a page in a frame has no navigation"
        titles.append(text_of(next(document.iter(f"{HTML}title"))))
    assert all(titles)
    assert len(set(titles)) >= len(titles) - 4, "entries of one policy may share a title, and hostile names"


def test_ids_are_unique_on_every_page(site):
    for page in pages_of(site):
        ids = [element.get("id") for element in parsed(page).iter() if element.get("id")]
        assert len(ids) == len(set(ids)), page


def test_a_place_page_shows_each_thread_newest_first_with_its_state_on_top(site):
    thread = by_id(parsed(site / "wi/milwaukee/index.html"), "policy-p-sop130")
    text = text_of(thread)
    order = [
        "Adopted in June 2017 (uncertain), takes effect on July 6, 2017",
        "Takes effect direction not known Revised police",
        "Police chief approves",
    ]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert "worked out from the day the report ran" in text


def test_what_is_in_force_today_stands_on_top(site):
    groups = [text_of(heading) for heading in by_id(parsed(site / "wa/pasco/index.html"), "main").iter(f"{HTML}h3")]
    assert groups[:2] == ["Adopted", "Ended or stopped"]
    in_force = by_standing(threads(MILWAUKEE, date(2017, 7, 6)))
    assert [(heading, [item.policy.id for item in group]) for heading, group in in_force] == [
        ("In force today", ["p-sop130"]),
        ("Proposed", ["p-pursuit"]),
    ]


def test_a_wire_story_is_shown_once_with_the_outlets_that_carried_it(site):
    entry = by_id(parsed(site / "wi/milwaukee/index.html"), "entry-e-sop130-e")
    assert len(list(entry.iter(f"{HTML}blockquote"))) == 2
    assert "Also carried by Lakeshore Wire and Capital Daily" in text_of(entry)


def test_a_correction_keeps_both_dates_in_sight(site):
    entry = by_id(parsed(site / "wi/county/dane/index.html"), "entry-e-detainer-e")
    revisions = text_of(next(entry.iter(f"{HTML}details")))
    assert "Revised March 9, 2017: date was April 1, 2017" in text_of(entry)
    quotes = [text_of(quote) for quote in entry.iter(f"{HTML}blockquote")]
    assert quotes == ["Correction: the policy begins May 1, not April 1.", "The rule starts next month."]
    assert "date: April 1, 2017 → May 1, 2017" in revisions
    assert "March 9, 2017, by tracker: a later report corrects the date" in revisions


def test_an_uncertain_place_names_the_others(site):
    text = text_of(by_id(parsed(site / "mo/springfield/index.html"), "entry-e-cameras"))
    assert "It may also be Springfield, Illinois or Springfield, Massachusetts." in text


def test_an_empty_place_says_that_silence_proves_nothing(site):
    text = text_of(parsed(site / "wi/madison/index.html"))
    assert "No feed of this place is followed" in text
    assert 'tracker sources add ADDRESS --home "Madison, WI"' in text


def test_a_place_without_a_feed_says_by_whom_it_was_heard_of(site):
    said = text_of(by_id(parsed(site / "wi/county/dane/index.html"), "main"))
    assert "No feed of its own is followed, so a change may go unnoticed. It was heard of through" in said


def test_a_rejected_entry_keeps_its_address_and_stands_nowhere_else(site):
    text = text_of(parsed(site / "entry/e-fair/index.html"))
    assert "This entry was withdrawn" in text
    assert "this is about the state fair, not the city" in text
    with_it = [path for path in files_of(site) if b"drones" in path.read_bytes()]
    assert with_it == []


def test_a_silent_feed_is_seen_on_the_place_and_on_the_coverage_page(site):
    for page in ("wi/milwaukee", "coverage"):
        assert "silent; last heard June 2, 2017" in text_of(parsed(site / page / "index.html"))


def test_an_entry_page_says_how_to_report_an_error_in_it(site):
    links = [a.get("href") for a in parsed(site / "entry/e-cameras/index.html").iter(f"{HTML}a")]
    assert "mailto:desk@example.org?subject=Error%20in%20entry%20e-cameras" in links
    assert "https://tracker.example/report/entry/e-cameras/" in links


def test_an_entry_page_says_how_to_cite_it_and_where_a_copy_of_the_report_may_be(site):
    document = parsed(site / "entry/e-cameras/index.html")
    assert (
        "Springfield, Missouri, “Police officers will wear cameras” (2018). Procedure tracker, entry e-cameras, "
        "revision 1. https://tracker.example/report/entry/e-cameras/"
    ) in text_of(document)
    links = {a.get("href"): text_of(a) for a in document.iter(f"{HTML}a")}
    assert links["https://web.archive.org/web/20170630/https://valley.example/cameras"] == "Look for an archived copy"


def test_hostile_text_stays_text(site):
    for page in pages_of(site):
        document = parsed(page)
        scripts = [
            element for element in document.iter(f"{HTML}script") if element.get("type") != "application/ld+json"
        ]
        assert all(
            element.get("src", "").endswith(("assets/search.js", "assets/filter.js", "assets/find.js"))
            for element in scripts
        )
        assert not list(document.iter(f"{HTML}img"))
        for element in document.iter():
            assert not [name for name in element.attrib if name.startswith("on")]
            assert urlsplit(element.get("href") or "").scheme in ("", "https", "mailto", "data")
    assert "<script>window.pwned" in text_of(parsed(site / "tx/x/index.html"))


def test_linked_data_is_json_and_cites_only_the_web(site):
    for page in pages_of(site):
        for element in parsed(page).iter(f"{HTML}script"):
            if element.get("type") == "application/ld+json":
                data = json.loads(element.text)
                assert data["@type"] in ("Legislation", "CreativeWork")
                assert all(citation["url"].startswith("https://") for citation in data["citation"])
    policy = parsed(site / "policy/p-sop130/index.html")
    data = json.loads(next(policy.iter(f"{HTML}script")).text)
    assert (data["@type"], data["legislationDate"], len(data["citation"])) == ("Legislation", "2017-06", 4)


def test_the_files_beside_a_page_hold_its_entries(site):
    place = site / "wi/milwaukee"
    assert [item["id"] for item in json.loads((place / "entries.json").read_text("utf-8"))] == [
        "e-pursuit",
        "e-sop130-a",
        "e-sop130-e",
    ]
    assert len(feedparser.parse((place / "entries.atom").read_bytes()).entries) == 3
    assert len(json.loads((site / "entries.json").read_text("utf-8"))) == 14
    assert len(json.loads((site / "topic/homelessness/entries.json").read_text("utf-8"))) == 5
    coming = icalendar.Calendar.from_ical((site / "entries.ics").read_bytes()).walk("VEVENT")
    assert [str(event["summary"]) for event in coming] == [
        "Milwaukee, WI: takes effect: Revised police procedure on immigration status takes effect"
    ]


def test_a_site_without_places_says_what_to_do(tmp_path):
    result = build(tmp_path, [], coverage=())
    assert (result.places, result.entries) == (0, 0)
    assert "Nothing is recorded yet" in text_of(parsed(tmp_path / "index.html"))
    for page in pages_of(tmp_path):
        parsed(page)


def test_a_place_of_which_everything_was_rejected_is_not_counted(tmp_path):
    (policy, *more), wrong = MILWAUKEE.policies, {"status": EntryStatus.REJECTED}
    entries = tuple(item.model_copy(update=wrong) for item in policy.entries)
    rejected = MILWAUKEE.model_copy(update={"policies": (policy.model_copy(update={"entries": entries}),)})
    assert more
    result = build(tmp_path, [rejected], coverage=())
    assert (result.places, result.policies, result.entries) == (0, 0, 0)


def test_a_second_build_writes_nothing(tmp_path):
    first = build(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in files_of(tmp_path)}
    second = build(tmp_path, now=NOW + timedelta(hours=3))
    assert first.pages_written == second.pages_unchanged == len(before)
    assert second.pages_written == 0
    assert before == {path: path.stat().st_mtime_ns for path in files_of(tmp_path)}


def test_a_change_in_one_place_rewrites_only_the_pages_that_show_it(tmp_path):
    build(tmp_path)
    times = {path: path.stat().st_mtime_ns for path in files_of(tmp_path)}
    pursuits = MILWAUKEE.policies[1]
    entry = pursuits.entries[0].model_copy(update={"title": "Commission asks for looser pursuits"})
    changed = MILWAUKEE.model_copy(
        update={"policies": (MILWAUKEE.policies[0], pursuits.model_copy(update={"entries": (entry,)}))}
    )
    places = [changed if item.jurisdiction.id == changed.jurisdiction.id else item for item in samples["all_places"]()]
    assert build(tmp_path, places).states_changed == ("WI",)
    written = {path for path, time in times.items() if path.stat().st_mtime_ns != time}
    folders = {path.parent.relative_to(tmp_path).as_posix() for path in written}
    embedded = {"embed/wi/milwaukee", "embed/policy/p-pursuit"}
    topics = {"topic/pursuits", "topic/pursuits/wi"}  # the page of the data tells how large its files are
    assert folders - {"data"} == {".", "wi", "wi/milwaukee", "policy/p-pursuit", "entry/e-pursuit", *topics, *embedded}


def test_pages_of_what_is_gone_are_removed_and_foreign_files_stay(tmp_path):
    build(tmp_path)
    foreign = tmp_path / "wa/pasco/notes.txt"
    own = tmp_path / "mine/index.html"
    own.parent.mkdir()
    for path in (foreign, own):
        path.write_text("keep me", "utf-8")
    result = build(tmp_path, [MILWAUKEE])
    assert result.pages_removed > 5
    assert not (tmp_path / "mo").joinpath("springfield/index.html").exists()
    assert not (tmp_path / "policy/p-camping").exists()
    assert foreign.read_text("utf-8") == own.read_text("utf-8") == "keep me"


def test_a_page_that_someone_removed_comes_back(tmp_path):
    build(tmp_path)
    page = tmp_path / "entry/e-camp-3/entries.json"
    page.unlink()
    build(tmp_path)
    assert page.is_file()


def test_the_day_alone_changes_a_page_that_says_it_otherwise(tmp_path):
    build(tmp_path)
    build(tmp_path, now=NOW + timedelta(days=2))
    text = text_of(parsed(tmp_path / "wi/milwaukee/index.html"))
    assert "In force since July 6, 2017" in text
    assert "Took effect direction not known Revised police" in text


def test_a_build_that_dies_leaves_the_old_site(tmp_path):
    build(tmp_path)
    before = {path: path.read_bytes() for path in files_of(tmp_path)}

    def dying():
        yield MILWAUKEE
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        build(tmp_path, dying())
    assert before == {path: path.read_bytes() for path in files_of(tmp_path)}


def test_a_folder_that_cannot_be_written_is_said_in_one_line(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", "utf-8")
    with pytest.raises(StorageError, match=r"cannot write .*file: .*another folder"):
        build(blocked)


def test_what_a_killed_build_left_is_cleared_away_after_a_day(tmp_path):
    left, running = tmp_path / ".building-old", tmp_path / ".building-now"
    for folder in (left, running):
        folder.mkdir()
        (folder / "page").write_bytes(b"half")
    day_ago = running.stat().st_mtime - 25 * 3600
    os.utime(left, (day_ago, day_ago))
    build(tmp_path)
    assert not left.exists()
    assert running.exists(), "another build may be using it"


def test_a_file_is_replaced_in_one_step(tmp_path):
    folder = Folder(tmp_path)
    folder.write("a/index.html", b"old")
    folder.commit(whole=False)
    with pytest.raises(ZeroDivisionError), folder.stream("a/index.html") as out:
        out.write(b"half of it %d" % (1 // 0))
    assert (tmp_path / "a/index.html").read_bytes() == b"old"
    folder.close()
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_no_place_is_held_after_its_pages_are_written(tmp_path):
    alive, most = weakref.WeakSet(), 0

    class OneByOne(ListCatalogue):
        def timelines(self, places):
            nonlocal most
            for timeline in super().timelines(places):
                most = max(most, len(alive))
                alive.add(loaded := timeline.model_copy())
                yield loaded

    ids = [f"{samples['WI']}/place:p{index}" for index in range(30)]
    places = [MILWAUKEE.jurisdiction.model_copy(update={"id": name}) for name in ids]
    timelines = [PlaceTimeline(jurisdiction=place, policies=MILWAUKEE.policies[1:]) for place in places]
    update_site(OneByOne(timelines, NOW.date()), tmp_path, Site(NOW.date(), NOW))
    assert most == 1, "the one before, until the next replaces it"
