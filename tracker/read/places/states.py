"""The states that a text writes out, and the state right behind a name."""

import re
from collections.abc import Iterator
from functools import cache

from tracker.read.lexicon import alternation
from tracker.read.places.gazetteer import STATE_NAMES

_NOT_A_STATE_BEFORE = re.compile(
    r"\s+(?:City|County|Avenue|Ave\.|Street|St\.|Boulevard|Road|River|Lake|Beach|Heights|Park|Times|Post|Township)\b"
)


@cache
def _state_pattern() -> re.Pattern[str]:
    return alternation([name for name in STATE_NAMES if len(name) > 2], flags=0)


@cache
def adjacent_state() -> re.Pattern[str]:
    """A state or its abbreviation right behind a name: ", Wis." """
    body = "|".join(re.escape(name) for name in sorted(STATE_NAMES, key=lambda n: -len(n)))
    return re.compile(rf"\s*(?:,\s*|\(\s*)({body})(?![A-Za-z])")


def states_named(text: str) -> Iterator[str]:
    """The postal code of every state written out in a text, once a mention, but for "Washington" and "New York"."""
    for match in _state_pattern().finditer(text):
        name = " ".join(match.group().split())  # a paragraph may end within it
        if name in ("Washington", "New York") or _NOT_A_STATE_BEFORE.match(text, match.end()):
            continue
        yield STATE_NAMES[name]
