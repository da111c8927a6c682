# ruff: noqa: E501 - a table of moments
"""When a digest is due, over the rules of real time zones: nothing is skipped, nothing doubled."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.publish.mail import schedule
from tracker.publish.mail.schedule import GAP, PAUSE, at_once, due, early, latest, slot_moment
from tracker.publish.mail.subscribers import DAYS, Frequency, Rhythm

LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)


def rhythm(zone="America/Chicago", weekday=0, hour=7, frequency=Frequency.WEEKLY):
    return Rhythm(timezone=zone, weekday=weekday, hour=hour, frequency=frequency)


def local(text, zone="America/Chicago", fold=0):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


def day_of(slot):
    return slot and slot.day and slot.day.isoformat()


LATEST = [
    # what                                   rhythm                                   now                         slot
    ("on the minute", rhythm(), local("2026-11-23T07:00"), "2026-11-23"),
    ("a minute early", rhythm(), local("2026-11-23T06:59"), "2026-11-16"),
    ("six days late", rhythm(), local("2026-11-29T23:59"), "2026-11-23"),
    ("a sunday slot", rhythm(weekday=6), local("2026-11-28T12:00"), "2026-11-22"),
    ("the leap day itself", rhythm(weekday=3), local("2024-02-29T08:00"), "2024-02-29"),
    ("the day after the leap day", rhythm(weekday=3), local("2024-03-01T08:00"), "2024-02-29"),
    ("no leap day in 2100", rhythm(weekday=0), local("2100-03-02T08:00"), "2100-03-01"),
    ("the last day of ISO week 53", rhythm(weekday=6), local("2027-01-03T08:00"), "2027-01-03"),
    ("ISO week 53 into the new year", rhythm(weekday=4), local("2021-01-02T08:00"), "2021-01-01"),
    ("spring forward: 2:00 does not exist", rhythm(weekday=6, hour=2), local("2026-03-08T03:00"), "2026-03-08"),
    ("spring forward: just before", rhythm(weekday=6, hour=2), local("2026-03-08T01:59"), "2026-03-01"),
    ("autumn: 1:00 the first time", rhythm(weekday=6, hour=1), local("2026-11-01T01:00", fold=0), "2026-11-01"),
    ("autumn: 1:00 the second time", rhythm(weekday=6, hour=1), local("2026-11-01T01:30", fold=1), "2026-11-01"),
    ("half an hour of summer time", rhythm("Australia/Lord_Howe", 6, 2), local("2026-10-04T02:30", "Australia/Lord_Howe"), "2026-10-04"),
    ("midnight does not exist", rhythm("America/Havana", 6, 0), local("2026-03-08T01:00", "America/Havana"), "2026-03-08"),
    ("a day that Samoa left out", rhythm("Pacific/Apia", 4, 7), local("2011-12-31T07:00", "Pacific/Apia"), "2011-12-30"),
    ("before the day that was left out ends", rhythm("Pacific/Apia", 4, 7), local("2011-12-31T06:59", "Pacific/Apia"), "2011-12-23"),
    ("a quarter-hour zone", rhythm("Asia/Kathmandu", 0, 7), local("2026-11-23T07:00", "Asia/Kathmandu"), "2026-11-23"),
    ("here monday, elsewhere still sunday", rhythm("Pacific/Kiritimati", 0, 7), datetime(2026, 11, 22, 17, tzinfo=UTC), "2026-11-23"),
    ("daily, before the hour", rhythm(frequency=Frequency.DAILY), local("2026-03-01T06:59"), "2026-02-28"),
    ("daily, on the day of the change", rhythm(hour=2, frequency=Frequency.DAILY), local("2026-03-08T03:00"), "2026-03-08"),
]  # fmt: skip


@pytest.mark.parametrize(("when", "now", "slot"), [row[1:] for row in LATEST], ids=[row[0] for row in LATEST])
def test_the_latest_slot_by_the_subscribers_own_calendar(when, now, slot):
    assert latest(when, now.astimezone(UTC)).isoformat() == slot


def test_a_late_start_sends_the_latest_slot_only_and_once():
    now, done = local("2026-11-25T22:00"), {date(2026, 11, 2)}  # down since the third
    slot = due(rhythm(), now, since=LONG_AGO, done=done)
    assert day_of(slot) == "2026-11-23"
    assert due(rhythm(), now, since=LONG_AGO, done=done | {slot.day}) is None


SET_BACK = [timedelta(hours=1), timedelta(days=1), timedelta(days=6), timedelta(days=7), timedelta(days=400)]


@pytest.mark.parametrize("back", SET_BACK, ids=str)
def test_a_clock_that_is_set_back_doubles_nothing(back):
    now = local("2026-11-23T07:01")
    every_slot = {date(2026, 11, 23) - timedelta(days=7 * week) for week in range(80)}
    assert due(rhythm(), now - back, since=LONG_AGO, done=every_slot) is None


def test_a_clock_that_was_years_ahead_skips_nothing_once_it_is_right():
    assert day_of(due(rhythm(), local("2026-11-23T07:01"), since=LONG_AGO, done={date(2036, 11, 24)})) == "2026-11-23"


def test_nothing_is_due_before_somebody_subscribed():
    assert due(rhythm(), local("2026-11-25T12:00"), since=local("2026-11-25T11:00"), done=()) is None
    assert due(rhythm(), local("2026-11-30T07:00"), since=local("2026-11-25T11:00"), done=()) is not None


CHANGES = [(old, new) for old in range(7) for new in range(7) if old != new]


@pytest.mark.parametrize(("old", "new"), CHANGES, ids=[f"{DAYS[old]} to {DAYS[new]}" for old, new in CHANGES])
def test_after_a_change_of_the_weekday_the_next_mail_comes_in_four_to_ten_days(old, new):
    last = date(2026, 11, 23) + timedelta(days=old)
    now = datetime(last.year, last.month, last.day, 23, tzinfo=UTC)
    for _ in range(24 * 14):
        now += timedelta(hours=1)
        if slot := due(rhythm(weekday=new), now, since=LONG_AGO, done={last}):
            assert 4 <= (slot.day - last).days <= 10
            return
    raise AssertionError("it never came")


ZONES = ["America/Chicago", "America/Havana", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "Europe/Dublin", "UTC"]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    frequency=st.sampled_from([Frequency.WEEKLY, Frequency.DAILY]),
    start=st.datetimes(datetime(2005, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001
    down=st.sets(st.integers(0, 400), max_size=100),
)
def test_whoever_looks_often_sends_each_slot_once_and_in_order(zone, weekday, hour, frequency, start, down):
    """Looks every four hours for two months and more, and is down at some of the looks."""
    when, done, last = rhythm(zone, weekday, hour, frequency), set(), None
    began = start.replace(tzinfo=UTC)
    for look in range(420):
        now = began + timedelta(hours=4 * look)
        slot = None if look in down else due(when, now, since=began, done=done)
        if slot:
            assert slot.day not in done
            assert last is None or slot.day > last
            done.add(slot.day)
            last = slot.day
    if not down:
        gaps = {(b - a).days for a, b in zip(sorted(done), sorted(done)[1:], strict=False)}
        assert gaps <= {schedule.PERIOD[frequency]}
        assert len(done) >= 420 // 6 // schedule.PERIOD[frequency] - 1


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 23])
def test_a_year_has_its_weeks(zone, hour):
    when = rhythm(zone, 6, hour)  # Sundays, on which most clocks change
    now, found = datetime(2020, 1, 1, tzinfo=UTC), set()
    while now < datetime(2021, 1, 9, tzinfo=UTC):
        if slot := due(when, now, since=LONG_AGO, done=found):
            found.add(slot.day)
        now += timedelta(minutes=30)
    assert sorted(found) == [date(2019, 12, 29) + timedelta(days=7 * week) for week in range(54)]
    assert {day.isocalendar().week for day in found} >= {1, 52, 53}


def test_the_slot_of_an_hour_that_the_spring_leaves_out_is_an_hour_later_on_the_wall():
    assert slot_moment(rhythm(hour=2), date(2026, 3, 8)) == datetime(2026, 3, 8, 8, tzinfo=UTC)  # 3:00 in Chicago


def test_early_stands_for_a_slot_that_is_near_and_is_an_extra_mail_after_one():
    sunday = local("2026-11-22T18:00")
    slot = early(rhythm(), sunday, done={date(2026, 11, 16)})
    assert (day_of(slot), slot.quiet) == ("2026-11-22", True)
    assert due(rhythm(), local("2026-11-23T07:00"), since=LONG_AGO, done={slot.day}) is None
    again = early(rhythm(), sunday, done={slot.day})
    assert (again.day, again.quiet) == (None, False)


def test_at_once_pauses_after_a_mail_and_a_clock_set_back_holds_nothing_up():
    when, now = rhythm(frequency=Frequency.AT_ONCE), local("2026-11-23T07:00")
    assert at_once(when, now, None) is not None
    assert at_once(when, now, now - PAUSE + timedelta(seconds=1)) is None
    assert at_once(when, now, now - PAUSE) is not None
    assert at_once(when, now, now + timedelta(days=30)) is not None
    assert at_once(rhythm(), now, None) is None


def test_the_gap_of_a_week_is_what_the_change_of_a_weekday_allows():
    assert GAP[Frequency.WEEKLY] == 4
