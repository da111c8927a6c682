"""Who the named people of an article are: "Sheriff Chuck Jenkins" at first, only "Jenkins" later."""

import re
from dataclasses import dataclass
from functools import cache

from tracker.read.lexicon import alternation, table
from tracker.read.places.levels import Level

_NAME = r"(?:[A-Z][\w.'’-]*\s+){0,3}([A-Z][\w'’-]+)"
_AFTER = re.compile(rf"\s+{_NAME}")
_APPOSITION = re.compile(
    r"\b(?:[A-Z][\w.'’-]*\s+){1,2}([A-Z][\w'’-]+),\s+(?:the|a|an|who is the)?\s*((?:[\w'’-]+\s+){0,5}?)$"
)


@dataclass(frozen=True, slots=True)
class Officials:
    """Surname → the level of the office; FOREIGN for state, federal, court and school people."""

    levels: dict[str, Level]

    def level(self, phrase: str) -> Level | None:
        """The office of the person that a phrase ends with, None for a stranger."""
        words = re.findall(r"[A-Z][\w'’-]+", phrase)
        return self.levels.get(words[-1].removesuffix("'s").removesuffix("’s")) if words else None


@cache
def _titles() -> re.Pattern[str]:
    titles = table("officials")
    return alternation([title for key in ("city", "county", "foreign") for title in titles[key]])


@cache
def _level(title: str) -> Level:
    titles = table("officials")
    for level in (Level.FOREIGN, Level.COUNTY, Level.CITY):
        if title in titles[level.value]:
            return level
    return Level.EITHER


def officials(text: str) -> Officials:
    """Every person whose office the text tells before or behind the name; the first telling counts."""
    levels: dict[str, Level] = {}
    for match in _titles().finditer(text):
        title = " ".join(match.group().lower().split())
        after = _AFTER.match(text, match.end())
        if after:
            levels.setdefault(after.group(1), _level(title))
            continue
        before = _APPOSITION.search(text, max(0, match.start() - 90), match.start())
        if before:
            levels.setdefault(before.group(1), _level(title))
    return Officials(levels)
