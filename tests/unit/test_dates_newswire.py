"""What newswire says that local news seldom does: comparisons with a quarter, days before their month, broken lines."""

from datetime import date

import pytest

from tracker.read.dates import Grain, find_dates


def values(text: str, published: str) -> str:
    return " ".join(str(m.date) for m in find_dates(text, date.fromisoformat(published)) if m.date)


COMPARISONS = [
    ("Profit in the third quarter rose 3% from a year earlier.", ""),
    ("The company lost $2 million in the year-ago period.", ""),
    ("Sales grew faster than in the same period last year.", ""),
    ("Sales grew faster than in the same quarter of 1988.", ""),
    ("Third-quarter profit, reported Friday, was flat from a year ago.", "1989-10-27"),
    ("Sales fell in September from a year earlier.", "1989-09 1988"),
    ("Sales in January fell from the same month last year.", "1989-01 1988-01"),
    ("Sales in January fell from the same month in 1987.", "1989-01 1987-01"),
    ("Earnings rose in the first nine months of 1989.", ""),
    ("Earnings rose over the first two weeks of October.", ""),
]
SHAPES = [
    ("They met on 11 and 12 October.", "1989-10-11 1989-10-12"),
    ("They met from 14-16 March 1988.", "1988-03-14 1988-03-16"),
    ("They sold 11 and 12 October was dull.", "1989-10-12"),
    ("It was signed on March 5 last year.", "1988-03-05"),
    ("It starts on Jan. 2 of next year.", "1990-01-02"),
    ("Posted 19891026 by the desk.", "1989-10-26"),
    ("See file No. 19891026.", ""),
    ("Seventeen years ago, it opened.", "1972"),
    ("A hundred years ago, it opened.", "1889"),
    ("Two hundred years ago, it opened.", "1789"),
    ("A year ago today, it opened.", "1988-10-30"),
    ("Ten years ago this month, it opened.", "1979-10"),
    ("It opened in 1971; that August, it closed.", "1971 1971-08"),
    ("He said that August sales rose.", "1989-08"),
    ("It plans to reopen by midyear.", "1989"),
    ("Shops were shut on Boxing Day.", "1988-12-26"),
]
DIRECTIONS = [
    ("Crude for January delivery rose Friday.", "1990-01 1989-10-27"),
    ("The dividend is payable Dec. 15 to holders of record Nov. 17.", "1989-12-15 1989-11-17"),
    ("The vote had been planned for Friday, but snow fell.", "1989-10-27"),
    ("By Friday, the water had gone down.", "1989-10-27"),
    ("By Friday, the report must be filed.", "1989-11-03"),
    ("As of Friday, nobody may smoke there.", "1989-10-27"),
    ("As of Thursday, smoking will be a crime.", "1989-11-02"),
    ("The fair is this Saturday.", "1989-11-04"),
    ("The shuttle is up, and it docks Thursday.", "1989-11-02"),
    ("Growth was half of what he forecast in December.", "1988-12"),
    ("The law of 1987 ended on Nov. 1 of that year.", "1987 1987-11-01"),
    ("The pilots said last September that they would strike.", "1988-09"),
    ("Talks are in June; the last ones failed.", "1990-06"),
]
RECURRING = ["Bars may open on Sunday mornings.", "The clubs meet Monday nights."]
BROKEN = """The company said that its board, which was elected in the
spring, will meet again on
Thursday to hear from the lawyers who studied the offer of
Nov.
2 and the letter that the two funds had sent in reply to
it last
month."""


@pytest.mark.parametrize(("text", "expected"), [*COMPARISONS, *SHAPES, *DIRECTIONS])
def test_newswire_is_read(text: str, expected: str) -> None:
    assert values(text, "1989-10-30") == expected


@pytest.mark.parametrize("text", RECURRING)
def test_what_recurs_has_no_day(text: str) -> None:
    assert values(text, "1989-10-30") == ""


def test_a_modifier_belongs_to_the_expression_and_a_word_that_ends_like_one_does_not() -> None:
    found = find_dates("Earlier this year, and nearly three years ago, it rained.", date(1989, 10, 30))
    assert [mention.text for mention in found] == ["Earlier this year", "three years ago"]


def test_broken_lines_are_one_paragraph_and_offsets_stay() -> None:
    found = find_dates(BROKEN, date(1989, 10, 30))
    assert [str(m.date) for m in found if m.date and m.kind is not Grain.SEASON] == [
        "1989-11-02",
        "1989-11-02",
        "1989-09",
    ]
    assert all(BROKEN[m.start : m.end] == m.text for m in found)
