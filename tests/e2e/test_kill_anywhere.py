"""Kills at random moments of ingest and reread: every state in between is sound, and the end is as if none had been.

The articles are the labelled story clusters, the reader is the real one.
"""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select, update

from db.engine import open_database, reading
from db.people import decisions
from db.sessions import session
from db.tables.timeline import ArticleRow
from db.timeline.findings import findings_of
from db.timeline.recorder import record_all
from jobs import cli
from support.commands.environment import SCRIPTS, leave_foreign_out
from support.databases.recording import NOW, live, says
from support.timeline.cases import EVAL, proven_fields
from tracker.model import Basis, Finding
from tracker.publish.exports.json import record
from tracker.timeline.decisions.acts import Act

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kills of ingest and reread")]
ARCHIVE = EVAL / "clusters.jsonl"
KILLS = 6
"""For each of the two commands; most of the time goes into checking the database after each."""
LONGEST_S = 2.0
"""About what a whole run takes in a warm process, so that some kills fall into every part of it."""


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the articles were read, once for all tests."""
    folder = tmp_path_factory.mktemp("ingested") / "data"
    with pytest.MonkeyPatch.context() as patch:
        leave_foreign_out(patch)
        run(folder, patch, "ingest", str(ARCHIVE))
    return folder


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    leave_foreign_out(monkeypatch)


def moments(seed: int) -> str:
    """When to kill, in seconds after the start."""
    rng = random.Random(seed)
    return ",".join(f"{rng.uniform(0.02, LONGEST_S):.3f}" for _ in range(KILLS))


def killed_runs(data: Path, seed: int, *arguments: str) -> list[str]:
    """What became of each run: of those that were killed, and of the last."""
    command = [sys.executable, "-m", "support.processes.killed_runs", moments(seed), *arguments]
    done = subprocess.run(
        command,
        env={**os.environ, **SCRIPTS, "TRACKER_DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return [line for line in done.stdout.splitlines() if line.startswith(("killed", "ended"))]


def run(data: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setenv("TRACKER_DATA_DIR", str(data))
    assert cli.run(arguments) == 0
    monkeypatch.delenv("TRACKER_DATA_DIR")


def exported(data: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """All entries with their whole history, but for the moments of their revisions."""
    run(data, monkeypatch, "export", "--out", str(data / "out.json"))
    entries: list[dict[str, Any]] = json.loads((data / "out.json").read_text("utf-8"))
    for entry in entries:
        for revision in entry["revisions"]:
            del revision["at"]
    return entries


def assert_sound(runs: list[str]) -> None:
    """Most runs were killed, the last one ended well, and every state in between was in order."""
    assert len(runs) == KILLS + 1
    assert sum(line.startswith("killed") for line in runs) >= KILLS // 2
    assert runs[-1].startswith("ended 0")
    assert {line.split()[-1] for line in runs} == {"0"}


def test_ingest_ends_as_if_it_had_not_been_killed(
    ingested: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ingested, tmp_path / "whole")
    assert_sound(killed_runs(tmp_path / "killed", 1, "ingest", str(ARCHIVE)))
    whole = exported(tmp_path / "whole", monkeypatch)
    assert len(whole) > 30
    assert proven_fields(exported(tmp_path / "killed", monkeypatch)) == proven_fields(whole)


def poorer(number: int, finding: Finding) -> list[Finding]:
    """What an older reader made of it: nothing, less of the sentence, or no date."""
    less = {"quote": finding.quote[:-2], "end": finding.end - 2}
    undated = {"date": None, "basis": Basis.REPORTED}
    return [] if number % 3 == 0 else [finding.model_copy(update=(less, undated)[number % 2])]


def make_older(data: Path) -> None:
    """Puts the database in the state in which an older reader would have left it, and lets a person decide twice."""
    engine = open_database(f"sqlite:///{data / 'tracker.db'}")
    with reading(engine) as opened:
        keys = {row.url: row.id or 0 for row in opened.exec(select(ArticleRow))}
        told = {url: list(findings_of(opened, key).values()) for url, key in keys.items()}
    for url, findings in sorted(told.items()):
        says(engine, url, *(worse for number, finding in enumerate(findings) for worse in poorer(number, finding)))
    one, other, *_ = live(engine)
    with session(engine) as opened:
        decisions.reject(opened, one.id, Act("Ada", one.revisions[0].at))
        decisions.confirm(opened, other.id, Act("Ada", one.revisions[0].at))
        opened.exec(update(ArticleRow).values(reader_version="0"))
    engine.dispose()


def test_reread_ends_as_if_it_had_not_been_killed(
    ingested: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ingested, tmp_path / "whole")
    make_older(tmp_path / "whole")
    shutil.copytree(tmp_path / "whole", tmp_path / "killed")
    before = exported(tmp_path / "whole", monkeypatch)
    run(tmp_path / "whole", monkeypatch, "reread")
    assert_sound(killed_runs(tmp_path / "killed", 2, "reread"))
    whole = exported(tmp_path / "whole", monkeypatch)
    assert whole != before
    assert proven_fields(exported(tmp_path / "killed", monkeypatch)) == proven_fields(whole)


def in_parts(keys: list[int], seed: int) -> Iterator[list[int]]:
    """The articles in some order, some at a time."""
    rng = random.Random(seed)
    left = rng.sample(keys, len(keys)) if seed % 2 else sorted(keys)
    while left:
        size = rng.choice((1, 1, 1, 2, 5, 12, 25))
        yield left[:size]
        left = left[size:]


def test_in_which_parts_articles_are_read_again_makes_no_difference(ingested: Path, tmp_path: Path) -> None:
    """A kill leaves some of a batch done and has the rest read one by one; here are many such ways, without kills."""
    shutil.copytree(ingested, tmp_path / "older")
    engine = open_database(f"sqlite:///{tmp_path / 'older' / 'tracker.db'}")
    with reading(engine) as opened:
        said = {row.id or 0: list(findings_of(opened, row.id or 0).values()) for row in opened.exec(select(ArticleRow))}
    engine.dispose()
    make_older(tmp_path / "older")
    told = [
        recorded_anew(tmp_path, said, parts) for parts in ([list(said)], *(in_parts(list(said), n) for n in range(30)))
    ]
    assert [number for number, one in enumerate(told) if one != told[0]] == []


def recorded_anew(folder: Path, said: dict[int, list[Finding]], parts: Iterable[list[int]]) -> list[tuple[Any, ...]]:
    """What the timeline tells after the older one was brought up to date in these parts."""
    shutil.copytree(folder / "older", folder / "now")
    engine = open_database(f"sqlite:///{folder / 'now' / 'tracker.db'}")
    for part in parts:
        with session(engine) as opened:
            record_all(opened, {key: said[key] for key in part}, NOW)
    told = proven_fields(map(record, live(engine)))
    engine.dispose()
    shutil.rmtree(folder / "now")
    return told
