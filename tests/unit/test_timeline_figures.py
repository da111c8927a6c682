"""The count of a vote and a figure before and after a change are told where a sentence tells them, and nowhere else."""

import pytest

from support.timeline.cases import evidence, fold
from tracker.timeline.figures import FigureChange, turn, turn_of, vote_of, votes

VOTES = [
    ("The council voted 11-4 on Tuesday to ban the bags.", "11-4"),
    ("By a vote of 5 to 2, commissioners repealed the ordinance.", "5-2"),
    ("The board passed the rule in a 3–2 vote.", "3-2"),
    ("On a nine-to-two decision the council adopted it.", "9-2"),
    ("Aldermen repealed the ordinance, 9 to 6.", "9-6"),
    ("The City Council approved the ban on plastic bags in all shops 8-1.", "8-1"),
    ("The council voted unanimously to end the program.", "unanimous"),
    ("Members voted unanimously, 7-0, for it.", "7-0"),
    ("By 5-2, council barred anyone from selling it.", "5-2"),
    ("Rates go up by 10-15 percent, the council decided.", ""),
    ("The council passed Resolution 9-3 on Tuesday.", ""),
    ("The council passed Resolution 9-3 by a 6-1 vote.", "6-1"),
    ("Council approved the rules; the Brewers won 5-2 the same night.", ""),
    ("The council approved a curfew of 10 to 6 for parks.", ""),
    ("The council approved shop hours from 9 to 5.", ""),
    ("The council approved a rule for 12-17 year-olds.", ""),
    ("Voters approved it on 2017-06-13.", ""),
    ("The council voted 5-2 to reject one bill and 6-1 to pass the other.", ""),
    ("The rule was not unanimously welcomed.", ""),
    ("The council approved raising the fee from 5 to 10 dollars.", ""),
    ("The 24-7 shelter rule was approved.", ""),
]
TURNS = [
    ("The council raised the fee from $10 to $15.", FigureChange("$10", "$15")),
    ("The limit on side streets was lowered from 25 to 20 mph.", FigureChange("25", "20 mph")),
    ("Smokers pay a fine of $250, up from $100.", FigureChange("$100", "$250")),
    ("Drivers may go 20 mph instead of 25 mph.", FigureChange("25 mph", "20 mph")),
    ("The board cut the time from 30 days to 14 days.", FigureChange("30 days", "14 days")),
    ("The limit on County Roads 2208 and 2209 went down from 60 miles an hour to 35.", None),
    ("Fines range from $50 to $500.", None),
    ("Fines increase from $50 to $500 for repeat offenders.", None),
    ("The council extended the hours from 9 a.m. to 5 p.m.", None),
    ("The council extended the program from 2019 to 2021.", None),
    ("It raised the fee from $10 to $15 and the fine from $20 to $30.", None),
    ("The council moved the line from 3 to 5.", None),
]


@pytest.mark.parametrize(("said", "count"), VOTES)
def test_the_count_of_a_vote_is_read_from_its_sentence(said: str, count: str) -> None:
    assert vote_of(said) == count


@pytest.mark.parametrize(("said", "told"), TURNS)
def test_a_figure_before_and_after_is_read_from_one_sentence(said: str, told: FigureChange | None) -> None:
    assert turn_of(said) == told


def test_reports_that_tell_it_otherwise_tell_nothing() -> None:
    one = evidence("adopted", "2017-06-21", quote="The council voted 5-2 to raise the fee from $10 to $15.")
    other = evidence("adopted", "2017-06-21", outlet="Post", quote="The council voted 6-2 to raise it from $10 to $12.")
    (alone,), (both,) = fold([one]), fold([one, other])
    assert (votes(alone), turn(alone)) == ("5-2", ("$10", "$15"))
    assert (votes(both), turn(both)) == ("", None)


def test_a_start_has_no_vote_and_what_is_rejected_changes_no_figure() -> None:
    said = "Voted 5-2, the rise of the fee from $10 to $15, raised from $10 to $15, begins."
    (start,) = fold([evidence("effective", "2017-07-01", quote=said)])
    (refused,) = fold([evidence("rejected", "2017-07-01", quote=said)])
    assert (votes(start), turn(refused)) == ("", None)
