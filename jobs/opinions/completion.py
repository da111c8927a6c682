"""What a chat completion holds, as OpenAI defined it and most servers give it: from a server, or from a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.errors import OpinionRefused

MOST_TOKENS = 2**31 - 1
"""What a column holds; a server that tells more is not believed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`content`: the model's JSON, not yet checked; `model`: its name; `raw`: all that came, as JSON."""

    content: str
    model: str
    input_tokens: int
    output_tokens: int
    raw: str


def content_in(told: Mapping[str, Any]) -> str:
    """What the model wrote. A server that is held to no form may have anything anywhere. Raises OpinionRefused."""
    choices = told.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
    message = choice.get("message")
    message = message if isinstance(message, dict) else {}
    if choice.get("finish_reason") == "length":
        raise OpinionRefused("the answer is cut, since its tokens ran out; let the model write more of them")
    if message.get("refusal") or choice.get("finish_reason") == "content_filter":
        raise OpinionRefused("the model refuses to answer about this article; another model may not")
    content = message.get("content")
    if isinstance(content, list):
        content = "".join(str(part.get("text") or "") for part in content if isinstance(part, dict))
    if not isinstance(content, str) or not content.strip():
        raise OpinionRefused("the answer is empty; see that the model is made for chats")
    return content


def tokens_in(told: Mapping[str, Any], *names: str) -> int:
    """A number of tokens; 0 where none is told that can be."""
    usage = told.get("usage")
    for name in names:
        number = usage.get(name) if isinstance(usage, dict) else None
        if isinstance(number, int) and not isinstance(number, bool) and 0 < number <= MOST_TOKENS:
            return number
    return 0
