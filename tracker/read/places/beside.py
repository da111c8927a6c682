"""What stands beside a place name: the words of a government, and what sort of government they make it."""

import re

from tracker.model import Jurisdiction, Kind
from tracker.read.lexicon import words
from tracker.read.places.levels import Level, body_level, body_pattern, plain

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


def level_of(candidates: tuple[Jurisdiction, ...], body: str, of: str, named_township: bool) -> Level:
    """The level that the words behind a name (`body`) and before it (`of`: "city" of "City of Aurora") give it."""
    if body and body_level(body) is Level.FOREIGN:
        return Level.FOREIGN
    if candidates[0].kind is Kind.COUNTY or of == "county":
        return Level.COUNTY
    if not body:
        return Level.CITY if of or (candidates[0].kind is Kind.TOWNSHIP and named_township) else Level.BARE
    level = body_level(body)
    return Level.CITY if level is Level.EITHER else level
