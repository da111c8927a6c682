"""The ledger: who was told what, by which mail, and how each mail stands.

A mail and its lines are written in one transaction, before it is sent; a line is there exactly as long as its mail was
sent, is still to be, or may have arrived. So a kill at any point loses nothing (what was composed is sent later) and
doubles nothing (what was composed is not composed again).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from typing import Any

from sqlalchemy import Exists, Select
from sqlalchemy import Row as Cells
from sqlmodel import Session, col, delete, func, or_, select, update

from db.mail.subscribers import gets_mails
from db.mapping import batches, insert_missing
from db.tables.mail import EditionRow, HearingLedgerRow, LedgerRow, MessageRow, SubscriberRow, SubscriptionRow
from db.timeline.news import NewsWindow, candidate_ids
from db.values import ASKING, EditionText, HearingLine, LedgerLine, Message, MessageState, SendResult, utc
from tracker.model import Value
from tracker.publish.mail.hearing_news import SentHearing
from tracker.publish.mail.sections import SentRevision
from tracker.publish.mail.subscribers import Rhythm


class DigestRecipient(Value):
    """What the schedule needs to know of an active subscriber."""

    id: int
    rhythm: Rhythm
    since: datetime
    last_slot: str = ""
    last_at: datetime | None = None

    @property
    def last_day(self) -> tuple[date, ...]:
        """The day of the last slot, if any."""
        return (date.fromisoformat(self.last_slot),) if self.last_slot else ()


@dataclass(frozen=True)
class ComposedMail:
    """A mail to be stored. `day` is the slot's, None for an extra one; `edition_id` None: there was nothing to tell, so
    only the slot is noted."""

    subscriber_id: int
    slot: str
    day: date | None
    message_id: str
    edition_id: str | None
    lines: tuple[LedgerLine, ...] = ()
    hearings: tuple[HearingLine, ...] = ()


def recipients(session: Session) -> list[DigestRecipient]:
    """All who get the digest, by id: not those who asked for agendas alone."""
    row = SubscriberRow
    query: Select[Any] = select(  # type: ignore[call-overload]
        *(row.id, row.frequency, row.weekday, row.hour, row.timezone, row.confirmed_at, row.last_slot, row.last_at)
    ).where(gets_mails(), or_(_subscribes(agenda=False), ~_subscribes(agenda=True)))
    rhythms: dict[tuple[Any, ...], Rhythm] = {}
    return [_recipient(cells, rhythms) for cells in session.execute(query.order_by(col(row.id)))]


def _subscribes(*, agenda: bool) -> Exists:
    """Whether a subscriber has a subscription to agendas, or another one."""
    of = select(SubscriptionRow.id).where(SubscriptionRow.subscriber_id == SubscriberRow.id)
    return of.where(col(SubscriptionRow.agenda).is_(agenda)).exists()


def agenda_readers(session: Session) -> list[int]:
    """The ids of those who get mails about agendas."""
    query = select(SubscriberRow.id).where(gets_mails(), _subscribes(agenda=True)).order_by(col(SubscriberRow.id))
    return [key for key in session.exec(query) if key]


def have_mail_of(session: Session, ids: Collection[int], slots: Collection[str]) -> set[tuple[int, str]]:
    """Which of these subscribers have a mail of which of these slots."""
    found: set[tuple[int, str]] = set()
    for batch in batches(ids):
        query = select(MessageRow.subscriber_id, MessageRow.slot).where(col(MessageRow.subscriber_id).in_(batch))
        found |= set(session.exec(query.where(col(MessageRow.slot).in_(sorted(slots)))))
    return found


def _recipient(cells: Cells[Any], rhythms: dict[tuple[Any, ...], Rhythm]) -> DigestRecipient:
    """Thousands share a few rhythms, whose validation takes most of the time."""
    key: tuple[Any, ...] = tuple(cells)[1:5]
    if key not in rhythms:
        rhythms[key] = Rhythm(frequency=key[0], weekday=key[1], hour=key[2], timezone=key[3])
    moments: dict[str, Any] = {"since": utc(cells.confirmed_at), "last_at": utc(cells.last_at)}
    return DigestRecipient.model_construct(id=cells.id, rhythm=rhythms[key], last_slot=cells.last_slot, **moments)


def done_days(session: Session, ids: Collection[int], first: date, last: date) -> dict[int, set[date]]:
    """The days of the slots between `first` and `last` for which these subscribers have a mail."""
    found: dict[int, set[date]] = {}
    for batch in batches(ids):
        query = select(MessageRow.subscriber_id, MessageRow.slot).where(col(MessageRow.subscriber_id).in_(batch))
        between = query.where(MessageRow.slot >= first.isoformat(), MessageRow.slot <= last.isoformat())
        for subscriber_id, slot in session.exec(between):
            if len(slot) == len("2026-11-23"):
                found.setdefault(subscriber_id, set()).add(date.fromisoformat(slot))
    return found


def told_lines(session: Session, ids: Collection[int], window: NewsWindow) -> dict[int, dict[str, SentRevision]]:
    """What each of these subscribers was told of the entries of a window."""
    found: dict[int, dict[str, SentRevision]] = {}
    row = LedgerRow
    for batch in batches(ids):
        query = select(row.subscriber_id, row.entry_id, row.revision, row.in_full)
        query = query.where(col(row.subscriber_id).in_(batch), col(row.entry_id).in_(candidate_ids(window)))
        for subscriber_id, entry_id, revision, in_full in session.exec(query):
            lines = found.setdefault(subscriber_id, {})
            known = lines.get(entry_id, SentRevision(0, in_full=False))
            lines[entry_id] = SentRevision(max(known.revision, revision), known.in_full or in_full)
    return found


def told_hearings(
    session: Session, ids: Collection[int], hearings: Collection[str]
) -> dict[int, dict[str, SentHearing]]:
    """What each of these subscribers was told last of these hearings."""
    found: dict[int, dict[str, SentHearing]] = {}
    row = HearingLedgerRow
    columns = (row.subscriber_id, row.hearing, row.revision, row.day, row.hour, row.gone)
    query: Select[Any] = select(*columns).order_by(col(row.revision))  # type: ignore[call-overload]
    for some, names in product(list(batches(ids)), list(batches(sorted(hearings)))):
        of_them = query.where(col(row.subscriber_id).in_(some), col(row.hearing).in_(names))
        for subscriber_id, hearing, *rest in session.execute(of_them):
            found.setdefault(subscriber_id, {})[hearing] = SentHearing(*rest)
    return found


def add_editions(session: Session, editions: Iterable[tuple[str, EditionText]], now: datetime) -> None:
    """Keeps composed mails by their ids; those that are there already are left."""
    insert_missing(session, EditionRow, [{"id": key, **item.model_dump(), "created_at": now} for key, item in editions])


def store(session: Session, drafts: Collection[ComposedMail], now: datetime) -> int:
    """Stores mails with their lines, ready to be sent; returns how many. A slot that has one already is left out."""
    with_mail = [draft for draft in drafts if draft.edition_id]
    insert_missing(session, MessageRow, [_message_values(draft, now) for draft in with_mail])
    keys = _keys(session, [draft.message_id for draft in with_mail])
    lines = [
        {"subscriber_id": draft.subscriber_id, "message_id": keys[draft.message_id], **vars(line)}
        for draft in with_mail
        if draft.message_id in keys
        for line in draft.lines
    ]
    insert_missing(session, LedgerRow, lines)
    heard = [
        {"subscriber_id": draft.subscriber_id, "message_id": keys[draft.message_id], **vars(line)}
        for draft in with_mail
        if draft.message_id in keys
        for line in draft.hearings
    ]
    insert_missing(session, HearingLedgerRow, heard)
    _note_slots(session, drafts, now)
    return len(keys)


def _message_values(draft: ComposedMail, now: datetime) -> dict[str, Any]:
    names = ("subscriber_id", "slot", "message_id", "edition_id")
    fields = {name: getattr(draft, name) for name in names}
    return fields | {"state": MessageState.COMPOSED, "composed_at": now, "next_try": now}


def _keys(session: Session, message_ids: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for batch in batches(message_ids):
        query = select(MessageRow.message_id, MessageRow.id).where(col(MessageRow.message_id).in_(batch))
        found |= {name: key or 0 for name, key in session.exec(query)}
    return found


def _note_slots(session: Session, drafts: Collection[ComposedMail], now: datetime) -> None:
    regular: dict[tuple[str, bool], list[int]] = {}
    for draft in drafts:
        regular.setdefault((draft.day.isoformat() if draft.day else "", bool(draft.edition_id)), []).append(
            draft.subscriber_id
        )
    for (day, has_mail), ids in regular.items():
        values = ({"last_slot": day} if day else {}) | ({"last_at": now} if has_mail else {})
        for batch in batches(ids if values else ()):
            session.exec(update(SubscriberRow).where(col(SubscriberRow.id).in_(batch)).values(**values))


def claim(session: Session, now: datetime, only: Collection[int] = ()) -> Message | None:
    """Takes the next mail that is to be sent (to one of `only`, if given) in hand: whatever happens from here on, the
    ledger says that it was tried."""
    query = _messages().where(col(MessageRow.next_try) <= now).order_by(col(MessageRow.next_try), col(MessageRow.id))
    if only:
        query = query.where(col(MessageRow.subscriber_id).in_(only))
    cells = session.connection().execute(query.limit(1).with_for_update(of=MessageRow, skip_locked=True)).first()
    if cells is None:
        return None
    values: dict[str, Any] = {"state": MessageState.SENDING, "tries": MessageRow.tries + 1}
    _set(session, cells.id, **values, tried_at=now, next_try=None)
    return _message(cells)


def unclaim(session: Session, message: Message, next_try: datetime) -> None:
    """Undoes a claim after which nothing was sent: no connection was had."""
    values = {"state": message.state, "tries": message.tries, "next_try": next_try}
    _set(session, message.id, **values)


def finish(session: Session, message: Message, outcome: SendResult) -> None:
    """Notes what became of an attempt. A mail that certainly did not arrive and will not gives up its lines, so that
    what it was to tell is told by another; one in doubt keeps them."""
    values: dict[str, Any] = {"state": outcome.state, "next_try": outcome.next_try, "error": outcome.error}
    if outcome.state is MessageState.SENT:
        values["sent_at"] = outcome.at
    if outcome.unclear:
        values["unclear"] = MessageRow.unclear + 1
    _set(session, message.id, **values)
    if outcome.state in (MessageState.FAILED, MessageState.DROPPED):
        give_back(session, [message.id])


def give_back(session: Session, message_ids: Any) -> None:
    """What these mails were to tell is told by others; a list of their keys, or a query for them."""
    for table in (LedgerRow, HearingLedgerRow):
        session.exec(delete(table).where(col(table.message_id).in_(message_ids)))


def recover_unsent(session: Session, now: datetime) -> int:
    """What a sender that was killed had in hand may have arrived: it is tried again under the same Message-ID. Only for
    whoever is the only sender. Returns how many there were."""
    rows = update(MessageRow).where(col(MessageRow.state) == MessageState.SENDING, col(MessageRow.next_try).is_(None))
    values: dict[str, Any] = {"state": MessageState.UNCLEAR, "unclear": MessageRow.unclear + 1, "next_try": now}
    error = "the program was ended while it was sent"
    return int(session.exec(rows.values(**values, error=error)).rowcount)


def _set(session: Session, key: int, **values: Any) -> None:
    """By the table, not by the class: without the bookkeeping of objects it takes a third of the time."""
    table = MessageRow.__table__  # type: ignore[attr-defined]
    session.connection().execute(table.update().where(table.c.id == key).values(**values))


def edition(session: Session, edition_id: str) -> EditionText:
    """The composed mail of this id."""
    row = session.get_one(EditionRow, edition_id)
    return EditionText(subject=row.subject, html=row.html, text=row.text, bulk=row.bulk)


def messages_of(session: Session, subscriber_id: int) -> list[Message]:
    """All mails to one subscriber, latest first."""
    query = _messages().where(col(MessageRow.subscriber_id) == subscriber_id).order_by(col(MessageRow.id).desc())
    return [_message(cells) for cells in session.execute(query)]


def asked_on(session: Session, subscriber_id: int, day: date) -> bool:
    """Whether a mail was composed on that day (in UTC) that asks for a confirmation."""
    begins = f"{ASKING}{day.isoformat()}"
    query = select(MessageRow.id).where(MessageRow.subscriber_id == subscriber_id)
    return session.exec(query.where(col(MessageRow.slot).startswith(begins)).limit(1)).first() is not None


def last_messages(session: Session) -> dict[int, Message]:
    """The last mail to each subscriber."""
    last = select(func.max(MessageRow.id)).group_by(col(MessageRow.subscriber_id))
    return {
        cells.subscriber_id: _message(cells)
        for cells in session.execute(_messages().where(col(MessageRow.id).in_(last)))
    }


def sent_as(session: Session, message_id: str) -> int | None:
    """The subscriber to whom the mail of this Message-ID went."""
    return session.exec(select(MessageRow.subscriber_id).where(MessageRow.message_id == message_id)).one_or_none()


def count_open(session: Session, now: datetime) -> tuple[int, int]:
    """(mails that could go out now, mails that wait for another try)."""
    query = select(func.count()).select_from(MessageRow).where(col(MessageRow.next_try).is_not(None))
    ready = session.exec(query.where(col(MessageRow.next_try) <= now)).one()
    return ready, session.exec(query).one() - ready


def forget_editions(session: Session, before: datetime) -> None:
    """Drops composed mails from before a moment that nobody waits for; what they told stays in the ledger."""
    needed = select(MessageRow.edition_id).where(
        col(MessageRow.edition_id).is_not(None),
        or_(col(MessageRow.next_try).is_not(None), col(MessageRow.state) == MessageState.SENDING),
    )
    session.exec(delete(EditionRow).where(col(EditionRow.created_at) < before, col(EditionRow.id).not_in(needed)))


def _messages() -> Select[Any]:
    row, reader = MessageRow, SubscriberRow
    return select(  # type: ignore[call-overload, no-any-return]
        *(row.id, row.message_id, row.subscriber_id, row.edition_id, row.slot, row.state, row.composed_at),
        *(row.tries, row.unclear, row.sent_at, row.error),
        *(reader.address, reader.key, reader.confirmed_at, reader.ended_at, reader.suppressed_at, reader.paused_at),
    ).join(reader, col(reader.id) == col(row.subscriber_id))


def _message(cells: Cells[Any]) -> Message:
    fields = {name: getattr(cells, name) for name in Message.model_fields if hasattr(cells, name)}
    active = cells.confirmed_at is not None and cells.ended_at is None
    suppressed = cells.suppressed_at is not None
    is_stopped = suppressed or cells.paused_at is not None
    wanted = not is_stopped and (active or cells.slot.startswith(ASKING))
    return Message(**fields | {"edition_id": cells.edition_id or "", "wanted": wanted, "suppressed": suppressed})
