"""What a misspelt word most likely meant, and what is said where nothing comes near."""

import pytest

from tracker.errors import BadValue
from tracker.nearest import LISTED, near, remedy, unknown

TOPICS = ("immigration", "use-of-force", "labor")
MANY = [f"value number {number}" for number in range(LISTED + 1)]


@pytest.mark.parametrize(
    ("said", "known", "found"),
    [
        ("imigration", TOPICS, ["immigration"]),
        (" IMMIGRATION ", TOPICS, ["immigration"]),
        ("wisconsn", ("Wisconsin", "Wyoming"), ["Wisconsin"]),
        ("zoning", TOPICS, []),
        ("", TOPICS, []),
    ],
)
def test_near_values(said: str, known: tuple[str, ...], found: list[str]) -> None:
    assert near(said, known) == found


def test_where_nothing_is_near_the_few_known_ones_are_listed_and_many_are_not() -> None:
    assert remedy("zoning", TOPICS) == "write one of immigration, use-of-force, labor"
    assert remedy("zoning", MANY) == "check the spelling"
    assert remedy("zoning", TOPICS, "see the list") == "see the list"
    assert remedy("labour", TOPICS, "see the list") == "did you mean labor?"


def test_the_error_is_one_line_that_says_what_to_do() -> None:
    error = unknown("topic", "imigration", TOPICS)
    assert isinstance(error, BadValue)
    assert str(error) == 'there is no topic "imigration"; did you mean immigration?'
