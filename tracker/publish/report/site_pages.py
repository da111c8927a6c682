"""The pages about all places, listed once: the build writes them, the menu of every page has them, tests visit them.

This list is light, since each page reads it for its menu: what is behind a page is imported when that page is made.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from tracker.publish.report.index import Whole


@dataclass(frozen=True, slots=True)
class SitePage:
    """Its folder, its template, what the menu calls it (empty: the menu leaves it out), and the function
    (`module:function` of this package) that gives what its template needs beside the fields of a Whole."""

    folder: str
    template: str
    menu: str = ""
    function: str = ""

    def values(self, whole: "Whole") -> dict[str, Any]:
        """What its template needs."""
        if not self.function:
            return {}
        make = cast("Callable[[Whole], dict[str, Any]]", resolve_name(f"{__package__}.{self.function}"))
        return make(whole)


PAGES: tuple[SitePage, ...] = (
    SitePage("", "index.html.j2", "Changes", "index:changes"),
    SitePage("places/", "places.html.j2", "Places", "index:places"),
    SitePage("topics/", "topics.html.j2", "Topics", "index:topics"),
    SitePage("search/", "search.html.j2", "Search", "search_page:blank"),
    SitePage("calendar/", "calendar.html.j2", "Calendar", "index:calendar"),
    SitePage("coverage/", "coverage.html.j2", "Coverage", "index:coverage"),
    SitePage("about/", "about.html.j2", "About", "index:about"),
    SitePage("cite/", "cite.html.j2", function="index:cite"),
)
"""In the order of the menu."""
