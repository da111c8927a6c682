"""The sheet of 287(g) agreements: polled, compared with the one before, its rows recorded."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlmodel import Session

from db import freshness
from db.engine import reading
from db.feeds import feeds
from db.locks import hold_timeline
from db.sessions import session
from db.sources import agreements, records
from db.timeline.recorder import EntryChanges
from db.values import DueFeed
from jobs.gather.source_context import MOVED, SourceContext, SourceNews
from tracker.errors import RecordError
from tracker.gather.sources.sheet import SheetRow, read_sheet, sheet_address
from tracker.read.records.agreements import are_many, compare, distinct
from tracker.read.records.findings import read_agreement


async def poll_agreements(context: SourceContext, source: DueFeed) -> SourceNews:
    """Asks the page, then the sheet that it links. Whether the timeline changed. Raises GatherError kinds."""
    page = await context.fetcher.get(source.url)
    address = sheet_address(page.body, page.url)
    if address is None:
        raise RecordError(source.url, f"the page links no workbook; {MOVED}")
    sheet = await context.fetcher.get(address)
    mark = sha256(sheet.body).hexdigest()
    changed = 0
    known = await asyncio.to_thread(context.subscription, source)
    if known.cursor != mark:
        rows = await asyncio.to_thread(read_sheet, sheet.body, address)
        changed = await context.tasks.store(_save, context, source, NewSheet(address, mark, tuple(distinct(rows))))
    await asyncio.to_thread(_tell_of_missing, context, source, address)
    return SourceNews(changed > 0)


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A sheet that differs from the one before; `mark` is its hash."""

    address: str
    mark: str
    rows: tuple[SheetRow, ...]


Told = tuple[int, SheetRow, date | None]
"""The number of a row, what it says, since when it is no longer listed."""


def _tell_of_missing(context: SourceContext, source: DueFeed, address: str) -> None:
    """Raises RecordError while the sheet lacks too many rows to be believed."""
    with reading(context.engine) as opened:
        missing, listed = agreements.count_missing(opened, source.id)
    if are_many(missing, listed):
        raise RecordError(
            address,
            f"the sheet lacks {missing} of {listed} agreements, as a broken upload does: look at it; they stay listed "
            f"unless {agreements.SHEETS_UNTIL_MANY_GONE} sheets in a row lack them",
            passes=True,
        )


def _save(context: SourceContext, source: DueFeed, sheet: NewSheet) -> int:
    """How many entries changed. Everything of a sheet in one transaction: a run that is killed begins it again."""
    now = context.clock()
    with session(context.engine) as opened:
        hold_timeline(opened)
        known = {one.number: one for one in agreements.listed(opened, source.id)}
        changes = compare([one.row for one in known.values()], sheet.rows)
        missing = [row.number for row in changes.gone if known[row.number].gone is None]
        many = are_many(len(missing), sum(one.gone is None for one in known.values()))
        until_gone = agreements.SHEETS_UNTIL_MANY_GONE if many else agreements.SHEETS_UNTIL_GONE
        told = [
            *((number, row, None) for number, row in agreements.add(opened, source.id, changes.added, now)),
            *((old.number, row, None) for old, row in changes.corrected),
            *((old.number, row, None) for old, row in changes.matched if known[old.number].gone),
            *(
                (number, known[number].row, now.date())
                for number in agreements.note_missing(opened, missing, now, until_gone)
            ),
        ]
        agreements.note_listed(opened, changes.matched, now)
        feeds.save_cursor(opened, source.id, sheet.mark)
        freshness.touch(opened)  # the report lists also what is in no timeline
        done = _record(opened, source, told, now)
    context.tally.add_changes(done)
    return done.total


def _record(opened: Session, source: DueFeed, told: Sequence[Told], now: datetime) -> EntryChanges:
    """What rows say; one that no government can be told of any more says nothing."""
    read = {number: read_agreement(row, source.url, number, gone) for number, row, gone in told}
    unplaced = records.named(opened, source.id, [str(number) for number, one in read.items() if one is None])
    back = records.take_back(opened, unplaced, now)
    return back + records.record_rows(opened, source.id, [one for one in read.values() if one], now)
