"""One poll of a council's record: which rows are asked for, page by page, and what is asked for next time.

The council's own newest mark of change is its clock: rows are dated by its servers, and minutes come late without a new
mark, so each poll looks LOOK_BACK further back than the newest mark that was seen.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from tracker.errors import FetchError, GatherError, HttpStatusError, NetworkError, RecordError
from tracker.gather.http.client import Fetcher
from tracker.gather.sources import legistar
from tracker.gather.sources.legistar import PAGE, Action, AgendaItem, Matter, Meeting, filter_moment, query_address

T = TypeVar("T")
LOOK_BACK = timedelta(days=3)
FIRST_LOOK = timedelta(days=30)
"""How far a first poll looks back; earlier years are `backfill`'s."""
AHEAD = timedelta(days=90)
"""How far ahead meetings are asked for; agendas are published days before."""
PAST_MEETINGS = timedelta(days=7)
"""How long after a meeting its items are looked at: results are entered in the days after it."""
ROUND = timedelta(days=14)
"""Each followed matter that is not at its end is asked for its history so often: some rows come without a mark."""
SILENCE = 2
"""One that has been silent for long is asked for seldomer, after half its silence: of New York's rows without a mark
(58 of 566) all came within 26 days of the last mark, and matters that nobody ends would pile up."""
MOST_OF_ROUND = 25
"""Histories of that kind in one poll: 300 matters in some 14 polls of a day each."""
MOST_AGENDAS = 20
"""Agendas that one poll asks for."""
AHEAD_OF_US = timedelta(days=2)
"""How far a council's clock may be ahead of ours: a mark that is further ahead is a misprint, and taken for the
council's clock it would hide for ever what changes before it. Shorter than LOOK_BACK, so that nothing is missed."""
NEWEST = 25
"""Matters among which the newest credible mark is looked for."""
MOST_PAGES = 1000
"""Pages of one question: a million matters, some times those of the largest council."""
MOST_BROKEN = 3
"""Answers about single matters or meetings that fail one after another: with so many it is the council's whole API."""
DRAFT = frozenset({404, 410})
"""How the API answers for what is not published yet, or no more."""
BUSY = 503
"""How it answers for some drafts, and for anything while it is overloaded: nothing is known, and the next poll asks."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A matter that counts, as it was last asked for: its mark then, the council's clock then (None: it could not be
    had), whether it is at its end (rejected, or adopted and law), and the day on which it became law."""

    id: int
    changed: datetime | None
    asked: datetime | None
    ended: bool = False
    enacted: date | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a record has been read: the newest mark, and the marks of meetings when their agendas were read; of a
    back-fill the day that it was asked for and how far it has come, None where none is under way."""

    newest: datetime | None = None
    agendas: Mapping[int, str] = field(default_factory=dict)
    since: datetime | None = None
    reached: datetime | None = None

    def to_json(self) -> str:
        return CURSOR.dump_json(self, exclude_defaults=True).decode()

    @classmethod
    def from_json(cls, text: str) -> "Cursor":
        """An empty text, or one that is no cursor, is the cursor of a record that was never read."""
        try:
            return CURSOR.validate_json(text or "{}")
        except ValidationError:
            return cls()


CURSOR = TypeAdapter(Cursor)


def is_cursor(text: str) -> bool:
    """Whether a stored text can be read, be it as the cursor of a record that was never read."""
    try:
        CURSOR.validate_json(text or "{}")
    except ValidationError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Batch:
    """What one answer, or a few that belong together, brought; to be stored with the cursor in one transaction.
    `clock`: the council's newest mark by then; `histories`: the whole history of a matter, empty for a draft;
    `texts`: its words, of those that have become law; `listed`: the first and the last day of which all meetings that
    the record shows are among `meetings`."""

    cursor: Cursor
    clock: datetime | None = None
    matters: tuple[Matter, ...] = ()
    histories: Mapping[int, tuple[Action, ...]] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)
    meetings: tuple[Meeting, ...] = ()
    agendas: Mapping[int, tuple[AgendaItem, ...]] = field(default_factory=dict)
    listed: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class CouncilApi:
    """A client's API. `token`: for those that ask for one."""

    fetcher: Fetcher
    base: str
    token: str = ""

    async def rows(self, path: str, **options: str | int) -> list[Mapping[str, object]]:
        """The rows of one answer. Raises GatherError kinds: RecordError with a remedy for what a client's API says."""
        return legistar.rows(await self.answer(path, **options), f"{self.base}/{path}")

    async def answer(self, path: str, **options: str | int) -> bytes:
        """The body of one answer."""
        url = query_address(self.base, path, self.token, **options)
        try:
            return (await self.fetcher.get(url, headers={"Accept": "application/json"})).body
        except HttpStatusError as error:
            raise refusal(error, self.base, self.token) from error

    async def pages(self, path: str, **options: str | int) -> AsyncIterator[list[Mapping[str, object]]]:
        """All rows, a page at a time. Raises RecordError for what never ends."""
        before: list[Mapping[str, object]] = []
        for number in range(MOST_PAGES):
            found = await self.rows(path, **options, top=PAGE, skip=number * PAGE)
            if found and found == before:
                break
            if found:
                yield found
            if len(found) < PAGE:
                return
            before = found
        raise self._endless(path)

    def _endless(self, path: str) -> RecordError:
        what = "the council's API gives the same page again and again; it is asked again later"
        return RecordError(f"{self.base}/{path}", what, passes=True)

    async def changed_since(self, start: datetime) -> AsyncIterator[tuple[Matter, ...]]:
        """The matters with a mark from `start` on, the oldest first. Each page begins at the last mark of the one
        before: rows that change meanwhile move to the end, and would shift the others past a number to skip. Raises
        RecordError for what never ends."""
        order, seen, skip, again = "MatterLastModifiedUtc,MatterId", frozenset[int](), 0, False
        for _ in range(MOST_PAGES):
            mark = f"MatterLastModifiedUtc ge {filter_moment(start)}"
            found = await self.rows("Matters", filter=mark, orderby=order, top=PAGE, skip=skip)
            matters = legistar.matters(found)
            new = tuple(matter for matter in matters if matter.id not in seen)
            if new:
                yield new
            if len(found) < PAGE:
                return
            if again and not new:  # once it may be a page of one mark, asked for anew from that mark on
                break
            last = _newest(start, matters) or start
            moved = filter_moment(last) != filter_moment(start)
            start, skip, seen = last, 0 if moved else skip + PAGE, frozenset(matter.id for matter in matters)
            again = not new
        raise self._endless("Matters")

    async def text(self, matter: int) -> str:
        """The words of a matter in its last version; empty where it has none."""
        versions = await self.rows(f"Matters/{matter}/Versions")
        key = str(versions[-1].get("Key", "")) if versions else ""
        return legistar.text_of(await self.answer(f"Matters/{matter}/Texts/{key}")) if key.isdigit() else ""


