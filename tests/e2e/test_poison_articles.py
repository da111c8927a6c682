"""An article that the reader cannot read costs that article: the others are read, it is named, and tried again later.

The poison is made (`poisoned_runs.py`); the processes, what ends them, and the commands are real.
"""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.articles import articles
from db.engine import open_database, reading
from jobs import cli
from support.commands.environment import SCRIPTS, leave_foreign_out
from tracker.read.version import SMALL_LOOK_VERSION

BAD = "https://news.example/poison"
TEXT = (
    "DAYTON, Ohio - The Dayton City Commission voted 4-1 on Tuesday to adopt an ordinance that bans {thing}. The "
    "ordinance takes effect March 1."
)
THINGS = ("tents", "plastic bags", "leaf blowers", "fireworks")
NEXT = f"{SMALL_LOOK_VERSION}-next"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_foreign_out(monkeypatch)
    monkeypatch.setenv("TRACKER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    lines = [record(f"https://news.example/{number}", TEXT.format(thing=thing)) for number, thing in enumerate(THINGS)]
    lines.insert(2, record(BAD, TEXT.format(thing="boats") + " POISON"))
    (tmp_path / "in.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path


def record(url: str, text: str) -> str:
    told = {"id": url, "url": url, "title": "Commission adopts ban", "text": text, "published": "2021-02-03"}
    return json.dumps(told | {"source_home": "Dayton, OH"})


@dataclass
class Runs:
    """How each run ended, and what all of them said."""

    ends: list[int]
    said: str


def run(*runs: str) -> Runs:
    """Runs one command after another, each `HOW[@VERSION] COMMAND`."""
    command = [sys.executable, "-m", "support.processes.poisoned_runs", *runs]
    done = subprocess.run(
        command, env={**os.environ, **SCRIPTS}, capture_output=True, text=True, timeout=300, check=True
    )
    return Runs([int(line) for line in done.stdout.split()], done.stderr)


def said(capfd: pytest.CaptureFixture[str], *arguments: str) -> str:
    capfd.readouterr()
    cli.run(arguments)
    return capfd.readouterr().out


def unreadable() -> list[str]:
    """The articles that cannot be read."""
    engine = open_database(f"sqlite:///{os.environ['TRACKER_DATA_DIR']}/tracker.db")
    with reading(engine) as opened:
        found = [trouble.name for trouble in articles.unreadable(opened)]
    engine.dispose()
    return found


def sources(capfd: pytest.CaptureFixture[str]) -> set[str]:
    """The articles that the timeline rests on."""
    entries = json.loads(said(capfd, "export", "--format", "json"))
    return {item["url"] for entry in entries for item in entry["evidence"]}


OTHERS = {f"https://news.example/{number}" for number in range(len(THINGS))}


def test_a_bug_costs_one_article_which_is_named_wherever_people_look(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    done = run("raise ingest in.jsonl")
    assert done.ends == [1]
    assert f"{BAD}: the program failed (ZeroDivisionError: Commission adopts ban); please report this" in done.said
    assert sources(capfd) == OTHERS
    (line,) = (line for line in said(capfd, "doctor").splitlines() if " articles " in line)
    assert line.startswith("warning")
    assert f"1 article cannot be read: {BAD};" in line
    assert cli.run(["report", "--out", "site"]) == 0
    page = (folder / "site" / "coverage" / "index.html").read_text("utf-8")
    assert BAD in page
    assert "the article cannot be read: the program failed (ZeroDivisionError" in page


@pytest.mark.slow
def test_the_next_version_of_the_reader_tries_again_by_itself(capfd: pytest.CaptureFixture[str]) -> None:
    assert run("raise ingest in.jsonl", "read poll").ends == [1, 0]
    assert unreadable(), "the same version does not try again at every poll"
    assert run(f"raise@{NEXT} poll", f"raise@{NEXT} poll").ends == [1, 0]
    assert unreadable(), "it was tried once, and is no better"
    assert run(f"read@{NEXT}-next poll").ends == [0]
    assert not unreadable()
    assert sources(capfd) == OTHERS | {BAD}


@pytest.mark.slow
def test_reread_tries_again_at_once(capfd: pytest.CaptureFixture[str]) -> None:
    assert run("raise ingest in.jsonl", "read reread").ends == [1, 0]
    assert not unreadable()
    assert sources(capfd) == OTHERS | {BAD}


def test_an_article_that_kills_the_program_stops_reading_for_three_runs_at_most(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert run("kill ingest in.jsonl", *["kill poll"] * 4).ends == [-signal.SIGKILL] * 3 + [1, 0]
    assert sources(capfd) == OTHERS
    assert unreadable() == [BAD]
    assert run(f"read@{NEXT} poll").ends == [0], "the next version tries again"
    assert sources(capfd) == OTHERS | {BAD}


@pytest.mark.slow
def test_the_others_are_read_before_it_is_found(capfd: pytest.CaptureFixture[str]) -> None:
    run("kill ingest in.jsonl")
    assert sources(capfd) == set()
    run("kill poll", "kill poll")
    assert sources(capfd) == OTHERS


@pytest.mark.slow
def test_a_kill_that_no_article_is_to_blame_for_costs_none(capfd: pytest.CaptureFixture[str]) -> None:
    assert run("kill ingest in.jsonl", "kill poll", "read poll").ends == [-signal.SIGKILL] * 2 + [0]
    assert sources(capfd) == OTHERS | {BAD}
    assert not unreadable()


@pytest.mark.slow
def test_what_kills_a_rereading_is_given_up_too(capfd: pytest.CaptureFixture[str]) -> None:
    again = f"kill@{NEXT} reread"
    assert run("read ingest in.jsonl", *[again] * 4).ends == [0, *[-signal.SIGKILL] * 3, 1]
    assert unreadable() == [BAD]
    assert sources(capfd) == OTHERS


@pytest.mark.slow
def test_an_article_without_end_ends_the_program_which_says_where_it_was(capfd: pytest.CaptureFixture[str]) -> None:
    done = run("stall ingest in.jsonl", *["stall poll"] * 3)
    assert done.ends == [1] * 4
    assert done.said.count("Timeout") == done.said.count(" in stall") == 3
    assert f"{BAD}: the program was ended 2 times while it read this; please report this" in done.said
    assert sources(capfd) == OTHERS
    assert unreadable() == [BAD]


@pytest.mark.parametrize("command", [("ingest", "in.jsonl"), ("reread", "--all"), ("read", "in.jsonl")])
def test_a_model_that_is_missing_stops_the_run_with_one_line_and_costs_no_article(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    if command[0] == "reread":
        assert cli.run(["ingest", "in.jsonl"]) == 0
    with monkeypatch.context() as broken:
        broken.setattr("tracker.read.encoder.small_look.model_folder", lambda: folder)
        for again in (command, ("poll",)) if command[0] == "ingest" else (command,):
            capfd.readouterr()
            assert cli.run(again) == 1
            lines = capfd.readouterr().err.splitlines()
            assert len(lines) == 1
            assert lines[0].startswith("error: the reader's model cannot be loaded (")
            assert lines[0].endswith("install the tracker again: its model is part of it")
    if command[0] != "read":
        assert unreadable() == []
        assert cli.run(["poll"]) == 0
        assert sources(capfd) == OTHERS | {BAD}
