"""The decision table: what a cue does, how real it is and who did it tell the stage of an act."""

import re

from spacy.tokens import Token

from tracker.model import Stage
from tracker.read import grammar
from tracker.read.cues import Does
from tracker.read.doers import Doer, doer_of
from tracker.read.grammar import Mode, lemma
from tracker.read.lexicon import words
from tracker.read.rules import Rule, rule_of

_VOTES = frozenset({"vote", "decision", "approval", "action"})
NEAR_WORDS = 6
"""Words from an object to the phrase that turns it; what hangs farther behind is another matter."""
_JOINED = re.compile(
    r"287|program|agreement|partnership|pact|contract|task force|cooperation|deal|compact|memorandum", re.I
)
_DRAFT = re.compile(
    r"\b(?:draft|drafting|wording|hearing|study|first reading|introduction|advertis\w+|text amendment process)$", re.I
)
_UNTIL = re.compile(
    r"\b(?:until|till|to (?:the|its|their|a|next|allow)|for (?:two|a|one|\d+|three|further|more))\b", re.I
)
"""What is tabled to a day is still alive."""
_PROPOSED = re.compile(r"\bpropos(?:ed|al)\b", re.I)
_REAL = re.compile(
    r"\b(?:incentive|benefits?|pension|health|insurance|agreement|contract|participation|in place|current|existing"
    r"|had (?:approved|adopted|passed|imposed|enacted)|(?:approved|adopted|passed|imposed|enacted) (?:in|last))\b",
    re.I,
)
"""Plans that are in force: a "benefits plan" ends as a rule does."""
_PUT_OFF = re.compile(r"\b(?:decision|vote|action|hearing|discussion)$", re.I)


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
    if mode is Mode.HABIT and (_ends_itself(does, verb, who) or _is_so(does, verb)):
        mode = Mode.DONE
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
    if target is not None and mode is Mode.DONE and does is Does.DECIDE and _of_draft(verb, grammar.phrase(target)):
        return Stage.PROPOSED
    if does is Does.REJECT and lemma(verb) == "table" and _UNTIL.search(verb.doc.text[verb.idx :]):
        return Stage.PROPOSED
    if does is Does.BLOCK and by_body:
        return _thrown_out(verb, target)
    if does is Does.END and _only_planned(verb, target):
        return Stage.REJECTED
    if does is Does.REJECT and lemma(verb) == "let" and target is not None and _JOINED.search(grammar.phrase(target)):
        return Stage.RESCINDED
    longer = any(t.lower_ == "longer" for t in verb.subtree)
    if does is Does.END and (longer or _stops_things(verb, target) or _stays_out(verb, target)):
        return Stage.ADOPTED
    if mode is Mode.FUTURE and not longer and does in (Does.DECIDE, Does.REGULATE):
        if _after_vote(verb):
            return Stage.ADOPTED
        return Stage.PROPOSED if does is Does.DECIDE else None
    return {
        Does.DECIDE: Stage.RESCINDED if turned else Stage.ADOPTED,
        Does.REGULATE: Stage.ADOPTED,
        Does.END: Stage.RESCINDED,
        Does.REJECT: Stage.REJECTED,
        Does.BLOCK: Stage.BLOCKED,
    }[does]


def _only_planned(verb: Token, target: Token | None) -> bool:
    """ "Scrapped a *plan*", "dropped the *proposed* ban", "the ordinance was *withdrawn*": no rule ends."""
    if target is None or _REAL.search(grammar.whole_phrase(target)):
        return False
    if lemma(verb) in ("withdraw", "pull", "shelve") and not any(c.lower_ in ("from", "out") for c in verb.children):
        return lemma(target) in words("acts", "reject", "withdrawn") | words("acts", "reject", "drafts")
    return lemma(target) in words("acts", "reject", "drafts") or _PROPOSED.search(grammar.phrase(target)) is not None


def _of_draft(verb: Token, target: str) -> bool:
    """ "Approved the draft", "delayed a decision": a step on the way."""
    return _DRAFT.search(target) is not None or (lemma(verb) == "delay" and _PUT_OFF.search(target) is not None)


def _ends_itself(does: Does, verb: Token, who: Token | None) -> bool:
    """ "The agreement ends June 30": in the present tense of what is settled."""
    if does is not Does.END or lemma(verb) not in words("acts", "end", "itself"):
        return False
    return doer_of(who)[0] is Doer.RULE and grammar.direct_object(verb) is None


def _is_so(does: Does, verb: Token) -> bool:
    """ "The ban is dead", "is a go": the present tense of a decision."""
    return lemma(verb) == "be" and does in (Does.DECIDE, Does.REJECT)


def _after_vote(verb: Token) -> bool:
    """ "Tents will be banned after a vote by the council": the vote is taken."""
    return any(
        c.dep_ == "prep" and c.lower_ in ("after", "following") and any(lemma(g) in _VOTES for g in c.children)
        for c in verb.children
    )


def _thrown_out(verb: Token, target: Token | None) -> Stage | None:
    """A council blocks a proposal, or throws out a rule of its own."""
    if lemma(verb) == "block":
        return Stage.REJECTED
    if lemma(verb) not in ("throw", "toss", "strike", "wipe") or rule_of(target)[0] is not Rule.STRONG:
        return None
    return Stage.REJECTED if "propos" in rule_of(target)[1].lower() else Stage.RESCINDED


def _stops_things(verb: Token, target: Token | None) -> bool:
    """ "Puts data centers on hold": no rule ends, one is made."""
    things = target is not None and target.tag_ == "NNS" and rule_of(target)[0] in (Rule.NONE, Rule.OTHER)
    return lemma(verb) == "put" and things


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
    """True for "the repeal of the ban", "the veto of the bag ban repeal", "an order that ends the ban"."""
    hanging = (t for t in target.subtree if t.dep_ in ("pobj", "compound", "acl", "relcl", "amod"))
    near = [target, *(t for t in hanging if t.head.i <= target.i + NEAR_WORDS)]
    turning = words("acts", "turned", "verbs")
    return any(is_end(t) or (t.dep_ in ("acl", "relcl") and lemma(t) in turning and _real(t)) for t in near)


def _real(clause: Token) -> bool:
    """ "An order *that ends* the ban" ends it; "a ban that the court lifted" was ended by another."""
    return (clause.dep_ == "acl" and clause.tag_ in ("VBG", "VB")) or any(
        c.dep_ == "nsubj" and c.lower_ in ("that", "which") for c in clause.children
    )
