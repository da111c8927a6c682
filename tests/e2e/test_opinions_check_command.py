"""`tracker opinions check`: by asking, and by files."""

import json
from pathlib import Path

import pytest

from jobs.opinions import check
from support.commands.shell import Shell
from support.opinions.perfect import lies, perfect
from support.opinions.server import by_title, running
from tracker.read.opinions import labelled as shipped

SOME = shipped.labelled()[::20]


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    for module in (check, shipped):
        monkeypatch.setattr(module, "labelled", lambda: SOME)
    return Shell(tmp_path, monkeypatch, capfd)


def test_a_model_is_asked_and_measured_beside_the_encoder(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    titles = {record["id"]: record["title"] for record in map(json.loads, SOME)}
    with running(by_title({titles[name]: content for name, content in perfect(SOME).items()})) as server:
        monkeypatch.setenv("TRACKER_SECOND_OPINION_URL", server.url)
        monkeypatch.setenv("TRACKER_SECOND_OPINION_MODEL", "m-1")
        result = shell.run("opinions", "check")
        again = shell.run("opinions", "check", "--json")
        assert len(server.asked) == len(SOME)
    assert (result.status, again.status) == (0, 0), result.err
    header, *rows = (line.split("\t") for line in result.out.splitlines())
    assert header == ["of the labelled articles", "the encoder", "m-1", "both"]
    assert [rows[3][0], rows[3][2]] == ["stage", "1.00"]
    assert rows[-2] == [f"{len(SOME)} of {len(SOME)} answers can be used; 8,400 tokens read, 360 written."]
    assert rows[-1][0].startswith("m-1: it is listened to: entry F1 1.00")
    told = json.loads(again.out)
    assert (told["model"], told["listened_to"], told["figures"]["entry_f1"]) == ("m-1", True, 1.0)


def test_answers_that_came_overnight_are_measured_and_a_lying_model_is_not_listened_to(shell: Shell) -> None:
    result = shell.run("opinions", "check", "--opinion-requests", "req.jsonl", "--opinion-model", "night-1")
    assert result.err == f"{len(SOME)} requests in req.jsonl\n"
    asked = [json.loads(line) for line in (shell.folder / "req.jsonl").read_text("utf-8").splitlines()]
    answers = lies(SOME)
    assert [line["custom_id"] for line in asked] == list(answers)
    shell.write("ans.jsonl", *({"custom_id": name, "content": content} for name, content in answers.items()))
    result = shell.run("opinions", "check", "--opinion-answers", "ans.jsonl", "--opinion-model", "night-1")
    assert result.status == 0, result.err
    assert "night-1: it is not listened to: entry F1 0.00, no better than the encoder's" in result.out


def test_without_a_model_one_line_says_what_to_set(shell: Shell) -> None:
    result = shell.run("opinions", "check")
    assert result.status == 1
    assert result.err == "error: no model is named; set second_opinion_url and second_opinion_model\n"
