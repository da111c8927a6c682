"""Subscribers, for admins: what `tracker subscribers` shows and does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from fastapi import Response
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from db.engine import reading
from db.mail import ledger, subscribers
from db.sessions import session
from db.values import MessageState
from jobs.mail.commands import WEEK
from jobs.mail.link_tokens import Tokens
from jobs.mail.preview import compose, compose_for
from jobs.subscribers import erasure
from jobs.subscribers.table import SHOWN_STATE
from jobs.terminal.options import entry_filter
from jobs.web.desk.desk_request import DeskRequest
from jobs.web.middleware.layers import PAGES
from tracker.errors import BadInput
from tracker.publish.mail.digest import Digest
from tracker.publish.mail.subscribers import Subscriber

MOST_MAILS = 20
"""Of one subscriber that are listed: nearly half a year of weekly ones."""
WENT_OUT = (MessageState.SENT, MessageState.DOUBTFUL)
DONE = {
    "paused": "they get no mails until somebody resumes them",
    "resumed": "they get mails again, with what they missed",
    "ended": "they get no more mails",
    "confirmed": "they get mails from now on",
    "removed": "they are removed",
    "erased": "they are erased",
}
"""What the page says after an act."""
AS_SENT = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "sandbox",
    "X-Frame-Options": "SAMEORIGIN",
}
"""Of the mail itself, which has its rules within its elements and may do nothing else."""


def show_list(request: DeskRequest) -> Response:
    """All of them, those who get nothing first, as `tracker subscribers list` has them."""
    with reading(request.engine) as opened:
        found, last = subscribers.all_subscribers(opened), ledger.last_messages(opened)
    ordered = sorted(found, key=lambda reader: (reader.state == "active", reader.address))
    return request.page("subscribers", readers=ordered, last=last, states=SHOWN_STATE, done=_done(request))


def show(request: DeskRequest, problem: str = "") -> Response:
    """One of them: their choice, and what they were sent last. Raises BadInput where there is none."""
    reader = _reader(request)
    with reading(request.engine) as opened:
        mails = ledger.messages_of(opened, reader.id)
        sent = next((mail for mail in mails if mail.state in WENT_OUT), None)
        text = ledger.edition(opened, sent.edition_id) if sent and sent.edition_id else None  # None: no longer kept
    shown: dict[str, Any] = {
        "reader": reader,
        "mails": mails[:MOST_MAILS],
        "sent": sent,
        "text": text,
        "states": SHOWN_STATE,
    }
    return request.page("subscriber", problem=problem, done=_done(request), **shown)


def _done(request: DeskRequest) -> str:
    return DONE.get(request.query("done"), "")


def _reader(request: DeskRequest) -> Subscriber:
    """The subscriber of the address. Raises BadInput."""
    key = request.path("key")
    with reading(request.engine) as opened:
        found = subscribers.some(opened, [key]).get(key)
    if found is None:
        raise BadInput(f"there is no subscriber {key}; perhaps somebody else erased it")
    return found


def _act(what: str, act: Callable[[DeskRequest, Session, int], None]) -> Callable[[DeskRequest], Response]:
    """A page that does something to a subscriber, and leads back. Raises BadInput where there is none."""

    def take(request: DeskRequest) -> Response:
        reader = _reader(request)
        try:
            with session(request.engine) as opened:
                act(request, opened, reader.id)
        except BadInput as error:
            return show(request, str(error))
        return request.go(f"subscriber/{reader.id}", done=what)

    return take


pause = _act("paused", lambda asks, opened, key: subscribers.pause(opened, key, asks.desk.clock(), asks.user.name))
resume = _act("resumed", lambda _, opened, key: subscribers.resume(opened, key))
end = _act("ended", lambda asks, opened, key: subscribers.end(opened, key, asks.desk.clock()))
"""No more mails; the address is kept, so that no list brings it back."""
confirm = _act("confirmed", lambda asks, opened, key: subscribers.confirm(opened, key, asks.desk.clock()))
"""They said yes, by whatever way; also lifts what returned mails stopped."""


def remove(request: DeskRequest) -> Response:
    """They and all that is known of them go; a list may bring them back. Raises BadInput where there is none."""
    reader = _reader(request)
    if not request.field("sure"):
        return show(request, "tick that they are to be removed")
    with session(request.engine) as opened:
        subscribers.remove(opened, reader.id)
    return request.go("subscribers", done="removed")


def erase(request: DeskRequest) -> Response:
    """Everything about them goes but a keyed hash. Raises BadInput where there is none."""
    reader = _reader(request)
    if not request.field("sure"):
        return show(request, "tick that they are to be erased; it cannot be undone")
    erasure.erase(request.engine, Tokens.of(request.desk.settings.data_dir), reader, request.desk.clock())
    return request.go("subscribers", done="erased")


def preview(request: DeskRequest) -> Response:
    """The mail that a subscriber would get now. Raises BadInput where that is nobody who gets mails."""
    reader = _reader(request)
    if reader.state != "active":
        raise BadInput(f"{reader.shown} is {reader.state} and gets no such mail now")
    mail = compose_for(request.engine, request.desk.settings, reader.address, request.desk.clock())
    return show_mail(request, mail, reader=reader)


def preview_digest(request: DeskRequest) -> Response:
    """The digest as somebody would get it now who follows a place and a topic; sends nothing and marks nothing."""
    place, topic, problem, mail = request.query("place"), request.query("topic"), "", None
    now, settings = request.desk.clock(), request.desk.settings
    try:
        wanted = entry_filter([place] if place else None, [topic] if topic else None, "")
        mail = compose(request.engine, settings, wanted, now, now - timedelta(days=WEEK))
    except BadInput as error:
        problem = str(error)
    return show_mail(request, mail, problem)


def show_mail(
    request: DeskRequest, mail: Digest | None, problem: str = "", reader: Subscriber | None = None
) -> Response:
    """The page with the mail, or, for its frame, the mail alone as it is sent."""
    if mail and request.query("part") == "html":
        return HTMLResponse(mail.html, headers=AS_SENT)
    address = f"{request.http.url.path.rpartition('/')[2]}?{request.with_query('part', 'html')}"
    answer = request.page("digest", mail=mail, problem=problem, reader=reader, frame=address)
    answer.headers["Content-Security-Policy"] = f"{PAGES}; connect-src 'self'; frame-src 'self'"
    return answer