CLOSED = "the council's API asks for a token"
REFUSED = "the council's API refuses the token"


def token_line(client: str) -> str:
    """The line of tracker.toml that gives a client's token."""
    return f'legistar_tokens = {{ {client} = "…" }}'


def refusal(error: HttpStatusError, base: str, token: str = "") -> FetchError | RecordError:
    """What the API means by a status, in words that say what to do."""
    client = legistar.client_of(base)
    if error.status == 403:
        what = f"{REFUSED} that is set for {client}" if token else CLOSED
        return RecordError(
            error.url, f"{what}: ask the council for one, and write it into tracker.toml: {token_line(client)}"
        )
    if error.status == 500:
        return RecordError(
            error.url,
            f"Legistar has no client {client}, or its server fails; the name is the part before .legistar.com",
            passes=True,
        )
    return error


async def newest_change(council: CouncilApi, latest: datetime) -> datetime | None:
    """The council's clock, as far as it is not later than `latest`; None for an empty record."""
    found = legistar.matters(await council.rows("Matters", orderby="MatterLastModifiedUtc desc", top=NEWEST))
    return _newest(None, found, latest) or (latest if found else None)


Known = Callable[[], Mapping[int, Followed]]
"""The matters that are followed, as stored by then."""
Worth = Callable[[Sequence[Matter]], Awaitable[Collection[int]]]
"""Which of some matters are worth following, by their ids."""


