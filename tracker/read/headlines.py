"""Acts of headlines whose verb the parser takes for a noun: "Mayor vetoes cap on rent", "Council OKs ban on tents"."""

from dataclasses import replace

from spacy.tokens import Doc, Token

from tracker.model import Stage
from tracker.read.act import Act, Telling
from tracker.read.courts import stopper
from tracker.read.cues import Cue, Does, verbs
from tracker.read.grammar import Mode
from tracker.read.lexicon import table
from tracker.read.places.levels import bodies_in
from tracker.read.rules import ends_in, strong_rule
from tracker.read.stages import stage_of

FIRST_WORDS = 6
"""Where the verb of a headline stands: behind its subject."""
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})


def misparsed(doc: Doc, early: bool) -> Act | None:
    """The act of a headline whose verb, right behind a body, was parsed as a noun; None for any other headline."""
    token = next((t for t in doc[1:FIRST_WORDS] if _is_verb(t)), None)
    if token is None:
        return None
    verb = table("acts")["headline"][token.lower_]
    does = verbs().get(verb, Does.BLOCK)
    target, who = _rule_behind(token), doc[token.i - 1]
    if target is None and does is not Does.REGULATE:
        return None  # "Council OKs beer garden"
    telling = Telling(Cue(does, token, verb, token.i), token, headline=True, early=early)
    how = f"“{verb}” in a headline ({does}, {Mode.DONE})"
    higher = stopper(telling.cue, token, who, target)
    if higher is not None:
        return replace(telling.act(Stage.BLOCKED, Mode.DONE, who, target, how), doer=higher, does=Does.BLOCK)
    stage = stage_of(does, Mode.DONE, token, target, who)
    return telling.act(stage, Mode.DONE, who, target, how) if stage is not None else None


def _is_verb(token: Token) -> bool:
    """True for "vetoes" parsed as a noun right behind words that end in a body."""
    if token.lower_ not in table("acts")["headline"] or token.tag_ not in _NOUNS or token.i + 1 == len(token.doc):
        return False
    before = token.doc[: token.i].text
    found = bodies_in(before)
    return bool(found) and before.lower().endswith(found[-1])


def _rule_behind(verb: Token) -> Token | None:
    """The first noun behind the verb that is a rule by itself."""
    return next((t for t in verb.doc[verb.i + 1 :] if ends_in(strong_rule(), t.text)), None)
