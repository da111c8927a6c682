"""Acts told by a vote or an agreement: the deed is the complement's ("voted to repeal the ban"), or the vote's own."""

from dataclasses import replace

from spacy.tokens import Token

from tracker.model import Stage
from tracker.read import grammar
from tracker.read.act import Act, Telling, is_loose
from tracker.read.cues import Cue, Does, cues, verbs
from tracker.read.doers import minority
from tracker.read.grammar import Mode, lemma
from tracker.read.lexicon import words
from tracker.read.stages import carried_stage, is_end
from tracker.read.targets import leaves_alone, target_of

_DECIDING = frozenset({"vote", "agree", "decide", "opt", "move"})
"""What a body does to make any complement its decision."""
_ORDERING = frozenset({"order", "direct", "instruct", "command"})
"""What makes a complement a rule where officers or an office are told to do it."""
_HALTING = frozenset({"stop", "halt"})
"""What courts do to rules, and what a body orders of its officers: "told deputies to stop chasing cars"."""
_PROLONGING = frozenset({"renew", "extend", "continue", "prolong"})
"""Who votes not to do so ends a rule."""
DEED_WORDS = 12
"""Words of a deed that say whether it is a decision; what comes behind is what the rule says."""
_TO_COME = frozenset({Mode.FUTURE, Mode.PENDING, Mode.DOUBT})


def carried(telling: Telling, skip: set[int]) -> Act | None:
    """ "voted 4-1 to repeal the ban": the deed is the complement's, the time and the doer are the vote's.

    The tokens of complements that were looked at are added to `skip`.
    """
    verb = telling.verb
    mode = grammar.mode(verb, telling.headline)
    who = grammar.subject(verb)
    inner = next((cue for c in grammar.complements(verb) if (cue := _inner_cue(c))), None)
    if inner is not None and not (inner.does is Does.BLOCK and lemma(inner.token) in _HALTING):
        skip.add(inner.token.i)
        return _with_inner(telling, inner, mode, who)
    if mode in (Mode.FUTURE, Mode.PENDING) and lemma(verb) == "decide":
        return telling.act(Stage.PROPOSED, mode, who, grammar.affected(verb), "a decision is to come")
    return _any_deed(telling, mode, who, skip) if lemma(verb) in _DECIDING or _orders(verb) else None


def _orders(verb: Token) -> bool:
    """ "Directed the jail to disregard detainers", "ordered deputies to stop"."""
    told = grammar.direct_object(verb)
    return lemma(verb) in _ORDERING and told is not None and lemma(told) in words("acts", "carry", "ordered")


def _inner_cue(complement: Token) -> Cue | None:
    """The cue of a complement, None where it tells no deed of its own."""
    does = verbs().get(lemma(complement))
    found = next((c for c in cues(complement.doc) if c.token.i == complement.i), None)
    found = found or (Cue(does, complement, lemma(complement), complement.i) if does else None)
    return None if found is None or found.does in (Does.CARRY, Does.EFFECT) else found


def _with_inner(telling: Telling, inner: Cue, mode: Mode, who: Token | None) -> Act | None:
    complement = inner.token
    if leaves_alone(complement):
        return None
    target = target_of(inner, complement)
    stage = carried_stage(inner.does, mode, complement, target, who)
    if stage is None:
        return None
    if stage in (Stage.ADOPTED, Stage.RESCINDED) and _refused(complement):
        stage = Stage.RESCINDED if lemma(complement) in _PROLONGING else Stage.REJECTED
    how = f"“{telling.cue.text}” to “{inner.text}” ({inner.does}, {mode})"
    made = telling.act(stage, mode, who, target, how)
    chain = made.chain | {complement.i}
    return replace(made, chain=chain, does=inner.does, verb=inner.text, loose=is_loose(complement))


def _refused(deed: Token) -> bool:
    """ "Voted against banning tents", "voted not to amend the code"."""
    return deed.head.lower_ == "against" or any(c.dep_ == "neg" and c.lower_ == "not" for c in deed.children)


def _any_deed(telling: Telling, mode: Mode, who: Token | None, skip: set[int]) -> Act | None:
    """A decision whose deed no word list knows: "voted to let dogs on patios", "agreed that shops may open"."""
    verb, cue = telling.verb, telling.cue
    generic = next((c for c in grammar.complements(verb) if lemma(c) not in words("acts", "carry", "plain")), None)
    if generic is not None and mode not in (Mode.WISHED, Mode.DENIED, Mode.HABIT):
        skip.add(generic.i)
        stage = Stage.ADOPTED if mode is Mode.DONE and not _on_the_way(generic) else Stage.PROPOSED
        how = f"“{cue.text}” to “{lemma(generic)}” ({mode})"
        made = telling.act(stage, mode, who, grammar.affected(generic), how)
        return replace(made, chain=made.chain | {generic.i}, loose=True)
    if lemma(verb) == "vote":
        return _voted_on(telling, mode, who)
    that = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    if that is None or mode is not Mode.DONE:
        return None
    return replace(telling.act(Stage.ADOPTED, mode, who, grammar.subject(that), f"“{cue.text}” that"), loose=True)


def _on_the_way(deed: Token) -> bool:
    """ "Voted to have staff *write* an ordinance", "to put the article on the *warrant*"."""
    return any(lemma(t) in words("acts", "carry", "on_the_way") for t in deed.subtree if t.i < deed.i + DEED_WORDS)


def _voted_on(telling: Telling, mode: Mode, who: Token | None) -> Act | None:
    """ "voted 8-1 for the ban", "voted against the proposal", "will vote on the ordinance"."""
    verb = telling.verb
    if mode in _TO_COME:
        target = grammar.behind_preposition(verb, ("on", "for", "against"))
        how = f"a vote is to come ({mode})"
        return telling.act(Stage.PROPOSED, mode, who, target, how) if target is not None else None
    if mode is not Mode.DONE:
        return None
    against = grammar.behind_preposition(verb, ("against",))
    target = against if against is not None else grammar.behind_preposition(verb, ("for", "in"))
    if target is None or minority(who):
        return None
    if lemma(target) == "favor":
        target = grammar.behind_preposition(target, ("of",)) or target
    stage = Stage.REJECTED if against is not None else Stage.RESCINDED if is_end(target) else Stage.ADOPTED
    return telling.act(stage, mode, who, target, "voted for or against a rule")
