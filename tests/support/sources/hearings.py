"""Hearings of one matter, by hand."""

from datetime import UTC, date, datetime, time, timedelta

from tracker.coverage import PlaceTimeline
from tracker.hearings import Agendas, Hearing, hearing_id, shown

WI, AZ = "ocd-division/country:us/state:wi/place:milwaukee", "ocd-division/country:us/state:az/place:phoenix"
LISTED = datetime(2026, 11, 23, 15, tzinfo=UTC)
TODAY, TUESDAY, LATER = LISTED.date(), date(2026, 12, 1), date(2026, 12, 8)
AGO = timedelta(days=1)
"""A day."""


def hearing(meeting: int = 7, **more: object) -> Hearing:
    values: dict[str, object] = {
        "id": hearing_id("http://api.example/v1/oakford", meeting, 1),
        "jurisdiction": WI,
        "body": "Public Safety Committee",
        "day": TUESDAY,
        "hour": time(13, 30),
        "location": "City Hall, Room 301-B",
        "address": "https://oakford.example/meeting?id=7",
        "file": "26-1",
        "title": "An ordinance to require lamps on carts; fines",
        "topic": "streets",
        "listed_at": LISTED,
        "changed_at": LISTED,
    }
    return Hearing(**values | more)  # type: ignore[arg-type]


def gone(meeting: int = 7, at: datetime = LISTED, **more: object) -> Hearing:
    return hearing(meeting, gone_at=at, changed_at=at, revision=1, **more)


def with_hearings(place: PlaceTimeline, today: date = TODAY) -> PlaceTimeline:
    """Milwaukee with one that was moved, one that was taken off, one of a policy and one without an hour; Madison with
    a record and no hearing; other places as they are."""
    name = place.jurisdiction.id.rpartition(":")[2]
    if name == "madison":
        return place.model_copy(update={"agendas": Agendas()})
    if name != "milwaukee":
        return place
    moved = hearing(8, day=LATER, former_day=TUESDAY, former_hour=time(13, 30), before=gone(), file="26-9", location="")
    found = (
        hearing(9, policy="p-sop130", title="An ordinance on what officers may ask", topic="immigration"),
        moved,
        hearing(10, hour=None, file="26-10", name="Carts <b>&</b> lamps", body="Common Council"),
        gone(11, file="26-11"),
    )
    return place.model_copy(update={"agendas": Agendas(hearings=shown(found, today), until=LATER)})
