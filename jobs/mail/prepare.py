"""Composes the mails that are due and stores them with their ledger lines; sends nothing.

Readers who follow the same, live in the same day and were told the same get the same edition, composed once.
"""

import uuid
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from db.engine import reading
from db.feeds import feeds
from db.mail import ledger, subscribers
from db.mail.ledger import ComposedMail, DigestRecipient
from db.mapping import batches
from db.sessions import session
from db.sources import agendas
from db.timeline.news import NewsWindow, candidates
from db.timeline.timelines import shown_policies
from db.values import EditionText, HearingLine, LedgerLine
from jobs.mail.mailing import Mailing, county_of, edition_id, hearing_lines, links
from tracker.coverage import Coverage
from tracker.hearings import Hearing
from tracker.model import Policy, Publish
from tracker.publish.mail import digest, envelope, hearing_news, schedule
from tracker.publish.mail.audience import EntryIndex, Interest, coverage_for, unserved_places
from tracker.publish.mail.digest import Digest, Letter
from tracker.publish.mail.hearing_news import Sent
from tracker.publish.mail.paragraphs import Policies
from tracker.publish.mail.schedule import Slot
from tracker.publish.mail.sections import Sections, SentRevision, for_reader, is_old, policy_seen_on
from tracker.publish.mail.subscribers import Frequency, Subscriber

if TYPE_CHECKING:
    from sqlalchemy import Engine

NEAR_DAYS = 15
"""Slots farther from now than this have no say in whether one is due."""
SLACK_DAYS = 35
"""Entries opened or revised so long before somebody's last mail are looked at again: clocks were wrong, transactions
long. The ledger knows what was told."""
AT_ONCE_DAYS = 60
"""Whoever is written to at once was looked at a minute ago; nothing of theirs waits for longer."""
A_DAY = timedelta(days=1)
KEPT_EDITIONS = 200
"""Composed mails in memory, of up to 100 KB."""

Waits = Callable[[datetime], bool]
"""Whether the mails of an hour wait for something."""


def nothing_waits(_hour: datetime) -> bool:
    """They go."""
    return False


@dataclass(frozen=True)
class Composed:
    """A mail, for all who get the same, and the lines of the ledgers that it stands for."""

    id: str
    digest: Digest
    lines: tuple[LedgerLine, ...] = ()
    hearings: tuple[HearingLine, ...] = ()


class Composer:
    """Writes mails about one window of entries."""

    def __init__(
        self,
        index: EntryIndex,
        coverage: tuple[Coverage, ...],
        mailing: Mailing,
        policies: Policies,
        hearings: tuple[Hearing, ...] = (),
    ) -> None:
        self.hearings = hearings
        self._index, self._coverage, self._mailing, self._policies = index, coverage, mailing, policies
        self._composed: OrderedDict[object, Composed | None] = OrderedDict()
        self._opened: dict[tuple[Interest, date], list[datetime]] = {}
        self._heard: dict[Interest, tuple[Coverage, ...]] = {}

    def compose(
        self, reader: Subscriber, told: Mapping[str, SentRevision], heard: Sent, now: datetime, *, quiet: bool
    ) -> Composed | None:
        """The mail that somebody gets now who was `told` of these entries and `heard` of these hearings; None where
        there is nothing to tell and quiet mails are not wanted."""
        today = now.astimezone(ZoneInfo(reader.rhythm.timezone)).date()
        interest, since = Interest.of(reader.subscriptions), reader.confirmed_at or now
        counted = bisect_right(self._old(interest, today), since)
        key = (interest, today, frozenset(told.items()), frozenset(heard.items()), counted, quiet, reader.is_channel)
        if key not in self._composed:
            wanted = self._index.matching(interest)
            near = partial(interest.nearness, county_of=county_of)
            found = for_reader(wanted, told, self._index.known, today=today, since=since, near=near)
            found = replace(found, hearings=self._ahead(interest, heard, today))
            worth_it = quiet or found.has_news
            self._composed[key] = self._written(found, interest, today, reader.is_channel) if worth_it else None
        self._composed.move_to_end(key)
        while len(self._composed) > KEPT_EDITIONS:
            self._composed.popitem(last=False)
        return self._composed[key]

    def _ahead(self, interest: Interest, heard: Sent, today: date) -> tuple[Hearing, ...]:
        asked = hearing_news.followed(self.hearings, interest, county_of)
        coming = (one for one in asked if one.gone_at or one.day >= today)
        return hearing_news.news(coming, heard, until=today + hearing_news.AHEAD)

    def _old(self, interest: Interest, today: date) -> list[datetime]:
        """When the old entries that somebody follows were opened: it depends on when they subscribed which count."""
        if (interest, today) not in self._opened:
            old = (entry for entry in self._index.matching(interest) if is_old(entry, today))
            firsts = (min((item.at for item in entry.revisions), default=None) for entry in old)
            self._opened[interest, today] = sorted(at if at.tzinfo else at.replace(tzinfo=UTC) for at in firsts if at)
        return self._opened[interest, today]

    def _written(self, found: Sections, interest: Interest, today: date, is_channel: bool) -> Composed:
        """Many read a channel, so nothing in it is one reader's own."""
        if interest not in self._heard:
            self._heard[interest] = coverage_for(self._coverage, interest, county_of)
        letter = Letter(
            today=today,
            coverage=self._heard[interest],
            unserved=() if is_channel else unserved_places(self._coverage, interest, county_of),
            public_url=self._mailing.public_url,
            contact=self._mailing.contact,
            follows=() if is_channel else interest.in_words(),
            publish=self._mailing.news,
            **({} if is_channel else links(self._mailing.sender)),
        )
        mail = digest.write(found, letter, self._policies)
        lines = tuple(_lines(found, mail, has_link=bool(letter.public_url)))
        return Composed(edition_id(mail), mail, lines, hearing_lines(mail.hearings))


