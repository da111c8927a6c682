"""What holds for every text and every day: exact offsets, valid values, weekdays within a week."""

import calendar
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.read.dates import DateMention, Grain, Tense, almanac, find_dates

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
EVERY_DAY = st.dates()
PIECES = st.sampled_from(
    """Tuesday|Monday night|July 6|July 6, 2017|June 2016|in 2014|last month|next week|three years ago|Jan. 1|Feb. 29
31 June|2017-02-30|13/13/2013|the first Monday of May|Q3|the 1980s|Easter|this fall|within six months|a year earlier|May
March|will vote|voted|is set to|was scheduled for|until|since|by|on|,|.|the|and|to|-|–|'98|9/11|’|\x00|é|12-6|HB 2017
the next day|last winter|overnight|999 years ago|years ago|the end of the year|July 15-19|30 days after|FY18""".replace(
        "\n", "|"
    ).split("|")
)
NEWSLIKE = st.lists(PIECES, max_size=25).map(" ".join)


def check(mention: DateMention, text: str) -> None:
    """One mention by itself: exact text, and values that fit its kind."""
    assert text[mention.start : mention.end] == mention.text
    assert mention.text == mention.text.strip() != ""
    assert mention.date is None or mention.date == mention.within
    expected = {Grain.DAY: "day", Grain.MONTH: "month", Grain.YEAR: "year", Grain.SEASON: "year"}
    assert mention.date is None or mention.date.precision == expected[mention.kind]
    assert mention.within in (None, mention.past, mention.future)


@given(st.text(max_size=400), EVERY_DAY)
def test_no_text_and_no_day_breaks_it(text: str, published: date) -> None:
    for mention in find_dates(text, published):
        check(mention, text)


@given(NEWSLIKE, EVERY_DAY)
@settings(max_examples=400)
def test_offsets_are_exact_ordered_and_apart(text: str, published: date) -> None:
    found = find_dates(text, published)
    for mention in found:
        check(mention, text)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(NEWSLIKE, DAYS)
def test_reading_twice_gives_the_same(text: str, published: date) -> None:
    assert find_dates(text, published) == find_dates(text, published)


@given(DAYS, st.sampled_from(list(calendar.day_name)))
def test_a_weekday_is_within_a_week_of_the_publication(published: date, name: str) -> None:
    (mention,) = find_dates(f"The board met {name}.", published)
    past, future = mention.toward(Tense.PAST), mention.toward(Tense.FUTURE)
    assert past is not None
    assert future is not None
    assert 0 <= (published - past.first_day()).days < 7
    assert 0 <= (future.first_day() - published).days < 7
    assert calendar.day_name[past.first_day().weekday()] == calendar.day_name[future.first_day().weekday()] == name


@given(DAYS, st.integers(min_value=1, max_value=12))
def test_a_month_without_a_year_is_within_a_year(published: date, month: int) -> None:
    (mention,) = find_dates(f"It was adopted in {calendar.month_name[month]}.", published)
    past, future = mention.toward(Tense.PAST), mention.toward(Tense.FUTURE)
    assert past is not None
    assert future is not None
    assert past.first_day() <= published <= future.last_day()
    assert published.year - past.year <= 1 >= future.year - published.year
    assert past.month == future.month == month


@given(DAYS, EVERY_DAY)
def test_a_full_date_is_that_date_whenever_it_is_read(published: date, day: date) -> None:
    if day.year < 1900 or day.year > 2099:
        day = day.replace(year=2000 + day.year % 25 * 4)
    (mention,) = find_dates(f"Signed {day:%B} {day.day}, {day.year}.", published)
    assert mention.date is not None
    assert mention.date.first_day() == day
    assert mention.past == mention.future == mention.date


@given(DAYS, st.integers(min_value=2, max_value=400))
def test_days_ago_are_subtracted(published: date, days: int) -> None:
    (mention,) = find_dates(f"It ended {days} days ago.", published)
    assert mention.date is not None
    assert mention.date.first_day() == published - timedelta(days=days)


@given(DAYS, st.integers(min_value=2, max_value=400))
def test_months_ago_never_skip_a_month(published: date, months: int) -> None:
    (mention,) = find_dates(f"It ended {months} months ago.", published)
    assert mention.date is not None
    assert mention.date.month is not None
    assert (published.year - mention.date.year) * 12 + published.month - mention.date.month == months


@given(DAYS)
def test_last_week_and_next_week_are_within_eleven_days(published: date) -> None:
    for words, sign in (("It passed last week.", -1), ("It will pass next week.", 1)):
        (mention,) = find_dates(words, published)
        days = almanac.working_week(published + timedelta(days=sign * 7))
        assert days is not None
        assert mention.within is None or mention.within.first_day() <= days[0] <= days[1] <= mention.within.last_day()
        assert mention.date is None


@given(st.integers(min_value=1583, max_value=4099))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    day = almanac.easter(year)
    assert day.weekday() == 6
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


@given(DAYS, st.integers(min_value=0, max_value=6), st.sampled_from([1, 2, 3, 4, -1]))
def test_the_nth_weekday_of_a_month_is_that_one(day: date, weekday: int, nth: int) -> None:
    found = almanac.nth_weekday(day.year, day.month, weekday, nth)
    assert found is not None
    assert (found.year, found.month, found.weekday()) == (day.year, day.month, weekday)
    week = (found.day - 1) // 7 + 1 if nth > 0 else -1
    last = found + timedelta(days=7)
    assert week == nth if nth > 0 else last.month != found.month


def test_easter_of_known_years() -> None:
    assert [almanac.easter(year) for year in (1989, 2008, 2017, 2038)] == [
        date(1989, 3, 26),
        date(2008, 3, 23),
        date(2017, 4, 16),
        date(2038, 4, 25),
    ]


def test_leap_days_and_the_turn_of_the_year() -> None:
    (leap,) = find_dates("It expires Feb. 29.", date(2019, 12, 31))
    assert str(leap.date) == "2020-02-29"
    (far,) = find_dates("She was born Feb. 29.", date(1903, 5, 1))
    assert str(far.date) == "1896-02-29"
    (yesterday,) = find_dates("It ended yesterday.", date(2018, 1, 1))
    assert str(yesterday.date) == "2017-12-31"
    (last_month,) = find_dates("It ended last month.", date(2018, 1, 1))
    assert str(last_month.date) == "2017-12"
