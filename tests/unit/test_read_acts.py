"""Short sentences of news and the step that each one tells: the stage, and the day that belongs to it.

The sentences are ours; they ran on Wednesday, May 10, 2023. What is still read wrong stands in test_read_open.py.
"""

import pytest
from reading import told

ADOPTED = [
    ("The Dayton City Commission voted 5-2 Tuesday to ban tents in city parks.", "2023-05-09"),
    ("The council voted 5-2 Tuesday to ban tents.", "2023-05-09"),
    ("The ordinance passed 4-3 on Monday night.", "2023-05-08"),
    ("Mayor Jeff Hale signed the ordinance on May 3.", "2023-05-03"),
    ("Police Chief Ana Ruiz issued a general order Friday that limits car chases.", "2023-05-05"),
    ("Commissioners on Tuesday approved an ordinance limiting short-term rentals.", "2023-05-09"),
    ("The commission gave final approval Tuesday to a ban on leaf blowers.", "2023-05-09"),
    ("A ban on leaf blowers won final approval Tuesday.", "2023-05-09"),
    ("A ban on plastic bags was adopted Monday by the commission.", "2023-05-08"),
    ("The sheriff has signed a 287(g) agreement with federal immigration authorities.", ""),
    ("The city adopted the rule in 2019.", "2019"),
    ("The board unanimously passed a moratorium on data centers last month.", "2023-04"),
    ("The council overrode the mayor's veto of the bag ban Tuesday.", "2023-05-09"),
    ("Police may no longer use chokeholds under a directive that Chief Ruiz signed Friday.", "2023-05-05"),
    ("Officers must wear body cameras at all times under a directive issued Monday by the police chief.", "2023-05-08"),
    ("On a 5-0 vote Tuesday, trustees signed off on stricter rules for food trucks.", "2023-05-09"),
    ("The council agreed Monday to raise the smoking age to 21.", "2023-05-08"),
    ("Supervisors tightened the rules for short-term rentals on Tuesday.", "2023-05-09"),
    ("Voters approved the charter amendment in November.", "2022-11"),
    ("The ban, approved last week, covers every park.", "2023-05"),
    (
        "The county executive signed an executive order Monday that bars staff from asking about immigration status.",
        "2023-05-08",
    ),
    ("The new policy was approved last month by Police Chief Dana Cole.", "2023-04"),
    ("The Select Board enacted a bylaw May 1 that forbids tobacco sales near schools.", "2023-05-01"),
    ("The moratorium, in place since March, was extended Tuesday for six months.", "2023-05-09"),
    ("The council, which meets Thursday, adopted the ban on April 25.", "2023-04-25"),
    ("The ban that was proposed in January passed Tuesday.", "2023-05-09"),
    ("The council adopted a rule Tuesday that bars fireworks after July 4.", "2023-05-09"),
    ("At its Monday meeting, the council approved the curfew.", "2023-05-08"),
    ("The chief signed the order May 1, 2023.", "2023-05-01"),
    ("The city council on Monday night banned the sale of puppies in pet stores.", "2023-05-08"),
    ("The council yesterday banned the sale of puppies in pet stores.", "2023-05-09"),
    ("The council adopted the ordinance Dec. 13.", "2022-12-13"),
    ("An ordinance banning tents was approved by the council on Monday.", "2023-05-08"),
    ("Smoking is now banned in city parks under an ordinance that the council passed Tuesday.", "2023-05-09"),
    ("A 4-3 majority of the council backed the ban Tuesday.", "2023-05-09"),
    ("The council codified the policy Tuesday.", "2023-05-09"),
    ("The council amended its noise ordinance on Tuesday.", "2023-05-09"),
    ("The chief revised the department's use-of-force policy on Friday.", "2023-05-05"),
    ("The chief rewrote the department's pursuit policy last month.", "2023-04"),
    ("The health board imposed a mask mandate Friday.", "2023-05-05"),
    ("The sheriff joined the federal 287(g) program on Monday.", "2023-05-08"),
    ("The mayor, by executive order, froze evictions on Friday.", "2023-05-05"),
    ("The council decriminalized jaywalking on Tuesday.", "2023-05-09"),
    ("The council doubled the fine for litter on Tuesday.", "2023-05-09"),
    ("County commissioners extended the burn ban on Tuesday.", "2023-05-09"),
    ("County commissioners renewed the agreement with federal agents on Tuesday.", "2023-05-09"),
    ("The mayor vetoed the ban on Friday, and the council overrode him on Tuesday.", "2023-05-09"),
]

