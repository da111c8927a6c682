"""What was changed: the instrument in the words of the text, and its number in one form."""

import pytest

from tracker.read.instruments import LONGEST_INSTRUMENT, MOST_WORDS, identifier, in_full, in_words

NUMBERS = [
    ("Standard Operating Procedure 130", "sop 130"),
    ("SOP 130", "sop 130"),
    ("SOP 3-13", "sop 3-13"),
    ("General Order 3.21", "general order 3.21"),
    ("Special Order S04", "special order s04"),
    ("Ordinance 2019-44", "ordinance 2019-44"),
    ("adopted the ordinance 4-1 on Monday", ""),
    ("adopted ordinance 04-25 on Monday", "ordinance 04-25"),
    ("Ordinance No. 2019-44", "ordinance 2019-44"),
    ("Ordinance #2019-44", "ordinance 2019-44"),
    ("Resolution 12-117", "resolution 12-117"),
    ("Executive Order 7", "executive order 7"),
    ("Standing Order No. 7", "standing order 7"),
    ("Directive 4.12", "directive 4.12"),
    ("Policy 402", "policy 402"),
    ("Chapter 9 of the code", "chapter 9"),
    ("Section 12-5.", "section 12-5"),
    ("Proposition 47", "proposition 47"),
    ("Measure R", "measure r"),
    ("general order 3.21", "general order 3.21"),
    ("Bill 2023-17", "bill 2023-17"),
    ("Council Bill 14", "bill 14"),
    ("Local Law 55", "local law 55"),
    ("Ordinance No. O-23-15", "ordinance o-23-15"),
    ("a bill of 300 dollars", ""),
    ("the 287(g) program", "287(g)"),
    ("a 287g agreement", "287(g)"),
    ("an order of 300 trucks", ""),
    ("a policy that 12 members like", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "wanted"), NUMBERS)
def test_a_number_has_one_form(text: str, wanted: str) -> None:
    assert identifier(text) == wanted


INSTRUMENTS = [
    ("The chief signed General Order 3.21 on Friday.", "General Order", "General Order 3.21"),
    ("The council repealed its noise ordinance.", "ordinance", "noise ordinance"),
    ("The council passed a six-month moratorium.", "moratorium", "six-month moratorium"),
    (
        "The council amended the city's short-term rental licensing ordinance.",
        "ordinance",
        "short-term rental licensing ordinance",
    ),
    ("The council adopted Ordinance No. 2023-44.", "Ordinance", "Ordinance No. 2023-44"),
    ("The sheriff ended the 287(g) agreement (signed in 2019).", "287(g)", "287(g) agreement"),
    ("The sheriff left the 287(g).", "287(g)", "287(g)"),
    ("Ordinance passes", "Ordinance", "Ordinance"),
    ("The newly minted leash ordinance passed.", "ordinance", "minted leash ordinance"),
]


@pytest.mark.parametrize(("text", "noun", "wanted"), INSTRUMENTS)
def test_the_instrument_has_the_words_of_the_text(text: str, noun: str, wanted: str) -> None:
    start = text.index(noun)
    assert in_words(text, start, start + len(noun)) == wanted


def test_a_long_name_is_only_so_many_words_long() -> None:
    text = "The council adopted " + "wet " * 30 + "ordinance."
    start = text.index("ordinance")
    assert in_words(text, start, start + 9).split() == [*["wet"] * MOST_WORDS, "ordinance"]


def test_a_name_that_would_be_too_long_is_the_noun_alone() -> None:
    text = "anti-" * 20 + "camping ordinance"
    start = text.index("ordinance")
    assert in_words(text, start, start + 9) == "ordinance"
    assert len(text) > LONGEST_INSTRUMENT


FULL = [
    ("order", "The chief signed General Order 3.21. The order is long.", "General Order 3.21"),
    ("order", "General Order 3.21 and Special Order 4.1 are long.", "order"),
    ("noise ordinance", "Ordinance 2019-44 passed.", "Ordinance 2019-44"),
    ("ban", "General Order 3.21 is long.", "ban"),
    ("ban", "", "ban"),
    ("", "General Order 3.21 is long.", ""),
]


@pytest.mark.parametrize(("name", "text", "wanted"), FULL)
def test_a_noun_has_the_number_that_the_text_gives_it_elsewhere_if_it_gives_one_only(
    name: str, text: str, wanted: str
) -> None:
    assert in_full(name, text) == wanted
