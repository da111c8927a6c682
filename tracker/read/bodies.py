"""One name for the body that acts, whatever the article calls it: its fullest name in the article, or the usual one."""

import re
from functools import cache

from tracker.model import Jurisdiction, Kind
from tracker.read.lexicon import alternation, table
from tracker.read.places.resolve import ArticlePlaces

_PERSON = re.compile(
    r"\b(?:chief|mayor|sheriff|executive|councilman|councilwoman|alderman|commissioner|supervisor|officers?|members?|officials?|leaders?)\b",
    re.I,
)
_OWN_KIND = re.compile(r"^(?:county|parish)\s+(?=executive|mayor|judge|manager|board)", re.I)
"""Not said twice: the executive of Dane County is the "Dane County Executive"."""


@cache
def _rows() -> list[tuple[re.Pattern[str], str, bool | None]]:
    return [(alternation(row["words"]), row["is"], row.get("county")) for row in table("body_names")["name"]]


def body_name(words: str, place: Jurisdiction, places: ArticlePlaces) -> str:
    """The body behind the words for it: `Milwaukee Police Department`, `Dane County Board`, `City of Milwaukee`."""
    found = _named(words, place)
    if found:
        pattern, usual = found
        return _fullest(pattern, place, places) or usual
    return place.name if place.kind in (Kind.COUNTY, Kind.TOWNSHIP) else f"City of {place.name}"


def usual_name(words: str, place: Jurisdiction) -> str | None:
    """The usual name of the body behind some words; None where they name none."""
    found = _named(words, place)
    return found[1] if found else None


def _named(words: str, place: Jurisdiction) -> tuple[re.Pattern[str], str] | None:
    """The words of the first row of body_names.toml that holds, and the name it gives."""
    county = place.kind is Kind.COUNTY
    for pattern, name, only in _rows():
        match = pattern.search(words) if only is None or only == county else None
        if match:
            own = _OWN_KIND.sub("", match.group()) if county else match.group()
            return pattern, name.format(place=place.name, words=own.title())
    return None


def _fullest(pattern: re.Pattern[str], place: Jurisdiction, places: ArticlePlaces) -> str:
    """The longest name of such a body that the article gives for the place, unless it names a person or an office."""
    found = []
    for placed in places.title + places.text:
        mention = placed.mention
        if placed.jurisdiction.id == place.id and pattern.search(mention.body) and not _PERSON.search(mention.body):
            found.append(
                f"{place.name} {_titled(mention.body)}"
                if mention.body.split()[0] not in ("county", "parish") or not _own(place)
                else f"{place.name} {_titled(mention.body.split(' ', 1)[-1])}"
            )
    named = [name for name in found if len(name.split()) > len(place.name.split()) + 1]
    return max(named, key=len) if named else ""


def _own(place: Jurisdiction) -> bool:
    return place.kind is Kind.COUNTY


def _titled(body: str) -> str:
    small = {"of", "and", "the", "for"}
    return " ".join(word if word in small else word.capitalize() for word in body.split())
