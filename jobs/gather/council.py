"""A council's record: polled, its matters sorted, its steps recorded."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from sqlmodel import Session

from db import freshness
from db.engine import reading
from db.locks import hold_timeline
from db.sessions import session
from db.sources import councils, meetings, records
from db.sources.councils import SortedMatter
from db.values import DueFeed, Feed
from jobs.gather import scheduled
from jobs.gather.source_context import SourceContext, SourceNews
from tracker.errors import GatherError, RecordError
from tracker.gather.sources import legistar, legistar_poll
from tracker.gather.sources.legistar import Action, Matter
from tracker.gather.sources.legistar_poll import Batch, Cursor, Followed
from tracker.model import Jurisdiction
from tracker.read.places import gazetteer
from tracker.read.records.actions import own_lines
from tracker.read.records.counts import counts
from tracker.read.records.findings import (
    INTRODUCTION,
    Council,
    ReadRecord,
    is_ended,
    read_matter,
    read_start,
    row_of_step,
)
from tracker.read.records.starts import start_of
from tracker.read.records.steps import HistorySteps, read_history

OnBatches = Callable[[Sequence[Batch]], None]
"""Is told what has just been stored."""
HISTORIES = 25
"""Histories that are stored in one transaction: a run that is killed asks few of them again, and a place is folded once
for all of them."""


async def poll_council(context: SourceContext, source: DueFeed) -> SourceNews:
    """One poll; whether the timeline changed."""
    return SourceNews(await CouncilPoll(context, source).run(None))


async def backfill_council(context: SourceContext, source: DueFeed, since: datetime, on_batches: OnBatches) -> bool:
    """What has changed since a moment (the council's, UTC and naive); goes on where an earlier one was ended."""
    return await CouncilPoll(context, source, on_batches).run(since)


@dataclass
class CouncilPoll:
    """One poll of one council, or one back-fill. `sorted` holds what was decided of matters that are not stored yet."""

    context: SourceContext
    source: DueFeed
    on_batches: OnBatches = lambda _some: None
    sorted: dict[int, SortedMatter] = field(default_factory=dict)

    async def run(self, since: datetime | None) -> bool:
        """Whether the timeline changed. Raises GatherError kinds."""
        known = await asyncio.to_thread(self.context.subscription, self.source)
        council = Council(_home(known), known.url)
        token = self.context.options.tokens.get(legistar.client_of(known.url), "")
        asked, cursor = legistar_poll.CouncilApi(self.context.fetcher, known.url, token), Cursor.from_json(known.cursor)
        wanted = partial(self._worth_following, known.topics)
        now = self.context.clock().astimezone(UTC).replace(tzinfo=None)
        batches = (
            legistar_poll.backfill(asked, cursor, since, self._followed, wanted, now)
            if since
            else legistar_poll.poll(asked, cursor, self._followed, wanted, now)
        )
        changed, failure = 0, None
        try:
            async for some in _together(batches):
                changed += await self.context.tasks.store(self._save, known, council, some, since is not None)
                self.on_batches(some)
        except GatherError as error:
            failure = error
        if since is None:
            # Rests on all that is stored by now.
            changed += await self.context.tasks.store(self._save_scheduled, council)
        if failure:
            raise failure
        return changed > 0

    def _followed(self) -> Mapping[int, Followed]:
        with reading(self.context.engine) as opened:
            return councils.followed(opened, self.source.id)

    async def _worth_following(self, topics: Sequence[str], matters: Sequence[Matter]) -> set[int]:
        """Those that are about a standing rule, and of a topic that the subscription is for."""
        found = await asyncio.to_thread(self._sort, matters)
        return {one.matter.id for one in found if one.counts and (not topics or one.topic in topics)}

    def _sort(self, matters: Sequence[Matter]) -> list[SortedMatter]:
        """Each as it is stored where it reads the same, else sorted anew."""
        with reading(self.context.engine) as opened:
            known = councils.matters(opened, self.source.id, [one.id for one in matters]) | self.sorted
        new = [one for one in matters if one.id not in known or known[one.id].matter != one]
        counting = [one for one in new if counts(one)]
        topics = dict(zip((one.id for one in counting), self.context.options.topics(counting), strict=True))
        self.sorted |= {one.id: SortedMatter(one, one.id in topics, topics.get(one.id, "")) for one in new}
        return [self.sorted.get(one.id) or known[one.id] for one in matters]

    def _save(self, known: Feed, council: Council, some: Sequence[Batch], is_backfill: bool) -> int:
        """How many entries were opened or changed. The timeline comes first: whoever waits for it must hold nothing,
        and a poll and a back-fill of one council write the same rows."""
        now = self.context.clock()
        matters = self._sort([one for batch in some for one in batch.matters])
        with session(self.context.engine) as opened:
            hold_timeline(opened)
            histories = [(batch, number, found) for batch in some for number, found in batch.histories.items()]
            sorted_as = councils.matters(opened, self.source.id, [number for _, number, _ in histories])
            sorted_as |= {one.matter.id: one for one in matters}
            own = own_lines(councils.meanings(opened, self.source.id))
            read = [
                ReadHistory(sorted_as[number], read_history(found, own), found, batch)
                for batch, number, found in histories
                if number in sorted_as and found
            ]
            changed = self._record(opened, council, read, now)
            councils.save_matters(opened, self.source.id, matters, known.topics, now)
            ended = {one.matter.id: one.is_ended for one in read}
            for batch in some:
                asked = {number: ended.get(number, False) for number in batch.histories}
                councils.note_asked(opened, self.source.id, asked, batch.clock)
            unknown = ((action, one.matter.file) for one in read if one.told.counts for action in one.history.unknown)
            councils.note_unknown(opened, self.source.id, unknown, now)
            is_new = [
                meetings.save_meetings(opened, self.source.id, batch.meetings, batch.agendas, batch.listed, now)
                for batch in some
            ]
            councils.save_cursor(opened, self.source.id, some[-1].cursor, is_backfill=is_backfill)
            if any(is_new):
                freshness.touch(opened)
        for one in matters:
            self.sorted.pop(one.matter.id, None)
        return changed

    def _save_scheduled(self, council: Council) -> int:
        """What agendas say of matters that have no step yet; how many entries were opened or changed."""
        now = self.context.clock()
        with session(self.context.engine) as opened:
            changes = scheduled.bring_up_to_date(opened, self.source.id, council, now.date(), now)
        self.context.tally.add_changes(changes)
        return changes.total

    def _record(self, opened: Session, council: Council, read: "Sequence[ReadHistory]", now: datetime) -> int:
        found = [record for one in read for record in one.records(council)]
        changes = records.record_rows(opened, self.source.id, found, now)
        gone = {key for one in read for key in self._put_right(opened, one)}
        changes += records.take_back(opened, gone, now)
        self.context.tally.add_changes(changes)
        return changes.total

    def _put_right(self, opened: Session, one: "ReadHistory") -> set[int]:
        """The records of rows that are no steps any more: others of the history tell their stage, or they are read in
        another way. A row that is only missing ends nothing."""
        matter = one.matter
        page = legistar.matter_page(self.source.url, matter.id)
        rows = records.rows_of_matter(opened, self.source.id, matter.file or str(matter.id), page)
        steps = {row_of_step(matter, step) for step in one.history.steps}
        left = {name: key for name, key in rows.items() if _is_step(name) and name not in steps}
        stages, listed = {step.stage.value for step in one.history.steps}, {str(action.id) for action in one.actions}
        told = records.stages_of(opened, left.values())
        return {key for name, key in left.items() if told[key] and (name in listed or told[key] <= stages)}


def _is_step(name: str) -> bool:
    """True for the name of a row that is an action, or the matter's own introduction."""
    return name.isdigit() or name.startswith(INTRODUCTION)


def _home(source: Feed) -> Jurisdiction:
    """Raises RecordError."""
    if source.home is None:
        raise RecordError(source.url, 'nobody said whose council it is: `tracker sources add URL --home "City, ST"`')
    home = gazetteer.load().get(source.home)
    if home is None:
        raise RecordError(source.url, f"its home {source.home} is no place of the gazetteer")
    return home


@dataclass(frozen=True, slots=True)
class ReadHistory:
    """A matter whose history was asked for, and what that says."""

    told: SortedMatter
    history: HistorySteps
    actions: tuple[Action, ...]
    batch: Batch

    @property
    def matter(self) -> Matter:
        return self.told.matter

    @property
    def is_ended(self) -> bool:
        clock = self.batch.clock
        return is_ended(self.history, self.matter, clock.date() if clock else None)

    def records(self, council: Council) -> Iterator[ReadRecord]:
        """Its steps, and the start of the law where its text tells one."""
        yield from read_matter(council, self.matter, self.told.topic, self.history)
        text = self.batch.texts.get(self.matter.id, "")
        start = start_of(text, self.matter.enacted) if text else None
        if start:
            yield read_start(council, self.matter, self.told.topic, (text, start), self.actions)


async def _together(batches: AsyncIterator[Batch]) -> AsyncIterator[list[Batch]]:
    """The batches, some histories at a time. The last of each has the cursor that all of them are behind."""
    some: list[Batch] = []
    async for batch in batches:
        some.append(batch)
        if not batch.histories or len(some) >= HISTORIES:
            yield some
            some = []
    if some:
        yield some
