"""Wire copies: a new headline, a dateline, a cut tail. The texts decide, the signatures only filter."""

import random
from datetime import date

import numpy as np
import pytest

from tracker.timeline import copies
from tracker.timeline.copies import are_copies, containment, may_be_copies, report_name, signature

WORDS = [
    f"{a}{b}"
    for a in ("ba", "co", "di", "fe", "gu", "ha", "jo", "ki", "lu", "me")
    for b in ("rn", "st", "nd", "lt", "mp")
]


def story(seed: int, words: int = 300) -> str:
    """A text of made-up words; two seeds have no three words in a row in common but by chance."""
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) + chance.choice(WORDS) for _ in range(words))


WIRE = story(1)
HALF = " ".join(WIRE.split()[:150])
THIRD = " ".join(WIRE.split()[:100])
EDITED = " ".join(word for number, word in enumerate(WIRE.split()) if number % 20)
COPIES = [
    ("the same", WIRE),
    ("a dateline and capitals", "CAPITAL CITY, Wis. -- " + WIRE.upper()),
    ("cut in half", HALF),
    ("cut to a third", THIRD),
    ("a word struck in each sentence", EDITED),
    ("a lead of its own", story(2, 60) + " " + HALF),
]
OTHERS = [
    ("another story", story(3)),
    ("another story that quotes a paragraph", story(4) + " " + " ".join(WIRE.split()[:40])),
    ("a line", "The council passed it."),
    ("nothing", ""),
]


@pytest.mark.parametrize("text", [case[1] for case in COPIES], ids=[case[0] for case in COPIES])
def test_a_copy_is_a_copy_from_either_side_and_passes_the_filter(text: str) -> None:
    assert are_copies(WIRE, text)
    assert are_copies(text, WIRE)
    assert may_be_copies(signature(WIRE), signature(text))


@pytest.mark.parametrize("text", [case[1] for case in OTHERS], ids=[case[0] for case in OTHERS])
def test_another_text_is_no_copy(text: str) -> None:
    assert not are_copies(WIRE, text)
    assert not are_copies(text, WIRE)


def test_two_short_texts_are_never_copies() -> None:
    assert containment("The council passed it.", "The council passed it.") == 0


def test_signatures_tell_how_alike_texts_are_within_the_error_that_the_filter_allows_for() -> None:
    errors = [told_alike(WIRE, text) - alike(WIRE, text) for text in map(half_as_told, range(2, 102))]
    assert np.sqrt(np.mean(np.square(errors))) <= copies.STANDARD_ERROR


def half_as_told(seed: int) -> str:
    """Half of the wire story between words of one's own: about a third of all triples are common."""
    return f"{story(seed, 75)} {HALF} {story(-seed, 75)}"


def alike(one: str, other: str) -> float:
    """The Jaccard similarity of two texts' triples."""
    first, second = copies.triples(one), copies.triples(other)
    return len(first & second) / len(first | second)


def told_alike(one: str, other: str) -> float:
    """The same as their signatures estimate it."""
    return float(np.mean(np.frombuffer(signature(one), "<u4") == np.frombuffer(signature(other), "<u4")))


def test_a_signature_is_512_bytes_and_the_same_on_every_run() -> None:
    assert len(signature(WIRE)) == 512
    assert signature(WIRE) == signature(WIRE.upper())
    assert signature("one two three four").hex().startswith(STORED)


STORED = "07cac2c6fe93e0ca"
"""Signatures are stored: where another version of the library changes them, a migration must drop the stored ones."""


def test_a_group_is_named_after_its_first_article_in_any_order() -> None:
    members = [(date(2017, 5, 5), "https://b.example", "2"), (date(2017, 5, 4), "https://c.example", "3")]
    assert report_name(members) == report_name(members[::-1]) == report_name(members[1:])
    assert report_name([(date(2017, 5, 4), "https://c.example", "rewritten")]) != report_name(members)
