"""A labelled article in which other places and other years are told, consistently: a step's place and date must follow
from the text and not from what was seen before. Where a name cannot be changed safely, the article stays as it is.

And one as a page brings it: with stamps, by-lines, captions, links to other stories, boxes and comments around its text,
paragraphs run together, its end cut off. What of it the cleaning leaves must not move what is read.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from random import Random

from tracker.errors import UnknownPlace
from tracker.model import Jurisdiction, Kind
from tracker.read.evaluate import place_id
from tracker.read.mentions import Mentions, mentions
from tracker.read.places.gazetteer import load
from tracker.read.places.place_names import state_rows
from tracker.read.text.document import document
from tracker.read.training.corpus import EVAL, Record, proven
from tracker.read.training.examples import article_of, places

YEARS_BETWEEN = (-11, -6, -5, 5, 6, 11)
"""Years after which the days of the week fall on the same dates again."""
YEAR = re.compile(r"\b(?:19[5-9]\d|20[0-3]\d)\b")
LAST_YEAR = 2035
SPREAD = 6
"""How many times more or fewer people another place may have."""
NAMED_LIKE_STATES = frozenset({"WA", "NY", "DC"})
"""States whose names are towns' or mean several things."""
SUFFIX = re.compile(r" (?:County|Parish|Borough|Census Area)$")
PLAIN_NAME = re.compile(r"(?!The )[A-Z][A-Za-z .'-]+")
TEXTS = ("title", "text", "publisher", "source_home")
ENTRY_TEXTS = ("quote", "date_quote", "body", "instrument", "summary")


def redrawn(record: Record, chance: Random) -> Record:
    """The record with other places, other years, or both; itself where neither can be done."""
    moved = in_another_year(record, chance) if chance.random() < 0.5 else record
    return in_another_state(moved, chance) if chance.random() < 0.7 else moved


def in_another_year(record: Record, chance: Random) -> Record:
    """All years in numbers moved alike, to where the weekdays are the same. Not around New Year: the years beside it
    have other weekdays."""
    published = date.fromisoformat(record["published"][:10])
    years = [years for years in YEARS_BETWEEN if _alike(published.year, years)]
    if not years or published.month in (1, 12) or record.get("cluster"):
        return record
    by = chance.choice(years)

    def later(found: re.Match[str]) -> str:
        return str(int(found[0]) + by)

    if any(int(year) + by > LAST_YEAR for year in YEAR.findall(record["text"])):
        return record
    changed = _changed(record, lambda text: YEAR.sub(later, text))
    changed["published"] = YEAR.sub(later, record["published"], count=1)
    for entry in changed["entries"] or []:
        entry["date"] = entry["date"] and YEAR.sub(later, entry["date"], count=1)
    return changed


def _alike(year: int, by: int) -> bool:
    """Whether two years have one calendar."""
    days = [(date(each, 1, 1).weekday(), date(each, 12, 31).weekday()) for each in (year, year + by)]
    return days[0] == days[1]


def in_another_state(record: Record, chance: Random) -> Record:
    """All places of the home's state become others of one other state: towns as large, counties for counties."""
    found = _mentions(record)
    ids = {place_id(entry["jurisdiction"]) for entry in record["entries"] or []}
    labelled = [place for each in ids if (place := load().get(each)) is not None]
    state = found.home.state if found.home else labelled[0].state if labelled else None
    if state is None or state in NAMED_LIKE_STATES or len(labelled) < len(ids):
        return record
    known = {place.id: place for place in (*labelled, *found.jurisdictions, *filter(None, [found.home]))}
    inside = [place for place in known.values() if place.state == state and place.kind is not Kind.STATE]
    to = chance.choice([each for each in _states() if each != state])
    names = _names(inside, to, chance)
    if names is None or not _writable(inside, record):
        return record
    made = _renamed(record, inside, names, state, to)
    return made if _holds(made) else record


def _mentions(record: Record) -> Mentions:
    return mentions(document(article_of(record)), places())


@cache
def _states() -> tuple[str, ...]:
    return tuple(row["postal"] for row in state_rows() if len(_of(row["postal"], Kind.COUNTY)) > 2)


@cache
def _of(state: str, kind: Kind) -> tuple[Jurisdiction, ...]:
    try:
        inside = load().in_state(state)
    except UnknownPlace:
        return ()
    return tuple(place for place in inside if place.kind is kind and PLAIN_NAME.fullmatch(place.name))


def _names(inside: list[Jurisdiction], to: str, chance: Random) -> dict[str, Jurisdiction] | None:
    """Which place stands for which, by id; None where one has no match, or two would be called alike."""
    found: dict[str, Jurisdiction] = {}
    for place in inside:
        like = [other for other in _of(to, place.kind) if _as_large(place, other) and other not in found.values()]
        if not like:
            return None
        found[place.id] = chance.choice(like)
    bases = [SUFFIX.sub("", place.name) for place in found.values()]
    return found if len(set(bases)) == len(bases) else None


