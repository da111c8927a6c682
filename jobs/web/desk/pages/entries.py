"""Entries: the search over all that is recorded, and one with everything that is known of it."""

from fastapi import Response

from db.engine import reading
from db.people import decisions
from db.timeline.entries import load_entry
from jobs.publish.search_terms import KNOWN, params_of
from jobs.web import search
from jobs.web.desk.desk_request import DeskRequest
from jobs.web.desk.pages.review import ID
from jobs.web.desk.sheet import sheet
from tracker.publish.report.pages.search_page import FACETS

TITLES = FACETS | {"status": "Review"}
"""What answers are narrowed by here, and how the page calls it."""


def show_list(request: DeskRequest) -> Response:
    """The entries that answer, of all that are recorded: what readers are not shown too, and what was rejected. Who
    asks for an id is led to what it is of."""
    named = _named(request)
    if named:
        return request.go(named)
    params = params_of(request.http.query_params.multi_items(), (*KNOWN, "status"))
    with reading(request.engine) as opened:
        view = search.view(opened, params, None, request.today, TITLES)
    problem = "; ".join(view.problems)
    return request.page("entries", view=view, problem=problem)


def _named(request: DeskRequest) -> str:
    """The page of the entry, or of the policy, whose id the words are; empty where they are none."""
    words = request.query("q")
    if not ID.fullmatch(words):
        return ""
    with reading(request.engine) as opened:
        if load_entry(opened, words):
            return f"entry/{words}"
        return f"policy/{words}" if decisions.is_policy(opened, words) else ""


def show(request: DeskRequest) -> Response:
    """One entry. Raises BadInput where there is none."""
    with reading(request.engine) as opened:
        found = sheet(opened, request.path("name"), request.today, request.desk.settings)
    return request.page("entry", sheet=found, queue=None, typed={}, done=request.query("done"))
