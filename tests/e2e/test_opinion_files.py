"""A second opinion by files: what would be asked is written, and what came back is heard, with no network and no
database."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db.opinions import usage
from db.sessions import session
from jobs.settings import Settings
from jobs.store import open_store
from support.commands.shell import Result, Shell
from tracker.read.opinions.labelled import rules_version

STORY = {
    "url": "https://news.example/tents",
    "title": "Dayton bans tents in its parks",
    "published": "2023-05-10",
    "source_home": "Dayton, OH",
    "text": "DAYTON — The City Commission voted 4-1 Tuesday to adopt an ordinance that bans tents in city parks.\n\n"
    "The ordinance takes effect June 1.\n\nKettering has no such rule.",
}
LONG = "https://news.example/archive/" + "x" * 60
ASKED = ("good", "bare", "words", "refused", "error", "missing", LONG)
ARTICLES = (
    *(STORY | {"id": name} for name in ASKED),
    STORY | {"id": "dull", "title": "Fair opens", "text": "The county fair opened on Tuesday with pies."},
    STORY | {"id": "good", "title": "Dayton again", "text": STORY["text"] + " Xenia bans them too."},
)


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    found = Shell(tmp_path, monkeypatch, capfd)
    found.write("in.jsonl", *ARTICLES)
    return found


@pytest.fixture
def requests(shell: Shell) -> list[dict[str, Any]]:
    result = shell.run("read", "in.jsonl", "--opinion-requests", "req.jsonl", "--opinion-model", "small-model")
    assert result.status == 0, result.err
    return [json.loads(line) for line in (shell.folder / "req.jsonl").read_text("utf-8").splitlines()]


def readings(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.out.splitlines()]


def opinion(request: dict[str, Any], stage: str = "proposed") -> str:
    """What a model may answer to a request: its first sentence says that the ban is proposed."""
    assert '"S1"' in json.dumps(request["body"]["response_format"])
    step = {"sentence": "S1", "stage": stage, "date": "none", "place": "P1", "body": "none", "instrument": "none"}
    more = {"effect": "bans", "direction": "none", "rule": "bans tents in city parks", "news": True}
    return json.dumps({"change": True, "topic": "homelessness", "steps": [step | more]})


def completion(content: str) -> dict[str, Any]:
    return {"model": "small-model-7", "choices": [{"message": {"content": content}, "finish_reason": "stop"}]}


def test_the_requests_are_written_beside_the_readings(shell: Shell) -> None:
    alone = shell.run("read", "in.jsonl")
    result = shell.run("read", "in.jsonl", "--opinion-requests", "req.jsonl")
    assert (result.status, result.out) == (0, alone.out)
    lines = (shell.folder / "req.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["custom_id"] for line in lines] == list(ASKED)
    said = result.err.splitlines()
    assert said[0] == "warning: good: the id stands twice; nothing is asked about the later article"
    assert said[1] == "warning: the requests name no model; name one with --opinion-model"
    assert said[2].startswith("warning: 1 id longer than 64 characters")
    assert said[3].startswith("7 requests, ")
    assert not (shell.folder / "data").exists(), "no database"


def test_answers_are_heard_and_what_cannot_be_is_named_while_the_encoders_reading_stands(
    shell: Shell, requests: list[dict[str, Any]]
) -> None:
    assert {request["body"]["model"] for request in requests} == {"small-model"}
    alone = {reading["id"]: reading for reading in readings(shell.run("read", "in.jsonl"))[:-1]}
    told = opinion(requests[0])
    shell.write(
        "ans.jsonl",
        {"custom_id": "words", "content": f"I think so.\n{told}"},
        {"custom_id": "nobody", "content": told},
        {"custom_id": "error", "response": None, "error": {"message": "the batch expired"}},
        {"custom_id": "refused", "content": told.replace("P1", "P99")},
        {"custom_id": "bare", "response": completion("{}")},
        {"custom_id": "bare", "response": completion(told)},
        {"custom_id": "good", "response": {"status_code": 200, "body": completion(told)}, "error": None},
        {"custom_id": LONG, "content": told},
        {"custom_id": LONG, "response": None, "error": {"message": "an earlier try"}},
    )
    result = shell.run("read", "in.jsonl", "--opinion-answers", "ans.jsonl")
    assert result.status == 0
    found = readings(result)
    assert [reading["id"] for reading in found] == [article["id"] for article in ARTICLES]
    heard = {r["id"] for r in found[:-1] if r != alone[r["id"]]}
    assert heard == {"good", "bare", "words", LONG}
    assert "proposed" in {finding["stage"] for finding in found[0]["findings"]}
    said = [
        line.removeprefix("warning: ").removesuffix("; the encoder's reading stands")
        for line in result.err.splitlines()
    ]
    assert sorted(said) == [
        "bare: there are several answers; the last one counts",
        "error: the provider has none (the batch expired)",
        "good: the answer is about another article of the same id",
        "missing: there is no answer about it",
        "nobody: there is an answer, and no article of this id",
        "refused: the answer is refused: there is no P-number 'P99' among those that were listed",
    ]


def test_lines_that_are_no_answers_make_the_status_1_and_cost_nothing_else(shell: Shell) -> None:
    alone = readings(shell.run("read", "in.jsonl"))
    shell.write("ans.jsonl", "not json", {"custom_id": 7, "content": "{}"}, {"custom_id": "good"}, "")
    result = shell.run("read", "in.jsonl", "--opinion-answers", "ans.jsonl")
    assert (result.status, readings(result)) == (1, alone)
    for number, line in enumerate(result.err.splitlines()[:3], 1):
        assert line.startswith(f"warning: ans.jsonl: line {number}")
        assert line.endswith("; the line is skipped")


@pytest.mark.parametrize(
    "arguments",
    [
        ("in.jsonl", "--opinion-requests", "in.jsonl"),
        ("in.jsonl", "--opinion-requests", "-"),
        ("in.jsonl", "--opinion-requests", ""),
        ("in.jsonl", "--opinion-answers", ""),
        ("in.jsonl", "--opinion-requests", "req.jsonl", "--opinion-answers", "ans.jsonl"),
        ("-", "--opinion-answers", "-"),
    ],
)
def test_what_would_lose_a_file_is_bad_usage(shell: Shell, arguments: tuple[str, ...]) -> None:
    before = (shell.folder / "in.jsonl").read_bytes()
    result = shell.run("read", *arguments)
    assert (result.status, result.out, result.err.count("\n")) == (2, "", 1)
    assert (shell.folder / "in.jsonl").read_bytes() == before


def test_figures_are_told_with_the_answers_and_without(shell: Shell, requests: list[dict[str, Any]]) -> None:
    jurisdiction = "ocd-division/country:us/state:oh/place:dayton"
    entry = {"primary": True, "jurisdiction": jurisdiction, "stage": "proposed", "date": None}
    labels = {"is_change": True, "topic": "homelessness", "entries": [entry]}
    shell.write("gold.jsonl", ARTICLES[0] | labels)
    shell.write("ans.jsonl", {"custom_id": "good", "content": opinion(requests[0])})
    alone = json.loads(shell.run("evaluate", "gold.jsonl", "--json").out)
    result = shell.run("evaluate", "gold.jsonl", "--opinion-answers", "ans.jsonl", "--json")
    both = json.loads(result.out)
    assert (result.status, result.err, both.pop("alone")) == (0, "1 answer heard\n", alone)
    assert list(both) == list(alone)
    assert both["primary_stage"] > alone["primary_stage"]
    shown = shell.run("evaluate", "gold.jsonl", "--opinion-answers", "ans.jsonl").out
    assert "by the reader alone:" in shown
    assert "with the answers:" in shown


def test_answers_of_a_model_that_was_measured_weigh_as_its_check_says(
    shell: Shell, requests: list[dict[str, Any]]
) -> None:
    shell.write("ans.jsonl", {"custom_id": "good", "response": completion(opinion(requests[0]))})
    shell.write("one.jsonl", ARTICLES[0])
    read = ("read", "one.jsonl", "--opinion-answers", "ans.jsonl")
    trusted = shell.run(*read).out
    assert shell.run("migrate").status == 0
    assert shell.run(*read).out == trusted, "none was measured"
    settings = Settings(data_dir=shell.folder / "data")
    with open_store(settings) as engine, session(engine) as opened:
        figures = {"entry_f1": 0.2, "encoder_entry_f1": 0.5}
        usage.save_check(opened, "small-model-7", figures, datetime(2026, 3, 1, tzinfo=UTC), rules_version())
    result = shell.run(*read)
    assert (
        result.err
        == "warning: small-model-7 was checked and is no better than the encoder: its answers decide nothing\n"
    )
    assert result.out == shell.run("read", "one.jsonl").out != trusted
