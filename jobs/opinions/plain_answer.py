"""The JSON in a model's plain answer: models that are not held to a schema think aloud, greet, and put up fences."""

import json
import re

MOST_TRIES = 100
"""Braces at which an object may begin; an answer has one, and words around it hardly any."""
_THOUGHTS = re.compile(r"\A\s*<(think|thinking|reasoning)>.*?</\1>", re.DOTALL)


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
