"""Names that are written in several ways are looked for in all of them, and nothing else changes what is looked for."""

import pytest

from tracker.publish.search_query import (
    MAX_NAME_TERMS,
    MAX_QUERY,
    MOST_WAYS,
    SearchQuery,
    count_matches,
    highlighted,
    parse,
    spelling_groups,
)

CAMERAS = {("body", "camera"), ("bodycam",), ("body", "cam"), ("body", "worn", "camera")}
WORN = CAMERAS - {("body", "worn", "camera")}
LOOKED_FOR = [
    ("287g", [{("287g",), ("287", "g")}]),
    ("287(g)", [{("287", "g"), ("287g",)}]),
    ("20th", [{("20th",)}]),
    ("Saint Paul", [{("saint",), ("st",)}, {("paul",)}]),
    ('"St. Paul police"', [{("st", "paul", "police"), ("saint", "paul", "police")}]),
    ("Ft. Worth", [{("ft",), ("fort",)}, {("worth",)}]),
    ("Mount Vernon", [{("mount",), ("mt",)}, {("vernon",)}]),
    ("bodycams", [CAMERAS - {("bodycam",)} | {("bodycams",)}]),
    ("body-worn cameras", [WORN | {("body", "worn")}, WORN | {("cameras",)}]),
    ('"body-worn cameras"', [WORN | {("body", "worn", "cameras")}]),
    ("body cameras", [CAMERAS - {("body", "camera")} | {("body",)}, CAMERAS - {("body", "camera")} | {("cameras",)}]),
    ("cameras body", [{("cameras",)}, {("body",)}]),
    ("stable", [{("stable",)}]),
]


@pytest.mark.parametrize(("typed", "expected"), LOOKED_FOR, ids=[typed for typed, _ in LOOKED_FOR])
def test_each_way_of_writing_it_is_looked_for(typed: str, expected: list[set[tuple[str, ...]]]) -> None:
    assert [set(either) for either in parse(typed).wanted] == expected
    assert parse(typed).without == ()


def test_what_must_not_be_there_must_not_be_there_in_any_spelling() -> None:
    assert [set(either) for either in parse("rule -bodycam").without] == [CAMERAS]


def test_what_was_typed_stays_first_and_the_ways_are_few() -> None:
    assert parse("bodycams").wanted[0][0] == ("bodycams",)
    crowded = parse(f'"{"saint bodycam " * (MAX_QUERY // 14)}"').wanted
    assert [len(either) for either in crowded] == [MOST_WAYS]


def test_another_spelling_is_marked_and_counted_as_an_answer() -> None:
    words = parse("saint paul bodycam")
    assert [text for text, is_it in highlighted("St. Paul buys body cameras", words) if is_it] == [
        "St",
        "Paul",
        "body",
        "cameras",
    ]
    assert count_matches("St. Paul", words) == 2
    assert count_matches("St. Paul", SearchQuery()) == 0


def test_the_names_are_written_as_they_are_compared() -> None:
    words = [word for names in spelling_groups() for name in names for word in name]
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words)
    assert max(len(name) for names in spelling_groups() for name in names) == MAX_NAME_TERMS
    assert all(len(names) > 1 and len(set(names)) == len(names) for names in spelling_groups())
