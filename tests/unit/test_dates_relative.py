"""Days, weeks, months and years reckoned from the publication or from a date named before."""

from datetime import date

import pytest

from tracker.read.dates import Grain, Tense, find_dates

PUBLISHED = "2017-07-04"


def values(text: str, published: str = PUBLISHED) -> str:
    return " ".join(str(m.date) for m in find_dates(text, date.fromisoformat(published)) if m.date)


DAYS = [
    ("The council meets today.", "2017-07-04"),
    ("The council meets tonight.", "2017-07-04"),
    ("The council meets tomorrow.", "2017-07-05"),
    ("The council met yesterday.", "2017-07-03"),
    ("The council met last night.", "2017-07-03"),
    ("The council met this morning.", "2017-07-04"),
    ("The council met the day before yesterday.", "2017-07-02"),
    ("The council meets the day after tomorrow.", "2017-07-06"),
    ("The council met last Thursday.", "2017-06-29"),
    ("The council met last Tuesday.", "2017-06-27"),
    ("The council meets next Tuesday.", "2017-07-11"),
    ("The council meets this Thursday.", "2017-07-06"),
    ("The council met this past Friday.", "2017-06-30"),
    ("The council meets this coming Monday.", "2017-07-10"),
    ("The council met Thursday of last week.", "2017-06-29"),
    ("The council meets Thursday of next week.", "2017-07-13"),
    ("The council meets a week from Thursday.", "2017-07-13"),
    ("The council meets two weeks from today.", "2017-07-18"),
    ("The council met 10 days ago.", "2017-06-24"),
    ("The council met three days ago.", "2017-07-01"),
    ("The council met a week ago Thursday.", "2017-06-22"),
    ("A year ago today, the council met.", "2016-07-04"),
    ("The council will meet at midnight Friday.", "2017-07-07"),
]
MONTHS_AND_YEARS = [
    ("It passed last month.", "2017-06"),
    ("It passed earlier this month.", "2017-07"),
    ("It will pass next month.", "2017-08"),
    ("It passed last year.", "2016"),
    ("It passed earlier this year.", "2017"),
    ("It will pass later this year.", "2017"),
    ("It will pass next year.", "2018"),
    ("It passed late last year.", "2016"),
    ("It passed last November.", "2016-11"),
    ("It passed last July.", "2016-07"),
    ("It passed this March.", "2017-03"),
    ("It takes effect next March.", "2018-03"),
    ("It takes effect next December.", "2017-12"),
    ("It passed this past May.", "2017-05"),
    ("It passed two months ago.", "2017-05"),
    ("It passed three years ago.", "2014"),
    ("It passed more than 20 years ago.", "1997"),
    ("It passed a year ago.", "2016"),
    ("It passed 18 months ago.", "2016-01"),
    ("It passed a couple of years ago.", "2015"),
    ("It must be done by the end of the year.", "2017"),
    ("It must be done by the end of the month.", "2017-07"),
    ("It must be done by the end of August.", "2017-08"),
    ("It opens ten years from now.", "2027"),
    ("It will be law by the first of the year.", "2018-01-01"),
]
FROM_A_NAMED_DATE = [
    ("It passed in 2014. A year later, it was repealed.", "2014 2015"),
    ("It passed in 2014 and was repealed the following year.", "2014 2015"),
    ("Profit fell in 2008 from the previous year.", "2008 2007"),
    ("Profit fell in 2008 from a year earlier.", "2008 2007"),
    ("They met on June 2. Two days later, he quit.", "2017-06-02 2017-06-04"),
    ("They met on June 2. The next day, he quit.", "2017-06-02 2017-06-03"),
    ("They met on June 2. He quit the same day.", "2017-06-02 2017-06-02"),
    ("They met on June 2. He quit that day.", "2017-06-02 2017-06-02"),
    ("They met on June 2. He quit the day before.", "2017-06-02 2017-06-01"),
    ("It was introduced in June. Earlier that month, he quit.", "2017-06 2017-06"),
    ("He was hired in March 2015 and fired six months later.", "2015-03 2015-09"),
    ("He was hired in 2010 and fired that year.", "2010 2010"),
]
WITHOUT_VALUE = [
    ("The city now requires permits.", Grain.VAGUE),
    ("The city recently changed its rules.", Grain.VAGUE),
    ("The city will soon change its rules.", Grain.VAGUE),
    ("The city currently has no rules.", Grain.VAGUE),
    ("Years ago, the city had no rules.", Grain.VAGUE),
    ("A few years ago, the city had no rules.", Grain.VAGUE),
    ("Crime fell in the 1980s.", Grain.DECADE),
    ("Crime fell in the mid-1990s.", Grain.DECADE),
    ("Crime fell in the '90s.", Grain.DECADE),
    ("Crime fell in the nineties.", Grain.DECADE),
    ("Crime fell a decade ago.", Grain.DECADE),
    ("Sales rose from the year-earlier quarter.", Grain.QUARTER),
    ("Crime fell over the past year.", Grain.DURATION),
    ("Crime fell for three years.", Grain.DURATION),
    ("Crime fell in the third quarter.", Grain.QUARTER),
    ("Crime fell in Q3.", Grain.QUARTER),
    ("Crime fell in the fourth quarter of last year.", Grain.QUARTER),
    ("Crime fell in the second quarter of 2009.", Grain.QUARTER),
    ("Crime fell in the first half of 2009.", Grain.QUARTER),
    ("Crime fell last quarter.", Grain.QUARTER),
    ("Crime fell last week.", Grain.WEEK),
    ("Crime fell over the weekend.", Grain.WEEK),
    ("Crime fell two weeks ago.", Grain.WEEK),
]
WITHIN = [
    ("It passed last week.", "2017-06"),
    ("It passed this week.", "2017-07"),
    ("It will pass next week.", "2017-07"),
    ("It passed over the weekend.", "2017-07"),
    ("It passed two weeks ago.", "2017-06"),
    ("It passed this summer.", "2017"),
    ("It passed last fall.", "2016"),
    ("It passed last spring.", "2017"),
    ("It will pass next spring.", "2018"),
    ("It will pass this fall.", "2017"),
    ("It will pass by the fall.", "2017"),
    ("It passed in the fall of 2014.", "2014"),
    ("It passed in the third quarter of 2009.", "2009"),
    ("It passed in the third quarter of last year.", "2016"),
    ("It will pass the week of July 17.", "2017-07"),
]
DISTANCES = [
    ("It takes effect 30 days after adoption.", 30),
    ("It takes effect 90 days after the mayor signs it.", 90),
    ("The permit ends 18 months from the date of issue.", 540),
    ("It must be done within six months.", 180),
    ("It takes effect in 60 days.", 60),
    ("Notice is due two weeks before a hearing.", -14),
    ("It lasts for a year.", 365),
]


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_days_are_reckoned_from_the_publication(text: str, expected: str) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(("text", "expected"), MONTHS_AND_YEARS)
def test_months_and_years_are_reckoned_from_the_publication(text: str, expected: str) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(("text", "expected"), FROM_A_NAMED_DATE)
def test_some_are_reckoned_from_the_date_named_before(text: str, expected: str) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(("text", "kind"), WITHOUT_VALUE)
def test_what_a_partial_date_cannot_write_has_no_date(text: str, kind: Grain) -> None:
    (mention,) = find_dates(text, date(2017, 7, 4))
    assert (mention.kind, mention.date) == (kind, None)


