"""What courts and states do to a local rule: blocked, on which day, and whose rule it was.

The sentences are ours; they ran on Wednesday, May 10, 2023, in a paper of Dayton, Ohio.
"""

import pytest
from reading import COUNTRY, SETTING, explain, stages, told

BLOCKED = [
    ("The ordinance was struck down Monday by a county judge.", "2023-05-08"),
    ("An appeals court put the city's rental ordinance on hold Thursday.", "2023-05-04"),
    ("A county judge on Friday temporarily barred the city from enforcing its curfew.", "2023-05-05"),
    ("A federal judge on Friday prohibited the city from enforcing the ordinance.", "2023-05-05"),
    ("A judge has blocked the city from enforcing its ordinance on tents.", ""),
    ("A new state law preempts the city's minimum wage ordinance.", ""),
    ("The legislature voided the county's minimum wage ordinance on March 30.", "2023-03-30"),
    ("The Legislature overrode the city's rent control ordinance on March 30.", "2023-03-30"),
    ("A state law knocks out the city's ban on plastic bags.", ""),
    (
        "The governor signed a bill Monday that forbids cities from banning bags, wiping out the city's ban.",
        "2023-05-08",
    ),
    ("A judge granted a temporary restraining order Friday against the city's curfew.", "2023-05-05"),
    ("A county judge Friday issued a preliminary injunction halting the city's eviction moratorium.", "2023-05-05"),
    ("The injunction, granted Monday by Judge Ann Lowe, stops the county from enforcing its mandate.", "2023-05-08"),
    ("The ruling Monday puts the camping ban on hold.", "2023-05-08"),
    ("The ordinance is unconstitutional, a federal judge ruled Friday.", "2023-05-05"),
    ("A judge ruled Friday that the city's ban on panhandling is unconstitutional.", "2023-05-05"),
    ("The city's curfew was declared unconstitutional Monday by a district court judge.", "2023-05-08"),
    ("A Common Pleas judge tossed the city's rental registry Thursday.", "2023-05-04"),
    ("A federal appeals court overturned the city's ban on panhandling Friday.", "2023-05-05"),
    ("A judge voided the zoning change on Friday.", "2023-05-05"),
    ("The city's ban on flavored tobacco was put on hold Friday by a federal judge.", "2023-05-05"),
]


@pytest.mark.parametrize(("sentence", "day"), BLOCKED)
def test_a_court_or_a_state_blocks_a_rule_on_its_day(sentence: str, day: str) -> None:
    assert ("blocked", day) in told(sentence)


NOT_BLOCKED = [
    "A judge rejected a challenge to the ordinance Friday.",
    "A federal judge dismissed a lawsuit against the camping ban Monday.",
    "An appeals court lifted the stay on the ordinance Friday.",
    "A judge lifted an injunction Thursday that had blocked the ordinance.",
    "A judge upheld the ordinance on Friday.",
    "A judge on Friday overturned the man's conviction.",
    "A state bill would bar cities from adopting bans.",
    "The county judge suspended the burn ban on Friday.",
    "The Commissioners Court voided the order on Tuesday.",
    "The state Board of Animal Health barred goats from county fairs in July.",
    "A judge was asked Friday to block the ordinance.",
]


@pytest.mark.parametrize("sentence", NOT_BLOCKED)
def test_what_leaves_a_rule_as_it_is_blocks_nothing(sentence: str) -> None:
    assert "blocked" not in stages(sentence)


OWNERS = [
    ("A Montgomery County Common Pleas judge blocked Dayton's curfew Friday.", "state:oh/place:dayton"),
    ("A federal judge in Columbus struck down Dayton's curfew Friday.", "state:oh/place:dayton"),
    ("The legislature voided Montgomery County's wage ordinance on March 30.", "state:oh/county:montgomery"),
]


@pytest.mark.parametrize(("sentence", "place"), OWNERS)
def test_what_is_blocked_is_told_of_the_rules_own_government(sentence: str, place: str) -> None:
    found = [item.candidate for item in explain(f"{sentence}\n\n{SETTING}").considered]
    assert {c.government.jurisdiction.id for c in found if c.government} == {COUNTRY + place}
