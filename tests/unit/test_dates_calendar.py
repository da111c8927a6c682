"""Calendar dates: written out, abbreviated, numeric, in ranges, years, fiscal years and holidays."""

from datetime import date, datetime

import pytest

from tracker.model import Basis
from tracker.read.dates import Grain, find_dates

PUBLISHED = "2017-07-04"


def values(text: str, published: str = PUBLISHED) -> str:
    return " ".join(str(m.date) for m in find_dates(text, date.fromisoformat(published)) if m.date)


FULL_DATES = [
    ("It was signed on June 5, 2015.", "2015-06-05"),
    ("It was signed on Wednesday, June 10, 2020.", "2020-06-10"),
    ("The Jan. 25, 2017, order was blocked.", "2017-01-25"),
    ("The January 25 2017 order was blocked.", "2017-01-25"),
    ("She was born Sept. 9, 1961, in Ohio.", "1961-09-09"),
    ("AUG. 3, 2016", "2016-08-03"),
    ("DECEMBER 12, 2016", "2016-12-12"),
    ("It expired on the 1st of July, 2016.", "2016-07-01"),
    ("It expired on 1 July 2016.", "2016-07-01"),
    ("Sunday 17 July 2016", "2016-07-17"),
    ("Friday, 22 March 2013", "2013-03-22"),
    ("Filed 25 Oct. 2007 in Geneva.", "2007-10-25"),
    ("The vote of 2017-06-30 stands.", "2017-06-30"),
    ("Posted 7/4/2017", "2017-07-04"),
    ("Posted 7/4/17", "2017-07-04"),
    ("Posted 25/12/2016", "2016-12-25"),
    ("Posted 07-04-2017", "2017-07-04"),
    ("By Staff | 5.15.17", "2017-05-15"),
    ("The 9/11 attacks changed air travel.", "2001-09-11"),
    ("After the Sept. 11 attacks, rules grew stricter.", "2001-09-11"),
    ("The file is dated Nov. 4, 2011.", "2011-11-04"),
    ("He left office on November 8th, 2016.", "2016-11-08"),
]
WEEKDAY_AND_DAY = [
    ("The hearing is Tuesday, July 11.", "2017-07-11"),
    ("The hearing was Tuesday, June 27.", "2017-06-27"),
    ("The hearing was on Monday (July 3).", "2017-07-03"),
    ("Plows went out Saturday, Feb. 29.", "2020-02-29"),
    ("The ban started Sunday, Jan. 1.", "2017-01-01"),
    ("The ban starts Monday, Jan. 1.", "2018-01-01"),
    ("Events planned for Saturday, September 16th, are free.", "2017-09-16"),
    ("The board met Thursday night, June 29.", "2017-06-29"),
]
MONTHS_AND_YEARS = [
    ("It was adopted in June 2016.", "2016-06"),
    ("It was adopted in August of 2016.", "2016-08"),
    ("It was adopted in Sept. 2016.", "2016-09"),
    ("It was adopted in late 2016.", "2016"),
    ("Plans date to early 2013.", "2013"),
    ("It was adopted in mid-2016.", "2016"),
    ("By mid-June 2016, it was law.", "2016-06"),
    ("It has been law since 2013.", "2013"),
    ("The 2015 ordinance stands.", "2015"),
    ("The law (2009) was the first of its kind.", "2009"),
    ("He ran in 1992, 1996 and 2000.", "1992 1996 2000"),
    ("The treaty of 1848 ended the war.", "1848"),
    ("A new plan runs through 2040.", "2040"),
    ("The class of '98 met again in '08.", "1998 2008"),
    ("In June '16, it was law.", "2016-06"),
    ("The program cost $2 million in 2016.", "2016"),
    ("Sales were 2,016 in 2016.", "2016"),
    ("They met in June of last year.", "2016-06"),
    ("They met in March this year.", "2017-03"),
    ("They will meet in March of next year.", "2018-03"),
    ("The budget for fiscal 2018 is balanced.", "2018"),
    ("The budget for fiscal year 2018 is balanced.", "2018"),
    ("The budget for FY2018 is balanced.", "2018"),
    ("The budget for FY18 is balanced.", "2018"),
    ("The budget for fiscal year 2018-19 is balanced.", "2018"),
    ("The 2018-19 school calendar is done.", "2018"),
    ("He served from 2012 to 2014.", "2012 2014"),
    ("He served in 2013-2014.", "2013 2014"),
    ("He served two terms (2005–2013).", "2005 2013"),
]
RANGES = [
    ("Fireworks are allowed from July 1 through July 7.", "2017-07-01 2017-07-07"),
    ("The academy will run July 15-19.", "2017-07-15 2017-07-19"),
    ("The academy will run July 15–19.", "2017-07-15 2017-07-19"),
    ("The fair was held June 2, 3 and 4.", "2017-06-02 2017-06-03 2017-06-04"),
    ("The fair was held June 2 and 3.", "2017-06-02 2017-06-03"),
    ("The fair was held June 2-4, 2015.", "2015-06-02 2015-06-04"),
    ("On June 2 and 15 residents complained.", "2017-06-02"),
    ("The jail honored 463 requests from April 2012 to April 2013.", "2012-04 2013-04"),
    ("Between March and August 2012, it honored none.", "2012-03 2012-08"),
    ("From Nov. 3, 2012, to Feb. 5, it honored none.", "2012-11-03 2013-02-05"),
    ("From Nov. 3 to Dec. 5, 2012, it honored none.", "2012-11-03 2012-12-05"),
    ("From Nov. 3 to Feb. 5, 2013, it honored none.", "2012-11-03 2013-02-05"),
    ("January and February 2016 were dry.", "2016-01 2016-02"),
]
HOLIDAYS = [
    ("Offices will close on Labor Day.", "2017-09-04"),
    ("The pool opened on Memorial Day.", "2017-05-29"),
    ("The parade is on Thanksgiving.", "2017-11-23"),
    ("The ban begins on New Year's Day.", "2018-01-01"),
    ("The ban began on New Year’s Day.", "2017-01-01"),
    ("The shop closed on Christmas Eve.", "2016-12-24"),
    ("The shop opened on Thanksgiving 2015.", "2015-11-26"),
    ("They marched on Martin Luther King Jr. Day.", "2017-01-16"),
    ("He died on Good Friday.", "2017-04-14"),
    ("The Fourth of July was quiet.", "2017-07-04"),
    ("Easter was early in 2016.", "2017-04-16 2016"),
    ("They will meet on the first Monday of August.", "2017-08-07"),
    ("They met on the last Friday in June.", "2017-06-30"),
    ("Polls open the first Tuesday in November 2018.", "2018-11-06"),
    ("They meet on the second Tuesday of next month.", "2017-08-08"),
]


