"""Dates as precise as what is known, and the day that lies between two visits."""

import copy
import pickle
from datetime import date
from itertools import product

import pytest
from pydantic import BaseModel

from tracker.partial_date import DateInterval, PartialDate

BETWEEN = DateInterval(date(2026, 3, 2), date(2026, 3, 9))
ORDERED = [
    *("2025", "2025-12-30/2026-01-04", "2026", "2026-03", "2026-03-01/2026-03-30", "2026-03-02"),
    *("2026-03-02/2026-03-03", "2026-03-02/2026-03-09", "2026-03-02/2026-04-01", "2026-03-03", "2026-04"),
]


@pytest.mark.parametrize("text", ["2026", "2026-03", "2026-03-02", "2026-03-02/2026-03-09", "2025-12-28/2026-01-03"])
def test_a_date_is_read_from_its_text_and_written_as_it(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "26", "2026-13", "2026-02-30", "0999", "2026-3-2", "2026-03-02 ", "/", "2026-03-02/", "/2026-03-02"),
        *("2026-03-09/2026-03-02", "2026-03/2026-04", "2026-03-02/..", "2026-03-02/2026-02-30", "2026/2027"),
        *("2026-03-02/2026-03-09/2026-03-10", "2026-03-02/09", "2026-03-02--2026-03-09"),
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        PartialDate.parse(text)


@pytest.mark.parametrize("last", [date(2026, 3, 1), date(2026, 3, 2)])
def test_an_interval_ends_after_its_start(last: date) -> None:
    with pytest.raises(ValueError, match="after its start"):
        DateInterval(date(2026, 3, 2), last)


def test_two_visits_on_one_day_leave_that_day() -> None:
    day = PartialDate(2026, 3, 2)
    assert PartialDate.between(date(2026, 3, 2), date(2026, 3, 2)) == day
    assert PartialDate.parse("2026-03-02/2026-03-02") == day
    assert PartialDate.between(date(2026, 3, 2), date(2026, 3, 9)) == BETWEEN == PartialDate.parse(str(BETWEEN))


def test_dates_stand_in_the_order_of_their_texts() -> None:
    assert [str(day) for day in sorted(map(PartialDate.parse, reversed(ORDERED)))] == ORDERED == sorted(ORDERED)
    for one, other in product(map(PartialDate.parse, ORDERED), repeat=2):
        assert (one < other) == (str(one) < str(other))
        assert (one == other) == (str(one) == str(other))


def test_an_interval_knows_its_days_and_has_none_of_its_own() -> None:
    assert (BETWEEN.first_day(), BETWEEN.last_day()) == (date(2026, 3, 2), date(2026, 3, 9))
    assert (BETWEEN.year, BETWEEN.month, BETWEEN.day, BETWEEN.precision) == (2026, 3, None, "interval")
    days = ["2026-03-02", "2026-03-02/2026-03-09", "2026-02", "2024"]
    assert [PartialDate.parse(day).open_days() for day in days] == [0, 7, 27, 365]


@pytest.mark.parametrize(
    ("other", "contains", "agrees"),
    [
        ("2026-03-02", True, True),
        ("2026-03-09", True, True),
        ("2026-03-10", False, False),
        ("2026-03", False, True),
        ("2026-04", False, False),
        ("2026-03-03/2026-03-05", True, True),
        ("2026-03-08/2026-03-12", False, True),
        ("2026-03-10/2026-03-12", False, False),
    ],
)
def test_an_interval_agrees_with_what_may_be_the_same_day(other: str, contains: bool, agrees: bool) -> None:
    day = PartialDate.parse(other)
    assert (BETWEEN.contains(day), BETWEEN.agrees(day), day.agrees(BETWEEN)) == (contains, agrees, agrees)


@pytest.mark.parametrize(
    ("text", "words", "adverb", "noun"),
    [
        ("2026", "2026", "in 2026", "2026"),
        ("2026-03", "March 2026", "in March 2026", "March 2026"),
        ("2026-03-02", "March 2, 2026", "on March 2, 2026", "March 2, 2026"),
        (
            "2026-03-02/2026-03-09",
            *["between March 2 and March 9, 2026"] * 2,
            "a day between March 2 and March 9, 2026",
        ),
        (
            "2025-12-28/2026-01-03",
            *["between December 28, 2025 and January 3, 2026"] * 2,
            "a day between December 28, 2025 and January 3, 2026",
        ),
    ],
)
def test_a_date_is_told_as_people_say_it(text: str, words: str, adverb: str, noun: str) -> None:
    day = PartialDate.parse(text)
    assert (day.in_words(), day.as_adverb(), day.as_noun()) == (words, adverb, noun)


def test_an_interval_is_a_value_like_a_day() -> None:
    class Dated(BaseModel):
        date: PartialDate | None

    twin = DateInterval(date(2026, 3, 2), date(2026, 3, 9))
    assert len({BETWEEN, twin, copy.deepcopy(twin), pickle.loads(pickle.dumps(twin))}) == 1
    assert PartialDate(2026, 3) != BETWEEN
    assert BETWEEN.to_month() == PartialDate(2026, 3)
    told = Dated(date=BETWEEN).model_dump_json()
    assert told == '{"date":"2026-03-02/2026-03-09"}'
    assert Dated.model_validate_json(told).date == BETWEEN