def _as_large(one: Jurisdiction, two: Jurisdiction) -> bool:
    larger, smaller = max(one.population, two.population), min(one.population, two.population)
    return larger <= SPREAD * (smaller + 100)


def _writable(inside: Iterable[Jurisdiction], record: Record) -> bool:
    """False where two places share a name, or one's stands in another's: they could not be told apart."""
    bases = [SUFFIX.sub("", place.name) for place in inside]
    return len(set(bases)) == len(bases) and not any(
        one != two and re.search(rf"\b{re.escape(one)}\b", two) for one in bases for two in bases
    )


def _renamed(record: Record, inside: list[Jurisdiction], names: dict[str, Jurisdiction], state: str, to: str) -> Record:
    rows = {row["postal"]: row for row in state_rows()}
    words = {SUFFIX.sub("", place.name): SUFFIX.sub("", names[place.id].name) for place in inside}
    for column in ("name", "ap", "postal"):
        if rows[state][column] and rows[to][column]:
            words.setdefault(rows[state][column], rows[to][column])
    words |= {one.upper(): two.upper() for one, two in words.items()}  # of datelines
    pattern = re.compile(
        r"\b(" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + r")(?!\w)"
    )
    changed = _changed(record, lambda text: pattern.sub(lambda found: words[found[0]], text))
    for entry in changed["entries"] or []:
        place = load().get(place_id(entry["jurisdiction"]))
        if place is not None and place.state == state:
            entry["jurisdiction"] = load().state(to).id if place.kind is Kind.STATE else names[place.id].id
    return changed


def _changed(record: Record, change: Callable[[str], str]) -> Record:
    """A copy with all its texts changed."""
    made = record | {name: change(record[name]) for name in TEXTS if record.get(name)}
    made["entries"] = [
        entry | {name: change(entry[name]) for name in ENTRY_TEXTS if entry.get(name)}
        for entry in record["entries"] or []
    ]
    return made


def _holds(record: Record) -> bool:
    """Whether the labels can still be read out of the text."""
    wanted = {place_id(entry["jurisdiction"]) for entry in record["entries"] or []}
    return wanted <= {place.id for place in _mentions(record).jurisdictions}


MOST_PIECES = 7
"""Around one text."""
RUN_TOGETHER, CUT = 0.2, 0.15
"""Shares of the articles whose paragraphs lose their blank lines, and that end in the middle of a sentence."""
LINKS = ("Related: {}", "Read more: {}", "READ ALSO: {}", "More: {}", "» {}", "Watch: {}", "Photos: {}")
"""How a page leads to another story."""
COMMENTS = ("Reply: {}", "2 days ago: {}", "Reader in town says: {}")
"""How a reader's remark stands there."""


def furnished(record: Record, headlines: Sequence[str], chance: Random) -> Record:
    """The record with furniture around its text; its quotes stay in it. `headlines`: of other articles."""
    paragraphs = record["text"].split("\n\n")
    pieces = [_piece(headlines, chance) for _ in range(chance.randint(1, MOST_PIECES))]
    for where, lines in pieces:
        at = {"top": 0, "end": len(paragraphs)}.get(where, chance.randint(0, len(paragraphs)))
        paragraphs[at:at] = lines
    text = ("\n" if chance.random() < RUN_TOGETHER else "\n\n").join(paragraphs)
    if chance.random() < CUT:
        text = _cut(text, record, chance)
    return record | {"text": text}


def _piece(headlines: Sequence[str], chance: Random) -> tuple[str, list[str]]:
    """Where a piece stands, and its lines: one of those that were written, or a link to another article."""
    if chance.random() < 1 / 3:
        form = chance.choice(LINKS if chance.random() < 0.8 else COMMENTS)
        return chance.choice(("middle", "end")), [form.format(chance.choice(headlines))]
    known = chance.choice(_written())
    return known["at"], list(known["lines"])


@cache
def _written() -> list[Record]:
    """The half that was looked at when the cleaning was written; the other half measures."""
    lines = (EVAL / "furniture.jsonl").read_text("utf-8").splitlines()
    return [known for known in map(json.loads, lines) if known["half"] == "develop"]


def _cut(text: str, record: Record, chance: Random) -> str:
    """The text without its end, behind all that proves a step."""
    ends = [text.find(entry["quote"]) + len(entry["quote"]) for entry in proven(record)]
    whole = not record["is_change"] or (ends and len(ends) == len(record["entries"] or ()))
    last = max([*ends, len(text) // 2])
    return text[: chance.randint(last, len(text))].rsplit(" ", 1)[0] if whole and last < len(text) else text
