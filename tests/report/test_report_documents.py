"""The pages of published policies: which sentence changed, told without colour; who is listed as quietly changed."""

import runpy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import html5lib
import pytest

from support.documents.published import NEW, OLD, documents, edit
from support.timeline.list_catalogue import ListCatalogue, write_site
from tracker.kinds import EditSort
from tracker.publish.report import update_site
from tracker.publish.report.documents import LARGEST_FILE, file_name
from tracker.publish.report.pages.documents import MOST_OTHERS, MOST_RULES
from tracker.publish.report.render import Site
from tracker.timeline.reporting import WINDOW, Reporting, reporting

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    write_site(samples["all_places"](), out, now=NOW, texts=documents(), kept_files={12: b"%PDF of ours"})
    return out


def main_of(path):
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(
        path.read_bytes(), transport_encoding="utf-8"
    )
    (main,) = [one for one in document.iter() if one.get("id") == "main"]
    return main


def text_of(path):
    return " ".join("".join(main_of(path).itertext()).split())


def test_both_sentences_stand_side_by_side_with_their_words_marked(site):
    main = main_of(site / "documents/4/index.html")
    before, now = next(one for one in main.iter("li") if one.get("class") == "sides").findall("div")
    for side, whole, mark in ((before, OLD, "del"), (now, NEW, "ins")):
        quote = side.find("blockquote")
        assert "".join(text for text in quote.itertext() if text not in ("[taken out: ", "[new: ", "]")) == whole
        assert [one.text for one in quote.iter("span")].count("]") == len(list(quote.iter(mark))) > 0
    assert "shall ask a supervisor before any" in "".join(text for one in before.iter("del") for text in one.itertext())


def test_changes_of_rule_come_before_other_edits_and_what_moved_is_counted(site):
    text = text_of(site / "documents/4/index.html")
    assert "3 changes of rule, 1 other edit, 2 sentences moved, 5 sentences numbered anew" in text
    assert "Quietly changed: no report within 30 days" in text
    assert (
        text.index("Changes of rule")
        < text.index("<b>without</b>")
        < text.index("Other edits")
        < text.index("This order was reviewed")
    )
    assert "Not in the text before: this sentence is new." in text
    assert "No longer in the text: this sentence was taken out." in text
    assert "SOP 130 · in force" in text


def test_versions_are_listed_with_their_days_dates_and_hashes(site):
    text = text_of(site / "documents/4/index.html")
    assert "2March 9, 2026 to November 2, 2026issued March 9, 202648,211 bytes, SHA-256 " + "2" * 64 in text


def test_kept_files_stand_beside_the_page_only_where_the_settings_say_so(site, tmp_path):
    assert not list((site / "documents/4").glob("version*"))
    write_site(
        samples["all_places"](), tmp_path, now=NOW, texts=documents(), kept_files={12: b"%PDF"}, serves_documents=True
    )
    assert (tmp_path / "documents/4/version-2.pdf").read_bytes() == b"%PDF"
    assert 'href="version-2.pdf"' in (tmp_path / "documents/4/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("content_type", "size", "name"),
    [
        ("application/pdf", 9, "version-3.pdf"),
        ("text/plain; charset=utf-8", 9, "version-3.txt"),
        ("text/html", 9, ""),
        ("image/svg+xml", 9, ""),
        ("application/pdf", LARGEST_FILE + 1, ""),
    ],
)
def test_no_foreign_page_and_nothing_large_is_served(content_type, size, name):
    assert file_name(3, content_type, size) == name


def test_the_lists_tell_what_became_of_each(site):
    everything, quiet = text_of(site / "documents/index.html"), text_of(site / "documents/quiet/index.html")
    place = text_of(site / "documents/wi/milwaukee/index.html")
    assert "3 documents followed · 1 quietly changed" in everything
    assert "General Order 7.04: Contact with Federal Officers" in everything
    assert "Contact with Federal Officers" in quiet
    assert "Lost Property" not in quiet
    assert "withdrawn, as it says itself · no longer published since October 1, 2026" in place
    assert "General Order 7.06: Lost Property No change met yet" in place
    assert "3 documents followed" in text_of(site / "wi/milwaukee/index.html")
    gone = text_of(site / "documents/5/index.html")
    assert "Withdrawn. It says so itself: This order is rescinded." in gone
    assert "No longer published since October 1, 2026. That alone ends no policy" in gone


def test_a_text_that_was_written_anew_is_not_quoted_whole(tmp_path):
    order = documents()[0]
    edits = [edit(new=f"Sentence {number} shall hold.") for number in range(MOST_RULES + 2)]
    edits += [edit(new=f"Date {number}", sort=EditSort.FORM) for number in range(MOST_OTHERS + 1)]
    order = replace(order, changes=(replace(order.changes[0], edits=tuple(edits)),))
    write_site(samples["all_places"](), tmp_path, now=NOW, texts=[order])
    text = text_of(tmp_path / "documents/4/index.html")
    assert f"Sentence {MOST_RULES} " not in text
    assert "2 more changes of rule are not quoted here" in text
    assert "1 more edit of form is not quoted here." in text


def test_without_documents_the_page_says_how_to_follow_some(tmp_path):
    write_site(samples["all_places"](), tmp_path, now=NOW)
    assert "--kind documents" in text_of(tmp_path / "documents/index.html")


def test_pages_are_made_again_only_where_something_changed(tmp_path):
    def build(texts):
        catalogue = ListCatalogue(samples["all_places"](), NOW.date(), texts=texts)
        loaded, real = [], catalogue.document
        catalogue.document = lambda line: loaded.append(line.id) or real(line)
        update_site(catalogue, tmp_path, Site(today=NOW.date(), built=NOW))
        return loaded

    first, gone, other = documents()
    assert build([first, gone, other]) == [4, 5, 6]
    assert build([first, gone, other]) == []
    renamed = replace(other, line=replace(other.line, name="Found Property", mark="another"))
    assert build([first, gone, renamed]) == [6]
    assert "Found Property" in text_of(tmp_path / "wi/milwaukee/index.html")
    assert build([first, renamed]) == []
    assert not (tmp_path / "documents/5/index.html").exists()


@pytest.mark.parametrize(
    ("reports", "days_later", "state"),
    [
        ((), 30, Reporting.OPEN),
        ((), 31, Reporting.QUIET),
        ((-30,), 0, Reporting.REPORTED),
        ((30,), 90, Reporting.REPORTED),
        ((31,), 90, Reporting.QUIET),
        ((-31,), 90, Reporting.QUIET),
    ],
)
def test_quiet_is_what_nobody_reported_within_thirty_days(reports, days_later, state):
    met = date(2026, 3, 9)
    assert WINDOW.days == 30
    assert reporting(met, [met + timedelta(days=day) for day in reports], met + timedelta(days=days_later)) is state
