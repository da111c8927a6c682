"""What a chat completion holds, as OpenAI defined it and most servers give it: from a server, or from a file. Models
that are not held to a schema think aloud, greet, and put up fences around the JSON of their answer."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.errors import OpinionRefused

MOST_TOKENS = 2**31 - 1
"""What a column holds; a server that tells more is not believed."""
MOST_TRIES = 100
"""Braces at which an object may begin; an answer has one, and words around it hardly any."""
_THOUGHTS = re.compile(r"\A\s*<(think|thinking|reasoning)>.*?</\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Completion:
    """`content`: the model's JSON, not yet checked; `model`: its name; `raw`: all that came, as JSON."""

    content: str
    model: str
    input_tokens: int
    output_tokens: int
    raw: str


def completion(
    told: Mapping[str, Any], content: str, model: str, raw: Mapping[str, Any], clean: Callable[[str], str]
) -> Completion:
    """What the model wrote (`content`) with what else a server told; `clean` makes texts fit to be stored."""
    return Completion(
        content=object_in(clean(content)),
        model=model,
        input_tokens=_tokens(told, "prompt_tokens", "input_tokens"),
        output_tokens=_tokens(told, "completion_tokens", "output_tokens"),
        raw=clean(json.dumps(raw, ensure_ascii=False)),
    )


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


def _tokens(told: Mapping[str, Any], *names: str) -> int:
    """A number of tokens; 0 where none is told that can be."""
    usage = told.get("usage")
    for name in names:
        number = usage.get(name) if isinstance(usage, dict) else None
        if isinstance(number, int) and not isinstance(number, bool) and 0 < number <= MOST_TOKENS:
            return number
    return 0


def object_in(content: str) -> str:
    """The one JSON object in an answer. The answer as it is where there is none, or where there are several that
    differ: which of them is meant nobody can know, and an article may have brought its own."""
    bare = _THOUGHTS.sub("", content, count=1).strip()
    if _is_object(bare):
        return bare
    try:
        found = _objects(bare)
        return found[0] if len({json.dumps(json.loads(one), sort_keys=True) for one in found}) == 1 else content
    except RecursionError:  # objects within objects, just as deep as can be read once
        return content


def is_in_form(content: str) -> bool:
    """Whether an answer has at least the shape of an opinion."""
    return _is_object(content) and "change" in json.loads(content)


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _objects(text: str) -> list[str]:
    """Those that stand in no other, from left to right."""
    decoder, found, at = json.JSONDecoder(), list[str](), 0
    for _ in range(MOST_TRIES):
        if (start := text.find("{", at)) < 0:
            break
        try:
            _, at = decoder.raw_decode(text, start)
            found.append(text[start:at])
        except (ValueError, RecursionError):
            at = start + 1
    return found
