"""Mails about agendas: what is new on those that somebody watches, once a day at most, at their hour or later that day.

Each stands for a slot of its day, so that no rerun and no second process brings another one; what it tells stands in
the ledger of hearings, which the digest shares.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from db.engine import reading
from db.mail import ledger, subscribers
from db.mapping import batches
from db.sources import agendas
from jobs.mail.mailing import Mailing, county_of, edition_id, hearing_lines, links
from jobs.mail.prepare import A_DAY, Composed, draft, hearing_ids, store
from tracker.hearings import Hearing
from tracker.publish.mail import digest, hearing_news, schedule
from tracker.publish.mail.audience import describe
from tracker.publish.mail.digest import Letter
from tracker.publish.mail.hearing_news import Sent
from tracker.publish.mail.schedule import Slot
from tracker.publish.mail.subscribers import Subscriber

if TYPE_CHECKING:
    from sqlalchemy import Engine

SLOT = "agenda:"
"""Begins the slot of such a mail; the day of the reader's own calendar follows."""


def due(engine: "Engine", now: datetime, *, only: Collection[int] = (), early: bool = False) -> dict[int, Slot]:
    """The slots that are open, by reader: it is their hour, or later, and they had no such mail today; `early` does not
    wait for the hour."""
    with reading(engine) as opened:
        ids = [key for key in ledger.agenda_readers(opened) if not only or key in only]
        readers = subscribers.some(opened, ids)
        slots = {key: _slot(reader, now) for key, reader in readers.items() if early or _is_awake(reader, now)}
        done = ledger.have_mail_of(opened, slots, {slot.key for slot in slots.values()})
    return {key: slot for key, slot in slots.items() if (key, slot.key) not in done}


def _slot(reader: Subscriber, now: datetime) -> Slot:
    day = now.astimezone(ZoneInfo(reader.rhythm.timezone)).date()
    return Slot(f"{SLOT}{day}", None, quiet=False)


def _is_awake(reader: Subscriber, now: datetime) -> bool:
    """Nobody is written to in the night: what is found then waits for their hour."""
    day = now.astimezone(ZoneInfo(reader.rhythm.timezone)).date()
    return schedule.slot_moment(reader.rhythm, day) <= now


def drafts(
    engine: "Engine", mailing: Mailing, slots: Mapping[int, Slot], now: datetime
) -> Iterator[tuple[Subscriber, Slot, Composed]]:
    """The mails for these slots, where there is something to tell."""
    with reading(engine) as opened:
        hearings = agendas.coming(opened, now.date() - A_DAY, followed=False, late=hearing_news.LATE)
    for batch in batches(slots if hearings else ()):
        with reading(engine) as opened:
            readers = subscribers.some(opened, batch)
            heard = ledger.told_hearings(opened, batch, hearing_ids(hearings))
        for key, reader in readers.items():
            found = compose(reader, hearings, heard.get(key, {}), mailing, now)
            if found:
                yield reader, slots[key], found


def compose(
    reader: Subscriber, hearings: Collection[Hearing], heard: Sent, mailing: Mailing, now: datetime
) -> Composed | None:
    """The mail that somebody gets now; None where nothing is new to them."""
    today = now.astimezone(ZoneInfo(reader.rhythm.timezone)).date()
    ahead = [one for one in hearings if one.gone_at or one.day >= today]
    asked = hearing_news.watched(ahead, reader.subscriptions, heard, county_of)
    found = hearing_news.news(asked, heard)
    if not found:
        return None
    watches = (item for item in reader.subscriptions if item.agenda)
    letter = Letter(
        today,
        public_url=mailing.public_url,
        contact=mailing.contact,
        follows=() if reader.is_channel else tuple(map(describe, watches)),
        **({} if reader.is_channel else links(mailing.sender)),
    )
    mail = digest.agenda(found, letter)
    return Composed(edition_id(mail), mail, hearings=hearing_lines(mail.hearings))


def prepare(
    engine: "Engine", mailing: Mailing, now: datetime, *, only: Collection[int] = (), early: bool = False
) -> int:
    """Composes and stores what is due; the number of new mails. Only for whoever is the only sender."""
    slots, stored = due(engine, now, only=only, early=early), 0
    for batch in batches(drafts(engine, mailing, slots, now) if slots else ()):
        made = [draft(mailing, reader, slot, item) for reader, slot, item in batch]
        stored += store(engine, made, [item for _, _, item in batch], now)
    return stored
