"""Addresses, wording and what is made of foreign text."""

import runpy
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.timeline.cases import evidence, fold
from tracker.model import Basis, Change, Effect, EntryStatus, EvidenceKind, Revision, Stage
from tracker.publish import addresses, geography, safe, words

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
TODAY = date(2017, 7, 5)
US = "ocd-division/country:us"


@pytest.mark.parametrize(
    ("ocd_id", "address"),
    [
        (f"{US}/state:wi", "wi/"),
        (f"{US}/district:dc", "dc/"),
        (f"{US}/state:wi/place:milwaukee", "wi/milwaukee/"),
        (f"{US}/state:wi/county:milwaukee", "wi/county/milwaukee/"),
        (f"{US}/state:wi/place:fond_du_lac", "wi/fond_du_lac/"),
        (f"{US}/state:la/parish:orleans", "la/parish/orleans/"),
        (f"{US}/state:wi/county:dane/place:dane", "wi/county/dane/place/dane/"),
        (f"{US}/state:wi/place:county", "wi/county/"),
        (f"{US}/state:wi/place:milwaukee/ward:1", "wi/place/milwaukee/ward/1/"),
        (US, "us/"),
    ],
)
def test_a_place_has_a_readable_address(ocd_id, address):
    assert addresses.place(ocd_id) == address


SEGMENT = st.text(alphabet="ab:._~-A0é", min_size=1, max_size=4).filter(lambda text: ":" not in text)
PART = st.tuples(st.sampled_from(["place", "county", "ward", "a"]), SEGMENT).map(":".join)


@given(st.lists(PART, max_size=3), st.lists(PART, max_size=3))
def test_two_places_never_share_an_address(first, second):
    ids = [f"{US}/" + "/".join(["state:wi", *parts]) for parts in (first, second)]
    assert (addresses.place(ids[0]) == addresses.place(ids[1])) == (ids[0] == ids[1])


@given(st.text(max_size=200), st.text(max_size=200))
def test_an_id_of_any_text_makes_a_safe_folder_of_its_own(first, second):
    for name in (first, second):
        made = addresses.segment(name)
        assert made not in {"", ".", ".."}
        assert len(made) <= 170
        assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789._~-")
    assert (addresses.segment(first) == addresses.segment(second)) == (first == second)


@pytest.mark.parametrize(
    ("to", "start", "link"),
    [
        ("wi/milwaukee/", "", "wi/milwaukee/index.html"),
        ("", "wi/milwaukee/", "../../index.html"),
        ("assets/style.css", "wi/county/dane/", "../../../assets/style.css"),
        ("entry/1/", "entry/2/", "../../entry/1/index.html"),
    ],
)
def test_links_lead_from_page_to_page_in_a_folder(to, start, link):
    assert addresses.relative(to, start) == link


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&c=2"),
        ("HTTP://example.org", "HTTP://example.org"),
        ('https://example.org/"><b>', "https://example.org/%22%3E%3Cb%3E"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        (" java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//example.org/", ""),
        ("https:///path", ""),
        ("http://[broken", ""),
        ("http://example.org:99999999/", ""),
        ("https://example.org/a b", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links(url, link):
    assert safe.web_address(url) == link


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("short", 10, "short"),
        ("one two three", 9, "one two…"),
        ("x" * 50, 10, "x" * 9 + "…"),
        ("a\n b", 10, "a b"),
        ("", 5, ""),
    ],
)
def test_long_text_is_cut_between_words(text, length, short):
    assert safe.shorten(text, length) == short


@given(st.text(), st.integers(min_value=2, max_value=50))
def test_shortened_text_is_never_too_long(text, length):
    assert len(safe.shorten(text, length)) <= length


def test_a_plain_line_has_no_direction_marks_and_no_controls():
    assert safe.plain("a\u202eb\u2066c\x00d\ne\ud800\ufffe\U0001fffe") == "abcd e"


@pytest.mark.parametrize(
    ("text", "address"),
    [("desk@example.org", "desk@example.org"), ("a b@c", ""), ("https://example.org", ""), ("x@y>?bcc=z", "")],
)
def test_only_a_mail_address_is_one(text, address):
    assert safe.mail_address(text) == address


def entry(stage, day, basis=Basis.STATED, published=date(2017, 7, 4), **more):
    sources = [("It was so.", "https://a.example/1", "A", published, "", "")]
    return samples["entry"]("e", "p", samples["MILWAUKEE"], stage, day, basis, "Title", sources, **more)


