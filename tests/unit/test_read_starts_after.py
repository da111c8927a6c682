"""Days that are counted: starts told from the decision or from a named day, and what is not done until a day.

The sentences are ours; they ran on Wednesday, May 10, 2023.
"""

import pytest
from reading import COUNTRY, SETTING, WEDNESDAY, explain, told
from tracker.read.parser import parse
from tracker.read.starts import starting_acts
from tracker.read.starts_after import with_starts

from tracker.model import Stage
from tracker.read.dates import find_dates


def started(text: str) -> set[tuple[str, str]]:
    """(place, day) of every start, once the days are counted."""
    found = explain(f"{text}\n\n{SETTING}")
    assert found.scene is not None
    acts = [item.candidate for item in found.considered]
    return {
        (c.government.jurisdiction.name, str(c.date or ""))
        for c in with_starts(acts, found.scene.dates)
        if c.government and c.stage is Stage.EFFECTIVE
    }


FROM_A_DAY = [
    ("The ordinance takes effect 30 days from Monday.", "2023-06-07"),
    ("The ban takes effect June 1.", "2023-06-01"),
]


@pytest.mark.parametrize(("text", "day"), FROM_A_DAY)
def test_days_are_counted_from_the_day_that_is_named(text: str, day: str) -> None:
    assert started(text) == {("Dayton", day)}


FROM_THE_DECISION = [
    ("The council adopted the ordinance Tuesday. It takes effect 30 days after adoption.", "2023-06-08"),
    ("The council adopted the ordinance Tuesday. It takes effect immediately.", "2023-05-09"),
    ("The council adopted the ordinance Tuesday. It takes effect July 1.", "2023-07-01"),
    ("The council adopted the ordinance last month. It takes effect 30 days after adoption.", ""),
]


@pytest.mark.parametrize(("text", "day"), FROM_THE_DECISION)
def test_days_are_counted_from_the_decision(text: str, day: str) -> None:
    assert started(text) == {("Dayton", day)}


def test_the_decision_of_another_government_starts_nothing() -> None:
    text = (
        "The Xenia council adopted the ordinance Monday.\n\nThe Dayton ordinance takes effect 30 days after adoption."
    )
    assert {day for name, day in started(text) if name == "Dayton"} == {""}


UNTIL = [
    "The sheriff will not enforce the ordinance until July 1.",
    "The fee does not apply until July 1.",
    "The ordinance does not take effect until July 1.",
    "Officers won't begin to issue fines before July 1.",
]


@pytest.mark.parametrize("sentence", UNTIL)
def test_what_is_not_done_until_a_day_is_done_from_that_day(sentence: str) -> None:
    (doc,) = parse([sentence])
    (act,) = starting_acts(doc, list(find_dates(sentence, WEDNESDAY)))
    assert act.stage is Stage.EFFECTIVE
    assert act.dated == sentence.index("July 1")


NO_STARTS = [
    "The council will not meet until July 1.",
    "The sheriff did not enforce the ordinance. It ran until July 1.",
    "The council will not vote on the fee until July 1.",
]


@pytest.mark.parametrize("sentence", NO_STARTS)
def test_a_meeting_or_an_end_on_a_day_is_no_start(sentence: str) -> None:
    (doc,) = parse([sentence])
    assert starting_acts(doc, list(find_dates(sentence, WEDNESDAY))) == []


def test_a_start_without_a_verb_has_a_government_and_a_day() -> None:
    sentence = "The sheriff will not enforce the ordinance until July 1."
    assert ("effective", "2023-07-01") in told(sentence)
    (item,) = explain(f"{sentence}\n\n{SETTING}").considered
    assert item.candidate.government is not None
    assert item.candidate.government.jurisdiction.id == f"{COUNTRY}state:oh/county:montgomery"