RESCINDED = [
    ("The council approved an ordinance Tuesday repealing the bag ban.", "2023-05-09"),
    ("The commission voted 3-2 Tuesday to repeal the bag ban.", "2023-05-09"),
    ("The council repealed its curfew on Monday.", "2023-05-08"),
    ("The commission approved the repeal of the bag ban Tuesday.", "2023-05-09"),
    ("The sheriff ended the 287(g) agreement on Friday.", "2023-05-05"),
    ("The county walked away from its 287(g) agreement Monday.", "2023-05-08"),
    ("The mayor suspended the curfew on Friday.", "2023-05-05"),
    ("The moratorium was lifted Monday.", "2023-05-08"),
    ("Trustees scrapped the parking ban Monday.", "2023-05-08"),
    ("The curfew was rolled back by the council on Tuesday.", "2023-05-09"),
    ("The city dropped its ban on food trucks Tuesday.", "2023-05-09"),
    ("Commissioners did away with the dress code on Monday.", "2023-05-08"),
    ("The council voted Monday to let the agreement lapse.", "2023-05-08"),
    ("In a special session Thursday, the council repealed the curfew.", "2023-05-04"),
    ("The council's vote Tuesday to repeal the ban ended a long debate.", "2023-05-09"),
    ("The city quietly shelved its curfew last month.", "2023-04"),
    ("The city is ending its curfew, the mayor said Monday.", "2023-05-08"),
    ("The county pulled out of the 287(g) program Monday.", "2023-05-08"),
    ("The county backed out of its agreement with federal agents on Monday.", "2023-05-08"),
    ("The council undid the ban on Monday.", "2023-05-08"),
    ("The ban was repealed in 2021.", "2021"),
    ("The curfew ended Sunday.", "2023-05-07"),
    ("The mayor rescinded the emergency order on Tuesday.", "2023-05-09"),
    ("The county let its agreement with federal agents run out on Sunday.", "2023-05-07"),
    ("The police department halted its plate reader program on Friday.", "2023-05-05"),
    ("Voters repealed the ban on Tuesday.", "2023-05-09"),
    ("Voters on Tuesday overturned the council's ban on pit bulls.", "2023-05-09"),
    ("The mask mandate expired on Sunday.", "2023-05-07"),
    ("The city's mask mandate will expire on June 1.", "2023-06-01"),
    ("The moratorium lapsed on April 30.", "2023-04-30"),
]

REJECTED = [
    ("The council voted down the ban Tuesday.", "2023-05-09"),
    ("The council rejected the proposed ban on Tuesday.", "2023-05-09"),
    ("The mayor vetoed the ordinance on Friday.", "2023-05-05"),
    ("The council failed to override the mayor's veto of the ban Tuesday.", "2023-05-09"),
    ("Councilman Lou Bell withdrew the ordinance Monday.", "2023-05-08"),
    ("The council tabled the proposed ban indefinitely Tuesday.", "2023-05-09"),
    ("The council voted 4-1 Monday against the ban.", "2023-05-08"),
    ("The council killed the proposed curfew on Monday.", "2023-05-08"),
    ("The proposed ban went down to defeat Monday.", "2023-05-08"),
    ("Voters turned down the rent control ordinance on Tuesday.", "2023-05-09"),
    ("An effort to repeal the ban failed Tuesday on a 3-4 vote.", "2023-05-09"),
    ("The sponsor pulled the ordinance from the agenda Tuesday.", "2023-05-09"),
    ("The council defeated the measure 6-1 on Tuesday.", "2023-05-09"),
    ("Commissioners refused Tuesday to lift the ban.", "2023-05-09"),
    ("The ordinance failed 3-2 Tuesday.", "2023-05-09"),
    ("The proposal died Tuesday when no member would second it.", "2023-05-09"),
    ("Council members on Tuesday said no to a ban on tents.", "2023-05-09"),
]

PROPOSED = [
    ("The council will vote Tuesday on a ban on tents.", "2023-05-16"),
    ("The council gave the ordinance first reading Monday.", "2023-05-08"),
    ("The council approved the ordinance on first reading Monday.", "2023-05-08"),
    ("The council's public safety committee voted 4-1 Monday to recommend the ban.", "2023-05-08"),
    ("The planning commission recommended the zoning change Thursday.", "2023-05-04"),
    ("Councilwoman Dee Park introduced an ordinance Monday that would ban tents.", "2023-05-08"),
    ("The council is considering a ban on tents.", ""),
    ("The council postponed a vote on the ordinance Tuesday.", "2023-05-09"),
    ("The council gave preliminary approval to the ban Monday.", "2023-05-08"),
    ("A public hearing on the ordinance is set for May 22.", "2023-05-22"),
    ("The county plans to end the agreement with federal agents.", ""),
    ("The council is expected to approve the ordinance Monday.", "2023-05-15"),
    ("Commissioners agreed Tuesday to hold off on a decision about the rental rules.", "2023-05-09"),
    ("The council took up the proposed curfew Monday.", "2023-05-08"),
    ("The council voted 4-3 in a straw poll Monday for the ban.", "2023-05-08"),
    ("The mayor proposed a curfew for teenagers on Tuesday.", "2023-05-09"),
    ("The ordinance comes back for a second reading May 23.", "2023-05-23"),
    ("The council will hold a public hearing on the ordinance May 23.", "2023-05-23"),
    ("The council's first vote on the ordinance came Monday.", "2023-05-08"),
    ("The mayor unveiled a proposed ordinance on scooters Tuesday.", "2023-05-09"),
    ("The draft policy was presented to the commission Tuesday.", "2023-05-09"),
    ("The council advanced the ordinance on a 5-2 vote Monday.", "2023-05-08"),
    ("The ordinance passed its first reading 5-2 on Monday.", "2023-05-08"),
    ("The council moved forward with the ban on Monday.", "2023-05-08"),
    ("Council members tentatively agreed Monday to ban tents.", "2023-05-08"),
    ("The county is weighing whether to join the 287(g) program.", ""),
    ("A proposed ordinance would ban tents; the council will consider it Monday.", "2023-05-15"),
    ("The chief plans to sign the order next week.", "2023-05"),
    ("The police department intends to drop its chokehold exception.", ""),
    ("Supervisors asked the county attorney Tuesday to draft an ordinance on scooters.", "2023-05-09"),
]

