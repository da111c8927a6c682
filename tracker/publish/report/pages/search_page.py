"""The page `search/`: what was looked for, what was found, what it can be narrowed by. The daemon fills it; the one in
the folder of the report finds places by name, and entries where there is an index (`search_records.py`)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tracker.model import Direction, Effect, Entry, EntryStatus, Evidence, Stage
from tracker.publish import geography, words
from tracker.publish.report.render import Site, page
from tracker.publish.search_query import SearchQuery, contains_all, count_matches, highlighted, searchable_texts
from tracker.publish.words import UNKNOWN_DIRECTION
from tracker.timeline.how_sure import SureWord

PATH = "search/"
FACETS = {
    "state": "State",
    "place": "Place",
    "topic": "Topic",
    "stage": "Stage",
    "effect": "What it does",
    "direction": "Direction",
    "year": "Year",
    "sure": "How sure",
}
"""What answers are narrowed by, and how the page calls it."""
SHOWN = 8
"""Values of a facet that stand there; the rest unfolds."""
MOST_CHOICES = 80
"""Values of a facet: all states and years, the commonest places."""
QUOTED = 320
"""Characters of the sentence under an answer."""
VALUES: Mapping[str, Sequence[str]] = {
    "stage": list(Stage),
    "effect": [effect for effect in Effect if effect is not Effect.UNCLEAR],
    "direction": list(Direction),
    "sure": list(SureWord),
    "status": list(EntryStatus),
}
"""The values of a facet that stand in their own order, not that of their numbers."""
Params = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet; `address` leads to the answers with it, or without it where it is chosen."""

    label: str
    count: int
    chosen: bool
    address: str


@dataclass(frozen=True)
class Facet:
    """One facet with its values, those that stand there first."""

    name: str
    label: str
    choices: tuple[FacetValue, ...]

    @property
    def first(self) -> tuple[FacetValue, ...]:
        """Those that stand there, and all that are chosen."""
        return (*self.choices[:SHOWN], *(one for one in self.choices[SHOWN:] if one.chosen))

    @property
    def rest(self) -> tuple[FacetValue, ...]:
        """Those that unfold."""
        return tuple(one for one in self.choices[SHOWN:] if not one.chosen)


@dataclass(frozen=True)
class SearchHit:
    """One entry with its title and the sentence that answers best, in pieces that are marked or not. `in_report`: some
    of the words stand in the text of a report alone, which is its publisher's and not shown."""

    entry: Entry
    title: Sequence[tuple[str, bool]]
    quote: Sequence[tuple[str, bool]]
    outlet: str
    in_report: bool = False


@dataclass(frozen=True)
class SearchView:
    """What the page shows. `chosen`, `suggested` and `meant` (the nearest words to those that nothing has) are (words,
    address); `hidden`: the answers of which no report tells the direction, where others were chosen; `problems` say
    what was not understood."""

    words: SearchQuery = field(default_factory=SearchQuery)
    params: Params = ()
    newest: bool = False
    total: int = 0
    first: int = 0
    is_ranked: bool = False
    answers: tuple[SearchHit, ...] = ()
    facets: tuple[Facet, ...] = ()
    chosen: tuple[tuple[str, str], ...] = ()
    suggested: tuple[tuple[str, str], ...] = ()
    meant: tuple[str, str] | None = None
    hidden: FacetValue | None = None
    problems: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    other_order: str = ""


def write(site: Site, view: SearchView | None) -> bytes:
    """The page; without a view the one of the folder."""
    return page(site, "search.html.j2", PATH, **values(view))


def values(view: SearchView | None) -> dict[str, Any]:
    """What the template needs; without a view for the page of the folder."""
    return {"view": view, "facets": FACETS, "values": VALUES}


def address(params: Params) -> str:
    """The address of answers, from the page itself: what can be shared."""
    return f"?{urlencode(params)}"


