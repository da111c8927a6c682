"""Sentences with exact offsets, found without a parser."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.read.text.sentences import Sentence, split_sentences

SPLITS = [
    ("One vote was taken. Another was not.", ["One vote was taken.", "Another was not."]),
    ("Did it pass? It did!", ["Did it pass?", "It did!"]),
    ("The first line\nThe second line", ["The first line", "The second line"]),
    ("First paragraph.\n\nSecond paragraph.", ["First paragraph.", "Second paragraph."]),
    ("• First point\n• Second point", ["First point", "Second point"]),
    ("- First point\n- Second point", ["First point", "Second point"]),
    ('"It is over." She left.', ['"It is over."', "She left."]),
    ("“It is over.” She left.", ["“It is over.”", "She left."]),
    ("The fee is $4.50 a day. It was $3.", ["The fee is $4.50 a day.", "It was $3."]),
    ("One rule... Another rule.", ["One rule...", "Another rule."]),
    ("Ordinance 22-14: bans tents. Passed 5-2.\n\nResolution 3: honors Ed. Tabled.",
     ["Ordinance 22-14: bans tents. Passed 5-2.", "Resolution 3: honors Ed. Tabled."]),
    ("- Police must film all searches. Adopted unanimously\n- Fees rise. The mayor signed it.",
     ["Police must film all searches. Adopted unanimously", "Fees rise.", "The mayor signed it."]),
    ("1. Music ends at 10. Adopted 6-1\n2. Fees rise.", ["Music ends at 10. Adopted 6-1", "Fees rise."]),
    ("• No. 14 – bans tents – passed • No. 15 – tabled", ["No. 14 – bans tents – passed", "No. 15 – tabled"]),
    ("The vote was 5-2. It passed.", ["The vote was 5-2.", "It passed."]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), SPLITS)
def test_a_text_is_split_into_its_sentences(text: str, wanted: list[str]) -> None:
    assert [sentence.text for sentence in split_sentences(text)] == wanted


UNSPLIT = [
    "Mayor J. Paul Reed Jr. signed it in Madison, Wis. on Tuesday.",
    "The meeting began at 7 p.m. Tuesday in St. Louis.",
    "Gov. Ann Lee and Sen. Bo Dee met Lt. Gov. Cy Eff on Jan. 5.",
    "The U.S. Department of Justice wrote to the city.",
    "Ordinance No. 2019-44 passed.",
    "Police in Washington, D.C. have a rule like it.",
    "It covers Elm Ave. East and Oak Blvd. North.",
]


@pytest.mark.parametrize("text", UNSPLIT)
def test_the_stop_of_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert [sentence.text for sentence in split_sentences(text)] == [text]


DATELINES = [
    "MILWAUKEE (AP) — ",
    "PORTLAND, Maine (AP) — ",
    "Omaha, Neb. (WOWT) - ",
    "(Lincoln, NE) -- ",
    "MILWAUKEE, Thursday, February 6, 2020 — ",
    "MILWAUKEE, Wis., Feb. 6, 2020 (AP) — ",
    "Omaha, Neb., Feb. 6 (WOWT) - ",
    "MADISON, Wis. — Thursday, Feb. 6, 2020 — ",
    "Thursday, February 6, 2020 – MILWAUKEE – ",
    "MILWAUKEE, Thursday, February 6, 2020\n\n",
    "SAN FRANCISCO -- ",
    "Akron — ",
    "BATON ROUGE, La. — ",
    "ST. PAUL, Minn. — ",
]


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_is_no_part_of_the_sentence(dateline: str) -> None:
    (sentence,) = split_sentences(f"{dateline}The council met Tuesday.")
    assert sentence.text == "The council met Tuesday."
    assert sentence.start == len(dateline)


@pytest.mark.parametrize(
    "begin", ["On Thursday, Feb. 6 — ", "Mayor Ann Lee, Feb. 6: ", "May 18: ", "Chapter 5, Section 3 - "]
)
def test_a_sentence_that_begins_with_a_day_or_a_name_has_no_dateline(begin: str) -> None:
    assert split_sentences(f"{begin}we met.")[0].start == 0


def test_line_ends_end_sentences() -> None:
    found = split_sentences("One. Two.\n\nThree. Four.\nFive.")
    assert [(sentence.text, sentence.start) for sentence in found] == [
        ("One.", 0),
        ("Two.", 5),
        ("Three.", 11),
        ("Four.", 18),
        ("Five.", 24),
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "•", " - \n - ", "\t\u00a0"])
def test_a_text_of_nothing_has_no_sentence(text: str) -> None:
    assert split_sentences(text) == []


def holds(text: str, sentences: list[Sentence]) -> bool:
    """The offsets are exact and rise, and no sentence begins or ends with white space."""
    exact = all(text[s.start : s.end] == s.text and s.text.strip() == s.text != "" for s in sentences)
    return exact and all(a.end <= b.start for a, b in pairwise(sentences))


NEWSLIKE = st.lists(
    st.sampled_from(
        ["The council met", ". ", "! ", '"', "“", "”", "\n", "\n\n", "Wis.", " ", "• ", "— ", "AKRON (AP) — ", "J. "]
    ),
    max_size=40,
).map("".join)


@given(st.one_of(st.text(max_size=300), NEWSLIKE))
def test_offsets_are_exact_for_any_text(text: str) -> None:
    assert holds(text, split_sentences(text))


@given(NEWSLIKE)
def test_no_letter_is_lost_but_those_of_datelines(text: str) -> None:
    kept = "".join(sentence.text for sentence in split_sentences(text))
    assert kept.count("council") == text.count("council")
