"""`tracker opinions`: what waits is asked about, written to a file, and answered from one; with the real commands."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db.engine import open_database
from db.opinions import usage
from db.sessions import session
from support.commands.shell import Shell, assert_one_line
from support.opinions.answers import adopted, adoption, boats
from support.opinions.server import running, status
from tracker.read.opinions.labelled import rules_version

TOWNS = ("Milwaukee", "Racine", "Kenosha")


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    found = Shell(tmp_path, monkeypatch, capfd)
    monkeypatch.setenv("TRACKER_SECOND_OPINION_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("TRACKER_SECOND_OPINION_MODEL", "m-1")
    found.write("in.jsonl", *(json.loads(boats(town).model_dump_json()) for town in TOWNS))
    assert found.run("ingest", "in.jsonl").status == 0
    return found


def checked(shell: Shell, entry_f1: float = 0.9) -> None:
    """How good the model was found to be."""
    engine = open_database(f"sqlite:///{shell.folder}/data/tracker.db")
    with session(engine) as opened:
        figures = {"entry_f1": entry_f1, "encoder_entry_f1": 0.5}
        usage.save_check(opened, "m-1", figures, datetime.now(UTC), rules_version())
    engine.dispose()


def listed(shell: Shell) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shell.run("opinions", "list", "--json").out)
    return {name: count for name, count in found["articles"].items() if count}


def test_answers_come_back_by_files_and_a_wrong_line_costs_that_line(shell: Shell) -> None:
    assert shell.run("opinions", "export", "req.jsonl").status == 0
    requests = [json.loads(line) for line in (shell.folder / "req.jsonl").read_text("utf-8").splitlines()]
    town_of = {line["custom_id"]: next(town for town in TOWNS if town in str(line["body"])) for line in requests}
    milwaukee, racine, kenosha = sorted(town_of, key=lambda key: TOWNS.index(town_of[key]))
    shell.write(
        "ans.jsonl",
        {"custom_id": milwaukee, "content": adoption("Milwaukee")},
        {"custom_id": racine, "content": adoption("Milwaukee")},
        {"custom_id": "99", "content": adoption("Milwaukee")},
        {"custom_id": kenosha},
    )
    result = shell.run("opinions", "import", "ans.jsonl")
    assert (result.status, result.out) == (1, "1 article recorded, 2 entries changed, 1 refused, 2 not used.\n")
    lines = result.err.splitlines()
    assert [any(words in line for line in lines) for words in (f"{racine}: the answer is refused", "99: there is no")]
    assert len(lines) == 3
    assert listed(shell) == {"recorded": 1, "refused": 1, "waiting": 1}
    shell.write("ans.jsonl", {"custom_id": milwaukee, "content": adoption("Milwaukee")})
    result = shell.run("opinions", "import", "ans.jsonl")
    assert (result.status, result.out) == (0, "0 articles recorded, 0 entries changed, 1 known already.\n")


def test_what_waits_is_asked_about_and_a_server_that_fails_is_one_line(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(shell)
    with running(adopted) as server:
        monkeypatch.setenv("TRACKER_SECOND_OPINION_URL", server.url)
        server.always = status(401, "no such key")
        result = shell.run("opinions", "ask", "--limit", "1")
        assert result.status == 1
        assert_one_line(result.err)
        assert listed(shell) == {"put off": 1, "waiting": 2}
        server.always = None
        assert_one_line(shell.run("opinions", "ask").err, "no such key", "--now")
        result = shell.run("opinions", "ask", "--now")
    assert (result.status, result.out) == (0, "2 articles asked about, 2 recorded; 1 wait.\n")
    monkeypatch.setenv("TRACKER_SECOND_OPINION_URL", "")
    monkeypatch.setenv("TRACKER_SECOND_OPINION_MODEL", "")
    assert_one_line(shell.run("opinions", "ask").err)


def test_what_waits_for_a_model_that_is_not_listened_to_is_said_to_wait_for_nothing(shell: Shell) -> None:
    for entry_f1, said in ((0.9, ""), (0.3, "m-1: it is not listened to: entry F1 0.30, no better than")):
        checked(shell, entry_f1)
        unheard = json.loads(shell.run("opinions", "list", "--json").out)["unheard"]
        assert (unheard.startswith(said), bool(unheard)) == (True, bool(said))
        assert (f"What waits is not asked about. {said}" in shell.run("opinions", "list").err) is bool(said)
