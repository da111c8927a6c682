"""`/entries`: in the shape of the JSON export, to the letter."""

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Response

from db.engine import reading
from db.timeline.filters import EntryFilter
from db.timeline.timelines import entries_with_standing
from jobs.web.api.queries import EntryQuery, entries_filter
from jobs.web.api.responses import PublicData, answer, answers, examples
from tracker.model import Entry, EntryStatus
from tracker.publish import words
from tracker.publish.exports.json import JsonExport

Id = Annotated[str, Path(max_length=300, description="The id of an entry.", examples=[examples()["entry"]["id"]])]
UNKNOWN = "there is no entry of this id"


def router(public: PublicData) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["entries"])
    Headers = Annotated[dict[str, str], Depends(public.fresh)]  # noqa: N806 - a type

    @routes.get("/entries", responses=answers("entry"))
    def entries(query: Annotated[EntryQuery, Query()], headers: Headers) -> Response:
        """Entries by place, date, stage and id, undated ones first in their place; without those that were rejected."""
        part, link = query.part(_first(public, entries_filter(query), query.limit + 1), _key)
        return answer(f"[{','.join(map(_export(public).item, part))}]", headers, link)

    @routes.get("/entries/{entry_id}", responses=answers("entry", 410, many=False))
    def entry(entry_id: Id, headers: Headers) -> Response:
        """One entry."""
        found = _first(public, EntryFilter(ids=(entry_id,)), 1)
        if not found:
            raise HTTPException(404, UNKNOWN)
        if found[0].status is EntryStatus.REJECTED:
            raise HTTPException(410, f"this entry was {words.review(found[0])}")
        return answer(_export(public).item(found[0]), headers)

    return routes


def _first(public: PublicData, wanted: EntryFilter, most: int) -> list[Entry]:
    """Of those that readers are shown."""
    with reading(public.engine) as session:
        return list(islice(entries_with_standing(session, wanted, public.today(), public.settings.publish, most), most))


def _export(public: PublicData) -> JsonExport:
    return JsonExport(public.today(), public.settings.report_url)


def _key(entry: Entry) -> tuple[str, str, str, str]:
    return entry.jurisdiction, str(entry.date or ""), entry.stage.value, entry.id
