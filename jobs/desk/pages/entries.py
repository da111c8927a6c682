"""Entries and policies: the list, and one with everything that is known of it."""

from fastapi import Response

from db import browsing
from db.engine import reading
from db.filters import EntryFilter
from jobs.choice import entry_filter, known_stage
from jobs.desk.asked import Asked
from jobs.desk.pages.articles import AT_ONCE
from jobs.desk.show import sheet
from tracker.errors import BadInput
from tracker.model import EntryStatus, Stage
from tracker.read.topics import topics

CHOICES = {"stages": list(Stage), "statuses": list(EntryStatus)}


def wanted(asked: Asked) -> EntryFilter:
    """The entries that the address asks for. Raises BadInput."""
    place, topic, stage, status = (asked.query(name) for name in ("place", "topic", "stage", "status"))
    found = entry_filter([place] if place else None, [topic] if topic else None, "")
    more: dict[str, object] = {"stages": (known_stage(stage),)} if stage else {}
    if status in set(EntryStatus):
        more["statuses"] = frozenset({EntryStatus(status)})
    return found.model_copy(update=more)


def show_list(asked: Asked) -> Response:
    """The latest entries, or those that were asked for."""
    words, page, problem, found = asked.query("q"), asked.page_number(), "", []
    try:
        chosen = wanted(asked)
        with reading(asked.engine) as opened:
            found = browsing.entries(opened, chosen, words, AT_ONCE + 1, (page - 1) * AT_ONCE)
    except BadInput as error:
        problem = str(error)
    return asked.page(
        "entries",
        400 if problem else 200,
        entries=found[:AT_ONCE],
        more=len(found) > AT_ONCE,
        page=page,
        problem=problem,
        topics=topics(),
        **CHOICES,
    )


def show(asked: Asked) -> Response:
    """One entry. Raises BadInput where there is none."""
    with reading(asked.engine) as opened:
        found = sheet(opened, asked.path("name"))
    return asked.page("entry", sheet=found, queue=None, problem="", typed={}, done=asked.query("done"))
