"""Subscribers: who gets the digest and for what, who said yes, who said no, whose mails came back."""

import secrets
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, col, delete, select, update

from db.mapping import batches, insert_missing
from db.tables.mail import BounceRow, MessageRow, SubscriberRow, SubscriptionRow
from db.values import ASKING, BY_FORM, storable, utc
from tracker.errors import BadInput
from tracker.model import Value
from tracker.publish.mail.subscribers import Rhythm, Subscriber, Subscription, folded

KEY_BYTES = 12
"""Of the random name in links: 96 bits, so that nobody meets another's by trying."""
STRIKE_DAYS = 90
"""Refusals longer ago than this do not count: a full mailbox in spring says nothing in winter."""
UNANSWERED = timedelta(days=3)
"""What anybody may have asked in somebody's name, and they did not confirm for so long, is forgotten: a weekend."""
_RHYTHM = ("frequency", "weekday", "hour", "timezone")


class Bounce(Value):
    """A mail that came back. `status` is the enhanced code (RFC 3463), if there was one; `hard`: it will not work
    later either."""

    key: str
    at: datetime
    status: str = ""
    reason: str = ""
    hard: bool = False


def add(
    session: Session, address: str, rhythm: Rhythm, wanted: Iterable[Subscription], now: datetime
) -> tuple[Subscriber, bool]:
    """Adds somebody, or gives a known address this rhythm and, besides what it follows, what is wanted. The second
    value says whether it is new. Nobody is confirmed by this."""
    row = session.exec(select(SubscriberRow).where(SubscriberRow.folded == folded(address))).one_or_none()
    is_new = row is None
    if row is None:
        opened: dict[str, Any] = {"address": address, "folded": folded(address), "added_at": now}
        row = SubscriberRow(**opened, **rhythm.model_dump(), key=secrets.token_urlsafe(KEY_BYTES))
    row.sqlmodel_update(rhythm.model_dump())
    session.add(row)
    session.flush()
    follow(session, row.id or 0, wanted)
    return _complete(session, [row])[0], is_new


def follow(session: Session, subscriber_id: int, wanted: Iterable[Subscription]) -> None:
    """Besides what somebody follows; what they follow already is left."""
    known = {_content(item) for item in _subscriptions(session, [subscriber_id]).get(subscriber_id, ())}
    for item in wanted:
        if _content(item) not in known:
            known.add(_content(item))
            session.add(SubscriptionRow(subscriber_id=subscriber_id, **item.model_dump(exclude={"id"})))
    session.flush()


def _content(item: Subscription) -> Subscription:
    return item.model_copy(update={"id": 0})


def unfollow(session: Session, subscriber_id: int, ids: Collection[int]) -> None:
    """Ends single subscriptions of somebody."""
    for batch in batches(ids):
        rows = delete(SubscriptionRow).where(col(SubscriptionRow.subscriber_id) == subscriber_id)
        session.exec(rows.where(col(SubscriptionRow.id).in_(batch)))


def set_rhythm(session: Session, subscriber_id: int, rhythm: Rhythm) -> None:
    """When somebody is written to."""
    _change(session, subscriber_id, **rhythm.model_dump())


def confirm(session: Session, subscriber_id: int, now: datetime) -> None:
    """Somebody said yes: they get mails from now on, whatever was before. Who did already keeps the day of it."""
    row = session.get_one(SubscriberRow, subscriber_id)
    back = row.ended_at or row.confirmed_at is None
    row.sqlmodel_update({"ended_at": None, "suppressed_at": None, "paused_at": None, "problem": ""})
    if back:
        row.sqlmodel_update({"confirmed_at": now})
    bounces = update(BounceRow).where(col(BounceRow.subscriber_id) == subscriber_id)
    session.exec(
        bounces.values(hard=False)
    )  # what came back before counts no longer, but is known when it is read again


def end(session: Session, subscriber_id: int, now: datetime) -> None:
    """Somebody said no more. The address is kept, so that no list brings it back; what they were told as well."""
    rows = update(SubscriberRow).where(col(SubscriberRow.id) == subscriber_id, col(SubscriberRow.ended_at).is_(None))
    session.exec(rows.values(ended_at=now, confirmed_at=None))


def suppress(session: Session, subscriber_id: int, now: datetime, problem: str) -> None:
    """Stops mails to an address that sends them back; `problem` is shown."""
    _change(session, subscriber_id, suppressed_at=now, problem=storable(problem))


def pause(session: Session, subscriber_id: int, now: datetime, by: str) -> None:
    """No mails until `resume`; what they follow stays, and that they said yes. A mail that may have arrived before
    counts as told. Raises BadInput unless they get mails now."""
    rows = update(SubscriberRow).where(col(SubscriberRow.id) == subscriber_id, gets_mails())
    if not session.exec(rows.values(paused_at=now, paused_by=by)).rowcount:
        raise BadInput("only somebody who gets mails can be paused")


def resume(session: Session, subscriber_id: int) -> None:
    """They get mails again, with what they missed. Raises BadInput unless a person paused them."""
    rows = update(SubscriberRow).where(
        col(SubscriberRow.id) == subscriber_id, col(SubscriberRow.paused_at).is_not(None)
    )
    if not session.exec(rows.values(paused_at=None)).rowcount:
        raise BadInput("they are not paused")


def gets_mails() -> ColumnElement[bool]:
    """Whether somebody said yes and nothing keeps mails from them."""
    away = (SubscriberRow.ended_at, SubscriberRow.suppressed_at, SubscriberRow.paused_at)
    return and_(col(SubscriberRow.confirmed_at).is_not(None), *(col(moment).is_(None) for moment in away))


def note(session: Session, subscriber_id: int, problem: str) -> None:
    """What last went wrong; empty: nothing."""
    _change(session, subscriber_id, problem=storable(problem))


