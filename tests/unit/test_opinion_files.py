"""Requests and answers as lines of files: whatever a provider or a person writes in a line, it is told apart."""

import json
from typing import Any

import pytest

from jobs.json_lines import BadLine
from jobs.opinions.batch_files import AnswerLine, NoAnswerLine, parse_answer, request_line
from jobs.opinions.completion import MOST_TOKENS
from tracker.read.opinions.request import Request

OPINION = '{"change": false, "topic": "none", "steps": []}'


def completion(content: Any = OPINION, **further: Any) -> dict[str, Any]:
    return {"model": "m-1", "choices": [{"message": {"role": "assistant", "content": content}, **further}]}


def line(**record: Any) -> bytes:
    return json.dumps({"custom_id": "a/1", **record}).encode()


def test_a_request_is_one_line_that_keeps_the_id_and_the_letters() -> None:
    told = request_line(
        "https://news.example/" + "é" * 80, Request("rules\n", "S1 “No”\u2028", {"type": "object"}), "m"
    )
    assert "\n" not in told
    assert "\u2028" not in told
    record = json.loads(told)
    assert list(record) == ["custom_id", "method", "url", "body"]
    assert (record["method"], record["url"]) == ("POST", "/v1/chat/completions")
    assert record["custom_id"].endswith("é")
    assert record["body"]["messages"][1]["content"] == "S1 “No”\u2028"


@pytest.mark.parametrize(
    "record",
    [
        {"content": OPINION},
        {"content": f"Here it is:\n```json\n{OPINION}\n```"},
        {"response": completion()},
        {"response": {"status_code": 200, "request_id": "r", "body": completion()}, "error": None},
        {"response": {"body": completion([{"type": "text", "text": OPINION}])}},
    ],
)
def test_an_answer_is_taken_in_each_of_its_forms(record: dict[str, Any]) -> None:
    found = parse_answer(line(**record), 1)
    assert isinstance(found, AnswerLine)
    assert (found.id, found.answer.content) == ("a/1", OPINION)
    assert found.answer.model == ("m-1" if "response" in record else "")


@pytest.mark.parametrize(("told", "kept"), [(120, 120), (-1, 0), (True, 0), ("9", 0), (MOST_TOKENS + 1, 0)])
def test_tokens_are_counted_where_they_can_be_believed(told: Any, kept: int) -> None:
    found = parse_answer(line(response=completion() | {"usage": {"prompt_tokens": told}}), 1)
    assert isinstance(found, AnswerLine)
    assert (found.answer.input_tokens, found.answer.output_tokens) == (kept, 0)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"response": None, "error": {"code": "batch_expired", "message": "it took too long"}}, "it took too long"),
        ({"response": {"status_code": 429, "body": {"error": {"message": "quota"}}}}, "HTTP 429: quota"),
        ({"response": {"status_code": 500, "body": None}}, "HTTP 500"),
        ({"response": {"status_code": 200, "body": "<html>"}}, "no chat completion"),
        ({"response": completion(finish_reason="length")}, "cut"),
        ({"response": {"choices": [{"message": {"refusal": "no", "content": None}}]}}, "refuses"),
        ({"response": {"choices": [7]}}, "empty"),
        ({"response": {}}, "empty"),
    ],
)
def test_a_line_without_an_answer_says_why(record: dict[str, Any], reason: str) -> None:
    found = parse_answer(line(**record), 1)
    assert isinstance(found, NoAnswerLine)
    assert reason in found.reason


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"{", "line 3 is not JSON"),
        (b"[]", "line 3 is not a JSON object"),
        (b'{"content": "{}"}', "`custom_id`: it is missing"),
        (line(custom_id=7, content="{}"), "`custom_id`: it must be the id of an article, in quotes"),
        (line(), "it is no answer"),
        (line(content={"change": False}), "it is no answer"),
        (line(response="fine"), "it is no answer"),
        (line(method="POST", body={}), "it is no answer"),
    ],
)
def test_what_is_no_answer_at_all_is_a_bad_line(text: bytes, says: str) -> None:
    found = parse_answer(text, 3)
    assert isinstance(found, BadLine)
    assert says in found.error