def _lines(found: Sections, mail: Digest, *, has_link: bool) -> Iterator[LedgerLine]:
    """What a mail tells, and what it counts; of steps beside the news those that the reader did not know. What it had
    no room for is counted where a link leads to it, and else left for the next mail."""
    news, inside, corrected = ({entry.id for entry in some} for some in (found.new, mail.entries, mail.corrected))
    for entry in mail.entries:
        if entry.id in news or entry.id not in found.sent:
            yield LedgerLine(entry_id=entry.id, revision=entry.revision)
    for entry in (*found.new, *found.older) if has_link else found.older:
        if entry.id not in inside:
            yield LedgerLine(entry_id=entry.id, revision=entry.revision, in_full=False)
    for item in found.corrections:
        if has_link or item.entry.id in corrected:
            yield LedgerLine(entry_id=item.entry.id, revision=item.entry.revision)


def due(
    engine: "Engine", now: datetime, *, only: Collection[int] = (), early: bool = False, waits: Waits = nothing_waits
) -> dict[DigestRecipient, Slot]:
    """Who gets a mail now; `early` does not wait for anybody's hour, nor does it ask what `waits`."""
    with reading(engine) as opened:
        standing = [item for item in ledger.recipients(opened) if not only or item.id in only]
        if not early:
            standing = [item for item in standing if _slot(item, now, item.last_day)]
        near = timedelta(days=NEAR_DAYS)
        ids = [item.id for item in standing]
        done = ledger.done_days(opened, ids, (now - near).date(), (now + near).date())
    found = ((item, _slot(item, now, {*item.last_day, *done.get(item.id, ())}, early)) for item in standing)
    slots = {item: slot for item, slot in found if slot}
    if early or waits is nothing_waits:
        return slots
    hours = {(item, slot): schedule.slot_moment(item.rhythm, slot.day) for item, slot in slots.items() if slot.day}
    late = {hour for hour in set(hours.values()) if waits(hour)}
    return {item: slot for item, slot in slots.items() if hours.get((item, slot)) not in late}


def _slot(item: DigestRecipient, now: datetime, done: Collection[date], early: bool = False) -> Slot | None:
    if early:
        return schedule.early(item.rhythm, now, done=done)
    if item.rhythm.frequency is Frequency.AT_ONCE:
        return schedule.at_once(item.rhythm, now, item.last_at)
    return schedule.due(item.rhythm, now, since=item.since, done=done)


def window(standing: Iterable[DigestRecipient], now: datetime) -> NewsWindow:
    """The entries that may be news to any of these readers."""
    since = min((_looked_at(item, now) for item in standing), default=now)
    return NewsWindow(since=since - timedelta(days=SLACK_DAYS), today=now.date())


