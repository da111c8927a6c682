"""The pages about all places (`site_pages.py`): what their templates need."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from tracker.hearings import Agendas
from tracker.model import Entry, OcdId, Stage
from tracker.partial_date import DateInterval
from tracker.publish import words
from tracker.publish.exports import DEFAULT_TITLE, Extract, formats_with
from tracker.publish.licences import licence
from tracker.publish.report.catalogue import Activity, AgreementLine, Catalogue, PolicyCount
from tracker.publish.report.coverage import CoverageSummary, state_words
from tracker.publish.report.documents import DocumentLine
from tracker.publish.report.drawings.map import us_map
from tracker.publish.report.drawings.plots import activity, activity_plots, topics_plot
from tracker.publish.report.pages import agreements as agreements_page
from tracker.publish.report.pages import coming_up, search_page
from tracker.publish.report.pages import documents as documents_page
from tracker.publish.report.pages.place import entry_files
from tracker.publish.report.pages.states import LISTED, PlaceLists
from tracker.publish.report.policies import FEED_LENGTH, Block, lately, steps
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


LATELY = 8
"""Policies on the index of which something was reported last: about three screens."""
SOON = 100
"""Coming dates listed; more than a reader will look through."""
SOON_SHOWN = 5
"""Of these, how many the index shows before it leads to the calendar file."""


@dataclass(slots=True)
class Overview:
    """Everything that the index and the topic list show: the entries reported last, newest first, the policies that
    they are of, the next dates, soonest first, and what there is in all. `places` are those that have entries."""

    newest: list[Entry]
    lately: list[Block]
    soonest: list[Entry]
    activity: Activity
    topics: Mapping[str, Counter[Stage]]
    policies_on: Counter[str]
    policies: int
    entries: int
    places: int


def overview(catalogue: Catalogue, counts: Iterable[PolicyCount], places: int, today: date) -> Overview:
    """As of the day of the build; `places` are those that have entries."""
    newest, policies_on, entries = catalogue.newest(FEED_LENGTH), Counter[str](), 0
    for one in counts:
        policies_on[one.topic] += one.policies
        entries += one.entries
    return Overview(
        newest=[step.entry for step in newest],
        lately=lately(newest, LATELY, today),
        soonest=[step.entry for step in catalogue.soonest(SOON)],
        activity=catalogue.activity(),
        topics=catalogue.stages(),
        policies_on=policies_on,
        policies=policies_on.total(),
        entries=entries,
        places=places,
    )


@dataclass(frozen=True, slots=True)
class Whole:
    """What is known of all places. `agendas` are of the governments whose record is followed; `has_files`: beside the
    index are files with every entry."""

    site: Site
    overview: Overview
    places: PlaceLists
    coverage: CoverageSummary
    agreements: Sequence[AgreementLine]
    agendas: Mapping[OcdId, Agendas]
    documents: Sequence[DocumentLine]
    has_files: bool


def pages(whole: Whole) -> Iterator[File]:
    """All of them, and the files beside the index. The index comes last: every page that it leads to is there before
    it."""
    site, overview = whole.site, whole.overview
    common = {"overview": overview, "coverage": whole.coverage, "has_files": whole.has_files}
    yield from entry_files(site, "", NEWEST, overview.newest, DEFAULT_TITLE)
    yield from entry_files(site, "", COMING, overview.soonest, COMING_TITLE)
    yield from coming_up.pages(site, whole.agendas)
    yield from documents_page.pages(site, whole.documents)
    for item in sorted(PAGES, key=lambda item: not item.folder):
        values = common | (VALUES[item.template](whole) if item.template in VALUES else {})
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


def coming(whole: Whole) -> dict[str, Any]:
    """What stands on agendas."""
    return coming_up.values(whole.agendas)


def coverage(_: Whole) -> dict[str, Any]:
    """How feeds are heard."""
    return {"state_of": state_words, "most": FEEDS_LISTED}


def search(_: Whole) -> dict[str, Any]:
    """The page of the folder, before anything is looked for."""
    return search_page.values(None)


def about(_: Whole) -> dict[str, Any]:
    """How to read all this."""
    return {"stages": tuple(Stage), "bases": words.BASES, "sureness": weights().measured}


def agreements(whole: Whole) -> dict[str, Any]:
    """The sheet of agreements."""
    return agreements_page.values(whole.agreements)


def documents(whole: Whole) -> dict[str, Any]:
    """Published policies."""
    return documents_page.values(whole.documents)


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


VALUES: dict[str, Callable[[Whole], dict[str, Any]]] = {
    "index.html.j2": changes,
    "places.html.j2": places,
    "topics.html.j2": topics,
    "search.html.j2": search,
    "calendar.html.j2": calendar,
    "coming.html.j2": coming,
    "coverage.html.j2": coverage,
    "about.html.j2": about,
    "cite.html.j2": cite,
    "agreements.html.j2": agreements,
    "documents.html.j2": documents,
}
"""What gives a template of `PAGES` what it needs besides the overview, the coverage and the files."""


def _by_size(overview: Overview) -> list[tuple[str, Counter[Stage]]]:
    """Topics with their entries by stage, those with most entries first."""
    return sorted(overview.topics.items(), key=lambda item: (-item[1].total(), item[0]))


def _listed(lists: PlaceLists, at_most: int) -> dict[str, Any]:
    return {"states": lists.states, "count_all": lists.count, "list_places": lists.listed(at_most)}


WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NO_DAY = "day not told"


class Month(NamedTuple):
    """`July 2017`, or `2018, month not told`, with its days: (`Thu 6`, entry)."""

    heading: str
    days: tuple[tuple[str, Entry], ...]


def months(entries: Iterable[Entry]) -> list[Month]:
    """Entries with dates, soonest first, by month; what is known by its year only stands before that year's months."""
    return [
        Month(heading, tuple((_day(entry), entry) for entry in members))
        for heading, members in groupby(entries, key=_heading)
    ]


def _heading(entry: Entry) -> str:
    assert entry.date is not None
    return entry.date.to_month().in_words() if entry.date.month else f"{entry.date.year}, month not told"


def _day(entry: Entry) -> str:
    assert entry.date is not None
    if isinstance(entry.date, DateInterval):
        return f"{entry.date.start:%B} {entry.date.start.day} to {entry.date.end:%B} {entry.date.end.day}"
    if not entry.date.day:
        return NO_DAY
    return f"{WEEKDAYS[entry.date.first_day().weekday()]} {entry.date.day}"
