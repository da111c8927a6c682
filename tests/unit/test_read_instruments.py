"""What was changed: the instrument in the words of the text, and its number in one form."""

import pytest
from tracker.read.acts import acts_in
from tracker.read.parser import parse

from tracker.read.instruments import LONGEST_INSTRUMENT, identifier, instrument

NUMBERS = [
    ("Standard Operating Procedure 130", "sop 130"),
    ("SOP 130", "sop 130"),
    ("SOP 3-13", "sop 3-13"),
    ("General Order 3.21", "general order 3.21"),
    ("Special Order S04", "special order s04"),
    ("Ordinance 2019-44", "ordinance 2019-44"),
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
    ("The chief signed General Order 3.21 on Friday.", "General Order 3.21"),
    ("The council repealed its noise ordinance.", "noise ordinance"),
    ("The council passed a six-month moratorium on data centers.", "six-month moratorium on data centers"),
    ("The chief approved the revised standard operating procedures.", "revised standard operating procedures"),
    ("The county signed a memorandum of understanding with ICE.", "memorandum of understanding with ICE"),
    ("The council approved changes to the zoning code.", "changes to the zoning code"),
    ("The mayor issued an executive order on masks.", "executive order on masks"),
    ("The council voted to ban tents.", ""),
]


@pytest.mark.parametrize(("sentence", "wanted"), INSTRUMENTS)
def test_the_instrument_has_the_words_of_the_text(sentence: str, wanted: str) -> None:
    (doc,) = parse([sentence])
    assert [instrument(act, "") for act in acts_in(doc)][:1] == [wanted]


def test_the_title_names_the_instrument_where_the_sentence_does_not() -> None:
    (doc,) = parse(["The council voted to ban tents."])
    assert instrument(acts_in(doc)[0], "Council adopts camping ordinance") == "ordinance"


def test_a_long_name_is_cut_at_a_word() -> None:
    sentence = "The council adopted the " + "very " * 30 + "long camping ordinance."
    (doc,) = parse([sentence])
    assert all(len(instrument(act, "")) <= LONGEST_INSTRUMENT for act in acts_in(doc))


def test_the_bracket_of_287g_belongs_to_its_name() -> None:
    (doc,) = parse(["The sheriff ended the 287(g) agreement (signed in 2019)."])
    assert instrument(acts_in(doc)[0], "") == "287(g) agreement"
