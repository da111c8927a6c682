"""What looks like a date and is none, and the dates beside it that must still be found."""

from datetime import date

import pytest

from tracker.read.dates import Grain, find_dates

NONE_AT_ALL = [
    "The council voted 12-6 for the plan.",
    "The measure passed 5-4.",
    "The Tigers won 7-3.",
    "Call 555-0142 or 309-555-2013.",
    "Call (414) 555-2017 for details.",
    "The office is at 1901 Main St. downtown.",
    "The office is at 2015 N. Oak Avenue.",
    "A fire broke out in the 2000 block of Elm Street.",
    "Under Section 16-9, fireworks are banned.",
    "Under section 2017.05 of the code, noise is banned.",
    "HB 2017 would end such fees.",
    "SB 1070 would end such fees.",
    "House Bill 2014 would end such fees.",
    "The council passed Ordinance 2019-44.",
    "The council passed Resolution 2016-12.",
    "Deputies follow Order 5-16.",
    "Deputies follow General Order 2016.",
    "The suspect, 19, and his friend, 20, fled.",
    "The permit costs $1,900.",
    "The permit costs $2017.",
    "About 2000 people came.",
    "Some 1,950 residents signed.",
    "It has 2015 seats.",
    "The road rises 1950 feet.",
    "The store is open 24/7.",
    "Three-quarters of the 1/2-acre lot is paved.",
    "The city may vote on it.",
    "May I speak? she asked.",
    "Prime Minister Theresa May said no.",
    "Mayor April Smith said no.",
    "April Smith said no.",
    "August Wilson wrote plays.",
    "June Carter sang.",
    "They joined the march downtown.",
    "The March for Babies draws crowds.",
    "The group March of Dimes gave money.",
    "He came in second.",
    "The second reading passed.",
    "She teaches Sunday School.",
    "He likes Friday Night Lights.",
    "Shoppers waited for Black Friday.",
    "The pool is open Monday through Friday.",
    "The pool is open Monday-Friday.",
    "The board meets every Tuesday.",
    "The board meets on Tuesdays.",
    "Garbage is collected each Monday.",
    "Courts are closed the Tuesday after the first Monday in odd years.",
    "The company told USA Today it was sorry.",
    "A 2008 Honda Civic was stolen.",
    "The spring rolls were good.",
    "Prices may fall again.",
    "The flight left at 2030 GMT.",
    "It ran Windows 2000.",
    "She lives on Route 2016.",
    "Martin, Marshall and Augusta are names.",
    "Version 1.2.15 of the app is out.",
    "The ratio was 3/4.",
    "Half a day is lost in traffic.",
    "It rained day after day.",
    "A four-year term is long.",
    "The 30-day limit is strict.",
    "See https://news.example/2017/06/story for more.",
]
STILL_FOUND = [
    ("In October 12-6 was the count.", "2017-10"),
    ("The council passed Ordinance 2019-44 on Dec. 3, 2019.", "2019-12-03"),
    ("HB 2017, passed in 2016, would end such fees.", "2016"),
    ("On May 5 the mayor may vote.", "2018-05-05"),
    ("In May, Theresa May said no.", "2017-05"),
    ("In April, April Smith quit.", "2017-04"),
    ("On March 3, they joined the march.", "2017-03-03"),
    ("About 2000 people came in 2000.", "2000"),
    ("The 9-to-5 shift ended in 1999.", "1999"),
    ("Schools open the Tuesday after Labor Day.", "2018-09-03"),
    ("In 2015, 2,015 people moved here.", "2015"),
]


@pytest.mark.parametrize("text", NONE_AT_ALL)
def test_no_date_is_read_into(text: str) -> None:
    found = find_dates(text, date(2018, 1, 3))
    assert [mention.text for mention in found if mention.kind is not Grain.DURATION] == []


@pytest.mark.parametrize(("text", "expected"), STILL_FOUND)
def test_the_real_date_beside_it_is_found(text: str, expected: str) -> None:
    found = find_dates(text, date(2018, 1, 3))
    assert " ".join(str(mention.date) for mention in found if mention.date) == expected
