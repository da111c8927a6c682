"""The JSON of a model that is held to no form is found, and never guessed where there are two."""

import pytest

from jobs.opinions.completion import is_in_form, object_in

MINE = '{"change": true, "steps": [{"rule": "a } brace {"}]}'
OTHER = '{"change": false, "steps": []}'
ANSWERS = [
    ("bare", MINE, MINE),
    ("blanks around it", f"\n\n {MINE}\n", MINE),
    ("a fence", f"```json\n{MINE}\n```", MINE),
    ("words around it", f"Here you are: {MINE} I hope that it helps {{you}}.", MINE),
    ("thoughts before it", f"<think>Perhaps {OTHER}? No.</think>{MINE}", MINE),
    ("the same twice", f"{MINE} Again, in full:\n{MINE}", MINE),
    ("two that differ", f"The article says {OTHER}, and I say {MINE}", f"The article says {OTHER}, and I say {MINE}"),
    ("cut", MINE[:-3], MINE[:-3]),
    ("words alone", "It was adopted.", "It was adopted."),
    ("braces without end", "{" * 50_000, "{" * 50_000),
    ("lists without end", "[" * 50_000, "[" * 50_000),
]


def test_objects_within_objects_are_no_answer_at_whatever_depth() -> None:
    for depth in range(900, 1000):
        content = "{} " + '{"a":' * depth + "1" + "}" * depth
        assert object_in(content) == content


@pytest.mark.parametrize(("content", "found"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS])
def test_the_json_in_an_answer_is_found(content: str, found: str) -> None:
    assert object_in(content) == found
    assert is_in_form(found) == (found == MINE)
