"""The queue: what needs a person, one entry after another, in the order of `tracker review list`.

What was passed travels in the address, not in the session: two windows do not disturb each other, and going back is
going back.
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi import Response
from sqlmodel import Session

from db.engine import reading
from db.people.review_queue import count_waiting, needs_person, queued
from db.timeline.entries import load_entry
from db.timeline.filters import ALL, EntryFilter
from jobs.settings import Settings
from jobs.terminal.options import entry_filter
from jobs.web.desk.desk_request import DeskRequest
from jobs.web.desk.sheet import sheet
from tracker.errors import BadInput
from tracker.model import Entry

AT_ONCE = 20
"""Entries that are looked at together for the next one: what was saved as needing a person may need none any more."""
MOST_PASSED = 300
"""Entries that an address bears; who skips more sees the first of them again."""
ID = re.compile(r"[\w.-]{1,100}", re.ASCII)


@dataclass(frozen=True, slots=True)
class QueuePosition:
    """Where somebody is in the queue: what it is of, what was passed, and the act that was done last."""

    place: str = ""
    topic: str = ""
    passed: tuple[str, ...] = ()
    did: str = ""
    what: str = ""

    def wanted(self) -> EntryFilter:
        """The entries that it is of. Raises BadInput."""
        return entry_filter([self.place] if self.place else None, [self.topic] if self.topic else None, "")

    def query(self, *, did: str = "", what: str = "", passing: str = "", showing: str = "") -> str:
        """The address of the queue at this place, after an act on an entry (`did`, `what`), or with one more passed."""
        passed = tuple(dict.fromkeys((*self.passed, passing)))[-MOST_PASSED:]
        params = {"place": self.place, "topic": self.topic, "passed": ",".join(filter(None, passed))}
        params |= {"did": did, "what": what, "show": showing}
        return urlencode({name: value for name, value in params.items() if value})

    def anew(self) -> str:
        """The address of the same queue with nothing passed."""
        return QueuePosition(self.place, self.topic).query()

    def without(self, name: str) -> "QueuePosition":
        """Where an entry was not passed."""
        return QueuePosition(self.place, self.topic, tuple(one for one in self.passed if one != name))


def position(params: dict[str, str]) -> QueuePosition:
    """Where the address, or a form, says that somebody is."""
    passed = tuple(one for one in params.get("passed", "").split(",") if ID.fullmatch(one))
    return QueuePosition(
        params.get("place", ""), params.get("topic", ""), passed, params.get("did", ""), params.get("what", "")
    )


def show(request: DeskRequest) -> Response:
    """The entry that needs a person most, or the one that was asked for."""
    names = ("place", "topic", "passed", "did", "what")
    at, problem = position({name: request.query(name) for name in names}), ""
    try:
        wanted = at.wanted()
    except BadInput as error:
        at, wanted, problem = QueuePosition(), ALL, str(error)
    return show_entry(request, at, wanted, request.query("show"), problem=problem)


def show_entry(
    request: DeskRequest,
    at: QueuePosition,
    wanted: EntryFilter,
    name: str = "",
    *,
    problem: str = "",
    typed: dict[str, str] | None = None,
    status: int = 0,
) -> Response:
    """The queue with an entry in front; without a name, the neediest."""
    with reading(request.engine) as opened:
        settings = request.desk.settings
        chosen = name or neediest(opened, wanted, at.passed, request.today, settings)
        found = sheet(opened, chosen, request.today, settings) if chosen else None
        pending, needy = count_waiting(opened)
        last = load_entry(opened, at.did) if at.did else None
    shown = {"pending": pending, "needy": needy, "last": last, "typed": typed or {}, "done": ""}
    return request.page("review", status, problem=problem, queue=at, sheet=found, **shown)


def neediest(opened: Session, wanted: EntryFilter, passed: tuple[str, ...], today: date, settings: Settings) -> str:
    """The id of the first entry that still needs a person and was not passed; empty for none."""
    but = list(passed)
    while found := [
        one.entry for one in queued(opened, wanted, AT_ONCE, today, but, settings.publish, settings.mailed)
    ]:
        for entry in found:
            if needs_person(opened, entry):
                return entry.id
        but += [entry.id for entry in found]
    return ""


def go_on(request: DeskRequest, at: QueuePosition, entry: Entry, what: str) -> Response:
    """After an act: to the next entry, or to the same one where it was only edited."""
    done = what in ("confirmed", "rejected", "taken")
    query = at.query(did=entry.id, what=what, **{"passing" if done else "showing": entry.id})
    return request.go(f"review?{query}")
