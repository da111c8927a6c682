"""The pages about all places, listed once: the build writes them, the menu of every page has them, tests visit them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SitePage:
    """Its folder, its template, and what the menu calls it (empty: the menu leaves it out). What a template needs
    besides what all of them get, a function of `pages/index.py` gives it (`VALUES`)."""

    folder: str
    template: str
    menu: str = ""


PAGES: tuple[SitePage, ...] = (
    SitePage("", "index.html.j2", "Changes"),
    SitePage("places/", "places.html.j2", "Places"),
    SitePage("topics/", "topics.html.j2", "Topics"),
    SitePage("search/", "search.html.j2", "Search"),
    SitePage("documents/", "documents.html.j2", "Policy texts"),
    SitePage("coming/", "coming.html.j2", "Coming up"),
    SitePage("calendar/", "calendar.html.j2", "Calendar"),
    SitePage("coverage/", "coverage.html.j2", "Coverage"),
    SitePage("about/", "about.html.j2", "About"),
    SitePage("cite/", "cite.html.j2"),
    SitePage("287g/", "agreements.html.j2"),
)
"""In the order of the menu."""
