"""What is wrong with the record of an article, in plain words: which field, what it holds, what to write."""

import json
from typing import Any

from pydantic import ValidationError

SHOWN = 40
"""Characters of a value that are shown."""
TEXT = "text in quotes"
DAY = 'a day as "2017-07-04", or a moment as "2017-07-04T18:30:00-05:00"'
WANTED = {
    "id": 'a name of its own in quotes, as "1"',
    "url": 'its address in quotes, as "https://news.example/story"',
    "published": DAY,
    "published_at": DAY,
    "published_basis": '"stated", "page" or "seen", or leave it out',
    "source_home": 'the outlet\'s place in quotes, as "Milwaukee, WI", or leave it out',
}


def first_wrong(error: ValidationError) -> str:
    """The first thing that is wrong: "`published` is "July 4"; write a day as "2017-07-04"…"."""
    one = error.errors(include_url=False, include_context=False)[0]
    if one["loc"]:
        name, value = str(one["loc"][0]), one["input"]
    else:  # what looks at the whole record looks at its day
        name, value = "published", one["input"].get("published") if isinstance(one["input"], dict) else one["input"]
    holds = "is missing" if one["type"] == "missing" else f"is {_shown(value)}"
    return f"`{name}` {holds}; write {WANTED.get(name, TEXT)}"


def _shown(value: Any) -> str:
    """A value as it stands in the record; of what is long, what it is."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    told = json.dumps(value, ensure_ascii=False, default=str)
    return told if len(told) <= SHOWN else f"{told[:SHOWN]}…"
