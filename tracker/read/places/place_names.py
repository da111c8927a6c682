"""How the names of places and states are written, and one form for all the ways of writing them; the
states that a text writes out."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from tracker.read.lexicon import alternation

_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "&": "and"}
_GONE = str.maketrans(dict.fromkeys(".'‘’`´ʻʼ\"") | dict.fromkeys("-–—/,", " "))
"""Dots, apostrophes and the okina vanish ("St.", "Prince George's", "Oʻahu"); hyphens and slashes part words."""
_ACCENTS = dict.fromkeys(range(0x300, 0x370))


def fold(name: str) -> str:
    """The form under which a name is looked up: lower case, no diacritics or dots, "St." as "saint", single spaces."""
    if name.isascii() and name.isalpha():
        return _SHORT.get(name.lower(), name.lower())  # most names are one plain word
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name).translate(_ACCENTS)
    words = name.translate(_GONE).lower().split()
    if not _SHORT.keys().isdisjoint(words):
        words = [_SHORT.get(word, word) for word in words]
    return " ".join(words)


def read_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one of our CSV files in tracker/read/data; lines that start with `#` are remarks."""
    lines = files("tracker.read").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader(line for line in lines if line and not line.startswith("#")))


@cache
def state_rows() -> tuple[dict[str, str], ...]:
    """states.csv: `postal`, `name`, `ap` (the style of the Associated Press) and `also`, other spellings by `|`."""
    return read_table("states.csv")


def _spellings(row: dict[str, str]) -> list[str]:
    return [text for text in (row["name"], row["postal"], row["ap"], *row["also"].split("|")) if text]


STATE_NAMES: dict[str, str] = {spelling: row["postal"] for row in state_rows() for spelling in _spellings(row)}
"""Every way a state is written in news ("Wisconsin", "Wis.", "WI") → its postal code. Case and dots as written."""
_FOLDED_STATES = {fold(name): postal for name, postal in STATE_NAMES.items()}


def state_of(text: str) -> str | None:
    """The postal code of a state in any spelling and case ("wis", "W. Va.", "D.C."), or None."""
    return _FOLDED_STATES.get(fold(text))


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
