"""`tracker reread` with the real reader on what a poorer reader had recorded."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select, update

from db.engine import open_database, reading
from db.people import decisions
from db.sessions import session
from db.tables.timeline import ArticleRow
from db.timeline.findings import findings_of
from jobs import cli
from support.commands.environment import leave_foreign_out
from support.databases.recording import live, recorded, says
from support.timeline.cases import EVAL
from tracker.model import Basis, EntryStatus, Finding
from tracker.partial_date import PartialDate
from tracker.timeline.decisions.acts import Act

STORIES = ("c02", "c16")


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the stories were read, once for all tests."""
    folder = tmp_path_factory.mktemp("ingested")
    lines = (EVAL / "clusters.jsonl").read_text("utf-8").splitlines()
    wanted = [line for line in lines if json.loads(line)["cluster"] in STORIES]
    (folder / "in.jsonl").write_text("\n".join(wanted) + "\n", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKER_DATA_DIR", str(folder / "data"))
        assert cli.run(["ingest", str(folder / "in.jsonl")]) == 0
    return folder / "data"


@pytest.fixture(autouse=True)
def folder(ingested: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_foreign_out(monkeypatch)
    monkeypatch.setenv("TRACKER_DATA_DIR", str(tmp_path / "data"))
    shutil.copytree(ingested, tmp_path / "data")
    return tmp_path


@pytest.fixture
def engine(folder: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{folder / 'data' / 'tracker.db'}")
    yield engine
    engine.dispose()


def shown(engine: Engine) -> list[tuple[Any, ...]]:
    """What the live entries show, without ids and histories."""
    told = [
        (e.jurisdiction, e.stage, str(e.date), e.title, e.score, e.status, [i.finding.quote for i in e.evidence])
        for e in live(engine)
    ]
    return sorted(told, key=str)


def poorer(number: int, finding: Finding) -> Finding | None:
    """What a poorer reader would have made of it: nothing, less of the sentence, no date, another stage or subject."""
    changes: list[dict[str, object]] = [
        {"quote": finding.quote[:-2], "end": finding.end - 2},
        {"date": None, "basis": Basis.REPORTED},
        {"date": PartialDate(2011, 1, 1), "basis": Basis.STATED},
        {"subject": "speech", "score": 0.3},
    ]
    return None if number % 5 == 0 else finding.model_copy(update=changes[number % 4])


@pytest.fixture
def poor(engine: Engine) -> Engine:
    """The database as a poorer, older reader would have left it."""
    with reading(engine) as opened:
        articles = {row.url: row.id for row in opened.exec(select(ArticleRow))}
        told = {url: list(findings_of(opened, key or 0).values()) for url, key in articles.items()}
    number = 0
    for url, findings in sorted(told.items()):
        worse = [poorer(number + index, finding) for index, finding in enumerate(findings)]
        number += len(findings)
        says(engine, url, *[finding for finding in worse if finding])
    with session(engine) as opened:
        opened.exec(update(ArticleRow).values(reader_version="0"))
    return engine


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> str:
    capfd.readouterr()
    assert cli.run(["reread", *arguments]) == 0
    return capfd.readouterr().out


def test_the_timeline_is_as_if_the_new_reader_had_read_everything(
    folder: Path, engine: Engine, capfd: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    fresh = shown(engine)
    before = {entry.id for entry in recorded(request.getfixturevalue("poor"))}
    assert shown(engine) != fresh
    assert "articles read again" in run(capfd)
    assert shown(engine) == fresh
    assert before <= {entry.id for entry in recorded(engine)}, "nothing is deleted"
    assert run(capfd).startswith("Nothing to read again")
    assert run(capfd, "--all").startswith("12 articles read again")
    assert shown(engine) == fresh


def test_a_dry_run_tells_exactly_what_the_run_will_do_and_keeps_nothing(
    poor: Engine, capfd: pytest.CaptureFixture[str]
) -> None:
    before = recorded(poor)
    foretold = [json.loads(line) for line in run(capfd, "--dry-run", "--json").splitlines()]
    assert recorded(poor) == before
    assert "this was a dry run" in run(capfd, "--dry-run", "--since", days(poor)[-1].isoformat())
    assert recorded(poor) == before
    done = [json.loads(line) for line in run(capfd, "--json").splitlines()]
    assert {change["what"] for change in done} >= {"opened", "changed", "retired"}
    assert sorted(map(told, foretold)) == sorted(map(told, done))


def told(change: dict[str, Any]) -> str:
    """A change without the moments of its revisions."""
    del change["entry"]["revisions"]
    return json.dumps(change)


def days(engine: Engine) -> list[date]:
    """When the articles were published, in order."""
    with reading(engine) as opened:
        return sorted(row.published for row in opened.exec(select(ArticleRow)))


def test_only_what_was_published_since_is_read(poor: Engine, capfd: pytest.CaptureFixture[str]) -> None:
    published = days(poor)
    since = published[len(published) // 2]
    run(capfd, "--since", since.isoformat())
    with reading(poor) as opened:
        versions = {(row.published >= since, row.reader_version) for row in opened.exec(select(ArticleRow))}
    assert (True, "0") not in versions
    assert (False, "0") in versions


def test_what_people_decided_stands(poor: Engine, capfd: pytest.CaptureFixture[str]) -> None:
    one, two, three, *_ = live(poor)
    act = Act("Ada", one.revisions[0].at)
    with session(poor) as opened:
        decisions.confirm(opened, one.id, act)
        decisions.reject(opened, two.id, act)
        decisions.edit(opened, three.id, {"date": PartialDate(2001), "title": "A title"}, act)
    run(capfd)
    after = {entry.id: entry for entry in recorded(poor)}
    assert (after[one.id].status, after[one.id].date) == (EntryStatus.CONFIRMED, one.date)
    assert after[two.id].status is EntryStatus.REJECTED
    assert (str(after[three.id].date), after[three.id].title) == ("2001", "A title")
    holders = [item for entry in live(poor) for item in entry.evidence]
    told = {(i.url, i.finding.start, i.finding.stage, i.finding.jurisdiction, i.finding.date) for i in holders}
    assert len(holders) == len(told)
