"""Hearings as values, and as the files that other programs read."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import feedparser
import icalendar
import pytest

from support.sources.hearings import AGO, AZ, LATER, LISTED, TODAY, TUESDAY, gone, hearing
from tracker.hearings import Hearing, shown
from tracker.publish.hearings import files
from tracker.publish.hearings.phrases import correction, headline, hour_words


def test_what_is_over_is_not_shown_and_the_rest_by_day_and_hour() -> None:
    late, early, unknown = hearing(1, hour=time(18)), hearing(2, hour=time(9)), hearing(3, hour=None)
    assert shown([late, hearing(4, day=TODAY - AGO), early, unknown], TODAY) == (unknown, early, late)


def test_a_removal_is_shown_for_a_week_unless_it_came_after_the_meeting() -> None:
    assert shown([gone()], TODAY + timedelta(days=6)) == (gone(),)
    assert shown([gone()], TODAY + timedelta(days=7)) == ()
    assert shown([gone(day=TODAY - AGO)], TODAY) == (), "minutes leave items out"


def test_one_that_stands_on_another_agenda_of_the_body_was_moved() -> None:
    new = hearing(8, day=LATER, listed_at=LISTED + AGO, changed_at=LISTED + AGO)
    (moved,) = shown([gone(), new], TODAY + AGO)
    assert (moved.id, moved.day, moved.former_day, moved.before) == (new.id, LATER, TUESDAY, gone())
    assert correction(moved) == "moved from Tuesday, December 1, 2026, 1:30 p.m."
    assert shown([gone(), new], TODAY + timedelta(days=9)) == (new,), "known by then"


@pytest.mark.parametrize(
    "other",
    [
        {"body": "Common Council"},
        {"file": "26-2"},
        {"listed_at": LISTED - timedelta(days=8)},
        {"jurisdiction": AZ},
    ],
)
def test_another_body_matter_or_time_is_another_hearing(other: dict[str, object]) -> None:
    found = shown([gone(), hearing(8, day=LATER, **other)], TODAY)
    assert [(one.day, one.former_day, one.gone_at is None) for one in found] == [
        (TUESDAY, None, False),
        (LATER, None, True),
    ]


def test_a_joint_meeting_is_one_hearing_of_all_its_bodies() -> None:
    later = LISTED + AGO
    both = [hearing(7), hearing(8, body="Zoning Committee", listed_at=later), hearing(9, body="Budget", hour=time(9))]
    budget, one = shown(both, TODAY)
    assert (one.id, one.body) == (both[0].id, "Public Safety Committee; Zoning Committee")
    assert one.joint == (both[1].id,)
    assert budget.body == "Budget"
    (left,) = shown([gone(7), both[1]], TODAY)
    assert (left.body, left.gone_at, left.joint) == ("Zoning Committee", None, (both[0].id,))


def test_how_hearings_are_said() -> None:
    assert [hour_words(time(hour, 5)) for hour in (0, 9, 12, 23)] == [
        "12:05 a.m.",
        "9:05 a.m.",
        "12:05 p.m.",
        "11:05 p.m.",
    ]
    assert headline(hearing()) == (
        "Milwaukee, Wisconsin: Public Safety Committee, Tuesday, December 1, 2026, 1:30 p.m.: "
        "26-1: An ordinance to require lamps on carts; fines"
    )
    assert correction(gone()) == "taken off the agenda of Tuesday, December 1, 2026, 1:30 p.m."
    assert correction(hearing(former_day=TUESDAY, former_hour=time(10))) == "moved from 10:00 a.m."
    assert correction(hearing()) == ""


def events(*hearings: Hearing) -> list[icalendar.Event]:
    text = files.calendar(hearings, "Hearings", "https://tracker.example/coming/")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    calendar = icalendar.Calendar.from_ical(text)
    assert calendar.errors == []
    assert {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")} == set(calendar.get_used_tzids())
    return list(calendar.walk("VEVENT"))


def test_a_calendar_has_the_hour_of_the_body_in_its_own_zone() -> None:
    (event,) = events(hearing())
    assert event.start == datetime(2026, 12, 1, 13, 30, tzinfo=ZoneInfo("America/Chicago"))
    assert (event["SEQUENCE"], event["STATUS"], event["LOCATION"]) == (0, "CONFIRMED", "City Hall, Room 301-B")
    assert event["URL"] == "https://oakford.example/meeting?id=7"


def test_its_zones_are_those_of_the_tz_database() -> None:
    summer = hearing(9, day=date(2026, 7, 7))
    text = files.calendar([hearing(), summer, hearing(10, jurisdiction=AZ)], "Hearings")
    calendar = icalendar.Calendar.from_ical(text)
    found = {str(zone["TZID"]): zone.to_tz(lookup_tzid=False) for zone in calendar.walk("VTIMEZONE")}
    for name, zone in found.items():
        for month, day in ((7, 7), (11, 1), (12, 1)):
            ours, theirs = (datetime(2026, month, day, 12, tzinfo=one) for one in (zone, ZoneInfo(name)))
            assert ours.utcoffset() == theirs.utcoffset()
    assert sorted(found) == ["America/Chicago", "America/Phoenix"]


def test_an_hour_that_nobody_tells_is_a_whole_day() -> None:
    (event,) = events(hearing(hour=None))
    assert event.start == TUESDAY


def test_what_is_taken_off_is_cancelled_under_the_same_name() -> None:
    (before,), (after,) = events(hearing()), events(gone())
    assert before["UID"] == after["UID"]
    assert (after["SEQUENCE"], after["STATUS"]) == (1, "CANCELLED")
    assert str(after["SUMMARY"]).startswith("Taken off: Milwaukee")


def test_what_was_moved_to_another_meeting_is_cancelled_there() -> None:
    found = events(*shown([gone(), hearing(8, day=LATER)], TODAY))
    assert [(event["STATUS"], event.start.date()) for event in found] == [("CANCELLED", TUESDAY), ("CONFIRMED", LATER)]


def test_hostile_text_begins_no_line_of_its_own() -> None:
    (event,) = events(hearing(title="Lamps\r\nDTSTART:20200101\nEND:VEVENT; a, b \\n", location="\u202eRoom\n"))
    assert event.start.date() == TUESDAY
    assert "DTSTART:20200101" in event["SUMMARY"]


def test_a_feed_tells_a_hearing_again_when_it_is_taken_off() -> None:
    at = LISTED + AGO
    (before,) = feedparser.parse(files.feed([hearing()], "Hearings")).entries
    parsed = feedparser.parse(files.feed([gone(at=at)], "Hearings", "https://tracker.example/coming/"))
    (after,) = parsed.entries
    assert not parsed.bozo
    assert before.id == after.id
    assert (before.updated, after.updated) == ("2026-11-23T15:00:00Z", "2026-11-24T15:00:00Z")
    assert "Taken off the agenda of Tuesday" in after.title
    assert after.link == "https://oakford.example/meeting?id=7"


def test_no_hearing_makes_files_that_readers_accept() -> None:
    assert events() == []
    assert not feedparser.parse(files.feed([], "Hearings")).bozo
