"""What the words of a finding tell: subjects, branches, kinds of instrument."""

import pytest

from tracker.timeline.match import MIN_OVERLAP
from tracker.timeline.words import branch, identifier_parts, instrument_kind, shared_words, telling, topics_related

TELLING = [
    ("plastic bags", "environment", "", {"plastic", "bag"}, set()),
    ("immigration detainers", "immigration", "", {"detainer"}, {"immigration"}),
    ("ICE holds", "immigration", "", {"detainer"}, {"ice"}),
    ("the police department's policy on body cameras", "body-cameras", "", {"body"}, {"camera"}),
    ("milwaukee detainer policy", "immigration", "Milwaukee", {"detainer"}, set()),
    ("ordinance no. 2017-44 of june", "streets", "", {"2017-44"}, set()),
    ("agencies' buses", "other", "", {"agency", "buse"}, set()),
    ("", "other", "", set(), set()),
]


@pytest.mark.parametrize(("text", "topic", "place", "words", "repeats"), TELLING)
def test_telling_words(text: str, topic: str, place: str, words: set[str], repeats: set[str]) -> None:
    found = telling(text, "", topic, place)
    assert (set(found.words), set(found.topical)) == (words, repeats)


def test_the_first_word_weighs_most_and_the_instrument_like_a_second_one() -> None:
    found = telling("conversion therapy minors", "therapy ban on counselors", "public-health")
    assert found.words == {"conversion": 60, "therapy": 30, "minor": 20, "counselor": 30}


SHARES = [
    ("bag paper pallets stores stock", "bags plastic disposable checkout counters", True),
    ("camping testimony", "sidewalks camping", True),
    ("scooter helmets parking downtown fines", "chickens roosters noise downtown coops", False),
    ("bag", "scooter", False),
]


@pytest.mark.parametrize(("one", "other", "alike"), SHARES)
def test_a_word_that_stands_in_front_counts_and_one_far_behind_is_an_accident(
    one: str, other: str, alike: bool
) -> None:
    bags = [telling(text, "", "other").words for text in (one, other)]
    _, share = shared_words(bags[0], 1, bags[1], 1)
    assert (share >= MIN_OVERLAP) is alike


BODIES = [
    ("Milwaukee Common Council", "council"),
    ("Board of County Commissioners", "council"),
    ("Fire and Police Commission", "council"),
    ("Police Chief Edward Flynn", "police"),
    ("Sheriff's Office", "police"),
    ("Mayor Tom Barrett", "executive"),
    ("Montgomery County Judge", "executive"),
    ("Circuit Judge Steven Ohmer", "court"),
    ("Missouri General Assembly", "state"),
    ("Anchorage Assembly", "council"),
    ("Austin voters", "voters"),
    ("City of Milwaukee", ""),
    ("", ""),
]


@pytest.mark.parametrize(("body", "expected"), BODIES)
def test_the_branch_that_acts(body: str, expected: str) -> None:
    assert branch(body) == expected


KINDS = [
    ("287(g) agreement", "agreement"),
    ("standard operating procedures", "order"),
    ("Executive Order 5-16", "executive-order"),
    ("zoning bylaw", "ordinance"),
    ("ban", ""),
]


@pytest.mark.parametrize(("instrument", "kind"), KINDS)
def test_the_kind_of_instrument(instrument: str, kind: str) -> None:
    assert instrument_kind(instrument) == kind


def test_identifiers_have_a_kind_and_a_number() -> None:
    assert [identifier_parts(text) for text in ("sop 130", "General Order 8.1", "")] == [
        ("sop", "130"),
        ("general order", "8.1"),
        ("", ""),
    ]


def test_topics_that_readers_confuse_are_related() -> None:
    assert topics_related("immigration", "jail-and-bail")
    assert topics_related("other", "streets")
    assert not topics_related("immigration", "environment")