@pytest.mark.parametrize(("text", "expected"), WITHIN)
def test_weeks_seasons_and_quarters_are_known_no_finer_than_what_holds_them(text: str, expected: str) -> None:
    (mention,) = find_dates(text, date(2017, 7, 4))
    assert str(mention.within) == expected


@pytest.mark.parametrize(("text", "days"), DISTANCES)
def test_a_distance_from_an_event_is_given_in_days(text: str, days: int) -> None:
    (mention,) = find_dates(text, date(2017, 7, 4))
    assert (mention.kind, mention.days, mention.date) == (Grain.DURATION, days, None)


def test_a_distance_still_to_come_can_be_reckoned_from_the_publication() -> None:
    (mention,) = find_dates("The order takes effect in 30 days.", date(2017, 7, 4))
    assert str(mention.toward(Tense.FUTURE)) == "2017-08-03"


def test_a_week_over_the_turn_of_a_month_is_cut_at_the_publication() -> None:
    past = find_dates("It passed this week.", date(2018, 8, 29))[0]
    coming = find_dates("It will pass this week.", date(2018, 8, 31))[0]
    assert (str(past.within), str(coming.within)) == ("2018-08", "2018-08")


def test_last_winter_lies_in_two_years_and_has_none() -> None:
    (mention,) = find_dates("It passed last winter.", date(2017, 7, 4))
    assert (mention.kind, mention.within) == (Grain.SEASON, None)
