"""The pages about all places: index, list of places, topics, coverage, how to read."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tracker.model import Stage
from tracker.publish import words
from tracker.publish.directions import directions
from tracker.publish.exports import DEFAULT_TITLE
from tracker.publish.licences import licence
from tracker.publish.report import search_page
from tracker.publish.report.activity import activity
from tracker.publish.report.blocks import steps
from tracker.publish.report.coming import months
from tracker.publish.report.coverage import Heard, state_words
from tracker.publish.report.map import us_map
from tracker.publish.report.overview import SOON, SOON_SHOWN, Overview
from tracker.publish.report.pages import downloads, files
from tracker.publish.report.places import LISTED, PlaceLists
from tracker.publish.report.plots import activity_plots, topics_plot
from tracker.publish.report.render import File, Site, page
from tracker.publish.report.shares import WHOLE_FORMATS
from tracker.timeline.how_sure import weights

NEWEST_FORMATS = ("atom", "ics")
INDEX_FORMATS = (*WHOLE_FORMATS, *NEWEST_FORMATS)
FEEDS_LISTED = 1000
"""Feeds on the coverage page, those in trouble first; every place's page has its own."""
TOPICS_DRAWN = 30
"""Bars in the picture of topics; the table has all."""
PLACES_ON_INDEX = 80
"""More places than this are listed by state on their own page, and the index lists the states."""


def pages(site: Site, overview: Overview, places: PlaceLists, coverage: Heard, has_files: bool) -> Iterator[File]:
    """All of them. The index comes last: every page that it leads to is there before it. `has_files`: beside the index
    are files with every entry."""
    listed = {"states": places.states, "count_all": places.count, "list_places": places.listed(LISTED)}
    yield "places/index.html", page(site, "places.html.j2", "places/", **listed)
    yield "topics/index.html", page(site, "topics.html.j2", "topics/", **_topics(overview))
    yield "search/index.html", search_page.write(site, None)
    values = {"coverage": coverage, "state_of": state_words, "most": FEEDS_LISTED}
    yield "coverage/index.html", page(site, "coverage.html.j2", "coverage/", **values)
    coming = overview.soonest
    values = {"months": months(coming), "most": SOON if len(coming) == SOON else 0}
    yield "calendar/index.html", page(site, "calendar.html.j2", "calendar/", **values)
    values = {"stages": tuple(Stage), "bases": words.BASES, "sureness": weights().measured}
    yield "about/index.html", page(site, "about.html.j2", "about/", **values)
    values = {"licence": licence(site.licence)}
    yield "cite/index.html", page(site, "cite.html.j2", "cite/", **values)
    yield from files(site, "", ("atom",), overview.newest, DEFAULT_TITLE)
    yield from files(site, "", ("ics",), overview.soonest, "Coming changes to local government procedures")
    yield "index.html", _index(site, overview, places, coverage, has_files)


def _topics(overview: Overview) -> dict[str, Any]:
    """The table of topics by stage, and the same as a picture, busiest first."""
    topics = by_size(overview)
    return {"topics": topics, "stages": tuple(Stage), "plot": topics_plot(topics[:TOPICS_DRAWN])}


def by_size(overview: Overview) -> list[tuple[str, Counter[Stage]]]:
    """Topics with their entries by stage, those with most entries first."""
    return sorted(overview.topics.items(), key=lambda item: (-item[1].total(), item[0]))


def _index(site: Site, overview: Overview, places: PlaceLists, coverage: Heard, has_files: bool) -> bytes:
    soon, shown = overview.soonest, activity(overview.activity)
    return page(
        site,
        "index.html.j2",
        "",
        overview=overview,
        lately=overview.lately,
        shown_lately=directions(steps(overview.lately)),
        soon=soon[:SOON_SHOWN],
        more_soon=max(0, len(soon) - SOON_SHOWN),
        activity=shown,
        plots=activity_plots(shown),
        map=us_map(places.dots),
        states=places.states,
        count_all=places.count,
        list_places=places.listed(PLACES_ON_INDEX),
        topics=by_size(overview),
        coverage=coverage,
        downloads=downloads(INDEX_FORMATS if has_files else NEWEST_FORMATS),
    )