async def poll(
    council: CouncilApi, cursor: Cursor, followed: Known, worth: Worth, now: datetime
) -> AsyncIterator[Batch]:
    """Everything that is new in a council's record, in batches that can be stored one by one: killed between two, the
    next poll goes on behind the last. `now` (UTC, naive) bounds what is taken for the council's clock. Raises
    GatherError kinds; where single matters or meetings cannot be had, once all the others were."""
    latest, failures = now + AHEAD_OF_US, Failures()
    asked, is_listed = set[int](), False
    start = cursor.newest - LOOK_BACK if cursor.newest and cursor.newest <= latest else None
    while not is_listed:
        if start is None:
            newest = await newest_change(council, latest)
            if newest is None:
                break
            cursor, start = replace(cursor, newest=None), newest - FIRST_LOOK
        async for batch in _changes(council, cursor, start, followed, worth, latest, failures):
            asked |= batch.histories.keys()
            cursor, is_listed = batch.cursor, True
            yield batch
        # Even where nothing has changed the newest matter is listed: its clock was put back, or there are none left.
        is_listed, start = is_listed or cursor.newest is None, None
    async for batch in _coming(council, cursor, failures):
        had_meetings = _held(batch, cursor.newest) & followed().keys() - asked
        async for one in _histories(council, cursor, cursor.newest, dict.fromkeys(sorted(had_meetings)), failures):
            yield one
        cursor = batch.cursor
        yield batch
    due = _due((one for one in followed().values() if one.id not in asked), cursor.newest)
    async for batch in _histories(council, cursor, cursor.newest, due, failures):
        yield batch
    failures.tell()


async def backfill(
    council: CouncilApi, cursor: Cursor, since: datetime, followed: Known, worth: Worth, now: datetime
) -> AsyncIterator[Batch]:
    """What has changed in a council's record since a moment, in batches; one that was ended goes on where it was, as
    long as it is asked for the same. Agendas are `poll`'s, and so is what cannot be had now."""
    latest = now + AHEAD_OF_US
    newest = cursor.newest or await newest_change(council, latest)
    if newest is None:
        return
    reached = cursor.reached if cursor.since == since and cursor.reached else since
    cursor = replace(cursor, newest=newest, since=since, reached=reached)
    async for batch in _changes(council, cursor, reached, followed, worth, latest, Failures(), is_backfill=True):
        cursor = batch.cursor
        yield batch
    yield Batch(replace(cursor, since=None, reached=None), newest)


@dataclass
class Failures:
    """The answers about single matters and meetings that could not be had in one poll. `row`: how many of them one
    after another."""

    errors: list[GatherError] = field(default_factory=list)
    row: int = 0

    def note(self, error: GatherError) -> None:
        """One more, if it is none of a draft. Raises it where the whole API seems to fail."""
        if isinstance(error, HttpStatusError) and error.status == BUSY:
            return
        self.errors.append(error)
        self.row += 1
        if self.row >= MOST_BROKEN or isinstance(error, NetworkError):
            raise error

    def tell(self) -> None:
        """Raises RecordError where there were some."""
        if self.errors:
            first, more = self.errors[0], len(self.errors) - 1
            others = f" and {more} more" if more else ""
            what = f"{first.url}{others}: {first}; everything else was read, and this is asked for again"
            raise RecordError(first.url, what, passes=True)


async def _changes(
    council: CouncilApi,
    cursor: Cursor,
    start: datetime,
    followed: Known,
    worth: Worth,
    latest: datetime,
    failures: Failures,
    *,
    is_backfill: bool = False,
) -> AsyncIterator[Batch]:
    """The matters that changed, a page at a time: first the histories of those that count, then the page itself, with
    the cursor behind it."""
    known = dict(followed())
    async for matters in council.changed_since(start):
        last = _newest(None, matters)
        clock = _newest(cursor.newest, matters, latest)
        new = {one.id: one for one in matters if _is_new(one, known.get(one.id))}
        wanted = await worth(list(new.values()))
        changed = {number: one for number, one in new.items() if number in wanted}
        async for batch in _histories(council, cursor, clock, changed, failures):
            yield batch
        cursor = replace(cursor, reached=last) if is_backfill else replace(cursor, newest=clock)
        yield Batch(cursor, clock, tuple(one for one in matters if one.id not in changed))


