"""Which government an article is about, where its acts do not name one: every place that it names is weighed.

The weights are a conditional logit over the places of an article (McFadden 1974), fitted by `tests/eval/fit_places.py`:
`data/weights.toml`, table `place`. What counts is how a place is named (with a government word, in the headline, in the
first sentence), whether it is only where the reporter stood, and whether the article's "council" or its "county
commissioners" are of its kind.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from math import log2, log10

from tracker.model import Jurisdiction, Kind
from tracker.read.places.finder import Mention
from tracker.read.places.levels import Level, bodies_in, body_level
from tracker.read.weighing import points

LEDE_CHARACTERS = 300
"""About the first two sentences."""
_FROM = re.compile(r"\b(?:from|near|outside|to|between|toward|beyond|(?:north|south|east|west|half|part|side) of)\s+$")
FROM_CHARACTERS = 12
"""Before a name, where "a couple from" ends."""
LATE_CHARACTERS = 700
"""What the article is about has been named by then."""
MIDDLING = 4.0
"""The power of ten of people that speaks neither for nor against a place."""
TYPED = frozenset({Level.CITY, Level.COUNTY})

Seen = Mapping[str, list[tuple[Mention, bool]]]
"""OCD id → its mentions, each with True where it stands in the title."""


def options(
    named: Iterable[tuple[Mention, Jurisdiction, bool]],
    title: str,
    text: str,
    home: Jurisdiction | None,
    around: Mapping[str, Jurisdiction],
    states: Container[str],
) -> dict[str, tuple[Jurisdiction, dict[str, float]]]:
    """OCD id → the place and its signs.

    `named`: each mention with its place, and True for the title's. `home`: the outlet's place. `around`: "home" and
    "dateline" → the county around that place. `states`: postal codes that the article names.
    """
    seen: dict[str, list[tuple[Mention, bool]]] = defaultdict(list)
    places: dict[str, Jurisdiction] = {}
    for mention, place, titled in named:
        if mention.level is Level.FOREIGN and mention.body in ("judge", "court"):
            continue
        seen[place.id].append((mention, titled))
        places[place.id] = place
    for place in filter(None, (home, *around.values())):
        places.setdefault(place.id, place)
    county = county_share(f"{title}\n{text}")
    typed = any(m.level in TYPED for of in seen.values() for m, _ in of)
    fronted = any(titled or m.start < LEDE_CHARACTERS for of in seen.values() for m, titled in of)
    found = {}
    for ocd_id, place in places.items():
        own = _named(seen.get(ocd_id, []), place, text) | _kind(place, county)
        if home is not None and ocd_id == home.id:
            own |= {"home": 1.0, "home, no government named": float(not typed)}
            own |= {"home, no place in the lede": float(not fronted)}
        own["in a state that nothing points to"] = float(not _pointed(place, home, states))
        own |= {f"county around the {what}": 1.0 for what, other in around.items() if other.id == ocd_id}
        found[ocd_id] = (place, own)
    for first in _firsts(seen):
        found[first[1]][1][first[0]] = 1.0
    return found


def _pointed(place: Jurisdiction, home: Jurisdiction | None, states: Container[str]) -> bool:
    """A bare name in a state that neither the outlet nor the text points to is often a person's."""
    return home is None or place.state == home.state or place.state in states


def best(among: Mapping[str, tuple[Jurisdiction, dict[str, float]]]) -> str:
    """The OCD id with most points."""
    return max(among, key=lambda ocd_id: (points(among[ocd_id][1], "place"), ocd_id))


def county_share(words: str) -> float:
    """The share of the local government words that are a county's, 0 to 1; a half without any."""
    levels = Counter(body_level(body) for body in bodies_in(words))
    total = levels[Level.CITY] + levels[Level.COUNTY]
    return levels[Level.COUNTY] / total if total else 0.5


def _kind(place: Jurisdiction, county: float) -> dict[str, float]:
    if place.kind is Kind.COUNTY:
        return {"county": 1.0, "county, share of county words": county, "people of a county": _people(place)}
    found = {"city": 1.0, "city, share of county words": county, "people of a city": _people(place)}
    return found | ({"township": 1.0} if place.kind is Kind.TOWNSHIP else {})


def _people(place: Jurisdiction) -> float:
    return log10(place.population + 100) - MIDDLING


def _named(mentions: list[tuple[Mention, bool]], place: Jurisdiction, words: str) -> dict[str, float]:
    kind = "county" if place.kind is Kind.COUNTY else "city"
    text = [m for m, titled in mentions if not titled and not m.dateline]
    title = [m for m, titled in mentions if titled]
    typed = [m for m in text if m.level in TYPED]
    bare = [m for m in text if m.level not in TYPED and m.level is not Level.FOREIGN]
    found = {
        f"{kind}, named with a body": log2(1 + len(typed)),
        f"{kind}, named": log2(1 + len(bare)),
        "named with a body of others": log2(1 + len(text) - len(typed) - len(bare)),
    }
    lede = [m for m in text if m.start < LEDE_CHARACTERS]
    flags = {
        "not named": not mentions,
        f"{kind}, in the title with a body": any(m.level in TYPED for m in title),
        f"{kind}, in the title": any(m.level not in TYPED for m in title),
        f"{kind}, in the lede with a body": any(m.level in TYPED for m in lede),
        f"{kind}, in the lede": any(m.level not in TYPED for m in lede),
        "in the title alone, with no body": bool(title) and not text and all(m.level not in TYPED for m in title),
        f"{kind}, first named late": bool(text) and not title and text[0].start > LATE_CHARACTERS,
        "only where somebody or something is from": bool(bare)
        and not typed
        and not title
        and all(_FROM.search(words, max(0, m.start - FROM_CHARACTERS), m.start) for m in bare),
        "dateline": any(m.dateline for m, _ in mentions),
        "dateline only": bool(mentions) and all(m.dateline for m, _ in mentions),
        "behind “of”": any(m.body and m.level is Level.BARE for m in text),
        "with its state": any(m.state for m, _ in mentions),
    }
    return {name: value for name, value in found.items() if value} | {n: 1.0 for n, holds in flags.items() if holds}


def _firsts(seen: Seen) -> list[tuple[str, str]]:
    """(sign, OCD id) of the place that the text names first, and of the first that it names with a government word."""
    inside = sorted(
        (m.start, ocd_id, m.level in TYPED)
        for ocd_id, of in seen.items()
        for m, titled in of
        if not titled and not m.dateline
    )
    found = [("named first", inside[0][1])] if inside else []
    typed = [ocd_id for _, ocd_id, is_typed in inside if is_typed]
    return found + ([("named first with a body", typed[0])] if typed else [])
