"""Rules that do not yet do what they say: votes, short names, years and counted days. Each case states what should be.

`pytest -rX tests/unit/test_read_open_rules.py` names those that are read right by now; move them to their tables.
"""

import pytest
from reading import WEDNESDAY

from tracker.read.acts import acts_in
from tracker.read.dated_rules import dated_rules
from tracker.read.dates import find_dates
from tracker.read.gazetteer import load
from tracker.read.levels import Level
from tracker.read.mentions import MentionFinder
from tracker.read.parser import parse

PHRASE = "“vote not to” is a phrase of turning down, found before the deed is looked at"
PLANS = "“benefits” is not among the plans that are in force"
PARSE = "the parser hangs the staff's writing on the vote"
SUBJECT = "the parser calls the clause “acl”, which counts as the rule's own deed whatever its subject"

OPEN = [
    (PHRASE, "Commissioners voted Monday not to renew the 287(g) agreement.", "rescinded"),
    (PHRASE, "The council voted not to extend the moratorium.", "rescinded"),
    (PLANS, "The council ended its benefits plan Monday.", "rescinded"),
    (PARSE, "The council voted Tuesday to have staff write an ordinance on short-term rentals.", "proposed"),
    (SUBJECT, "The council approved a curfew Monday that a court lifted in April.", "adopted"),
    ("“stop” with a deed that no list knows", "The sheriff ordered deputies to stop chasing stolen cars.", "adopted"),
    ("the parser takes “disregard” for a noun", "The mayor directed the jail to disregard detainers.", "adopted"),
    ("“pull” is only known with “from the agenda”", "The council pulled the proposed ordinance Tuesday.", "rejected"),
]


@pytest.mark.xfail(raises=AssertionError, strict=False)
@pytest.mark.parametrize(("why", "sentence", "stage"), OPEN)
def test_the_sentence_tells_the_stage(why: str, sentence: str, stage: str) -> None:
    (doc,) = parse([sentence])
    acts = acts_in(doc)
    assert [str(act.stage) for act in acts][:1] == [stage], why


COUNTED = "the years of money and classes are known as “fiscal” and “school”, not as “fiscal year”"


@pytest.mark.xfail(raises=AssertionError, strict=False)
@pytest.mark.parametrize("sentence", ["It covers fiscal year 2015 rules.", "The school year 2015 policy was short."])
def test_a_year_of_money_or_classes_dates_no_rule(sentence: str) -> None:
    (doc,) = parse([sentence])
    assert dated_rules(doc, list(find_dates(sentence, WEDNESDAY))) == [], COUNTED


LAST = [
    ("Benton and Washington counties joined.", "Bentonville, AR", "Washington"),
    ("Polk, Dallas and Story counties joined.", "Des Moines, IA", "Story"),
]


@pytest.mark.xfail(raises=AssertionError, strict=False)
@pytest.mark.parametrize(("text", "home", "name"), LAST)
def test_the_last_of_some_counties_is_a_county(text: str, home: str, name: str) -> None:
    found = MentionFinder(load()).find(text, load().parse_home(home))
    assert [m.level for m in found if m.name == name] == [Level.COUNTY], "only the names before the last are looked at"


@pytest.mark.xfail(raises=AssertionError, strict=False)
def test_a_dateline_of_ellicott_city_names_no_town_called_city() -> None:
    found = MentionFinder(load()).find("ELLICOTT CITY — The council met.", load().parse_home("Baltimore, MD"))
    assert found == [], "“CITY” alone is read as the township of that name in Missouri"


@pytest.mark.xfail(raises=AssertionError, strict=False)
def test_a_township_is_shortened_inside_a_sentence_too() -> None:
    found = MentionFinder(load()).find("Denton Twp. trustees met.", load().parse_home("Cadillac, MI"))
    assert [m.name for m in found] == ["Denton"], "“Twp.” behind the name is taken for a surname"


@pytest.mark.xfail(raises=AssertionError, strict=False)
def test_days_after_a_named_day_are_counted_from_it() -> None:
    found = find_dates("The ordinance takes effect 10 days after Monday.", WEDNESDAY)
    assert [str(mention.future) for mention in found] == ["2023-05-18"], "counted from the publication"
