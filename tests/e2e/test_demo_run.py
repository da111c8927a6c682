"""The demo: one command, the whole job, the same timeline every time, also when it is killed half-way."""

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from db.engine import open_database, reading
from db.feeds import items
from db.timeline.timelines import entries
from jobs import cli
from jobs.demo.server import BASE, load_manifest
from support.commands.environment import TRACKER
from support.timeline.cases import proven_fields
from support.web.crawler import crawl, served
from tracker.model import Entry, EvidenceKind
from tracker.publish.exports import FORMATS, Extract, Subject, formats_of

MILWAUKEE = "ocd-division/country:us/state:wi/place:milwaukee"
OAKFORD = "ocd-division/country:us/state:il/place:oakford"
ENOUGH_PLACES = 8
LATER = b", nothing heard since"
"""What an export of today says of a proposal that was new on the demo's day."""
TIMEOUT_S = 900
"""Longer than on any machine that has other work."""
KILL_AFTER_S = (1.5, 2.5, 3.5, 4.5, 5.5, 6.5)
"""Around the start of the polling, the fetching and the reading, on a machine that is not busy."""


def told(path: Path) -> list[Entry]:
    """The entries of a kept demo; their revisions tell the way, which may differ, and are left out."""
    engine = open_database(f"sqlite:///{path / 'database' / 'tracker.db'}")
    with reading(engine) as session:
        found = [entry.model_copy(update={"revisions": (), "revision": 1}) for entry in entries(session)]
    engine.dispose()
    return found


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """One demo that was kept: its folder and what it printed."""
    out = tmp_path_factory.mktemp("demo")
    command = [TRACKER, "demo", "--keep", "--out", str(out)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    return out, result.stdout


def test_it_prints_the_timeline_and_where_things_are(shown: tuple[Path, str]) -> None:
    out, printed = shown
    assert "July 6, 2017" in printed
    assert "Milwaukee, WI" in printed
    for name in ("index.html", "digest.html", "database/tracker.db"):
        assert str(out / name) in printed
        assert (out / name).stat().st_size > 0


def test_the_milwaukee_story_comes_out_right(shown: tuple[Path, str]) -> None:
    told_2017 = [entry for entry in told(shown[0]) if entry.date and entry.date.year == 2017]
    found = {(entry.stage.value, str(entry.date)) for entry in told_2017 if entry.jurisdiction == MILWAUKEE}
    assert found >= {("adopted", "2017-06"), ("effective", "2017-07-06")}
    assert not [entry for entry in told_2017 if entry.jurisdiction.endswith("county:milwaukee")]


def test_many_places_two_of_one_name_and_every_quote_in_its_source(shown: tuple[Path, str]) -> None:
    found = told(shown[0])
    places = {entry.jurisdiction for entry in found}
    assert len(places) >= ENOUGH_PLACES
    assert len([place for place in places if place.endswith("place:portland")]) == 2
    reports = [item for entry in found for item in entry.evidence if item.kind is EvidenceKind.REPORT]
    assert all(item.url.startswith(BASE) for item in reports)


def test_a_record_with_its_report_a_hearing_an_agreement_and_a_changed_text_are_shown(shown: tuple[Path, str]) -> None:
    out, printed = shown
    kinds = {
        (entry.stage.value, str(entry.date)): {item.kind for item in entry.evidence}
        for entry in told(out)
        if entry.jurisdiction == OAKFORD
    }
    assert kinds == {
        ("proposed", "2022-08-01"): {EvidenceKind.RECORD},
        ("proposed", "2022-08-22"): {EvidenceKind.RECORD},
        ("adopted", "2022-08-18/2022-09-01"): {EvidenceKind.DOCUMENT},
        ("adopted", "2022-08-22"): {EvidenceKind.RECORD, EvidenceKind.REPORT},
        ("effective", "2022-08-29"): {EvidenceKind.REPORT},
    }
    assert "between August 18 and September 1, 2022" in printed
    assert "287(g) agreement (Jail Enforcement Model)" in printed
    mail = " ".join((out / "digest.txt").read_text("utf-8").split())
    assert "Monday, September 12, 2022, 7:00 p.m. Oakford, Illinois: 22-034" in mail
    assert "Before: An officer may pursue a driver for any traffic offense or crime. Now:" in mail
    assert "Waukesha County Sheriff" in (out / "287g/index.html").read_text("utf-8")


@pytest.mark.parametrize("form", [form.name for form in formats_of(Subject.PLACE)])
def test_the_files_beside_a_page_are_what_export_writes(
    shown: tuple[Path, str], form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = shown[0]
    monkeypatch.setenv("TRACKER_DATA_DIR", str(out / "database"))
    name = FORMATS[form].file_name
    county = next(entry for entry in told(out) if "/county:" in entry.jurisdiction)
    _, state, name_of_county = re.split(r"/state:|/county:", county.jurisdiction)
    wanted = {
        "wi/milwaukee": ["--place", "Milwaukee, WI"],
        f"{state}/county/{name_of_county}": ["--place", f"{county.jurisdiction_name}, {state.upper()}"],
    }
    wanted |= {".": []} if FORMATS[form].extract is Extract.ALL else {}
    for folder, choice in wanted.items():
        assert cli.run(["export", "--format", form, *choice, "--out", str(tmp_path / name)]) == 0
        written, beside = ((base / name).read_bytes() for base in (tmp_path, out / folder))
        assert written.replace(LATER, b"") == beside, folder


def test_the_broken_feeds_are_named_and_all_others_arrive(shown: tuple[Path, str]) -> None:
    broken = [feed for feed in load_manifest().feeds.values() if feed.outcome == "error"]
    named = re.findall(r"broken on purpose: source (\S+):", shown[1])
    assert sorted(named) == sorted(feed.url for feed in broken)
    assert "failed: " not in shown[1]


def test_nothing_is_left_to_fetch(shown: tuple[Path, str]) -> None:
    engine = open_database(f"sqlite:///{shown[0] / 'database' / 'tracker.db'}")
    with reading(engine) as session:
        assert items.items_to_fetch(session, load_manifest().now, 1) == ()
    engine.dispose()


def test_a_second_time_it_says_the_same_and_ignores_the_settings(
    shown: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", "sqlite:////proc/nowhere.db")
    monkeypatch.delenv("COLUMNS", raising=False)
    assert cli.run(["demo", "--out", str(tmp_path)]) == 0
    printed = capfd.readouterr().out

    def timeline(text: str) -> str:
        return text.partition("Report:")[0]

    assert timeline(printed) == timeline(shown[1])
    assert (tmp_path / "index.html").read_bytes() == (shown[0] / "index.html").read_bytes()
    assert not (tmp_path / "database").exists()
    pages = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.html")}
    assert pages == {path.relative_to(shown[0]) for path in shown[0].rglob("*.html")}


def test_no_link_of_its_site_leads_nowhere(shown: tuple[Path, str]) -> None:
    with served(shown[0]) as base:
        found = crawl(base)
    assert found.broken == []
    assert len(found.pages) > 100


@pytest.mark.slow
def test_killed_at_any_moment_and_run_again_it_gives_the_same(shown: tuple[Path, str], tmp_path: Path) -> None:
    command = [TRACKER, "demo", "--keep", "--out", str(tmp_path)]
    for seconds in KILL_AFTER_S:
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(seconds)
            os.kill(process.pid, signal.SIGKILL)
    subprocess.run(command, capture_output=True, timeout=TIMEOUT_S, check=True)
    killed, whole = ([as_json(entry) for entry in told(folder)] for folder in (tmp_path, shown[0]))
    assert proven_fields(killed) == proven_fields(whole)


def as_json(entry: Entry) -> dict[str, Any]:
    evidence = [{"url": item.url, "quote": item.finding.quote} for item in entry.evidence]
    return {**json.loads(entry.model_dump_json()), "evidence": evidence}
