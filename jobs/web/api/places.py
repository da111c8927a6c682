"""`/places`: where something is recorded, and where feeds are followed. `/coverage`: which feeds are heard, so that
silence is never taken for "nothing changed"."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, TypeAdapter

from db import freshness
from db.engine import reading
from db.feeds import feeds
from db.timeline import timelines
from db.timeline.timelines import unlisted
from jobs.web.api.queries import PlaceQuery, places_of
from jobs.web.api.responses import PublicData, answer, answers
from tracker.coverage import Coverage
from tracker.model import Jurisdiction, OcdId
from tracker.publish import addresses
from tracker.publish.geography import place_of
from tracker.read.places import gazetteer


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


PLACES = TypeAdapter(list[Place])
COVERAGES = TypeAdapter(list[Coverage])


def router(public: PublicData) -> APIRouter:
    """The route."""
    routes, counts = APIRouter(tags=["places"]), _Counts(public)

    @routes.get("/places", responses=answers("Place"))
    def places(query: Annotated[PlaceQuery, Query()], request: Request) -> Response:
        """Places by id. Of a state: those in it."""
        wanted, after = places_of(query), query.after(1)
        counted = counts.by_place()
        chosen = sorted(name for name in counted if not wanted or any(_lies(name, place) for place in wanted))
        part, link = query.part([name for name in chosen if not after or name > after[0]], lambda name: (name,))
        content = PLACES.dump_json([_place(name, *counted[name], public.settings.report_url) for name in part])
        return answer(content, public.tagged(request, content + link.encode()), link)

    return routes


class _Counts:
    """The counts of all places, until something changes: to count what is likely, every entry must be looked at."""

    def __init__(self, public: PublicData) -> None:
        self._public = public
        self._known: tuple[int, dict[OcdId, tuple[int, int]]] = (-1, {})

    def by_place(self) -> dict[OcdId, tuple[int, int]]:
        """(entries, feeds) of each."""
        known, counts = self._known
        with reading(self._public.engine) as session:
            if (number := freshness.number(session)) != known:
                counts = timelines.place_counts(session, self._public.settings.publish)
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


def coverage_router(public: PublicData) -> APIRouter:
    """The route."""
    routes = APIRouter(tags=["coverage"])

    @routes.get("/coverage", responses=answers("Coverage"))
    def coverage(query: Annotated[PlaceQuery, Query()], request: Request) -> Response:
        """Feeds by address: how well each is heard. Of a place: its own feeds, those of what lies around it and of what
        lies in it."""
        wanted, after = places_of(query), query.after(1)
        with reading(public.engine) as session:
            known = feeds.coverage(session)
        chosen = [feed for feed in known if not wanted or any(_covers(feed.home, place) for place in wanted)]
        part, link = query.part(
            [feed for feed in chosen if not after or feed.feed > after[0]], lambda feed: (feed.feed,)
        )
        content = COVERAGES.dump_json(list(part))
        return answer(content, public.tagged(request, content + link.encode()), link)

    return routes


def _covers(home: str | None, place: str) -> bool:
    return home is not None and (home == place or place.startswith(f"{home}/") or home.startswith(f"{place}/"))
