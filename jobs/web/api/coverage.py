"""`/coverage`: which feeds are heard, so that silence is never taken for "nothing changed"."""

from fastapi import APIRouter, Request, Response
from pydantic import TypeAdapter

from db.engine import reading
from db.feeds import feeds
from jobs.web.api.answers import Shown, answer
from jobs.web.api.asked import AskedPlaces, places_of
from jobs.web.api.spec import answers
from tracker.coverage import Coverage

EXAMPLE = {
    "feed": "https://news.example/feed",
    "title": "The Milwaukee Courier",
    "home": "ocd-division/country:us/state:wi/place:milwaukee",
    "state": "active",
    "last_heard": "2017-07-04T12:00:00Z",
    "error": "",
    "put_aside": 12,
}
LIST = TypeAdapter(list[Coverage])


def router(shown: Shown) -> APIRouter:
    """The route."""
    routes = APIRouter(tags=["coverage"])

    @routes.get("/coverage", responses=answers("Coverage", example=EXAMPLE))
    def coverage(asked: AskedPlaces, request: Request) -> Response:
        """Feeds by address: how well each is heard. Of a place: its own feeds, those of what lies around it and of what
        lies in it."""
        wanted, after = places_of(asked), asked.after(1)
        with reading(shown.engine) as session:
            known = feeds.coverage(session)
        chosen = [feed for feed in known if not wanted or any(_covers(feed.home, place) for place in wanted)]
        behind = [feed for feed in chosen if not after or feed.feed > after[0]]
        page = behind[: asked.limit]
        content = LIST.dump_json(page)
        link = asked.link((page[-1].feed,)) if len(behind) > len(page) else ""
        return answer(content, shown.tagged(request, content + link.encode()), link)

    return routes


def _covers(home: str | None, place: str) -> bool:
    return home is not None and (home == place or place.startswith(f"{home}/") or home.startswith(f"{place}/"))
