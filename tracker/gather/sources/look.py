"""A look at a source that is no feed: does it answer as one of its kind, and if not, what is to be done? Asks little,
changes nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from tracker.errors import GatherError, RecordError, RobotsRefused
from tracker.gather.feeds.diagnosis import AGAIN, Diagnosis, FeedVerdict, cause_of, remedy_of
from tracker.gather.http.client import Fetcher
from tracker.gather.http.robots import Robots
from tracker.gather.schedule import FailureKind, kind_of
from tracker.gather.sources import legistar
from tracker.gather.sources.document_list import documents_of, list_address
from tracker.gather.sources.legistar_poll import CouncilApi
from tracker.gather.sources.sheet import read_sheet, sheet_address
from tracker.kinds import SourceKind

ASLEEP = timedelta(days=90)
"""Councils meet each month, and their clerks enter it: a record in which nothing changed for so long is left."""
EMPTY = "the client is there, but its record holds no matter that is published"
NO_DOCUMENTS = "it lists no documents"
CLOSED = "ask its owner to let procedure-tracker in"
NO_SHEET = "the page links no workbook"
THE_SHEET = "this is the sheet itself, whose name changes with each edition"
PAGE_WANTED = "give the page that links the sheet"
Look = Callable[[Fetcher, str, str, datetime], Awaitable[Diagnosis]]
"""(fetcher, address, token or empty, now) → what there is. Raises GatherError kinds."""


async def look_at(fetcher: Fetcher, kind: SourceKind, address: str, token: str, now: datetime) -> Diagnosis:
    """How a source of a kind among LOOKS answers. Never raises what can be expected."""
    try:
        return await LOOKS[kind](fetcher, address, token, now)
    except GatherError as error:
        return Diagnosis(FeedVerdict.FAILING, str(error), _remedy(kind, error))


async def look_at_council(fetcher: Fetcher, base: str, token: str, now: datetime) -> Diagnosis:
    """Whether the client is there, and when its record changed last."""
    council = CouncilApi(fetcher, base, token)
    await council.rows("Bodies", top=1)
    found = legistar.matters(await council.rows("Matters", orderby="MatterLastModifiedUtc desc", top=1))
    if not found:
        return Diagnosis(FeedVerdict.FAILING, EMPTY, "the council publishes elsewhere: follow the news of its place")
    changed = found[0].changed
    says = f"it answers; changed last on {changed:%Y-%m-%d}" if changed else "it answers"
    if changed and now.replace(tzinfo=None) - changed > ASLEEP:
        return Diagnosis(FeedVerdict.WARNING, says, "see on the council's site whether it publishes elsewhere now")
    return Diagnosis(FeedVerdict.OK, says)


async def look_at_agreements(fetcher: Fetcher, page: str, _token: str, _now: datetime) -> Diagnosis:
    """Whether the page links a sheet of agreements, and how many rows that has."""
    answer = await fetcher.get(page)
    if answer.body.startswith(b"PK"):
        return Diagnosis(FeedVerdict.FAILING, THE_SHEET, PAGE_WANTED)
    address = await asyncio.to_thread(sheet_address, answer.body, answer.url)
    if address is None:
        return Diagnosis(FeedVerdict.FAILING, NO_SHEET, PAGE_WANTED)
    sheet = await fetcher.get(address)
    rows = await asyncio.to_thread(read_sheet, sheet.body, address)
    days = [row.signed for row in rows if row.signed]
    newest = f", the newest signed on {max(days):%Y-%m-%d}" if days else ""
    return Diagnosis(FeedVerdict.OK, f"{len(rows):,} agreements{newest}")


async def look_at_documents(fetcher: Fetcher, page: str, _token: str, _now: datetime) -> Diagnosis:
    """How many documents a page lists, or that it is one itself."""
    await Robots(fetcher).check(list_address(page))
    answer = await fetcher.get(list_address(page))
    kind = answer.headers.get("content-type", "")
    found = await asyncio.to_thread(documents_of, answer.body, answer.url, kind)
    if found is None:
        return Diagnosis(FeedVerdict.OK, "one document, by itself")
    if not found:
        return Diagnosis(FeedVerdict.FAILING, NO_DOCUMENTS, "give the page that links the documents")
    return Diagnosis(FeedVerdict.OK, f"{len(found):,} documents")


LOOKS: dict[SourceKind, Look] = {
    SourceKind.LEGISTAR: look_at_council,
    SourceKind.AGREEMENTS: look_at_agreements,
    SourceKind.DOCUMENTS: look_at_documents,
}
"""How each kind is looked at; feeds have a look of their own (`feeds/look.py`)."""


def _remedy(kind: SourceKind, error: GatherError) -> str:
    """A RecordError says itself what to do, where there is something."""
    if isinstance(error, RecordError):
        return ""
    if isinstance(error, RobotsRefused):
        return CLOSED
    if kind_of(error) in (FailureKind.PASSING, FailureKind.SOFT):
        return remedy_of(error) if cause_of(error) in ("name", "certificate", "tls") else AGAIN
    if kind is SourceKind.LEGISTAR and cause_of(error) in ("missing", "gone"):
        return legistar.API_IS
    return remedy_of(error)
