"""The decision table: what a cue does, how real it is and who did it tell the stage of an act."""

import re

from spacy.tokens import Token

from tracker.model import Stage
from tracker.read import grammar
from tracker.read.cues import Does
from tracker.read.doers import Doer, doer_of
from tracker.read.grammar import Mode, lemma
from tracker.read.lexicon import words

NEAR_WORDS = 6
"""Words from an object to the phrase that turns it; what hangs farther behind is another matter."""
_JOINED = re.compile(
    r"287|program|agreement|partnership|pact|contract|task force|cooperation|deal|compact|memorandum", re.I
)
_DRAFT = re.compile(
    r"\b(?:draft|drafting|wording|hearing|study|first reading|introduction|advertis\w+|text amendment process)$", re.I
)


def stage_of(does: Does, mode: Mode, verb: Token, target: Token | None, who: Token | None) -> Stage | None:
    """The stage of an act that its own verb tells; None where it is no act."""
    if mode is Mode.DENIED and lemma(verb) == "override":
        return Stage.REJECTED
    if mode in (Mode.WISHED, Mode.DENIED) or _denies_that(verb):
        return None
    if does is Does.PROPOSE:
        return Stage.PROPOSED if mode is not Mode.DOUBT or "vote" in (lemma(verb), verb.lower_) else None
    if does is Does.BLOCK and mode is Mode.HABIT and doer_of(who)[0] is Doer.RULE:
        return Stage.BLOCKED
    if mode in (Mode.DOUBT, Mode.HABIT):
        return None
    return Stage.PROPOSED if mode is Mode.PENDING else _settled(does, mode, verb, target, who)


def carried_stage(does: Does, mode: Mode, verb: Token, target: Token | None, who: Token | None) -> Stage | None:
    """The stage of an act that completes a vote: the vote's mode tells how real it is."""
    if mode in (Mode.WISHED, Mode.DENIED, Mode.HABIT):
        return None
    if mode in (Mode.FUTURE, Mode.PENDING, Mode.DOUBT):
        return Stage.PROPOSED
    return stage_of(does, Mode.DONE, verb, target, who)


def _settled(does: Does, mode: Mode, verb: Token, target: Token | None, who: Token | None) -> Stage | None:
    """The stage of an act that is done, or announced as settled."""
    turned = target is not None and _is_turned(target)
    by_body = doer_of(who)[0] is Doer.BODY
    if lemma(verb) == "override" and by_body:
        return Stage.RESCINDED if turned else Stage.ADOPTED
    if target is not None and mode is Mode.DONE and does is Does.DECIDE and _DRAFT.search(grammar.phrase(target)):
        return Stage.PROPOSED
    if does is Does.BLOCK and by_body:
        return Stage.REJECTED if lemma(verb) == "block" else None
    longer = any(t.lower_ == "longer" for t in verb.subtree)
    if does is Does.END and (longer or _stays_out(verb, target)):
        return Stage.ADOPTED
    if mode is Mode.FUTURE and not longer and does in (Does.DECIDE, Does.REGULATE):
        return Stage.PROPOSED if does is Does.DECIDE else None
    return {
        Does.DECIDE: Stage.RESCINDED if turned else Stage.ADOPTED,
        Does.REGULATE: Stage.ADOPTED,
        Does.END: Stage.RESCINDED,
        Does.REJECT: Stage.REJECTED,
        Does.BLOCK: Stage.BLOCKED,
    }[does]


def _denies_that(verb: Token) -> bool:
    """ "Denied that his office has ended it": nothing was turned down."""
    return lemma(verb) == "deny" and any(c.dep_ in ("ccomp", "xcomp") for c in verb.children)


def is_end(noun: Token) -> bool:
    """True for a noun that turns an approval into an end: "approved the repeal of the ban"."""
    return lemma(noun) in words("acts", "turned", "nouns")


def _stays_out(verb: Token, target: Token | None) -> bool:
    """ "Opted out of pot sales" makes a rule; "opted out of the 287(g) programme" ends one."""
    if lemma(verb) != "opt":
        return False
    return target is None or not _JOINED.search(grammar.whole_phrase(target))


def _is_turned(target: Token) -> bool:
    """True for "the repeal of the ban", "the veto of the bag ban repeal", "an ordinance repealing the ban"."""
    hanging = (t for t in target.subtree if t.dep_ in ("pobj", "compound", "acl", "amod"))
    near = [target, *(t for t in hanging if t.head.i <= target.i + NEAR_WORDS)]
    return any(is_end(t) or (t.dep_ == "acl" and lemma(t) in words("acts", "turned", "verbs")) for t in near)