def window_of(reader: Subscriber, now: datetime) -> NewsWindow:
    """The entries that may be news to one reader, active or not."""
    fields = {"since": reader.confirmed_at or now, "last_slot": reader.last_slot, "last_at": reader.last_at}
    return window([DigestRecipient(id=reader.id, rhythm=reader.rhythm, **fields)], now)


def _looked_at(item: DigestRecipient, now: datetime) -> datetime:
    moments = [item.since, now - timedelta(days=AT_ONCE_DAYS) if item.rhythm.frequency is Frequency.AT_ONCE else None]
    moments += [item.last_at, *(datetime.combine(day, datetime.min.time(), UTC) for day in item.last_day)]
    return min(now, max(moment for moment in moments if moment))


def hearing_ids(hearings: Iterable[Hearing]) -> set[str]:
    """Those that a ledger may know of them."""
    return {name for one in hearings for told in (one, one.before) if told for name in (told.id, *told.joint)}


def composer(engine: "Engine", mailing: Mailing, seen: NewsWindow) -> Composer:
    """A composer for the entries of a window and the hearings ahead, as the database has them now."""
    with reading(engine) as opened:
        index = EntryIndex(candidates(opened, seen), county_of, mailing.news)
        ahead = agendas.coming(opened, seen.today - A_DAY, late=hearing_news.LATE)  # readers live in other days
        return Composer(index, feeds.coverage(opened), mailing, policies_of(engine, mailing.publish), ahead)


def policies_of(engine: "Engine", publish: Publish, as_of: date | None = None) -> Policies:
    """The policies of which mails tell, loaded when one is written: few of all that might. As they would have been
    known on the day `as_of`, if one is given."""

    def load(names: Collection[str]) -> dict[str, Policy]:
        with reading(engine) as opened:
            found = {policy.id: policy for policy in shown_policies(opened, names, publish)}
        return {name: policy_seen_on(policy, as_of) if as_of else policy for name, policy in found.items()}

    return load


def drafts(
    engine: "Engine", mailing: Mailing, slots: Mapping[DigestRecipient, Slot], now: datetime
) -> Iterator[tuple[Subscriber, Slot, Composed | None]]:
    """The mail for each of these slots, or None where there is nothing to tell."""
    seen = window(slots, now)
    writer = composer(engine, mailing, seen)
    by_id = {item.id: slot for item, slot in slots.items()}
    for batch in batches(by_id):
        with reading(engine) as opened:
            readers, told = subscribers.some(opened, batch), ledger.told_lines(opened, batch, seen)
            heard = ledger.told_hearings(opened, batch, hearing_ids(writer.hearings))
        for key, reader in readers.items():
            found = writer.compose(reader, told.get(key, {}), heard.get(key, {}), now, quiet=by_id[key].quiet)
            yield reader, by_id[key], found


def prepare(
    engine: "Engine",
    mailing: Mailing,
    now: datetime,
    *,
    only: Collection[int] = (),
    early: bool = False,
    waits: Waits = nothing_waits,
) -> int:
    """Composes and stores what is due; returns the number of new mails. Only for whoever is the only sender."""
    slots = due(engine, now, only=only, early=early, waits=waits)
    if not slots:
        return 0
    stored = 0
    for batch in batches(drafts(engine, mailing, slots, now)):
        made = [draft(mailing, reader, slot, item) for reader, slot, item in batch]
        stored += store(engine, made, [item for _, _, item in batch if item], now)
    return stored


def store(engine: "Engine", made: Collection[ComposedMail], composed: Iterable[Composed], now: datetime) -> int:
    """Stores mails with their lines, in one transaction; how many are new."""
    mails = {item.id: item.digest for item in composed}
    texts = [(key, EditionText(subject=one.subject, html=one.html, text=one.text)) for key, one in mails.items()]
    with session(engine) as opened:
        ledger.add_editions(opened, texts, now)
        return ledger.store(opened, made, now)


def draft(mailing: Mailing, reader: Subscriber, slot: Slot, item: Composed | None) -> ComposedMail:
    return ComposedMail(
        subscriber_id=reader.id,
        slot=slot.key,
        day=slot.day,
        message_id=envelope.message_id(uuid.uuid4().hex, mailing.sender),
        edition_id=item.id if item else None,
        lines=item.lines if item else (),
        hearings=item.hearings if item else (),
    )
