"""What readers wrote, as `tracker review` lists, shows and answers it."""

import json
from pathlib import Path

import pytest

from db.engine import migrate, open_database
from db.people import remarks
from db.sessions import session
from jobs import cli
from support.databases.recording import NOW, arrive, live
from support.timeline.cases import evidence
from tracker.timeline.decisions.remarks import About


@pytest.fixture
def entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("TRACKER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "160")
    engine = open_database(f"sqlite:///{tmp_path}/tracker.db")
    migrate(engine)
    arrive(engine, evidence(score=0.9, outlet="Journal"))
    name = live(engine)[0].id
    with session(engine) as opened:
        more = {"source": "https://clerk.example/minutes", "address": "ada@example.org"}
        remarks.add(opened, name, About.DATE, "It was\x1b June 20,\nnot June 21.", NOW, revision=1, **more)
        remarks.add(opened, name, About.OTHER, "The title is odd.", NOW, revision=1)
    engine.dispose()
    return name


def test_remarks_are_listed_shown_and_answered(entry: str, capfd: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: str, status: int = 0) -> str:
        capfd.readouterr()
        assert cli.run(("review", *arguments)) == status
        return capfd.readouterr().out

    assert "It was June 20, not June 21." in run("remarks")
    shown = run("show", entry)
    for part in ("R1", "the date is wrong (revision 1), waits for an answer by mail", "clerk.example/minutes"):
        assert part in shown
    assert "\x1b" not in shown
    assert "a reader: the date is wrong; a reader: something else is wrong" in run("list")
    assert [item["id"] for item in json.loads(run("list", "--json"))["remarks"]] == ["R1", "R2"]
    assert "ada@" not in run("show", entry, "--json") + run("remarks", "--json") + shown
    run("edit", entry, "--date", "2017-06-20", "--remark", "R1", "--by", "Ada")
    assert "edited date: after a reader's report" in run("show", entry)
    assert f"Closed R2: entry {entry} stands as it is" in run("close", "2", "--by", "Ada", "--reason", "the Journal's")
    assert "No reader waits for an answer." in run("remarks")
    run("close", "R2", status=1)
    run("close", "R9", status=1)
    run("close", "Rx", status=1)
    run("reject", entry, "--remark", "R1", status=1)
