"""Entries: the search over all that is recorded, and one with everything that is known of it."""

from fastapi import Response

from db.engine import reading
from db.people import decisions
from db.timeline.entries import load_entry
from jobs.desk.asked import Asked
from jobs.desk.pages.review import ID
from jobs.desk.show import sheet
from jobs.web import search
from jobs.web.search_asked import KNOWN, params_of
from tracker.publish.report.search_page import FACETS

TITLES = FACETS | {"status": "Review"}
"""What answers are narrowed by here, and how the page calls it."""


def show_list(asked: Asked) -> Response:
    """The entries that answer, of all that are recorded: what readers are not shown too, and what was rejected. Who
    asks for an id is led to what it is of."""
    named = _named(asked)
    if named:
        return asked.go(named)
    params = params_of(asked.request.query_params.multi_items(), (*KNOWN, "status"))
    with reading(asked.engine) as opened:
        view = search.view(opened, params, None, asked.today, TITLES)
    problem = "; ".join(view.problems)
    return asked.page("entries", 400 if problem else 200, view=view, problem=problem)


def _named(asked: Asked) -> str:
    """The page of the entry, or of the policy, whose id the words are; empty where they are none."""
    words = asked.query("q")
    if not ID.fullmatch(words):
        return ""
    with reading(asked.engine) as opened:
        if load_entry(opened, words):
            return f"entry/{words}"
        return f"policy/{words}" if decisions.is_policy(opened, words) else ""


def show(asked: Asked) -> Response:
    """One entry. Raises BadInput where there is none."""
    with reading(asked.engine) as opened:
        found = sheet(opened, asked.path("name"), asked.today, asked.desk.settings)
    return asked.page("entry", sheet=found, queue=None, problem="", typed={}, done=asked.query("done"))
