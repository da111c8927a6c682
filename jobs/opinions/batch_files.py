"""Requests and answers as files: a line each, as the batch interfaces have them that OpenAI defined.

A line of requests is `{"custom_id", "method", "url", "body"}`; a line of answers has the same `custom_id` and the
provider's `response`, or `content`, the model's own words. `custom_id` is the article's id as it is, however long: some
providers take 64 characters at most, and no two lines of one. They also limit a file, as OpenAI does to 50,000 lines
and 200 MB: cut it between lines, and put the answers together again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from jobs.json_lines import BadLine, record_in, to_json
from jobs.opinions.completion import Completion, completion, content_in
from jobs.opinions.errors import reason
from tracker.characters import without_controls
from tracker.errors import OpinionRefused
from tracker.read.opinions.request import Request

URL = "/v1/chat/completions"
LONGEST_ID = 64
"""Characters of a `custom_id` that every provider takes."""
ERROR = 400
"""Status from which a response is none."""


@dataclass(frozen=True, slots=True)
class NoAnswerLine:
    """A line that says why an article has no answer."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A line with the answer about an article."""

    id: str
    answer: Completion


def request_line(article: str, request: Request, model: str) -> str:
    """What is asked about the article of that id, as one line of JSON without its line break."""
    line = {"custom_id": article, "method": "POST", "url": URL, "body": request.body(model)}
    return to_json(line)


def read_answers(file: BinaryIO) -> Iterator[AnswerLine | NoAnswerLine | BadLine]:
    """One value for each line that is not blank, in order. Never holds more than a line."""
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield parse_answer(line, number)


def parse_answer(line: bytes, number: int) -> AnswerLine | NoAnswerLine | BadLine:
    """What one line of answers says. Pure: whatever stands in the line, it returns."""
    record = record_in(line, number)
    if isinstance(record, BadLine):
        return record
    article = record.get("custom_id")
    if not isinstance(article, str) or not article:
        wanted = "it must be the id of an article, in quotes" if "custom_id" in record else "it is missing"
        return BadLine(number, None, f"line {number}: `custom_id`: {wanted}")
    try:
        return _answered(record, article, number)
    except OpinionRefused as why:
        return NoAnswerLine(article, str(why))


def _answered(record: dict[str, Any], article: str, number: int) -> AnswerLine | BadLine:
    """Raises OpinionRefused."""
    content, response = record.get("content"), record.get("response")
    body: dict[str, Any] = {}
    if not isinstance(content, str):
        if record.get("error") or (response is None and "error" in record):
            raise OpinionRefused(f"the provider has none ({reason(record) or 'it does not say why'})")
        if not isinstance(response, dict):
            wanted = "`response`, the provider's object, or `content`, the model's words in quotes"
            return BadLine(number, article, f"line {number}: it is no answer: give {wanted}")
        body = _completion(response)
        content = content_in(body)
    model = body.get("model")
    return AnswerLine(
        article,
        completion(body, content, model if isinstance(model, str) else "", record, without_controls),
    )


def _completion(response: dict[str, Any]) -> dict[str, Any]:
    """The chat completion in a provider's response: its `body`, or the response itself. Raises OpinionRefused."""
    status, body = response.get("status_code"), response.get("body", response)
    if isinstance(status, int) and status >= ERROR:
        raise OpinionRefused(f"the provider has none (HTTP {status}: {reason(body) or 'it does not say why'})")
    if not isinstance(body, dict):
        raise OpinionRefused("the provider's response has no chat completion")
    return body
