"""`/places`: where something is recorded, and where feeds are followed."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, TypeAdapter

from db import freshness
from db.engine import reading
from db.timeline import timelines
from db.timeline.timelines import unlisted
from jobs.web.api.answers import Shown, answer
from jobs.web.api.asked import AskedPlaces, places_of
from jobs.web.api.spec import answers
from tracker.model import Jurisdiction, OcdId
from tracker.publish import addresses
from tracker.publish.geography import place_of
from tracker.read.places import gazetteer

EXAMPLE_ID = "ocd-division/country:us/state:wi/place:milwaukee"
EXAMPLE = {
    "id": EXAMPLE_ID,
    "name": "Milwaukee",
    "label": "Milwaukee, Wisconsin",
    "kind": "place",
    "state": "WI",
    "population": 577222,
    "latitude": 43.0389,
    "longitude": -87.9065,
    "entries": 2,
    "feeds": 1,
    "permalink": "https://tracker.example.org/wi/milwaukee/",
}


class Place(BaseModel):
    """A jurisdiction, how many entries are recorded of it and how many feeds have it as their home."""

    id: str = Field(description="Open Civic Data division id.")
    name: str
    label: str = Field(description="With its state.")
    kind: str
    state: str = Field(description="Postal code.")
    population: int
    latitude: float | None
    longitude: float | None
    entries: int
    feeds: int
    permalink: str | None = Field(description="Its page, where the report is published.")


LIST = TypeAdapter(list[Place])


def router(shown: Shown) -> APIRouter:
    """The route."""
    routes, kept = APIRouter(tags=["places"]), _Kept(shown)

    @routes.get("/places", responses=answers("Place", example=EXAMPLE))
    def places(asked: AskedPlaces, request: Request) -> Response:
        """Places by id. Of a state: those in it."""
        wanted, after = places_of(asked), asked.after(1)
        counted = kept.counted()
        chosen = sorted(name for name in counted if not wanted or any(_lies(name, place) for place in wanted))
        behind = [name for name in chosen if not after or name > after[0]]
        page = [_place(name, *counted[name], shown.settings.report_url) for name in behind[: asked.limit]]
        content = LIST.dump_json(page)
        link = asked.link((page[-1].id,)) if len(behind) > len(page) else ""
        return answer(content, shown.tagged(request, content + link.encode()), link)

    return routes


class _Kept:
    """The counts of all places, until something changes: to count what is likely, every entry must be looked at."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._known: tuple[int, dict[OcdId, tuple[int, int]]] = (-1, {})

    def counted(self) -> dict[OcdId, tuple[int, int]]:
        """Entries and feeds by place."""
        known, counts = self._known
        with reading(self._shown.engine) as session:
            if (number := freshness.number(session)) != known:
                counts = timelines.place_counts(session, self._shown.settings.publish)
                self._known = number, counts
        return counts


def _lies(name: str, place: str) -> bool:
    return name == place or name.startswith(f"{place}/")


def _place(name: str, entries: int, feeds: int, report_url: str) -> Place:
    known: Jurisdiction = gazetteer.load().get(name) or unlisted(name)
    return Place(
        id=name,
        name=known.name,
        label=place_of(known).label,
        kind=known.kind.value,
        state=known.state,
        population=known.population,
        latitude=known.latitude,
        longitude=known.longitude,
        entries=entries,
        feeds=feeds,
        permalink=f"{report_url}/{addresses.place(name)}" if report_url else None,
    )
