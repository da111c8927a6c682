"""Subscribers, for admins: what `tracker subscribers` shows and does."""

from collections.abc import Callable

from fastapi import Response
from sqlmodel import Session

from db.engine import reading, session
from db.mail import ledger, subscribers
from db.mail.values import EditionText, Message, MessageState
from jobs.desk.asked import Asked
from jobs.desk.pages import mails
from jobs.mail.preview import compose_for
from jobs.mail.tokens import Tokens
from jobs.subscribers import erasing
from jobs.subscribers.table import SHOWN_STATE
from tracker.errors import BadInput
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


def show_list(asked: Asked) -> Response:
    """All of them, those who get nothing first, as `tracker subscribers list` has them."""
    with reading(asked.engine) as opened:
        found, last = subscribers.all_subscribers(opened), ledger.last_messages(opened)
    ordered = sorted(found, key=lambda reader: (reader.state == "active", reader.address))
    return asked.page("subscribers", readers=ordered, last=last, states=SHOWN_STATE, done=_done(asked))


def show(asked: Asked) -> Response:
    """One of them: their choice, and what they were sent last. Raises BadInput where there is none."""
    return _page(asked)


def _page(asked: Asked, problem: str = "") -> Response:
    reader = _reader(asked)
    with reading(asked.engine) as opened:
        mails = ledger.messages_of(opened, reader.id)
        sent = next((mail for mail in mails if mail.state in WENT_OUT), None)
        text = _text(opened, sent)
    told = {"reader": reader, "mails": mails[:MOST_MAILS], "sent": sent, "text": text, "states": SHOWN_STATE}
    return asked.page("subscriber", 400 if problem else 200, problem=problem, done=_done(asked), **told)


def _text(opened: Session, sent: Message | None) -> EditionText | None:
    """What a mail said; None where its text is no longer kept."""
    return ledger.edition(opened, sent.edition_id) if sent and sent.edition_id else None


def _done(asked: Asked) -> str:
    return DONE.get(asked.query("done"), "")


def _reader(asked: Asked) -> Subscriber:
    """The subscriber of the address. Raises BadInput."""
    key = asked.path("key")
    with reading(asked.engine) as opened:
        found = subscribers.some(opened, [key]).get(key)
    if found is None:
        raise BadInput(f"there is no subscriber {key}; perhaps somebody else erased it")
    return found


def pause(asked: Asked) -> Response:
    """No mails until they are resumed."""
    now, by = asked.desk.clock(), asked.user.name
    return _acted(asked, lambda opened, key: subscribers.pause(opened, key, now, by), "paused")


def resume(asked: Asked) -> Response:
    """Mails again."""
    return _acted(asked, subscribers.resume, "resumed")


def end(asked: Asked) -> Response:
    """No more mails; the address is kept, so that no list brings it back."""
    return _acted(asked, lambda opened, key: subscribers.end(opened, key, asked.desk.clock()), "ended")


def confirm(asked: Asked) -> Response:
    """They said yes, by whatever way; also lifts what returned mails stopped."""
    return _acted(asked, lambda opened, key: subscribers.confirm(opened, key, asked.desk.clock()), "confirmed")


def _acted(asked: Asked, act: Callable[[Session, int], None], what: str) -> Response:
    """Back to the subscriber. Raises BadInput where there is none."""
    reader = _reader(asked)
    try:
        with session(asked.engine) as opened:
            act(opened, reader.id)
    except BadInput as error:
        return _page(asked, str(error))
    return asked.go(f"subscriber/{reader.id}", done=what)


def remove(asked: Asked) -> Response:
    """They and all that is known of them go; a list may bring them back. Raises BadInput where there is none."""
    reader = _reader(asked)
    if not asked.said("sure"):
        return _page(asked, "tick that they are to be removed")
    with session(asked.engine) as opened:
        subscribers.remove(opened, reader.id)
    return asked.go("subscribers", done="removed")


def erase(asked: Asked) -> Response:
    """Everything about them goes but a keyed hash. Raises BadInput where there is none."""
    reader = _reader(asked)
    if not asked.said("sure"):
        return _page(asked, "tick that they are to be erased; it cannot be undone")
    erasing.erase(asked.engine, Tokens.of(asked.desk.settings.data_dir), reader, asked.desk.clock())
    return asked.go("subscribers", done="erased")


def preview(asked: Asked) -> Response:
    """The mail that a subscriber would get now. Raises BadInput where that is nobody who gets mails."""
    reader = _reader(asked)
    if reader.state != "active":
        raise BadInput(f"{reader.shown} is {reader.state} and gets no such mail now")
    mail = compose_for(asked.engine, asked.desk.settings, reader.address, asked.desk.clock())
    return mails.show(asked, mail, reader=reader)