@pytest.mark.parametrize(
    ("stage", "day", "said"),
    [
        (Stage.EFFECTIVE, "2017-07-06", "Takes effect"),
        (Stage.EFFECTIVE, "2017-07-05", "Takes effect"),
        (Stage.EFFECTIVE, "2017-07-04", "Took effect"),
        (Stage.EFFECTIVE, "2017-07", "Takes effect"),
        (Stage.EFFECTIVE, "2017-06", "Took effect"),
        (Stage.EFFECTIVE, None, "Took effect"),
        (Stage.RESCINDED, "2017-08", "Ends"),
        (Stage.RESCINDED, "2017-07", "Ended"),
        (Stage.ADOPTED, "2017-08-01", "Adopted"),
    ],
)
def test_a_stage_is_said_as_of_today(stage, day, said):
    assert words.stage(entry(stage, day), TODAY) == said


@pytest.mark.parametrize(("day", "said"), [("2017-08-01", "End takes effect"), ("2017-06-01", "End took effect")])
def test_a_start_that_ends_something_says_so(day, said):
    ending = entry(Stage.EFFECTIVE, day).model_copy(update={"effect": Effect.ENDS})
    assert words.stage(ending, TODAY) == said


@pytest.mark.parametrize(
    ("day", "when", "precision"),
    [
        ("2017-07-06", "July 6, 2017", ""),
        ("2017-06", "June 2017", "day not known"),
        ("2017", "2017", "month and day not known"),
        ("2017-06-26/2017-07-03", "between June 26 and July 3, 2017", "day not known"),
        (None, "By July 4, 2017", ""),
    ],
)
def test_a_date_is_said_no_finer_than_it_is_known(day, when, precision):
    item = entry(Stage.ADOPTED, day)
    assert (words.when(item), words.precision(item)) == (when, precision)


def test_a_day_between_two_says_how_it_is_known():
    item = entry(Stage.ADOPTED, "2017-06-26/2017-07-03")
    assert words.basis(item) == "one way when it was looked at on the first of these days, another way on the last"


def test_a_date_that_a_person_set_says_so():
    assert words.basis(entry(Stage.ADOPTED, "2017-06", locked=frozenset({"date"}))) == "date set by a reviewer"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "not yet checked by a person"),
        ({"locked": {"policy", "evidence"}}, "not yet checked by a person"),
        ({"locked": {"date", "jurisdiction"}}, "checked by a person: place and date"),
        ({"status": EntryStatus.CONFIRMED, "locked": {"date"}}, "checked by a person"),
        ({"status": EntryStatus.REJECTED, "locked": {"status"}}, "rejected by a person"),
        ({"status": EntryStatus.REJECTED, "locked": {"status"}, "evidence": ()}, "rejected by a person"),
        ({"status": EntryStatus.REJECTED, "evidence": ()}, "taken back: no article supports it any longer"),
        ({"status": EntryStatus.REJECTED}, "taken back: it only copies what a person rejected"),
    ],
)
def test_what_a_person_made_of_an_entry_is_said_and_what_nobody_did_is_not(fields, said):
    (entry,) = fold([evidence()])
    assert words.review(entry.model_copy(update=fields)) == said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(field="date", old="2017-04-01", new="2017-05"), ("date", "April 1, 2017", "May 2017")),
        (Change(field="date", old="", new="2017"), ("date", "—", "2017")),
        (Change(field="stage", old="proposed", new="adopted"), ("stage", "Proposed", "Adopted")),
        (Change(field="date", old="soon", new="later"), ("date", "soon", "later")),
        (
            Change(field="jurisdiction", old=f"{US}/state:il/place:springfield", new=f"{US}/state:mo/county:st_louis"),
            ("place", "Springfield, Illinois", "St. Louis County, Missouri"),
        ),
        (
            Change(field="status", old="pending", new="rejected"),
            ("review", "not yet checked by a person", "rejected by a person"),
        ),
    ],
)
def test_a_revision_is_said_in_words(change, said):
    assert words.change(change) == said


LOCKED = Change(field="locked", old="date", new="date, evidence, status")
NOT_YET, REJECTED = "not yet checked by a person", "rejected by a person"


