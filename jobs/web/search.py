"""The page `search/` as the daemon serves it: it searches the database. The address of every choice can be shared."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse

from db.engine import reading
from db.search import query
from db.search.query import SearchPage, SearchRequest
from jobs.clock import now
from jobs.publish.search_terms import params_of, query_of
from jobs.publish.site import site
from jobs.settings import Settings
from jobs.web.api.responses import PublicData
from jobs.web.middleware.clients import Rate
from jobs.web.report_files import home
from tracker.model import Publish
from tracker.nearest import near
from tracker.publish import geography, words
from tracker.publish.report.pages import search_page
from tracker.publish.report.pages.search_page import Params, SearchView, address
from tracker.read.topics import topics

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

AT_ONCE, EACH_S = 60, 0.5
"""Searches of one client at once, and seconds after which one more is free: whoever looks at each page of answers and
tries every choice; not whoever fetches them all, for whom the API is."""
SUGGESTED = 5
LEAST_LETTERS = 4
"""Of a word that may be meant as a place's or a topic's name: shorter ones are near to many."""
TRIED = 4
"""Words that are held against all names; each costs some milliseconds."""
HEADERS = {"Cache-Control": "no-cache", "X-Robots-Tag": "noindex"}


def router(engine: "Engine", settings: Settings) -> APIRouter:
    """The routes. `search/index.html` is where the report's own pages lead."""
    routes, public = APIRouter(default_response_class=HTMLResponse), PublicData(engine, settings)
    limited = [Depends(Rate(at_once=AT_ONCE, each_s=EACH_S, what="searches").spend)]

    def find(request: Request) -> Response:
        """The answers."""
        return HTMLResponse(_page(public, params_of(request.query_params.multi_items())), headers=HEADERS)

    def lead(request: Request) -> Response:
        """To the address that there is."""
        params = urlencode(params_of(request.query_params.multi_items()))
        there = f"{home(request)}search/{'?' if params else ''}{params}"
        return Response(status_code=302, headers={"Location": there})

    routes.add_api_route("/search/", find, dependencies=limited)
    for other in ("/search", "/search/index.html"):
        routes.add_api_route(other, lead)
    return routes


def _page(public: PublicData, params: Params) -> bytes:
    page = site(public.settings, now())
    with reading(public.engine) as session:
        found = view(session, params, public.settings.publish, page.today)
    return search_page.write(page, found)


def view(
    session: "Session",
    params: Params,
    publish: Publish | None,
    as_of: date,
    titles: Mapping[str, str] = search_page.FACETS,
) -> SearchView:
    """What is looked for, found, and can be narrowed by (`titles`: facet → what it is called). `publish` None: of all
    that is recorded."""
    wanted, problems = query_of(params)
    found = query.search(session, wanted, publish, as_of)
    here = [pair for pair in params if pair[0] != "page"]
    best = [pair for pair in here if pair[0] != "order"]
    last = min(wanted.page - 1, found.pages)
    return SearchView(
        words=wanted.words,
        params=here,
        newest=wanted.newest,
        total=found.total,
        first=(wanted.page - 1) * query.A_PAGE + 1,
        is_ranked=found.is_ranked,
        answers=tuple(search_page.answers_of(found.entries, wanted.words)),
        facets=tuple(search_page.facets(found.facets, best, titles)),
        chosen=tuple(search_page.chosen(here, titles)),
        suggested=() if found.total else tuple(_suggested(session, wanted)),
        meant=_meant(session, wanted, publish, as_of, here) if wanted.words and not found.total else None,
        hidden=search_page.hidden(found.facets, best),
        problems=problems,
        before=address([*here, ("page", str(last))]) if last else "",
        after=address([*here, ("page", str(wanted.page + 1))]) if wanted.page < found.pages else "",
        other_order=_other_order(wanted, found, best),
    )


def _other_order(wanted: SearchRequest, found: SearchPage, best: Params) -> str:
    """Empty where there is only one."""
    if found.is_ranked:
        return address([*best, ("order", "latest")])
    return address(best) if wanted.newest and wanted.words.wanted and found.total <= query.MOST_RANKED else ""


def _meant(
    session: "Session", wanted: SearchRequest, publish: Publish | None, as_of: date, here: Params
) -> tuple[str, str] | None:
    """What was perhaps to be typed, and the address of its answers."""
    given = query.corrected_words(session, wanted, publish, as_of)
    return (given, address([("q", given), *(pair for pair in here if pair[0] != "q")])) if given else None


def _suggested(session: "Session", wanted: SearchRequest) -> Iterator[tuple[str, str]]:
    """Topics and places that are called much like a word that was given: (name, address)."""
    typed = ["".join(given) for given, *_ in wanted.words.wanted if len("".join(given)) >= LEAST_LETTERS][:TRIED]
    names = {words.topic(name).lower(): ("topic", name) for name in topics()}
    for place in query.names(session, "place") if typed else ():
        names.setdefault(_short_name(place), ("place", place))
    told = dict.fromkeys(names[name] for word in typed for name in near(word, [n for n in names if n[:1] == word[:1]]))
    for facet, value in list(told)[:SUGGESTED]:
        yield search_page.label(facet, value), address([(facet, value)])


@cache
def _short_name(place: str) -> str:
    return geography.name_of(place).partition(",")[0].lower()
