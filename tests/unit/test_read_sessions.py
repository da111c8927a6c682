"""Days that another sentence gives: that of the meeting, "30 days after adoption", "effective immediately"."""

import pytest
from reading import explain, steps

VOTE = "The Dayton City Commission banned tents in city parks on a 5-0 vote."
DATED = "The Dayton City Commission adopted an ordinance Tuesday that bans tents in parks."
DAYTON = "state:oh/place:dayton"


def read(*paragraphs: str) -> set[tuple[str, str]]:
    """(stage, date) of what Dayton did."""
    reading = explain("\n\n".join(paragraphs), "Commission bans tents in parks").reading
    return {(stage, day) for place, stage, day in steps(reading) if place == DAYTON}


MEETINGS = [
    ("The vote came Tuesday night after an hour of comment.", "2023-05-09"),
    ("About forty people spoke at the meeting Monday.", "2023-05-08"),
    pytest.param("The last vote on the matter was in 2019.", "", marks=pytest.mark.xfail(reason="a vote of long ago")),
    ("A festival will be held Tuesday in the park.", ""),
    ("Commissioners meet again on May 23.", ""),
    ("Nobody spoke.", ""),
]


@pytest.mark.parametrize(("sentence", "day"), MEETINGS)
def test_an_undated_vote_has_the_day_of_the_meeting(sentence: str, day: str) -> None:
    assert read(VOTE, sentence) == {("adopted", day)}


STARTS = [
    ("The ordinance takes effect 30 days after adoption.", "2023-06-08"),
    ("The ordinance takes effect June 1.", "2023-06-01"),
    ("The ordinance took effect Wednesday.", "2023-05-10"),
]


@pytest.mark.parametrize(("sentence", "day"), STARTS)
def test_a_start_has_its_own_day(sentence: str, day: str) -> None:
    assert read(DATED, sentence) == {("adopted", "2023-05-09"), ("effective", day)}
