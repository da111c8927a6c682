"""`/entries`: in the shape of the JSON export, to the letter."""

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Response

from db.engine import reading
from db.timeline.filters import EntryFilter
from db.timeline.timelines import told_entries
from jobs.web.api.answers import Shown, answer
from jobs.web.api.asked import AskedEntries, entries_filter
from jobs.web.api.spec import answers, example_entry
from tracker.model import Entry, EntryStatus
from tracker.publish import words
from tracker.publish.exports.json import JsonExport

EXAMPLE = example_entry()
Id = Annotated[str, Path(max_length=300, description="The id of an entry.", examples=[EXAMPLE["id"]])]
UNKNOWN = "there is no entry of this id"


def router(shown: Shown) -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["entries"])
    Headers = Annotated[dict[str, str], Depends(shown.fresh)]  # noqa: N806 - a type

    @routes.get("/entries", responses=answers("entry", example=EXAMPLE))
    def entries(asked: AskedEntries, headers: Headers) -> Response:
        """Entries by place, date, stage and id, undated ones first in their place; without those that were rejected."""
        found = _first(shown, entries_filter(asked), asked.limit + 1)
        page = found[: asked.limit]
        link = asked.link(_key(page[-1])) if len(found) > len(page) else ""
        return answer(f"[{','.join(map(_export(shown).item, page))}]", headers, link)

    @routes.get("/entries/{entry_id}", responses=answers("entry", 410, many=False, example=EXAMPLE))
    def entry(entry_id: Id, headers: Headers) -> Response:
        """One entry."""
        found = _first(shown, EntryFilter(ids=(entry_id,)), 1)
        if not found:
            raise HTTPException(404, UNKNOWN)
        if found[0].status is EntryStatus.REJECTED:
            raise HTTPException(410, f"this entry was {words.review(found[0])}")
        return answer(_export(shown).item(found[0]), headers)

    return routes


def _first(shown: Shown, wanted: EntryFilter, most: int) -> list[Entry]:
    """Of those that readers are shown."""
    with reading(shown.engine) as session:
        return list(islice(told_entries(session, wanted, shown.today(), shown.settings.publish, most), most))


def _export(shown: Shown) -> JsonExport:
    return JsonExport(shown.today(), shown.settings.report_url)


def _key(entry: Entry) -> tuple[str, str, str, str]:
    return entry.jurisdiction, str(entry.date or ""), entry.stage.value, entry.id
