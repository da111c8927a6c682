"""`tracker opinions`: what waits is asked about, written to a file, and answered from one; with the real commands."""

import json
from pathlib import Path
from typing import Any

import pytest
from command_shell import Shell, assert_one_line
from opinion_server import Asked, running, status

TOWNS = ("Milwaukee", "Racine", "Kenosha")


def boats(town: str) -> dict[str, str]:
    return {
        "id": town,
        "url": f"https://news.example/{town}",
        "title": f"{town} council bans parked boats on city streets",
        "published": "2026-03-02",
        "source_home": f"{town}, WI",
        "text": f"{town.upper()}, Wis. — The {town} Common Council voted 9-2 Tuesday to adopt an ordinance that bans"
        " boats parked on city streets.\n\nThe ordinance takes effect April 1, 2026.",
    }


def adopted(town: str) -> str:
    step = {"sentence": "S1", "stage": "adopted", "date": "D1", "place": "P1", "body": "none", "instrument": "none"}
    step |= {"effect": "bans", "direction": "none", "rule": f"{town} Common Council", "news": True}
    return json.dumps({"change": True, "topic": "streets", "steps": [step]})


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    found = Shell(tmp_path, monkeypatch, capfd)
    monkeypatch.setenv("TRACKER_SECOND_OPINION_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("TRACKER_SECOND_OPINION_MODEL", "m-1")
    found.write("in.jsonl", *map(boats, TOWNS))
    assert found.run("ingest", "in.jsonl").status == 0
    return found


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
        {"custom_id": milwaukee, "content": adopted("Milwaukee")},
        {"custom_id": racine, "content": adopted("Milwaukee")},
        {"custom_id": "99", "content": adopted("Milwaukee")},
        {"custom_id": kenosha},
    )
    result = shell.run("opinions", "import", "ans.jsonl")
    assert (result.status, result.out) == (1, "1 article recorded, 1 refused, 2 not used.\n")
    lines = result.err.splitlines()
    assert [any(words in line for line in lines) for words in (f"{racine}: the answer is refused", "99: there is no")]
    assert len(lines) == 3
    assert listed(shell) == {"recorded": 1, "refused": 1, "waiting": 1}
    shell.write("ans.jsonl", {"custom_id": milwaukee, "content": adopted("Milwaukee")})
    result = shell.run("opinions", "import", "ans.jsonl")
    assert (result.status, result.out) == (0, "0 articles recorded, 1 known already.\n")


def test_what_waits_is_asked_about_and_a_server_that_fails_is_one_line(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def content(asked: Asked) -> str:
        return adopted(asked.title.partition(" ")[0])

    with running(content) as server:
        monkeypatch.setenv("TRACKER_SECOND_OPINION_URL", server.url)
        server.always = status(401, "no such key")
        result = shell.run("opinions", "ask", "--limit", "1")
        assert result.status == 1
        assert_one_line(result.err)
        assert listed(shell) == {"put off": 1, "waiting": 2}
        server.always = None
        result = shell.run("opinions", "ask")
    assert (result.status, result.out) == (0, "2 articles asked about, 0 recorded, 2 kept; 1 wait.\n")
    monkeypatch.setenv("TRACKER_SECOND_OPINION_URL", "")
    monkeypatch.setenv("TRACKER_SECOND_OPINION_MODEL", "")
    assert_one_line(shell.run("opinions", "ask").err)
