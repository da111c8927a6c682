"""Who gets the digest, and what the next one would say."""

from datetime import timedelta

from fastapi import Response

from db import ledger, subscribers
from db.engine import reading, session
from jobs.choice import entry_filter
from jobs.desk.asked import Asked
from jobs.mail.digest import WEEK, compose, compose_for
from jobs.mail.tokens import Tokens
from jobs.subscribers import erasing
from jobs.subscribers.table import SHOWN_STATE
from tracker.errors import BadInput
from tracker.publish.subscribers import Subscriber


def show_subscribers(asked: Asked) -> Response:
    """All of them, those who get nothing first, as `tracker subscribers list` has them."""
    with reading(asked.engine) as opened:
        found, last = subscribers.all_subscribers(opened), ledger.last_messages(opened)
    ordered = sorted(found, key=lambda reader: (reader.state == "active", reader.address))
    return asked.page("subscribers", readers=ordered, last=last, states=SHOWN_STATE, done=asked.query("done"))


def _reader(asked: Asked) -> Subscriber:
    """The subscriber of the address. Raises BadInput."""
    key = asked.path("key")
    with reading(asked.engine) as opened:
        found = subscribers.some(opened, [key]).get(key)
    if found is None:
        raise BadInput(f"there is no subscriber {key}; perhaps somebody else erased it")
    return found


def end(asked: Asked) -> Response:
    """No more mails; the address is kept, so that no list brings it back."""
    reader = _reader(asked)
    with session(asked.engine) as opened:
        subscribers.end(opened, reader.id, asked.desk.clock())
    return asked.go("subscribers", done="ended")


def confirm(asked: Asked) -> Response:
    """They said yes, by whatever way; also lifts what returned mails stopped."""
    reader = _reader(asked)
    with session(asked.engine) as opened:
        subscribers.confirm(opened, reader.id, asked.desk.clock())
    return asked.go("subscribers", done="confirmed")


def erase(asked: Asked) -> Response:
    """Everything about them goes but a keyed hash. Raises BadInput unless the form says yes to that."""
    reader = _reader(asked)
    if not asked.said("sure"):
        raise BadInput("tick that they are to be erased; it cannot be undone")
    erasing.erase(asked.engine, Tokens.of(asked.desk.settings.data_dir), reader, asked.desk.clock())
    return asked.go("subscribers", done="erased")


def preview(asked: Asked) -> Response:
    """The digest as somebody would get it now who follows a place and a topic; sends nothing and marks nothing."""
    place, topic, problem, mail = asked.query("place"), asked.query("topic"), "", None
    now, settings = asked.desk.clock(), asked.desk.settings
    try:
        wanted = entry_filter([place] if place else None, [topic] if topic else None, "")
        mail = compose(asked.engine, settings, wanted, now, now - timedelta(days=WEEK))
    except BadInput as error:
        problem = str(error)
    return asked.page("digest", 400 if problem else 200, mail=mail, problem=problem, reader=None)


def preview_for(asked: Asked) -> Response:
    """The mail that a subscriber would get now. Raises BadInput where that is nobody who gets mails."""
    reader = _reader(asked)
    if reader.state != "active":
        raise BadInput(f"{reader.shown} is {reader.state} and gets no such mail now")
    mail = compose_for(asked.engine, asked.desk.settings, reader.address, asked.desk.clock())
    return asked.page("digest", mail=mail, problem="", reader=reader)
