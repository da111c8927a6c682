"""The word lists: files that a person edits, so each must stay what the reader takes it for."""

import re
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.read.lexicon import alternation, table, words

LISTS = sorted(path.name.removesuffix(".toml") for path in files("tracker.read.data").iterdir() if ".toml" in path.name)
LOWER = {
    **{name: table(name) for name in ("bodies", "common", "instruments")},
    "topics": [term for row in table("topics").values() for key in ("strong", "terms") for term in row.get(key, ())],
}
"""What is matched against lower-case text: a capital would never be found."""


def strings(node: Any) -> list[str]:
    """Every string in lists below a table."""
    if isinstance(node, dict):
        return [text for child in node.values() for text in strings(child)]
    return [text for text in node if isinstance(text, str)] if isinstance(node, list) else []


@pytest.mark.parametrize("name", LISTS)
def test_a_list_can_be_loaded_and_holds_something(name: str) -> None:
    assert table(name)


@pytest.mark.parametrize("name", LOWER)
def test_the_words_of_a_list_are_lower_case(name: str) -> None:
    assert [text for text in strings(LOWER[name]) if text != text.lower()] == []


@pytest.mark.parametrize("name", LISTS)
def test_no_entry_is_empty(name: str) -> None:
    assert all(text.strip() for text in strings(table(name)))


def test_words_gives_one_list_and_refuses_unknown_names() -> None:
    assert "of" in words("common", "function")
    with pytest.raises(KeyError):
        words("common", "no such list")


MATCHES = [
    (["city council", "council"], "the City Council met", "City Council"),
    (["city council"], "the city\ncouncil met", "city\ncouncil"),
    (["council"], "the councilors met", None),
    (["council"], "a pre-council lunch", None),
    (["287(g)"], "the 287(g) deal", "287(g)"),
    (["sheriff"], "the sheriff's office", "sheriff"),
    (["a.b"], "axb", None),
]


@pytest.mark.parametrize(("phrases", "text", "wanted"), MATCHES)
def test_a_pattern_finds_the_longest_phrase_at_word_boundaries(
    phrases: list[str], text: str, wanted: str | None
) -> None:
    match = alternation(phrases).search(text)
    assert (match.group() if match else None) == wanted


def listed(phrases: list[str]) -> re.Pattern[str]:
    """The same as `alternation` without a tree."""
    body = "|".join(r"\s+".join(map(re.escape, p.split())) for p in sorted(phrases, key=lambda p: (-len(p), p)))
    return re.compile(rf"(?<![\w-])(?:{body})(?![\w])", re.IGNORECASE)


@given(
    st.lists(st.text("ab.' ", min_size=1).filter(str.strip), min_size=1),
    st.text("aAbB.' \n-", max_size=60),
)
def test_the_tree_of_letters_finds_what_the_list_finds(phrases: list[str], text: str) -> None:
    plain = [" ".join(phrase.split()) for phrase in phrases]
    assert [m.span() for m in alternation(phrases).finditer(text)] == [m.span() for m in listed(plain).finditer(text)]
