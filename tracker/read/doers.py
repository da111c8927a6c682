"""What the subject of an act is: a body, a place, a court, a rule, a pronoun."""

import re
from enum import StrEnum

from spacy.tokens import Token

from tracker.read import grammar
from tracker.read.grammar import lemma
from tracker.read.lexicon import words
from tracker.read.places.levels import Level, bodies_in, body_level
from tracker.read.rules import Rule, rule_of

_HIGHER = re.compile(r"\b(?:state|statewide|federal|national|international)(?:['’]s)?\b")
"""Before a body's words these make it no local one: "the *state* Public Service Commission"."""
_GROUPS = frozenset({"council", "board", "commission", "committee", "assembly"})
"""Names in the singular that are many people."""
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
FEW = 4
"""Votes that carry nothing in a council of seven, the commonest size."""


class Doer(StrEnum):
    """What the subject of an act is."""

    BODY = "body"
    PLACE = "place"
    PRONOUN = "pronoun"
    RULE = "rule"
    FOREIGN = "foreign"
    COURT = "court"
    NOBODY = "nobody"
    OTHER = "other"


def doer_of(token: Token | None) -> tuple[Doer, str, tuple[int, int] | None]:
    """What a subject is, its text and its offsets in the sentence."""
    if token is None:
        return Doer.NOBODY, "", None
    text = grammar.phrase(token)
    start = token.doc.text.find(text, max(0, token.idx - len(text)))
    span = (start, start + len(text))
    own = _last_body(text)
    for child in token.children:
        if child.dep_ == "appos" and not own and (body := _last_body(grammar.whole_phrase(child))):
            told = grammar.whole_phrase(child)
            at = child.doc.text.find(told)
            return _by_body(body), told, (at, at + len(told))
    if own and _rule_of_body(token, own):
        return Doer.RULE, text, span
    if own:
        return Doer.FOREIGN if _HIGHER.search(text) else _by_body(own), text, span
    if token.pos_ == "PRON" or token.lower_ in words("grammar", "pronouns"):
        return Doer.PRONOUN, text, span
    if rule_of(token)[0] in (Rule.STRONG, Rule.WEAK) and token.pos_ != "PROPN":
        return Doer.RULE, text, span
    if token.pos_ == "PROPN" or token.ent_type_:
        return Doer.PLACE, text, span
    return Doer.OTHER, text, span


def _rule_of_body(token: Token, body: str) -> bool:
    """ "The *city's* curfew": the body only owns the rule."""
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    if owner is None or token.pos_ == "PROPN" or rule_of(token)[0] not in (Rule.STRONG, Rule.WEAK):
        return False
    return body in bodies_in(grammar.phrase(owner)) and body not in bodies_in(
        grammar.phrase(token).split("’")[-1].split("'")[-1]
    )


def minority(who: Token | None) -> bool:
    """True for nobody, for a single name and for a few: "Councilman Bell", "only two of seven members"."""
    if who is None or (who.pos_ == "PROPN" and who.tag_ == "NNP" and lemma(who) not in _GROUPS):
        return True
    text = grammar.whole_phrase(who).lower()
    if text.startswith(("only", "just", "a lone", "a single", "one ")):
        return True
    found = [_number(word) for word in re.findall(r"[a-z]+|\d+", text)[:6]]
    numbers = [n for n in found if n]
    if not numbers or found[0] is None:
        return False
    return 2 * numbers[0] <= numbers[1] if len(numbers) > 1 else numbers[0] < FEW


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() else _NUMBERS.index(word) + 1 if word in _NUMBERS else None


def _by_body(body: str) -> Doer:
    if body in words("bodies", "courts"):
        return Doer.COURT
    return Doer.FOREIGN if body_level(body) is Level.FOREIGN else Doer.BODY


def _last_body(text: str) -> str:
    """The government words in a phrase: those at its end, or anywhere for "Mayor Jim Kenney"."""
    found = bodies_in(text)
    return found[-1] if found else ""
