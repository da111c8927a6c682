"""The pages about all places: index, list of places, states, topics, coverage, how to read."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from tracker.model import Coverage, Stage
from tracker.publish import words
from tracker.publish.geography import state_name
from tracker.publish.report.activity import activity
from tracker.publish.report.coverage import heard, state_words
from tracker.publish.report.files import Folder
from tracker.publish.report.map import draw
from tracker.publish.report.overview import LATELY, SOON_SHOWN, Overview, PlaceRecord
from tracker.publish.report.pages import File, downloads, files
from tracker.publish.report.render import Site, page
from tracker.publish.report.whole import WHOLE_FORMATS

INDEX_FORMATS = (*WHOLE_FORMATS, "atom", "ics")
PLACES_ON_INDEX = 80
"""More places than this are listed by state on their own page, and the index lists the states."""

States = list[tuple[str, list[PlaceRecord]]]


def write(site: Site, folder: Folder, overview: Overview, coverage: tuple[Coverage, ...]) -> None:
    """Writes them all."""
    states = by_state(overview.places)
    for path, content in _pages(site, overview, coverage, states):
        folder.write(path, content)


def by_state(places: list[PlaceRecord]) -> States:
    """State names in alphabetical order, each with its places in alphabetical order."""
    ordered = sorted(places, key=lambda place: (state_name(place.state), place.name, place.address))
    return [(state, list(group)) for state, group in groupby(ordered, key=lambda place: state_name(place.state))]


def _pages(site: Site, overview: Overview, coverage: tuple[Coverage, ...], states: States) -> Iterator[File]:
    feeds = heard(coverage)
    yield "index.html", _index(site, overview, states, coverage)
    yield from files(site, "", ("atom",), overview.newest.entries(), "Changes to local government procedures")
    yield from files(site, "", ("ics",), overview.soonest.entries(), "Coming changes to local government procedures")
    yield "places/index.html", page(site, "places.html.j2", "places/", states=states)
    yield "topics/index.html", page(site, "topics.html.j2", "topics/", **_topics(overview))
    values = {"coverage": feeds, "state_of": state_words}
    yield "coverage/index.html", page(site, "coverage.html.j2", "coverage/", **values)
    values = {"stages": tuple(Stage), "bases": words.BASES}
    yield "about/index.html", page(site, "about.html.j2", "about/", **values)
    yield from _states(site, states)


def _topics(overview: Overview) -> dict[str, Any]:
    """The table of topics by stage; `highest` is its largest figure."""
    highest = max((number for counts in overview.topics.values() for number in counts.values()), default=0)
    return {"topics": sorted(overview.topics.items()), "stages": tuple(Stage), "highest": highest}


def _index(site: Site, overview: Overview, states: States, coverage: tuple[Coverage, ...]) -> bytes:
    soon = overview.soonest.entries()
    return page(
        site,
        "index.html.j2",
        "",
        overview=overview,
        lately=overview.newest.entries()[:LATELY],
        soon=soon[:SOON_SHOWN],
        more_soon=max(0, len(soon) - SOON_SHOWN),
        activity=activity(overview.activity),
        map=draw(overview.places),
        states=states,
        list_places=len(overview.places) <= PLACES_ON_INDEX,
        topics=sorted(overview.topics.items(), key=lambda item: (-item[1].total(), item[0])),
        coverage=heard(coverage),
        downloads=downloads(INDEX_FORMATS),
    )


def _states(site: Site, states: States) -> Iterator[File]:
    """A page for each state that has no timeline of its own, so that `/wi/` leads somewhere."""
    for name, places in states:
        path = f"{places[0].state.lower()}/"
        if all(place.address != path for place in places):
            yield path + "index.html", page(site, "state.html.j2", path, state=name, places=places)
