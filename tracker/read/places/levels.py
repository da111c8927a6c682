"""Which sort of government the words for a body point to: "council" to a city's, "sheriff" to a county's."""

import re
from enum import StrEnum
from functools import cache

from tracker.read.lexicon import alternation, table, words

_KEYS = ("city", "county", "either", "foreign")
"""The lists of bodies.toml that are levels."""


class Level(StrEnum):
    """What sort of government the words beside a name point to."""

    CITY = "city"
    COUNTY = "county"
    EITHER = "either"
    FOREIGN = "foreign"
    BARE = "bare"


def plain(phrase: str) -> str:
    """A phrase as the word lists write it: lower case, straight apostrophes, single spaces."""
    return " ".join(phrase.lower().replace("’", "'").split())


def body_phrases() -> list[str]:
    """Every government word of bodies.toml."""
    bodies = table("bodies")
    return [phrase for level in _KEYS for phrase in bodies[level]]


@cache
def body_pattern() -> re.Pattern[str]:
    """Every government word of bodies.toml, longest first."""
    return alternation(body_phrases())


@cache
def body_level(phrase: str) -> Level:
    """The level of a body as it stands in bodies.toml."""
    phrase = plain(phrase)
    for level in (Level.FOREIGN, Level.COUNTY, Level.CITY, Level.EITHER):
        if phrase in words("bodies", level.value):
            return level
    return Level.EITHER


def bodies_in(text: str) -> list[str]:
    """The government words of a text in order, as bodies.toml writes them."""
    return [plain(match.group()) for match in body_pattern().finditer(text)]
