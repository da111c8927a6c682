"""The names by which `static/search.js` finds places. They are scripts, since a page that is opened from a file may
fetch nothing else: one, or of many places one for each two letters with which a word of a name begins. Pure."""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tracker.publish.counts import count
from tracker.publish.report.catalogue import PlaceLine
from tracker.publish.report.render import File
from tracker.publish.safe import plain, shorten
from tracker.publish.search_query import spellings_of_word

NAMES = "places/names.js"
PARTS = "places/names/"
WHOLE = 60_000
"""Bytes up to which all names are in one script, some 1,400 places: a page loads with fewer than 200,000. 20,000 places
have 877,000, 192,000 packed."""
LETTERS = 2
"""That must be typed of a word before names are loaded, where there are many. Of 20,000 places the largest script has
then 31,000 bytes, 8,000 packed; of all 39,000 of the gazetteer 61,000."""
COMMON = 1_000
"""Places that may share a word by which they are found; what more have ("County", "Township", "of") tells no place from
another."""
NAME_LENGTH = 80
OTHER = "other"
"""In the place of letters that are none of a to z and no digits."""
_UNSEEN = re.compile("[\u0300-\u036f'’ʻ.]")
_WORD = re.compile(r"[^\W_]+")
Row = tuple[str, str, int | str]
"""A name, the address of its page, how much is there: entries, or in words."""


class Names:
    """The places of all states, added a state at a time."""

    def __init__(self) -> None:
        self._states: list[tuple[str, list[Row], Row]] = []

    def add(self, state: str, address: str, records: Sequence[PlaceLine]) -> None:
        """A state, where its places are listed, and these."""
        rows: list[Row] = [(shorten(plain(item.name), NAME_LENGTH), item.address, item.entries) for item in records]
        name = plain(state)
        self._states.append((name, rows, (name, address, count(len(rows), "place"))))

    def files(self) -> Iterator[File]:
        """The scripts, in plain ASCII. Where names are spread over several, the first tells which ones there are."""
        whole = _script("trackerPlaces", [(state, rows) for state, rows, _ in self._states])
        if len(whole) <= WHOLE:
            yield NAMES, whole
            return
        common = self._common()
        parts: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for state, rows, itself in self._states:
            for row in (itself, *rows):
                for key in _keys(row[0], common):
                    parts[key][state].append(row)
        for key, found in sorted(parts.items()):
            yield f"{PARTS}{key}.js", _script("trackerPlaces", list(found.items()))
        yield NAMES, _script("trackerNames", {"parts": sorted(parts), "common": sorted(common)})

    def _common(self) -> set[str]:
        told = Counter(word for _, rows, _ in self._states for row in rows for word in set(_words(row[0])))
        return {word for word, number in told.items() if number > COMMON}


def _keys(name: str, common: Iterable[str]) -> set[str]:
    """The scripts in which a name stands: those of its words, of the common ones only where it has no other."""
    words = set(_words(name))
    return {_key(word) for word in words.difference(common) or words}


def _key(word: str) -> str:
    return word[:LETTERS] if word[:LETTERS].isascii() else OTHER


def _words(name: str) -> list[str]:
    """As the script of the page folds what is typed; each in all of its spellings, since people type any of them."""
    written = _WORD.findall(_UNSEEN.sub("", unicodedata.normalize("NFD", name)).lower())
    return [spelling for word in written for spelling in spellings_of_word(word)]


def _script(call: str, value: object) -> bytes:
    return f"{call}({json.dumps(value, separators=(',', ':'))});\n".encode("ascii")
