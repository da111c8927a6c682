"""What the search of a folder is made of, when it is made again, and what is left after a kill."""

import json
import runpy
import shutil
import sys
from pathlib import Path

import pytest

pytest.importorskip("pagefind", reason="Pagefind is not installed")


from jobs.publish import search_index
from support.timeline.list_catalogue import ListCatalogue, write_site
from tracker.errors import SettingsError, StorageError
from tracker.model import EntryStatus
from tracker.publish.report.pages import search_records

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
NOW, MILWAUKEE, PLACES = samples["NOW"], samples["milwaukee"](), samples["all_places"]()


def keep(out: Path, places=PLACES, **options) -> int:
    return search_index.keep(out, ListCatalogue(places, NOW.date()), **options)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    write_site(PLACES, tmp_path, now=NOW)
    keep(tmp_path, wanted=True)
    return tmp_path


def listed(out: Path) -> dict[str, str]:
    file = out / search_index.FOLDER / search_index.LIST
    return (
        {row["code"]: row["folder"] for row in json.loads(file.read_text("utf-8"))["states"]} if file.exists() else {}
    )


def folders(out: Path) -> set[str]:
    home = out / search_index.FOLDER
    return {item.name for item in home.iterdir() if item.is_dir()} if home.exists() else set()


def retitled(place, title):
    first, *rest = place.policies
    entries = tuple(entry.model_copy(update={"title": title}) for entry in first.entries)
    return place.model_copy(update={"policies": (first.model_copy(update={"entries": entries}), *rest)})


def with_change(title="Something else"):
    return [retitled(place, title) if place.jurisdiction.id == MILWAUKEE.jurisdiction.id else place for place in PLACES]


def test_a_record_is_an_entry_that_the_report_shows(out):
    made_of = ListCatalogue(PLACES, NOW.date())
    entries = [entry for code in search_records.marks(made_of) for entry in search_records.entries_of(made_of, code)]
    shown = {entry.id for place in PLACES for policy in place.policies for entry in policy.entries
             if entry.status is not EntryStatus.REJECTED}  # fmt: skip
    assert {entry.id for entry in entries} == shown
    path, content = search_records.record(next(entry for entry in entries if entry.id == "e-detainer-e"))
    assert path == "entry/e-detainer-e/index.html"
    assert (out / path).is_file(), "it leads to the page of the entry"
    assert b'data-pagefind-filter="state[data-value]" data-value="wi"' in content
    assert b"<script" not in b"".join(search_records.record(entry)[1].lower() for entry in entries)


def test_only_the_state_that_shows_something_else_is_made_again(out):
    before = listed(out)
    assert {"wi", "wa", "mo"} <= before.keys()
    assert keep(out, wanted=True) == 0
    assert keep(out, with_change(), wanted=True) == 1
    after = listed(out)
    assert {code for code in after if after[code] != before[code]} == {"wi"}
    assert folders(out) == set(after.values()), "the old one is gone"


def test_a_report_without_the_option_takes_away_what_no_longer_fits(out):
    before = listed(out)
    keep(out, wanted=False, whole=True)
    assert listed(out) == before, "what fits stays"
    assert keep(out, with_change(), wanted=False) == 0
    assert listed(out) == before | {"wi": ""}
    keep(out, [], wanted=False)
    assert not (out / search_index.FOLDER).exists()


def test_a_whole_build_keeps_the_index_and_what_a_kill_left_is_mended(out):
    before = listed(out)
    write_site(PLACES, out, now=NOW)
    assert (listed(out), folders(out)) == (before, set(before.values()))
    home = out / search_index.FOLDER
    shutil.rmtree(home / before["wi"])
    (home / "wi-0123456789abcdef").mkdir()
    (home / "notes").mkdir()
    assert keep(out, wanted=True) == 1
    assert (listed(out), folders(out)) == (before, {*before.values(), "notes"})
    (home / search_index.LIST).write_text("[", "utf-8")
    assert keep(out, wanted=True) == len(before)
    assert listed(out) == before


def test_where_pagefind_is_missing_or_fails_one_line_says_so(tmp_path, monkeypatch):
    write_site(PLACES, tmp_path, now=NOW)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/bin/false")
    with pytest.raises(StorageError, match="Pagefind did not make the search index: status 1"):
        keep(tmp_path, wanted=True)
    assert not folders(tmp_path), "and nothing half made is left"
    monkeypatch.setitem(sys.modules, "pagefind.service", None)
    with pytest.raises(SettingsError, match=r"pip install 'procedure-tracker\[search-index\]'"):
        search_index.program()