def remove(session: Session, subscriber_id: int) -> None:
    """Forgets somebody and everything about them."""
    session.exec(delete(SubscriberRow).where(col(SubscriberRow.id) == subscriber_id))


def _change(session: Session, subscriber_id: int, **values: Any) -> None:
    session.exec(update(SubscriberRow).where(col(SubscriberRow.id) == subscriber_id).values(**values))


def add_bounce(session: Session, subscriber_id: int, bounce: Bounce) -> bool:
    """Notes a mail that came back; False where this report is known, or its reader is gone meanwhile."""
    if knows_bounce(session, bounce.key) or session.get(SubscriberRow, subscriber_id) is None:
        return False
    values = bounce.model_dump() | {"reason": storable(bounce.reason), "subscriber_id": subscriber_id}
    insert_missing(session, BounceRow, [values])
    return True


def knows_bounce(session: Session, key: str) -> bool:
    """True where this report was read before."""
    return session.exec(select(BounceRow.id).where(BounceRow.key == key)).first() is not None


def strikes(session: Session, subscriber_id: int, now: datetime) -> int:
    """How many hard failures of late."""
    query = select(func.count()).select_from(BounceRow).where(col(BounceRow.subscriber_id) == subscriber_id)
    recent = query.where(col(BounceRow.hard), col(BounceRow.at) >= now - timedelta(days=STRIKE_DAYS))
    return session.exec(recent).one()


def by_address(session: Session, address: str) -> Subscriber | None:
    """The subscriber of this address, capitals aside."""
    return _one(session, col(SubscriberRow.folded) == folded(address))


def by_key(session: Session, key: str) -> Subscriber | None:
    """The subscriber whom links name so."""
    return _one(session, col(SubscriberRow.key) == key)


def _one(session: Session, condition: Any) -> Subscriber | None:
    found = _complete(session, session.exec(select(SubscriberRow).where(condition)).all())
    return found[0] if found else None


def all_subscribers(session: Session) -> tuple[Subscriber, ...]:
    """Everybody, by address, also those who left."""
    return tuple(_complete(session, session.exec(select(SubscriberRow).order_by(col(SubscriberRow.folded))).all()))


def never_asked(session: Session) -> tuple[Subscriber, ...]:
    """Those who were added by hand when no mail could ask them for a yes, by address."""
    row = SubscriberRow
    silent = (col(moment).is_(None) for moment in (row.confirmed_at, row.ended_at, row.suppressed_at, row.paused_at))
    asked = select(MessageRow.subscriber_id).where(col(MessageRow.slot).startswith(ASKING))
    query = select(row).where(*silent, col(row.id).not_in(asked)).order_by(col(row.folded))
    return tuple(_complete(session, session.exec(query).all()))


def is_unanswered(session: Session, subscriber_id: int) -> bool:
    """Whether somebody was only ever asked because the form was sent, and has not answered."""
    return session.exec(_unanswered(SubscriberRow.id).where(col(SubscriberRow.id) == subscriber_id)).first() is not None


def count_unanswered(session: Session, since: datetime) -> int:
    """How many are so of those who were asked since a moment."""
    return int(session.exec(_unanswered(func.count()).where(col(SubscriberRow.added_at) >= since)).one())


def forget_unanswered(session: Session, before: datetime) -> None:
    """Forgets all who are so since before a moment; what was asked in their name goes with them."""
    old = _unanswered(SubscriberRow.id).where(col(SubscriberRow.added_at) < before)
    session.exec(delete(SubscriberRow).where(col(SubscriberRow.id).in_(old)))


def _unanswered(what: Any) -> Any:
    """A query among those of whom nobody knows whether they asked themselves. Who was added by hand is none of them;
    nor is who said no or whose mail came back, which is remembered."""
    row = SubscriberRow
    silent = (col(moment).is_(None) for moment in (row.confirmed_at, row.ended_at, row.suppressed_at))
    asked = select(MessageRow.subscriber_id).where(col(MessageRow.slot).startswith(BY_FORM))
    return select(what).select_from(row).where(*silent, col(row.id).in_(asked))


def some(session: Session, ids: Collection[int]) -> dict[int, Subscriber]:
    """The subscribers of these ids."""
    rows = [
        row
        for batch in batches(ids)
        for row in session.exec(select(SubscriberRow).where(col(SubscriberRow.id).in_(batch)))
    ]
    return {item.id: item for item in _complete(session, rows)}


def _complete(session: Session, rows: Collection[SubscriberRow]) -> list[Subscriber]:
    follows = _subscriptions(session, [row.id or 0 for row in rows])
    return [_subscriber(row, follows.get(row.id or 0, ())) for row in rows]


def _subscriber(row: SubscriberRow, follows: tuple[Subscription, ...]) -> Subscriber:
    fields = {name: getattr(row, name) for name in Subscriber.model_fields if hasattr(row, name)}
    fields |= {name: utc(value) for name, value in fields.items() if isinstance(value, datetime)}
    rhythm = Rhythm(**{name: getattr(row, name) for name in _RHYTHM})
    return Subscriber(**fields, rhythm=rhythm, subscriptions=follows)


def _subscriptions(session: Session, ids: Collection[int]) -> dict[int, tuple[Subscription, ...]]:
    found: dict[int, list[Subscription]] = {}
    for batch in batches(ids):
        query = select(SubscriptionRow).where(col(SubscriptionRow.subscriber_id).in_(batch))
        for row in session.exec(query.order_by(col(SubscriptionRow.id))):
            values = {name: getattr(row, name) for name in Subscription.model_fields}
            found.setdefault(row.subscriber_id, []).append(Subscription(**values))
    return {key: tuple(items) for key, items in found.items()}
