"""Decisions told by a noun, by an idiom, or by what becomes of the rule itself; and steps that keep it alive.

The sentences are ours; they ran on Wednesday, May 10, 2023.
"""

import pytest
from reading import stages, told

ALIVE = [
    ("The proposed ordinance was sent back to committee on Tuesday.", "2023-05-09"),
    ("The ordinance cleared a council committee on Monday.", "2023-05-08"),
    ("The ordinance passed out of committee Monday.", "2023-05-08"),
    ("The ban got out of committee on a 3-2 vote Monday.", "2023-05-08"),
    ("A final vote on the ordinance is scheduled for May 23.", "2023-05-23"),
    ("A vote on the ban is set for May 23.", "2023-05-23"),
    ("The council voted Monday to table the ordinance until June 6.", "2023-05-08"),
    ("The council delayed a decision on the curfew Monday.", "2023-05-08"),
    ("The council referred the ordinance to its public safety committee Monday.", "2023-05-08"),
    ("The council agreed Monday to send the ordinance back to the planning commission.", "2023-05-08"),
    ("Commissioners instructed the county attorney Tuesday to write a ban on fireworks.", "2023-05-09"),
    ("The council read the ordinance for the first time Monday.", "2023-05-08"),
    ("The bill now heads to the full council, which votes May 23.", ""),
]

ENDS = [
    ("The council let its mask mandate expire Sunday.", "2023-05-07"),
    ("The council allowed its mask mandate to expire Sunday.", ""),
    ("The agreement with federal agents ends June 30.", "2023-06-30"),
    ("The agreement with ICE runs out June 30.", "2023-06-30"),
    ("The moratorium, which sunsets June 1, covers data centers.", "2023-06-01"),
    ("The commission declared the agreement void on Tuesday.", "2023-05-09"),
]

REJECTED = [
    ("The ban died Monday for lack of a second.", "2023-05-08"),
    ("The ordinance fell one vote short Tuesday.", "2023-05-09"),
    ("The ban came up two votes short Monday.", "2023-05-08"),
    ("The mayor's veto of the ban stood Tuesday when the council came up one vote short.", "2023-05-09"),
    ("The council upheld the mayor's veto of the ordinance Tuesday.", "2023-05-09"),
    ("The council gave the proposed ban a thumbs down Tuesday.", "2023-05-09"),
    ("The proposal was tabled indefinitely Monday.", "2023-05-08"),
]

ADOPTED = [
    ("Approved Monday by the council, the ban covers all parks.", "2023-05-08"),
    ("Passage of the ordinance came on a 5-2 vote Monday.", "2023-05-08"),
    ("The council's approval of the ban came Monday.", "2023-05-08"),
    ("The ordinance got the council's blessing Tuesday.", "2023-05-09"),
    ("The council gave its blessing Tuesday to the curfew.", "2023-05-09"),
    ("Trustees gave the nod Monday to a rule on food trucks.", "2023-05-08"),
    ("The council said yes Tuesday to a ban on tents.", "2023-05-09"),
    ("The council gave a thumbs up Tuesday to the ban.", "2023-05-09"),
    ("The ban got the green light Tuesday.", "2023-05-09"),
    ("The curfew got the go-ahead Tuesday.", "2023-05-09"),
    ("The mayor put her signature on the ordinance Friday.", "2023-05-05"),
    ("Dayton on Tuesday became the first city in Ohio to ban leaf blowers.", "2023-05-09"),
    ("The council approved the ban, which is now a go.", ""),
]

BY_STAGE = {"proposed": ALIVE, "rescinded": ENDS, "rejected": REJECTED, "adopted": ADOPTED}
SENTENCES = [(stage, *case) for stage, cases in BY_STAGE.items() for case in cases]


@pytest.mark.parametrize(("stage", "sentence", "day"), SENTENCES)
def test_the_idiom_tells_the_step_and_its_day(stage: str, sentence: str, day: str) -> None:
    assert (stage, day) in told(sentence)


ONLY_STAGE = [
    ("The council tabled the ordinance until June 6.", "proposed"),
    ("The measure moves to the full council for a vote on May 16.", "proposed"),
    ("With a 5-2 vote Tuesday, the council made Dayton the first city in the state to ban leaf blowers.", "adopted"),
    ("Tents will be banned in city parks after a vote by the council Tuesday.", "adopted"),
    ("The ordinance is dead after the council's vote Monday.", "rejected"),
    ("The council fell one vote short of overriding the mayor's veto on Tuesday.", "rejected"),
    ("A motion to adopt the ban died for lack of a second Monday.", "rejected"),
]


@pytest.mark.parametrize(("sentence", "stage"), ONLY_STAGE)
def test_the_idiom_tells_the_step(sentence: str, stage: str) -> None:
    assert stage in stages(sentence)


NOTHING = [
    ("The city hopes to become the first city in Ohio to ban leaf blowers.", "adopted"),
    ("The agreement ends the practice on June 30.", "rescinded"),
    ("The season ends June 30.", "rescinded"),
    ("Hartwell put a recommendation in its place.", "adopted"),
    ("The ban, if it gets the council's blessing, would cover parks.", "adopted"),
    ("The mayor has not given her blessing to the ban.", "adopted"),
]


@pytest.mark.parametrize(("sentence", "never"), NOTHING)
def test_the_idiom_tells_no_step(sentence: str, never: str) -> None:
    assert never not in stages(sentence)
