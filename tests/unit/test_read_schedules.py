"""Votes to come, and acts that are told more than once: which of them an article tells.

The acts are read from our own sentences, which ran on Wednesday, May 10, 2023; their days are given.
"""

from dataclasses import replace

import pytest
from reading import SETTING, WEDNESDAY, explain

from tracker.partial_date import PartialDate
from tracker.read.explain import Considered
from tracker.read.findings import Candidate, merged, without_schedules

INTRODUCED = "The Dayton council introduced the ordinance."
TO_VOTE = "The Dayton council will vote on the ordinance."
ADOPTED = "The Dayton council adopted the ordinance."
XENIA_INTRODUCED = "The Xenia council introduced the ordinance."
MONDAY, WINTER, LATER = "2023-05-08", "2023-01-09", "2023-05-23"


def act(sentence: str, day: str) -> Candidate:
    """The one act of a sentence, with this day or, for "", with none."""
    item: Considered
    (item,) = (item for item in explain(f"{sentence}\n\n{SETTING}").considered if item.candidate.government)
    return replace(item.candidate, date=PartialDate.parse(day) if day else None)


def told(acts: list[Candidate]) -> list[tuple[str, str, str]]:
    return [(c.government.jurisdiction.name, str(c.stage), str(c.date or "")) for c in acts if c.government]


@pytest.mark.parametrize("day", [MONDAY, ""])
def test_a_vote_to_come_is_left_out_where_a_fresh_step_dates_the_proposal(day: str) -> None:
    acts = [act(INTRODUCED, day), act(TO_VOTE, LATER)]
    assert told(without_schedules(acts, WEDNESDAY)) == [("Dayton", "proposed", day)]


NO_FRESH_STEP = [[], [(INTRODUCED, WINTER)], [(ADOPTED, MONDAY)], [(XENIA_INTRODUCED, MONDAY)]]


@pytest.mark.parametrize("others", NO_FRESH_STEP)
def test_a_vote_to_come_is_told_where_its_government_takes_no_fresh_step(others: list[tuple[str, str]]) -> None:
    acts = [act(TO_VOTE, LATER), *(act(*other) for other in others)]
    assert without_schedules(acts, WEDNESDAY) == acts


SAME = [(MONDAY, "2023-05", MONDAY), (MONDAY, "2023", MONDAY), (MONDAY, "", MONDAY), ("", "", "")]


@pytest.mark.parametrize(("one", "other", "day"), SAME)
def test_an_act_that_is_told_twice_is_one_with_the_finer_date(one: str, other: str, day: str) -> None:
    assert told(merged([act(ADOPTED, one), act(ADOPTED, other)], WEDNESDAY)) == [("Dayton", "adopted", day)]
    assert told(merged([act(ADOPTED, other), act(ADOPTED, one)], WEDNESDAY)) == [("Dayton", "adopted", day)]


DIFFERENT = [
    ((ADOPTED, MONDAY), (ADOPTED, "2023-04-03")),
    ((ADOPTED, MONDAY), ("The Xenia council adopted the ordinance.", MONDAY)),
    ((ADOPTED, MONDAY), (INTRODUCED, MONDAY)),
    ((ADOPTED, ""), (ADOPTED, "2019")),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_day_another_government_or_another_stage_is_another_step(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert len(merged([act(*one), act(*other)], WEDNESDAY)) == 2
