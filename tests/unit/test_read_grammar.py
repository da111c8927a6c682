"""Questions to the parse: how real an act is, who did it, to what."""

import pytest
from spacy.tokens import Token
from tracker.read.grammar import Mode
from tracker.read.parser import parse

from tracker.read import grammar

MODES = [
    ("The council banned tents.", "banned", Mode.DONE),
    ("The council has banned tents.", "banned", Mode.DONE),
    ("Tents were banned.", "banned", Mode.DONE),
    ("The council is banning tents.", "banning", Mode.DONE),
    ("The council voted to ban tents.", "ban", Mode.DONE),
    ("The council agreed to ban tents.", "ban", Mode.DONE),
    ("Having banned tents, the council left.", "banned", Mode.DONE),
    ("The council will ban tents.", "ban", Mode.FUTURE),
    ("The council will vote to ban tents.", "ban", Mode.FUTURE),
    ("The council is about to ban tents.", "ban", Mode.FUTURE),
    ("The council plans to ban tents.", "ban", Mode.PENDING),
    ("The council considered banning tents.", "banning", Mode.PENDING),
    ("A plan to ban tents failed.", "ban", Mode.PENDING),
    ("The council might ban tents.", "ban", Mode.DOUBT),
    ("The council could ban tents.", "ban", Mode.DOUBT),
    ("The council should ban tents.", "ban", Mode.DOUBT),
    ("The council would ban tents.", "ban", Mode.DOUBT),
    ("If the council bans tents, they go.", "bans", Mode.DOUBT),
    ("Whether the council banned tents is unclear.", "banned", Mode.DOUBT),
    ("Residents urged the council to ban tents.", "ban", Mode.WISHED),
    ("The council did not ban tents.", "ban", Mode.DENIED),
    ("The council never banned tents.", "banned", Mode.DENIED),
    ("The council refused to ban tents.", "ban", Mode.DENIED),
    ("The council declined to ban tents.", "ban", Mode.DENIED),
    ("The council failed to ban tents.", "ban", Mode.DENIED),
    ("The council bans tents.", "bans", Mode.HABIT),
    ("Tents are banned.", "banned", Mode.HABIT),
    ("The council continues to ban tents.", "ban", Mode.HABIT),
]


def word(sentence: str, text: str) -> Token:
    (doc,) = parse([sentence])
    return next(token for token in doc if token.text == text)


@pytest.mark.parametrize(("sentence", "verb", "mode"), MODES)
def test_a_verb_tells_how_real_its_act_is(sentence: str, verb: str, mode: Mode) -> None:
    assert grammar.mode(word(sentence, verb)) is mode


@pytest.mark.parametrize("title", ["Council bans tents", "Tents banned by council", "Council voted to ban tents"])
def test_headlines_tell_what_is_done_in_the_present_tense(title: str) -> None:
    verb = next(token for token in parse([title])[0] if grammar.lemma(token) == "ban")
    assert grammar.mode(verb, headline=True) is Mode.DONE


ROLES = [
    ("The council banned tents.", "banned", "council", "tents"),
    ("Tents were banned by the council.", "banned", "council", "Tents"),
    ("The council voted to ban tents.", "ban", "council", "tents"),
    ("The council met and banned tents.", "banned", "council", "tents"),
    ("The ordinance that the council adopted bans tents.", "adopted", "council", "ordinance"),
    ("The rules approved by the board are strict.", "approved", "board", "rules"),
    ("The sheriff, who ended the agreement, left.", "ended", "sheriff", "agreement"),
    ("The mayor ordered police to stop chases.", "stop", "police", "chases"),
    ("The county walked away from the agreement.", "walked", "county", "agreement"),
    ("The chief signed off on the policy.", "signed", "chief", "policy"),
]


@pytest.mark.parametrize(("sentence", "verb", "doer", "object_"), ROLES)
def test_who_did_it_and_to_what(sentence: str, verb: str, doer: str, object_: str) -> None:
    token = word(sentence, verb)
    who = grammar.agent(token) if grammar.passive(token) else grammar.subject(token)
    what = grammar.affected(token)
    assert (who and who.text, what and what.text) == (doer, object_)


PHRASES = [
    ("The Columbia City Council met.", "Council", "The Columbia City Council"),
    ("The Board of Mayor and Aldermen met.", "Board", "The Board of Mayor and Aldermen"),
    ("The council that banned tents met.", "council", "The council"),
]


@pytest.mark.parametrize(("sentence", "head", "wanted"), PHRASES)
def test_the_phrase_of_a_body_keeps_its_name(sentence: str, head: str, wanted: str) -> None:
    assert grammar.phrase(word(sentence, head)) == wanted