async def _histories(
    council: CouncilApi,
    cursor: Cursor,
    clock: datetime | None,
    wanted: Mapping[int, Matter | Followed | None],
    failures: Failures,
) -> AsyncIterator[Batch]:
    """A history at a time, with its matter where that has changed, and the text of one that is law. A matter whose
    history cannot be had is noted as never asked for, so that the next poll asks."""
    for number, matter in wanted.items():
        some = (matter,) if isinstance(matter, Matter) else ()
        try:
            found = legistar.actions(await _published(council.rows(f"Matters/{number}/Histories")) or [])
            text = await _published(council.text(number)) if matter and matter.enacted else None
        except GatherError as error:
            failures.note(error)
            yield Batch(cursor, None, some, {number: ()})
            continue
        failures.row = 0
        yield Batch(cursor, clock, some, {number: found}, {number: text} if text else {})


async def _published(answer: Awaitable[T]) -> T | None:
    """An answer; None for a draft, which has none yet."""
    try:
        return await answer
    except HttpStatusError as error:
        if error.status not in DRAFT:
            raise
        return None


async def _coming(council: CouncilApi, cursor: Cursor, failures: Failures) -> AsyncIterator[Batch]:
    """Meetings around the council's clock, with the agendas that are new or changed."""
    now = cursor.newest
    if now is None:
        return
    first, last = now - PAST_MEETINGS, now + AHEAD
    days = f"EventDate ge {filter_moment(first)} and EventDate le {filter_moment(last)}"
    marks = dict(cursor.agendas)
    meetings: list[Meeting] = []
    async for found in council.pages("Events", filter=days, orderby="EventDate,EventId"):
        meetings += legistar.meetings(found)
    changed = [meeting for meeting in meetings if marks.get(meeting.id) != _mark(meeting)][:MOST_AGENDAS]
    agendas: dict[int, tuple[AgendaItem, ...]] = {}
    for meeting in changed:
        try:
            items = await _published(council.rows(f"Events/{meeting.id}/EventItems"))
        except GatherError as error:
            failures.note(error)
            continue
        failures.row = 0
        if items:  # without a single line it is being written, and takes nothing off
            agendas[meeting.id] = legistar.agenda_items(items)
        marks[meeting.id] = _mark(meeting)
    listed = {meeting.id for meeting in meetings}
    cursor = replace(cursor, agendas={number: mark for number, mark in marks.items() if number in listed})
    days_listed = (now.date(), last.date()) if meetings else None  # no meeting at all is an outage, no news
    yield Batch(cursor, now, meetings=tuple(meetings), agendas=agendas, listed=days_listed)


def _held(batch: Batch, now: datetime | None) -> set[int]:
    """The matters on agendas, new or changed, of meetings that were held by then."""
    held = [meeting.id for meeting in batch.meetings if now and meeting.day <= now.date()]
    return {item.matter for number in held for item in batch.agendas.get(number, ())}


def _is_new(matter: Matter, known: Followed | None) -> bool:
    return known is None or known.changed != matter.changed


def _due(followed: Iterable[Followed], now: datetime | None) -> dict[int, Followed]:
    """Whose turn it is in the slow round: those that were asked longest ago, and then those that could not be had."""
    if now is None:
        return {}
    old = [one for one in followed if not one.ended and (one.asked is None or now - one.asked >= _round(one, now))]
    return {one.id: one for one in sorted(old, key=lambda one: (one.asked or now, one.id))[:MOST_OF_ROUND]}


def _round(one: Followed, now: datetime) -> timedelta:
    """How long after it was asked it is asked again without a new mark."""
    return max(ROUND, (now - one.changed) / SILENCE) if one.changed else ROUND


def _newest(newest: datetime | None, matters: Iterable[Matter], latest: datetime | None = None) -> datetime | None:
    """The newest mark; of those that are not later than `latest`, where that is said."""
    marks = (matter.changed for matter in matters)
    return max((at for at in (newest, *marks) if at and (latest is None or at <= latest)), default=None)


def _mark(meeting: Meeting) -> str:
    """What tells one state of an agenda from the next."""
    return f"{meeting.changed} {meeting.published} {meeting.day} {meeting.hour} {meeting.status}"
