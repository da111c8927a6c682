"""How the names of places and states are written, and one form for all the ways of writing them."""

import csv
import unicodedata
from functools import cache
from importlib.resources import files

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
