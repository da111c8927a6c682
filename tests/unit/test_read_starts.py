"""Starts that no verb of starting tells: duties from a day, values that change on days, rules on the books.

The sentences are ours; they ran on Wednesday, May 10, 2023.
"""

import pytest
from reading import WEDNESDAY, told
from tracker.read.doers import Doer
from tracker.read.parser import parse
from tracker.read.starts import starting_acts

from tracker.read.dates import find_dates

STARTS = [
    ("The law goes on the books June 1.", {"2023-06-01"}),
    ("The ban comes into play June 1.", {"2023-06-01"}),
    (
        "The minimum wage in the city goes to $8.20 on Nov. 1, to $9.15 on May 1 and to $10 on Nov. 1, 2024.",
        {"2023-11-01", "2024-05-01", "2024-11-01"},
    ),
]


@pytest.mark.parametrize(("sentence", "days"), STARTS)
def test_a_rule_starts_on_each_of_its_days(sentence: str, days: set[str]) -> None:
    assert {("effective", day) for day in days} <= told(sentence)


DUTIES = [
    "Effective June 1, officers must record every traffic stop.",
    "Beginning June 1, stores may not hand out plastic bags.",
    "From June 1 on, dogs must be leashed in parks.",
    "The fee, now $3, will be $5 beginning July 1.",
]


@pytest.mark.parametrize("sentence", DUTIES)
def test_a_duty_from_a_day_is_a_start_of_nobody_abroad(sentence: str) -> None:
    (doc,) = parse([sentence])
    (act,) = starting_acts(doc, find_dates(sentence, WEDNESDAY))
    assert act.doer is not Doer.FOREIGN
    assert act.dated is not None


@pytest.mark.parametrize("sentence", ["The council may vote on the ban June 6.", "The council may adopt it June 6."])
def test_what_a_council_may_do_on_a_day_is_no_start(sentence: str) -> None:
    (doc,) = parse([sentence])
    assert starting_acts(doc, find_dates(sentence, WEDNESDAY)) == []
