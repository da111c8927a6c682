"""`/report-error/`: anybody says what is wrong with an entry. It is kept for whoever reviews, and never published."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Response

from db.engine import reading
from db.people import remarks
from db.sessions import session
from db.timeline.filters import SHOWN
from db.timeline.timelines import entries_with_standing
from db.values import storable
from jobs.settings import Settings
from jobs.web.forms import Form, one, trapped
from jobs.web.middleware.clients import Rate
from jobs.web.subscriber_pages import Pages
from tracker.errors import BadInput
from tracker.model import Entry
from tracker.publish import addresses, safe
from tracker.publish.mail.subscribers import checked_address, is_channel
from tracker.timeline.decisions.remarks import MAX_SOURCE, MAX_WORDS, About

if TYPE_CHECKING:
    from sqlalchemy import Engine

AT_ONCE, EACH_S = 10, 30.0
"""A careful reader of one place may write about several entries in a row."""
FIELDS = ("about", "words", "source", "address")


class RemarkForm:
    """The form and what it does."""

    def __init__(self, engine: "Engine", settings: Settings, pages: Pages) -> None:
        self._engine, self._settings, self._page = engine, settings, pages.page
        self._can_tell = bool(settings.smtp_host and settings.mail_from)
        """Whether readers can be told what came of it; else nobody is asked for an address."""
        self._rate = Rate(at_once=AT_ONCE, each_s=EACH_S)

    def router(self) -> APIRouter:
        """The routes."""
        routes = APIRouter()
        routes.add_api_route("/report-error/", self.show, methods=["GET"])
        routes.add_api_route("/report-error/", self.say, methods=["POST"], dependencies=[Depends(self._rate.spend)])
        return routes

    def show(self, entry: Annotated[str, Query(max_length=100)] = "") -> Response:
        """The form, about one entry; without one, how to come to it."""
        if not entry:
            return self._page("report_which", contact=self._settings.contact)
        return self._form(self._entry(entry), dict.fromkeys(FIELDS, ""))

    def say(self, form: Form) -> Response:
        """Keeps what a reader says."""
        found, said = self._entry(one(form, "entry")[:100]), {name: one(form, name) for name in FIELDS}
        if trapped(form):
            return self._done(found)
        try:
            about, address = _checked(said if self._can_tell else said | {"address": ""})
            told = {"source": safe.web_address(said["source"]), "address": address}
            with session(self._engine) as opened:
                now = datetime.now(UTC)
                remarks.add(opened, found.id, about, said["words"], now, revision=found.revision, **told)
        except BadInput as error:
            return self._form(found, said, problem=str(error), status=400)
        return self._done(found)

    def _entry(self, name: str) -> Entry:
        """What readers are shown of it. HTTPException 404."""
        wanted = SHOWN.model_copy(update={"ids": (storable(name),)})
        with reading(self._engine) as opened:
            shown = entries_with_standing(opened, wanted, datetime.now(UTC).date(), self._settings.publish, 1)
            found = next(shown, None) if name else None
        if found is None:
            raise HTTPException(404)
        return found

    def _form(self, found: Entry, said: dict[str, str], *, problem: str = "", status: int = 200) -> Response:
        values: dict[str, Any] = {
            "entry": found,
            "said": said,
            "problem": problem,
            "kinds": list(About),
            "most": MAX_WORDS,
        }
        values["can_tell"] = self._can_tell
        return self._page("report_error", status=status, back=f"../{addresses.entry(found.id)}", **values)

    def _done(self, found: Entry) -> Response:
        return self._page("reported", back=f"../{addresses.entry(found.id)}", entry=found)


def _checked(said: dict[str, str]) -> tuple[About, str]:
    """What it is about, and the address in a form that mails can be sent to. Raises BadInput."""
    try:
        about = About(said["about"])
    except ValueError:
        raise BadInput("Choose what is wrong.") from None
    if not said["words"] and not said["source"]:
        raise BadInput("Say in some words what is right, or where it can be read.")
    if len(said["words"]) > MAX_WORDS:
        raise BadInput(f"These are {len(said['words']):,} characters; {MAX_WORDS:,} is the most.")
    if said["source"] and (len(said["source"]) > MAX_SOURCE or not safe.web_address(said["source"])):
        raise BadInput("The source is not a web address: write one that begins with https://")
    address = checked_address(said["address"]) if said["address"] else ""
    if is_channel(address):
        raise BadInput("Write a mail address, like ada@example.org, or leave the field empty.")
    return about, address
