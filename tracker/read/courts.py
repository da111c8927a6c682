"""Acts of a court or of a higher government that stop a local rule: struck down, enjoined, put on hold, pre-empted."""

import re
from functools import cache

from spacy.tokens import Token

from tracker.read import grammar
from tracker.read.cues import Cue, Does
from tracker.read.doers import Doer, doer_of
from tracker.read.grammar import Mode, lemma
from tracker.read.lexicon import alternation, words
from tracker.read.rules import Rule, ends_in, rule_of

_TITLED = re.compile(r"\bCounty Judge\b|\b[Tt]he county judge\b")
"""In Texas and Arkansas the head of the county's government; "a county judge" sits in a court."""
_LOCAL = frozenset({"city", "county", "town", "village", "township", "parish", "borough"})


def stopper(cue: Cue, verb: Token, who: Token | None, target: Token | None) -> Doer | None:
    """COURT or FOREIGN where a court or a higher government stops a local rule; None where it is no such act."""
    if who is None or not _stops(cue, target):
        return None
    doer = _higher(grammar.phrase(who), cue.does is Does.BLOCK)
    if doer is None or (cue.does is Does.BLOCK and doer is Doer.COURT):
        return doer
    rule = stopped_rule(verb, target)
    if rule is None or (doer is Doer.FOREIGN and not (cue.does is Does.BLOCK or _owned(rule))):
        return None
    return doer


def stopped_rule(verb: Token, target: Token | None) -> Token | None:
    """The rule that is stopped: the object, or what somebody is barred from doing; None where the object is no rule."""
    if target is None:
        return None
    barred = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "from"), None)
    deed = next((c for c in barred.children if c.dep_ == "pcomp"), None) if barred is not None else None
    if deed is not None:
        local = lemma(target) in _LOCAL or doer_of(target)[0] in (Doer.BODY, Doer.PLACE)
        return (grammar.affected(deed) or target) if local else None
    if ends_in(_challenges(), grammar.phrase(target)):
        return None
    return target if rule_of(target)[0] in (Rule.STRONG, Rule.WEAK) else None


def blocks(mode: Mode, doer: Doer, who: Token, verb: Token) -> bool:
    """True where the act of a stopper is real: done, announced, or told of a law or a ruling in the present tense.

    "Lifted an injunction that had blocked the rule" blocks nothing any more.
    """
    if verb.dep_ in ("relcl", "acl") and lemma(verb.head.head) in words("acts", "block", "lifted"):
        return False
    if mode is Mode.HABIT:
        return doer is Doer.FOREIGN or _rulings().search(grammar.phrase(who)) is not None
    return mode in (Mode.DONE, Mode.FUTURE)


def _owned(rule: Token) -> bool:
    """ "*Akron's* ban", "the *city's* ban", "*local* bans": somebody's, not what a state forbids to all."""
    near = [c for c in rule.children if c.dep_ in ("poss", "amod", "compound")]
    return any(c.dep_ == "poss" or lemma(c) in _LOCAL or c.lower_ in ("local", "municipal") for c in near)


def _stops(cue: Cue, target: Token | None) -> bool:
    """True for what a court does to a rule, be it a verb of courts only or one that councils use too."""
    return cue.does is Does.BLOCK or cue.text in words("acts", "block", "shared")


def _higher(phrase: str, plain: bool) -> Doer | None:
    """COURT for judges and rulings, FOREIGN for states and their laws. `plain`: the verb is a court's only."""
    if _local_courts().search(phrase) or (not plain and _TITLED.search(phrase)):
        return None
    if _courts().search(phrase) or _rulings().search(phrase):
        return Doer.COURT
    return Doer.FOREIGN if _states().search(phrase) else None


@cache
def _courts() -> re.Pattern[str]:
    return alternation(words("bodies", "courts"))


@cache
def _rulings() -> re.Pattern[str]:
    return alternation(words("bodies", "rulings"))


@cache
def _states() -> re.Pattern[str]:
    return alternation(words("bodies", "lawgivers"))


@cache
def _local_courts() -> re.Pattern[str]:
    return alternation(words("bodies", "local_courts"))


@cache
def _challenges() -> re.Pattern[str]:
    return alternation(words("rules", "challenges"))