EFFECTIVE = [
    ("The fee rises to $5 on July 1.", "2023-07-01"),
    ("The order is effective immediately.", ""),
    ("Police will begin enforcing the curfew on Friday.", "2023-05-12"),
    ("Police started enforcing the curfew on Friday.", "2023-05-05"),
    ("The ban takes effect July 1.", "2023-07-01"),
    ("The rules took effect Monday.", "2023-05-08"),
    ("The policy goes into effect Thursday.", "2023-05-11"),
    ("The policy is set to take effect Thursday.", "2023-05-11"),
    ("Starting June 1, landlords must register each rental with the city.", "2023-06-01"),
    ("The curfew, which begins Friday, covers everyone under 17.", "2023-05-12"),
    ("The ban has been in effect since 2013.", "2013"),
    ("The ordinance became law Sunday.", "2023-05-07"),
    ("Enforcement of the ban begins Aug. 1.", "2023-08-01"),
    ("The ordinance will be phased in beginning next January.", "2024-01"),
    ("The rule kicks in tomorrow.", "2023-05-11"),
    ("The new fees go into effect Jan. 1.", "2024-01-01"),
    ("The ban took effect at midnight Sunday.", "2023-05-07"),
    ("The rules go live next month.", "2023-06"),
    ("The ordinance, effective June 1, covers all parks.", "2023-06-01"),
    ("The ban took hold Monday.", "2023-05-08"),
    (
        "The ordinance was to take effect June 1, but the council on Monday pushed the start back to Sept. 1.",
        "2023-09-01",
    ),
]

BLOCKED = [
    ("The state Supreme Court struck down the city's minimum wage ordinance Monday.", "2023-05-08"),
    ("A federal judge issued an injunction Tuesday against the city's camping ban.", "2023-05-09"),
    ("A judge blocked the ordinance on Friday.", "2023-05-05"),
    ("A federal judge enjoined the ordinance on Friday.", "2023-05-05"),
    ("The Ohio Supreme Court invalidated the city's plastic bag ban on Tuesday.", "2023-05-09"),
]

BY_STAGE = {
    "adopted": ADOPTED,
    "rescinded": RESCINDED,
    "rejected": REJECTED,
    "proposed": PROPOSED,
    "effective": EFFECTIVE,
    "blocked": BLOCKED,
}
SENTENCES = [(stage, sentence, day) for stage, table in BY_STAGE.items() for sentence, day in table]


@pytest.mark.parametrize(("stage", "sentence", "day"), SENTENCES)
def test_the_sentence_tells_the_step_and_its_day(stage: str, sentence: str, day: str) -> None:
    assert (stage, day) in told(sentence)


SEVERAL = [
    (
        "The ordinance, which the council approved Monday, takes effect July 1.",
        {("adopted", "2023-05-08"), ("effective", "2023-07-01")},
    ),
    (
        "The council approved the ban Monday, and it takes effect July 1.",
        {("adopted", "2023-05-08"), ("effective", "2023-07-01")},
    ),
    (
        "Police Chief Dana Cole approved the procedure last month, and it is set to take effect Thursday.",
        {("adopted", "2023-04"), ("effective", "2023-05-11")},
    ),
    (
        "The council repealed the ban Tuesday that it had adopted in 2019.",
        {("rescinded", "2023-05-09"), ("adopted", "2019")},
    ),
    (
        "A judge on Friday threw out the ordinance that the council adopted in March.",
        {("blocked", "2023-05-05"), ("adopted", "2023-03")},
    ),
    ("The mayor vetoed the ban on Friday, and the council overrode him on Tuesday.", {("rejected", "2023-05-05")}),
    (
        "The council voted Tuesday to ban camping starting July 1.",
        {("adopted", "2023-05-09"), ("effective", "2023-07-01")},
    ),
]


@pytest.mark.parametrize(("sentence", "steps"), SEVERAL)
def test_each_step_of_a_sentence_has_its_own_day(sentence: str, steps: set[tuple[str, str]]) -> None:
    assert steps <= told(sentence)
