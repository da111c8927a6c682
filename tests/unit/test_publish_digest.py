"""The weekly mail as composed: its subject, its sections, its two forms."""

import runpy
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import html5lib
import pytest

from tracker.coverage import Coverage
from tracker.model import Basis, Change, EntryStatus, Revision, SourceKind, Stage
from tracker.partial_date import PartialDate
from tracker.publish.mail import digest as mails
from tracker.publish.mail.digest import WIDTH, Letter, none_known
from tracker.publish.mail.sections import sort_out

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
NOW = samples["NOW"]
LAST_WEEK = NOW - timedelta(days=7)
MILWAUKEE = [entry for policy in samples["milwaukee"]().policies for entry in policy.entries]
DANE = [entry for policy in samples["dane"]().policies for entry in policy.entries]
HEARD = (
    Coverage(feed="a"),
    Coverage(feed="b"),
    Coverage(feed="c", title="Basin Bugle", state="failing", error="HTTP 503"),
)


def compose(entries, *, now, since=None, policies=none_known, **letter):
    return mails.compose(entries, Letter(now.date(), **letter), since=since, policies=policies)


def revised(field, old, new, reason):
    return Revision(number=2, at=NOW, actor="dana", reason=reason, changes=(Change(field=field, old=old, new=new),))


def starting(day, number=1, stage=Stage.EFFECTIVE):
    source = ("It starts.", "https://a.example/1", "A", date(2017, 7, 4), "", "")
    item = samples["entry"](f"s{number}", "p", samples["MILWAUKEE"], stage, day, Basis.STATED, "Curfew", [source])
    old = samples["opened"](date(2017, 1, 1))
    return item.model_copy(update={"revisions": (old,)})


def dated(entry, day, name):
    return entry.model_copy(
        update={"id": name, "date": PartialDate.parse(day), "stage": Stage.ADOPTED, "revisions": ()}
    )


SURE = MILWAUKEE[1]
DOUBTFUL = MILWAUKEE[0]
RACINE = "“Police may no longer ask about status” — Racine Wire"


def elsewhere(entry, name, place, **fields):
    ocd_id = f"ocd-division/country:us/state:wi/place:{name}"
    update = {"id": name, "policy": name, "jurisdiction": ocd_id, "jurisdiction_name": place, **fields}
    return entry.model_copy(update=update)


@pytest.mark.parametrize(
    ("entries", "subject"),
    [
        (MILWAUKEE[:2], "Milwaukee: Revised police procedure on immigration status takes effect"),
        (
            [DOUBTFUL, elsewhere(SURE, "racine", "Racine", title=RACINE)],
            "Racine: “Police may no longer ask about status” — Racine Wire, and 1 more",
        ),
        (
            [elsewhere(SURE, "racine", "Racine", title=f"“Racine police {'never ' * 9}ask” — Lake Michigan Telegraph")],
            f"“Racine police {'never ' * 9}ask”",
        ),
        (
            [elsewhere(SURE, "racine", "Racine"), elsewhere(SURE, "x", "X"), elsewhere(SURE, "y", "Y")],
            "Racine: Revised police procedure on immigration status takes effect, and 2 more",
        ),
        (
            [DOUBTFUL],
            "Uncertain: Milwaukee: Police chief approves revised procedure on immigration status, adopted June 2017",
        ),
        ([starting("2017-07-05")], "No new change, 1 takes effect today in Milwaukee"),
        ([starting("2017-07-11")], "No new change, 1 takes effect Tuesday in Milwaukee"),
        ([starting("2017-07-12")], "No new change, 1 takes effect July 12 in Milwaukee"),
        ([starting("2017-08")], "No new change, 1 takes effect in August 2017 in Milwaukee"),
        ([starting("2017-07"), starting("2017-07-07", 2)], "No new change, 1 takes effect Friday in Milwaukee"),
        (
            [starting("2017-07-07"), starting("2017-07-07", 2)],
            "No new change, 2 take effect Friday in Milwaukee",
        ),
        (
            [starting("2017-07-07"), starting("2017-07-08", 2)],
            "No new change, 2 take effect soon in Milwaukee",
        ),
        ([starting("2018-01-01")], "Nothing new found, 2 of 3 feeds healthy"),
        ([], "Nothing new found, 2 of 3 feeds healthy"),
    ],
)
def test_the_subject_says_what_changed_where(entries, subject):
    assert compose(entries, now=NOW, since=LAST_WEEK, coverage=HEARD).subject == subject


def test_places_of_one_name_are_told_apart_by_their_states():
    states = ("il", "mo")
    ids = [f"ocd-division/country:us/state:{state}/place:springfield" for state in states]
    starts = [
        starting("2017-07-07").model_copy(
            update={"id": ocd_id, "jurisdiction": ocd_id, "jurisdiction_name": "Springfield"}
        )
        for ocd_id in ids
    ]
    digest = compose(starts, now=NOW, since=LAST_WEEK)
    assert digest.subject == "No new change, 2 take effect Friday in Springfield, IL and Springfield, MO"


def known(*policies):
    return lambda names: {policy.id: policy for policy in policies if policy.id in names}