@pytest.mark.parametrize(
    ("actor", "old", "new", "locks", "said"),
    [
        ("tracker", "pending", "rejected", (), (NOT_YET, "taken back")),
        ("tracker", "rejected", "pending", (), ("taken back", NOT_YET)),
        ("dana", "pending", "rejected", (LOCKED,), (NOT_YET, REJECTED)),
        ("dana", "rejected", "confirmed", (LOCKED,), ("taken back", "checked by a person")),
        ("dana", "rejected", "confirmed", (), (REJECTED, "checked by a person")),
    ],
)
def test_only_what_a_person_rejected_is_told_so(actor, old, new, locks, said):
    changes = (Change(field="status", old=old, new=new), *locks)
    revision = Revision(number=2, at=datetime(2017, 7, 5, tzinfo=UTC), actor=actor, reason="why", changes=changes)
    assert words.revision_changes(revision) == [("review", *said)]


@pytest.mark.parametrize(
    ("field", "old", "new", "taken_back"),
    [
        ("date", "2017-04-01", "2017-05-01", True),
        ("date", "2017-04", "2017-04-20", False),
        ("date", "2017-04-20", "2017-04", True),
        ("date", "2017-04-16/2017-04-23", "2017-04-20", False),
        ("date", "2017-04-16/2017-04-23", "2017-04-24", True),
        ("date", "", "2017-04", False),
        ("stage", "proposed", "adopted", True),
        ("title", "a", "b", False),
        ("score", "0.5", "0.9", False),
        ("evidence", "", "https://a.example/2", False),
    ],
)
def test_only_what_was_told_wrong_is_a_correction(field, old, new, taken_back):
    assert words.is_correction(Change(field=field, old=old, new=new)) == taken_back


@pytest.mark.parametrize(
    ("identifier", "instrument", "shown"),
    [
        ("sop 130", "standard operating procedure", "SOP 130"),
        ("sop 970", "Standard Operating Procedure 970", ""),
        ("general order 8.1", "", "General order 8.1"),
        ("", "ordinance", ""),
    ],
)
def test_a_number_is_shown_where_the_instrument_does_not_hold_it(identifier, instrument, shown):
    assert words.identifier(entry(Stage.ADOPTED, "2017", identifier=identifier, instrument=instrument)) == shown


def test_copies_of_one_report_are_counted_once():
    item = samples["milwaukee"]().policies[0].entries[1]
    said = [(words.outlet(first), words.outlets(copies)) for first, copies in words.reports(item)]
    assert said == [("Milwaukee Ledger", ("Lakeshore Wire", "Capital Daily")), ("WXYZ Radio", ())]


def test_a_second_sentence_of_one_article_is_no_other_outlet():
    sources = [(quote, "https://a.example/1", "A", date(2017, 7, 4), "", "r") for quote in ("One.", "Two.")]
    item = samples["entry"]("e", "p", samples["MILWAUKEE"], Stage.ADOPTED, "2017", Basis.STATED, "Title", sources)
    assert [copies for _, copies in words.reports(item)] == [()]


@pytest.mark.parametrize(
    ("ocd_id", "name"),
    [
        (f"{US}/state:mo/place:springfield", "Springfield, Missouri"),
        (f"{US}/state:wi/county:fond_du_lac", "Fond du Lac County, Wisconsin"),
        (f"{US}/state:mo/place:st_louis", "St. Louis, Missouri"),
        (f"{US}/state:mo/place:o~fallon", "O'Fallon, Missouri"),
        (f"{US}/district:dc", "Washington, District of Columbia"),
        (f"{US}/state:wi/county:no_such", "No Such County, Wisconsin"),
        (US, "United States"),
        ("Milwaukee, WI", "Milwaukee, WI"),
    ],
)
def test_a_place_is_named_as_it_writes_itself_and_an_unknown_one_by_its_id(ocd_id, name):
    assert geography.name_of(ocd_id) == name


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_series_is_said_as_one_would(items, said):
    assert words.series(items) == said


def test_evidence_is_counted_by_its_kinds():
    report = evidence("adopted", url="https://news.example/a")
    official = evidence("adopted", url="https://council.example/1#history-7").model_copy(
        update={"kind": EvidenceKind.RECORD, "matter": "24-101", "record": "7"}
    )
    assert words.evidence_label(report) == ""
    assert words.evidence_label(official) == "Official record, matter 24-101"
    assert words.evidence_count([official, report, report]) == "1 official record and 2 reports"
    assert words.evidence_count([report]) == "1 report"
    (entry,) = fold([report, official])
    assert [first.kind for first, _ in words.reports(entry)] == [EvidenceKind.RECORD, EvidenceKind.REPORT]