def label(facet: str, value: str) -> str:
    """How a value is written: `Wisconsin`, `Immigration`, `Took effect`."""
    if facet == "state":
        return geography.state_name(value)
    if facet == "place":
        return geography.name_of(value)
    if facet == "topic":
        return words.topic(value)
    if facet == "stage" and value in set(Stage):
        return words.STAGES[Stage(value)]
    if facet == "direction":
        return words.DIRECTIONS[Direction(value)] if value in set(Direction) else "Not known"
    return value.capitalize()


def facets(
    counts: Mapping[str, Mapping[str, int]], params: Params, titles: Mapping[str, str] = FACETS
) -> Iterator[Facet]:
    """The facets that tell answers apart, or of which something is chosen. Places come with a state, one that is chosen
    or that has all answers: before, they would be a list of all."""
    of_one_state = len(counts["state"]) < 2 or any(key == "state" for key, _ in params)
    for name, title in titles.items():
        chosen = [value for key, value in params if key == name]
        if name == "place" and not (chosen or of_one_state):
            continue
        found = dict.fromkeys(chosen, 0) | dict(counts[name])
        if len(found) > 1 or chosen:
            yield Facet(name, title, tuple(_choices(name, found, chosen, params)))


def hidden(counts: Mapping[str, Mapping[str, int]], params: Params) -> FacetValue | None:
    """The answers that are left out since nobody knows their direction; None where there are none."""
    chosen = [value for key, value in params if key == "direction"]
    number = counts["direction"].get(UNKNOWN_DIRECTION, 0)
    if not chosen or UNKNOWN_DIRECTION in chosen or not number:
        return None
    return FacetValue(
        f"direction not known: {number:,}", number, False, address([*params, ("direction", UNKNOWN_DIRECTION)])
    )


def _choices(name: str, found: Mapping[str, int], chosen: Sequence[str], params: Params) -> Iterator[FacetValue]:
    for value in _in_order(name, found)[:MOST_CHOICES]:
        pair = (name, value)
        kept = [one for one in params if one != pair]
        yield FacetValue(
            label(name, value), found[value], value in chosen, address(kept if value in chosen else [*kept, pair])
        )


def _in_order(name: str, found: Mapping[str, int]) -> list[str]:
    if name == "year":
        return sorted(found, reverse=True)
    if name in VALUES:
        return [value for value in VALUES[name] if value in found] + [one for one in found if one not in VALUES[name]]
    return sorted(found, key=lambda value: (-found[value], label(name, value)))


def chosen(params: Params, titles: Mapping[str, str] = FACETS) -> Iterator[tuple[str, str]]:
    """What the answers are narrowed to, each with the address without it."""
    for pair in params:
        if pair[0] in titles:
            yield f"{titles[pair[0]]}: {label(*pair)}", address([one for one in params if one != pair])


def answers_of(entries: Iterable[Entry], looked_for: SearchQuery) -> Iterator[SearchHit]:
    """The entries as they are listed."""
    for entry in entries:
        first = best_report(entry, looked_for)
        said, outlet = (first.finding.said, words.outlet(first)) if first else ("", "")
        title, quote = highlighted(entry.title, looked_for), highlighted(_around(said, looked_for), looked_for)
        texts = (text for some in searchable_texts(entry).values() for text in some)
        yield SearchHit(entry, title, quote, outlet, not contains_all(texts, looked_for))


def best_report(entry: Entry, looked_for: SearchQuery) -> Evidence | None:
    """The report whose quote has most of the words; of several the one that says the entry's date first."""
    firsts = (first for first, _ in words.reports(entry))
    return max(firsts, key=lambda item: count_matches(item.finding.said, looked_for), default=None)


def _around(said: str, looked_for: SearchQuery) -> str:
    """Of a long sentence the part in which the words are looked for stand."""
    if len(said) <= QUOTED:
        return said
    at = next((len(piece) for piece, is_it in highlighted(said, looked_for)[:1] if not is_it), 0)
    start = max(0, min(at - QUOTED // 3, len(said) - QUOTED))
    start = said.find(" ", start) + 1 if start else 0
    end = said.rfind(" ", start, start + QUOTED) if start + QUOTED < len(said) else len(said)
    return f"{'… ' if start else ''}{said[start:end]}{' …' if end < len(said) else ''}"