def test_a_policy_is_one_paragraph_its_news_first_then_what_comes_then_what_was():
    adopted, starts = MILWAUKEE[0], SURE
    before = dated(adopted, "2016-11-02", "before")
    vague = starts.model_copy(update={"id": "vague", "date": PartialDate.parse("2017-07")})
    entries = (before, adopted, starts, vague)
    whole = samples["policy"]("p-sop130", "SOP 130", samples["MILWAUKEE"], "immigration", *entries)
    digest = compose([adopted, vague, starts], now=NOW, since=LAST_WEEK, policies=known(whole))
    text = " ".join(digest.text.split())
    assert "1 policy, 2 steps" in text
    order = [
        "Takes effect July 6, 2017 (",
        "Adopted June 2017 [uncertain] (",
        "How it stands: ",
        "- Adopted November 2, 2016: ",
    ]
    assert [text.count(said) for said in order] == [1] * len(order)
    assert sorted(order, key=text.index) == order
    assert "Takes effect July 2017" not in text
    assert {entry.id for entry in digest.entries} == {"before", adopted.id, starts.id}


def test_what_takes_effect_stands_once_in_the_paragraph_of_its_news():
    starts = MILWAUKEE[1].model_copy(update={"revisions": (samples["opened"](date(2017, 1, 1)),)})
    whole = samples["policy"]("p-sop130", "SOP 130", samples["MILWAUKEE"], "immigration", MILWAUKEE[0], starts)
    digest = compose([MILWAUKEE[0], starts], now=NOW, since=LAST_WEEK, policies=known(whole))
    assert digest.text.count("Takes effect July 6, 2017") == 1
    assert "Taking effect soon" not in digest.text


def test_uncertain_steps_come_last_under_a_heading_that_says_how_often_they_are_right():
    sure = elsewhere(SURE, "racine", "Racine")
    text = compose([DOUBTFUL, sure], now=NOW, since=LAST_WEEK).text
    assert text.index("Racine, WI") < text.index("New, but uncertain") < text.index("Milwaukee, WI")
    assert "% are right in place, stage and date." in text


def test_a_long_mail_is_cut_before_mail_programs_cut_it():
    for policies, left in ((500, "470 more steps of 470"), (1, "492 more steps of 1")):
        entries = [
            MILWAUKEE[1].model_copy(update={"id": str(number), "policy": f"p{number % policies}"})
            for number in range(500)
        ]
        digest = compose(entries, now=NOW, public_url="https://tracker.example")
        assert len(digest.html.encode()) < 102_000
        assert f"And {left} " in digest.text
        assert "https://tracker.example/wi/milwaukee/" in digest.text


def test_a_correction_tells_the_old_and_the_new_value_and_why():
    digest = compose(DANE, now=datetime(2017, 3, 10, tzinfo=UTC), since=datetime(2017, 3, 8, tzinfo=UTC))
    assert digest.subject == "No new change, 1 correction about Dane County"
    assert "Date: we said April 1, 2017; it is May 1, 2017" in digest.text
    assert "Why: a later report corrects the date" in digest.text


def test_another_report_of_the_same_is_no_correction():
    more = revised("evidence", "", "https://b.example", "also reported by B")
    entry = starting("2017-01-01").model_copy(update={"revisions": (samples["opened"](date(2017, 1, 1)), more)})
    assert compose([entry], now=NOW, since=LAST_WEEK).subject == "Nothing new found, no feed followed"


def test_an_entry_that_a_person_withdrew_is_taken_back():
    withdrawn = revised("status", "pending", "rejected", "about another city")
    entry = starting("2017-07-06").model_copy(
        update={
            "status": EntryStatus.REJECTED,
            "locked": {"status"},
            "revisions": (samples["opened"](date(2017, 1, 1)), withdrawn),
        }
    )
    digest = compose([entry], now=NOW, since=LAST_WEEK)
    assert digest.subject == "No new change, 1 correction about Milwaukee"
    assert "Withdrawn: a person found that it does not belong here." in digest.text
    assert "Why: about another city" in digest.text


def test_an_entry_opened_and_corrected_since_is_new_and_no_correction():
    sections = sort_out(DANE, today=date(2017, 3, 10), since=datetime(2017, 3, 1, tzinfo=UTC))
    assert [entry.id for entry in sections.new] == [
        "e-detainer-e",
        "e-detainer-a",
    ]  # what starts comes first
    assert sections.corrections == ()


def test_an_archive_found_late_is_one_line():
    entries = [entry.model_copy(update={"revisions": ()}) for entry in DANE]
    digest = compose(entries, now=NOW, since=LAST_WEEK, public_url="https://tracker.example")
    assert digest.subject == "No new change, 2 older steps recorded"
    link = "https://tracker.example/wi/county/dane/"
    assert f"2 older steps of 1 policy recorded, from 2017: see {link}" in " ".join(digest.text.split())
    assert f'2 older steps of 1 policy recorded, from 2017: <a href="{link}"' in digest.html
    assert "Sheriff" not in digest.text


