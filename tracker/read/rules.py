"""Is a noun a rule? Word lists of `rules.toml`, read on the noun phrase around a token."""

import re
from enum import StrEnum
from functools import cache

from spacy.tokens import Token

from tracker.read import grammar
from tracker.read.lexicon import alternation, words


class Rule(StrEnum):
    """How surely the object of an act is a rule."""

    STRONG = "strong"
    WEAK = "weak"
    OTHER = "other"
    NONE = "none"


@cache
def strong_rule() -> re.Pattern[str]:
    """A noun that is a rule by itself."""
    return alternation(_with_plurals(words("rules", "strong")))


@cache
def weak_rule() -> re.Pattern[str]:
    """A noun that may stand for a rule."""
    return alternation(_with_plurals(words("rules", "weak")))


@cache
def other_object() -> re.Pattern[str]:
    """A noun for what is no rule: money, people, one building."""
    return alternation(_with_plurals(words("rules", "other")))


def _with_plurals(nouns: frozenset[str]) -> set[str]:
    plurals = {n + "s" for n in nouns if n[-1].isalpha()} | {n[:-1] + "ies" for n in nouns if n.endswith("y")}
    return set(nouns) | plurals | {n + "es" for n in nouns if n.endswith(("s", "x"))}


def rule_of(token: Token | None) -> tuple[Rule, str]:
    """How surely a noun names a rule, with its phrase; what hangs on a weak noun can make it strong."""
    if token is None:
        return Rule.NONE, ""
    whole = grammar.whole_phrase(token)
    head = grammar.phrase(token)
    if token.pos_ in ("VERB", "AUX"):
        return (Rule.STRONG if strong_rule().search(whole) else Rule.NONE), whole
    if ends_in(strong_rule(), head):
        return Rule.STRONG, whole
    if ends_in(other_object(), head):
        return (Rule.WEAK if strong_rule().search(head) else Rule.OTHER), whole
    if ends_in(weak_rule(), head) or strong_rule().search(head):
        return (Rule.STRONG if strong_rule().search(whole) else Rule.WEAK), whole
    return (Rule.WEAK if strong_rule().search(whole) else Rule.NONE), whole


def ends_in(pattern: re.Pattern[str], text: str) -> bool:
    """True where a match of the pattern is the end of the text."""
    return any(match.end() == len(text) for match in pattern.finditer(text))
