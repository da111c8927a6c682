"""The pages about all places (`site_pages.py`): what their templates need."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tracker.model import Stage
from tracker.publish import words
from tracker.publish.exports import DEFAULT_TITLE, Extract, formats_with
from tracker.publish.licences import licence
from tracker.publish.report.activity import activity
from tracker.publish.report.blocks import steps
from tracker.publish.report.coming import months
from tracker.publish.report.coverage import Heard, state_words
from tracker.publish.report.map import us_map
from tracker.publish.report.overview import SOON, SOON_SHOWN, Overview
from tracker.publish.report.pages import files
from tracker.publish.report.places import LISTED, PlaceLists
from tracker.publish.report.plots import activity_plots, topics_plot
from tracker.publish.report.render import File, Site, page
from tracker.publish.report.site_pages import PAGES
from tracker.publish.words import directions
from tracker.timeline.how_sure import weights

NEWEST, COMING = formats_with(Extract.NEWEST), formats_with(Extract.COMING)
COMING_TITLE = "Coming changes to local government procedures"
FEEDS_LISTED = 1000
"""Feeds on the coverage page, those in trouble first; every place's page has its own."""
TOPICS_DRAWN = 30
"""Bars in the picture of topics; the table has all."""
PLACES_ON_INDEX = 80
"""More places than this are listed by state on their own page, and the index lists the states."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What is known of all places. `has_files`: beside the index are files with every entry."""

    site: Site
    overview: Overview
    places: PlaceLists
    coverage: Heard
    has_files: bool


def pages(whole: Whole) -> Iterator[File]:
    """All of them, and the files beside the index. The index comes last: every page that it leads to is there before
    it."""
    site, overview = whole.site, whole.overview
    common = {"overview": overview, "coverage": whole.coverage, "has_files": whole.has_files}
    yield from files(site, "", NEWEST, overview.newest, DEFAULT_TITLE)
    yield from files(site, "", COMING, overview.soonest, COMING_TITLE)
    for item in sorted(PAGES, key=lambda item: not item.folder):
        values = common | item.values(whole)
        yield f"{item.folder}index.html", page(site, item.template, item.folder, **values)


def places(whole: Whole) -> dict[str, Any]:
    """All places by state, or the states."""
    return _listed(whole.places, LISTED)


def topics(whole: Whole) -> dict[str, Any]:
    """The table of topics by stage, and the same as a picture, busiest first."""
    by_size = _by_size(whole.overview)
    return {"topics": by_size, "stages": tuple(Stage), "plot": topics_plot(by_size[:TOPICS_DRAWN])}


def calendar(whole: Whole) -> dict[str, Any]:
    """What is to come, by month."""
    coming = whole.overview.soonest
    return {"months": months(coming), "most": SOON if len(coming) == SOON else 0}


def coverage(_whole: Whole) -> dict[str, Any]:
    """How feeds are heard."""
    return {"state_of": state_words, "most": FEEDS_LISTED}


def about(_whole: Whole) -> dict[str, Any]:
    """How to read all this."""
    return {"stages": tuple(Stage), "bases": words.BASES, "sureness": weights().measured}


def cite(whole: Whole) -> dict[str, Any]:
    """How to cite it."""
    return {"licence": licence(whole.site.licence)}


def changes(whole: Whole) -> dict[str, Any]:
    """The index."""
    overview, shown = whole.overview, activity(whole.overview.activity)
    soon = overview.soonest
    return {
        "lately": overview.lately,
        "shown_lately": directions(steps(overview.lately)),
        "soon": soon[:SOON_SHOWN],
        "more_soon": max(0, len(soon) - SOON_SHOWN),
        "activity": shown,
        "plots": activity_plots(shown),
        "map": us_map(whole.places.dots),
        **_listed(whole.places, PLACES_ON_INDEX),
        "topics": _by_size(overview),
        "downloads": (*(formats_with(Extract.ALL) if whole.has_files else ()), *NEWEST, *COMING),
    }


def _by_size(overview: Overview) -> list[tuple[str, Counter[Stage]]]:
    """Topics with their entries by stage, those with most entries first."""
    return sorted(overview.topics.items(), key=lambda item: (-item[1].total(), item[0]))


def _listed(lists: PlaceLists, at_most: int) -> dict[str, Any]:
    return {"states": lists.states, "count_all": lists.count, "list_places": lists.listed(at_most)}
