"""What a vote, an order or a withdrawal does to a rule: drafts that are dropped, votes against, orders to officers.

The sentences are ours; they ran on Wednesday, May 10, 2023.
"""

import pytest
from reading import stages, told
from tracker.read.acts import acts_in
from tracker.read.parser import parse


def acted(sentence: str) -> set[str]:
    """The stages of the acts of one sentence, whoever did them."""
    (doc,) = parse([sentence])
    return {str(act.stage) for act in acts_in(doc)}


ONLY_PLANNED = [
    ("The council scrapped a plan Tuesday to license dog walkers.", "2023-05-09"),
    ("Trustees dropped the proposed curfew Monday.", "2023-05-08"),
    ("Commissioners abandoned an effort Monday to ban fireworks.", "2023-05-08"),
    ("The ordinance on scooters was withdrawn Tuesday by its sponsor.", "2023-05-09"),
    ("The mayor withdrew the tobacco ordinance Monday.", "2023-05-08"),
]


@pytest.mark.parametrize(("sentence", "day"), ONLY_PLANNED)
def test_who_drops_what_is_only_planned_turns_it_down(sentence: str, day: str) -> None:
    assert told(sentence) == {("rejected", day)}


IN_FORCE = [
    "The council scrapped its scooter ban Tuesday.",
    "Trustees dropped the curfew Monday.",
    "Commissioners abandoned the moratorium Monday.",
    "The county withdrew from the agreement Monday.",
    "The council pulled out of the agreement Monday.",
    "The council ended its pension plan Monday.",
    "Aldermen ended the health insurance plan Monday.",
]


@pytest.mark.parametrize("sentence", IN_FORCE)
def test_who_drops_what_is_in_force_ends_it(sentence: str) -> None:
    assert stages(sentence) == {"rescinded"}


ORDERS = [
    ("The mayor directed the jail Monday to disregard federal detainers.", "adopted"),
    ("The mayor directed the police department to ignore detainer requests.", "adopted"),
    ("The chief has instructed officers to ignore detainers.", "adopted"),
    ("The county executive ordered the jail to turn away federal agents.", "adopted"),
    ("The sheriff ordered deputies to stop honoring detainers.", "rescinded"),
]


@pytest.mark.parametrize(("sentence", "stage"), ORDERS)
def test_what_officers_are_ordered_to_do_is_a_rule(sentence: str, stage: str) -> None:
    assert acted(sentence) == {stage}


NO_ORDERS = [
    "The mayor directed her driver to wait.",
    "The manager directed workers to mow the lawn.",
    "The mayor ordered a pizza to celebrate.",
    "The sheriff did not order deputies to ignore detainers.",
]


@pytest.mark.parametrize("sentence", NO_ORDERS)
def test_what_others_are_told_to_do_is_none(sentence: str) -> None:
    assert acted(sentence) == set()


ON_THE_WAY = [
    "The council agreed Tuesday to let staff prepare a draft of the rules.",
    "Trustees voted Monday to have the attorney draft a curfew.",
    "The council voted Tuesday to let the planning board study the ban.",
    "The board voted Tuesday to place the bylaw on the ballot.",
    "The select board voted Monday to put the bylaw on the town meeting warrant.",
]


@pytest.mark.parametrize("sentence", ON_THE_WAY)
def test_a_vote_that_only_sends_a_text_on_is_a_step_on_the_way(sentence: str) -> None:
    assert acted(sentence) == {"proposed"}


def test_a_vote_for_a_deed_that_no_list_knows_is_a_decision() -> None:
    assert acted("The council voted Tuesday to let dogs on patios.") == {"adopted"}


VOTES = [
    ("The council voted 4-3 Tuesday against banning leaf blowers.", "rejected"),
    ("The council voted 6-1 on Monday against allowing backyard hens.", "rejected"),
    ("The council voted Monday not to allow backyard hens.", "rejected"),
    ("Trustees voted Monday not to amend the noise code.", "rejected"),
    ("The board voted 4-1 Tuesday to not amend the dress code.", "rejected"),
    ("The council agreed Tuesday not to change the curfew.", "rejected"),
    ("The board decided Monday not to renew its agreement with federal agents.", "rescinded"),
    ("The board voted 4-1 Monday to not renew the agreement.", "rescinded"),
    ("Commissioners voted Monday to renew the agreement.", "adopted"),
    ("The council voted 6-1 on Monday to allow backyard hens.", "adopted"),
]


@pytest.mark.parametrize(("sentence", "stage"), VOTES)
def test_a_vote_against_a_deed_turns_it_down_and_one_not_to_renew_ends_a_rule(sentence: str, stage: str) -> None:
    assert acted(sentence) == {stage}


def test_two_members_who_vote_against_a_ban_have_not_turned_it_down() -> None:
    assert acted("Two council members voted Tuesday against banning leaf blowers.") == set()


ENDING = [
    ("The mayor signed an order that ends the mask mandate.", "rescinded"),
    ("The mayor signed an executive order Monday that lifts the curfew.", "rescinded"),
    ("The mayor signed an order ending the mask mandate.", "rescinded"),
    ("The council approved an ordinance that repeals the bag ban.", "rescinded"),
    ("The council approved an ordinance that requires body cameras.", "adopted"),
    ("The mayor signed an order that extends the mask mandate.", "adopted"),
]


@pytest.mark.parametrize(("sentence", "stage"), ENDING)
def test_a_text_that_ends_a_rule_ends_it_when_it_is_passed(sentence: str, stage: str) -> None:
    assert acted(sentence) == {stage}


LIKEWISE = [
    ("Kettering did the same in 2018.", {"adopted"}),
    ("Voters in Xenia said no.", {"rejected"}),
    ("Xenia followed suit in 2019.", {"adopted"}),
    ("Neighbors did the same in 2018.", set()),
    ("The reporter said no.", set()),
]


@pytest.mark.parametrize(("sentence", "wanted"), LIKEWISE)
def test_doing_the_same_is_an_act_only_of_a_government(sentence: str, wanted: set[str]) -> None:
    assert acted(sentence) == wanted
