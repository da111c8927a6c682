"""The mail that somebody would get, without sending it: for `digest preview`, the desk and the demo; and the mails
that would be sent, as files."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path

from sqlalchemy import Engine

from db.engine import reading
from db.feeds import feeds
from db.mail import ledger
from db.sources import agendas
from db.timeline.filters import EntryFilter
from db.timeline.timelines import entries
from jobs.clock import local
from jobs.mail import agenda, outbox, prepare
from jobs.mail.link_tokens import Purpose
from jobs.mail.mailing import Mailing, county_of
from jobs.mail.prepare import policies_of
from jobs.settings import Settings
from jobs.terminal.console import say
from jobs.terminal.output import make_dir, written
from tracker.errors import BadInput
from tracker.publish.mail import digest, envelope, hearing_news
from tracker.publish.mail.audience import Interest, coverage_for, unserved_places
from tracker.publish.mail.digest import Digest
from tracker.publish.mail.envelope import Edition
from tracker.publish.mail.sections import seen_on
from tracker.publish.mail.subscribers import Subscriber, Subscription
from tracker.timeline.how_sure import is_published

_UNUSUAL = re.compile(r"[^A-Za-z0-9@.+_-]")


def compose_agenda(engine: Engine, settings: Settings, address: str, now: datetime) -> Digest:
    """The mail about agendas that a subscriber would get now. Raises BadInput where there is no such subscriber, they
    watch none, or nothing is new to them."""
    mailing, reader = Mailing.of(settings, preview=True), outbox.known(engine, address)
    if not any(item.agenda for item in reader.subscriptions):
        raise BadInput(f"{reader.shown} watches no agenda; `tracker subscribers add {reader.shown} --agenda` adds one")
    with reading(engine) as opened:
        hearings = agendas.coming(opened, now.date() - prepare.A_DAY, followed=False, late=hearing_news.LATE)
        told = ledger.told_hearings(opened, [reader.id], prepare.hearing_ids(hearings)).get(reader.id, {})
    found = agenda.compose(reader, hearings, told, mailing, now)
    if found is None:
        raise BadInput(f"nothing is new on the agendas that {reader.shown} watches; no mail would go out")
    return envelope.personal(found.digest, mailing.tokens.make(Purpose.MANAGE, reader.key))


def compose_for(engine: Engine, settings: Settings, address: str, now: datetime) -> Digest:
    """The mail that a subscriber would get now, quiet or not. Raises BadInput where there is no such subscriber."""
    mailing, reader = Mailing.of(settings, preview=True), outbox.known(engine, address)
    if reader.state != "active":
        say(f"{reader.shown} is {reader.state} and gets no such mail now; see `tracker subscribers list`")
    seen = prepare.window_of(reader, now)
    with reading(engine) as opened:
        told = ledger.told_lines(opened, [reader.id], seen).get(reader.id, {})
    writer = prepare.composer(engine, mailing, seen)
    with reading(engine) as opened:
        heard = ledger.told_hearings(opened, [reader.id], prepare.hearing_ids(writer.hearings)).get(reader.id, {})
    found = writer.compose(reader, told, heard, now, quiet=True)
    assert found is not None
    return envelope.personal(found.digest, mailing.tokens.make(Purpose.MANAGE, reader.key))


def compose(
    engine: Engine,
    settings: Settings,
    wanted: EntryFilter,
    now: datetime,
    since: datetime | None,
    archive: bool = False,
) -> Digest:
    """The mail about the wanted entries found after `since` (None: all). Days are those of the settings' zone. Of an
    `archive`: as if each report had been read when it ran."""
    with reading(engine) as session:
        coverage = feeds.coverage(session)
        follows = Interest.of(Subscription(place=place, inside=wanted.inside) for place in wanted.places)
        today = local(now, settings)
        ahead = () if archive else agendas.coming(session, today.date())
        asked = [
            Subscription(place=one, inside=wanted.inside, topics=wanted.topics) for one in wanted.places or (None,)
        ]
        ahead = hearing_news.followed(ahead, Interest.of(asked), county_of)
        found = (entry for entry in entries(session, wanted) if is_published(entry, settings.mailed))
        return digest.compose(
            (seen for entry in found if (seen := seen_on(entry, today.date()))) if archive else found,
            digest.Letter(
                today.date(),
                coverage=coverage_for(coverage, follows, county_of) if wanted.places else tuple(coverage),
                unserved=unserved_places(coverage, follows, county_of),
                public_url=settings.report_url,
                contact=settings.contact,
                publish=settings.mailed,
            ),
            since=since,
            hearings=hearing_news.news(ahead, {}, until=today.date() + hearing_news.AHEAD),
            policies=policies_of(engine, settings.publish, today.date() if archive else None),
        )


def write(mail: Digest, folder: Path) -> tuple[Path, Path]:
    """Writes digest.html and digest.txt and returns their paths. Raises StorageError."""
    make_dir(folder)
    pages = (folder / "digest.html", mail.html), (folder / "digest.txt", f"Subject: {mail.subject}\n\n{mail.text}")
    for path, text in pages:
        with written(str(path)) as file:
            file.write(text.encode())
    return pages[0][0], pages[1][0]


def write_due(
    engine: Engine,
    settings: Settings,
    folder: Path,
    now: datetime,
    *,
    only: Collection[int] = (),
    early: bool = False,
) -> Iterator[Path]:
    """One file a mail that is due; yields the paths. A mail that is composed already and waits for another try is not
    among them. Raises StorageError."""
    mailing = Mailing.of(settings, preview=True)
    make_dir(folder)
    slots, days = prepare.due(engine, now, only=only, early=early), agenda.due(engine, now, only=only, early=early)
    mails = chain(
        prepare.drafts(engine, mailing, slots, now) if slots else (), agenda.drafts(engine, mailing, days, now)
    )
    for reader, slot, item in mails:
        if item:
            unique = envelope.message_id(f"dry-run.{reader.id}.{slot.key.replace(':', '')}", mailing.sender)
            person = mailing.reader(reader.address, reader.key, unique, now)
            kind = "-agenda" if slot.key.startswith(agenda.SLOT) else ""
            path = folder / f"{_file_name(reader)}{kind}.eml"
            with written(str(path)) as file:
                file.write(Edition(item.digest, mailing.sender).message(person))
            yield path


def _file_name(reader: Subscriber) -> str:
    """The address where it is an ordinary one, and always the number: no two the same, none outside the folder."""
    return f"{reader.id}-{_UNUSUAL.sub('_', 'channel' if reader.is_channel else reader.address)[:100]}"