@pytest.mark.parametrize(("text", "expected"), FULL_DATES)
def test_a_full_date_is_that_day(text: str, expected: str) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(("text", "expected"), WEEKDAY_AND_DAY)
def test_a_weekday_with_a_day_tells_the_year(text: str, expected: str) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(("text", "expected"), MONTHS_AND_YEARS)
def test_months_and_years_keep_their_precision(text: str, expected: str) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_a_range_is_two_mentions_and_shares_its_year(text: str, expected: str) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(("text", "expected"), HOLIDAYS)
def test_holidays_are_reckoned(text: str, expected: str) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("by July 6", Basis.STATED),
        ("in 2014", Basis.STATED),
        ("in June 2017", Basis.STATED),
        ("in June", Basis.STATED),
        ("on Labor Day", Basis.STATED),
        ("on Thursday", Basis.RELATIVE),
        ("last month", Basis.RELATIVE),
        ("three years ago", Basis.RELATIVE),
        ("this summer", Basis.RELATIVE),
        ("today", Basis.RELATIVE),
        ("this week", Basis.RELATIVE),
    ],
)
def test_the_basis_says_how_the_date_is_known(text: str, basis: Basis) -> None:
    (mention,) = find_dates(f"It happened {text}.", date(2017, 7, 4))
    assert mention.basis is basis


def test_a_moment_may_stand_for_its_day() -> None:
    (mention,) = find_dates("It happened today.", datetime(2017, 7, 4, 23, 30))  # noqa: DTZ001
    assert str(mention.date) == "2017-07-04"


def test_impossible_dates_are_read_no_finer_than_possible() -> None:
    assert [m.kind for m in find_dates("It is due June 31, he joked.", date(2017, 7, 4))] == [Grain.MONTH]