def test_old_steps_are_counted_with_their_years_beside_what_is_new():
    old = [dated(MILWAUKEE[1], "1988", "a"), dated(MILWAUKEE[1], "2016-12-01", "b"), dated(DANE[0], "2004-05", "c")]
    digest = compose([MILWAUKEE[1], *old], now=NOW, since=LAST_WEEK, public_url="https://tracker.example")
    assert digest.subject == "Milwaukee: Revised police procedure on immigration status takes effect"
    said = "3 older steps of 2 policies recorded, from 1988 to 2016"
    assert f"{said}: see https://tracker.example/ " in " ".join(digest.text.split())
    assert digest.text.count("\nRevised police procedure on immigration status takes effect") == 1
    assert f"{said}." in compose(old, now=NOW, since=LAST_WEEK).text


def test_a_first_look_announces_no_old_step_either():
    old = [dated(MILWAUKEE[1], "1988", "a"), dated(MILWAUKEE[1], "2016-12-01", "b")]
    first_look = compose([MILWAUKEE[1], *old], now=NOW)
    assert first_look.subject == "Milwaukee: Revised police procedure on immigration status takes effect"
    assert "2 older steps of 1 policy recorded, from 1988 to 2016" in first_look.text
    sections = sort_out(samples["all_entries"](), today=NOW.date())
    assert (len(sections.new), len(sections.older)) == (4, 10)


def test_a_rejected_entry_is_in_no_section():
    assert "drones" not in compose(samples["all_entries"](), now=NOW).text


def test_text_and_html_say_the_same():
    digest = compose(MILWAUKEE, now=NOW, since=LAST_WEEK, coverage=HEARD, contact="desk@example.org")
    html = "".join(html5lib.HTMLParser(strict=True).parse(digest.html).itertext())
    for said in (
        "Takes effect",
        "July 6, 2017",
        "worked out from the day the report ran",
        "Revised police procedure on immigration status takes effect",
        "officers must follow it from Thursday.",
        "Milwaukee Ledger",
        "Basin Bugle is silent",
        "2 of 3 feeds healthy",
        "desk@example.org",
    ):
        assert said in " ".join(html.split())
        assert said in " ".join(digest.text.split())
    assert "https://news.example/milwaukee/police-order" in digest.text


def test_records_are_counted_apart_from_feeds():
    record = Coverage(feed="https://api.example/v1/city", kind=SourceKind.LEGISTAR, title="Common Council")
    sheet = Coverage(feed="https://sheet.example", kind=SourceKind.AGREEMENTS, state="failing", last_heard=NOW)
    digest = compose([], now=NOW, since=LAST_WEEK, coverage=(*HEARD, record, sheet))
    assert digest.subject == "Nothing new found, 2 of 3 feeds healthy, 1 of 2 official records read"
    html = "".join(html5lib.HTMLParser(strict=True).parse(digest.html).itertext())
    for text in (html, digest.text):
        assert f"https://sheet.example cannot be read, last read {PartialDate.of(NOW.date()).in_words()}" in " ".join(
            text.split()
        )
    alone = compose([], now=NOW, since=LAST_WEEK, coverage=(record,))
    assert alone.subject == "Nothing new found, no feed followed, 1 official record read"


def test_links_lead_to_the_report_where_it_is_published_and_else_to_the_source():
    published = compose(MILWAUKEE, now=NOW, public_url="https://tracker.example")
    assert "https://tracker.example/entry/e-sop130-e/" in published.text
    assert 'href="https://tracker.example/entry/e-sop130-e/"' in published.html
    assert "/entry/" not in compose(MILWAUKEE, now=NOW).text


def test_styles_are_inside_and_nothing_is_loaded():
    html = compose(MILWAUKEE, now=NOW).html
    assert '<h1 dir="auto" style="' in html
    assert "prefers-color-scheme: dark" in html
    assert not [mark for mark in ("<img", "<link", "url(", "@import", "<script") if mark in html]


def test_hostile_text_breaks_neither_form_nor_header():
    entries = [entry for policy in samples["hostile"]().policies for entry in policy.entries]
    digest = compose(entries, now=NOW, coverage=samples["hostile"]().coverage, contact=samples["HOSTILE"])
    html5lib.HTMLParser(strict=True).parse(digest.html)
    assert "<script" not in digest.html
    assert "javascript:" not in digest.html
    assert digest.subject.isprintable()
    EmailMessage()["Subject"] = digest.subject
    assert not set("\x00\x07\u202e\u200f") & set(digest.text)


def test_text_lines_are_no_wider_than_a_terminal():
    text = compose(MILWAUKEE, now=NOW, since=LAST_WEEK).text
    assert [line for line in text.splitlines() if len(line) > WIDTH and "http" not in line] == []


def test_the_contact_is_a_link():
    for contact, address in (
        ("desk@example.org", "mailto:desk@example.org"),
        ("https://a.example/x", "https://a.example/x"),
    ):
        html = compose(MILWAUKEE, now=NOW, since=LAST_WEEK, coverage=HEARD, contact=contact).html
        assert f'Report an error: <a href="{address}" style="color: inherit;">{contact}</a>' in html
    assert "Report an error: ask us<" in compose(MILWAUKEE, now=NOW, coverage=HEARD, contact="ask us").html
