"""Which sort of government the words for a body point to: "council" to a city's, "sheriff" to a county's; and
which of them stand beside a place name."""

import re
from enum import StrEnum
from functools import cache

from tracker.model import Jurisdiction, Kind
from tracker.read.lexicon import alternation, table, words

_KEYS = ("city", "county", "either", "foreign")
"""The lists of bodies.toml that are levels."""


class GovernmentLevel(StrEnum):
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
def body_level(phrase: str) -> GovernmentLevel:
    """The level of a body as it stands in bodies.toml."""
    phrase = plain(phrase)
    for level in (GovernmentLevel.FOREIGN, GovernmentLevel.COUNTY, GovernmentLevel.CITY, GovernmentLevel.EITHER):
        if phrase in words("bodies", level.value):
            return level
    return GovernmentLevel.EITHER


_TO_BODY = re.compile(r"(?:'s|’s|['’])?\s+")
_BETWEEN = re.compile(r"([A-Za-z'’]+)\s+")


def body_after(text: str, end: int) -> tuple[str, int]:
    """The government words right behind a name, and where they end; one word such as "Metro" may stand between."""
    match = _TO_BODY.match(text, end)
    if not match:
        return "", end
    for _ in range(2):
        found = body_pattern().match(text, match.end())
        if found:
            return plain(found.group()), found.end()
        match = _BETWEEN.match(text, match.end())
        if not match or not (match.group(1).lower() in words("mentions", "between") or match.group(1)[0].isupper()):
            return "", end
    return "", end


def level_of(candidates: tuple[Jurisdiction, ...], body: str, of: str, named_township: bool) -> GovernmentLevel:
    """The level that the words behind a name (`body`) and before it (`of`: "city" of "City of Aurora") give it."""
    if body and body_level(body) is GovernmentLevel.FOREIGN:
        return GovernmentLevel.FOREIGN
    if candidates[0].kind is Kind.COUNTY or of == "county":
        return GovernmentLevel.COUNTY
    if not body:
        return (
            GovernmentLevel.CITY
            if of or (candidates[0].kind is Kind.TOWNSHIP and named_township)
            else GovernmentLevel.BARE
        )
    level = body_level(body)
    return GovernmentLevel.CITY if level is GovernmentLevel.EITHER else level
