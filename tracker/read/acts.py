"""One parsed sentence → the acts that it tells: who did what to which rule, at which stage, how surely.

An act is found at a cue (`cues.py`), its doer and its object come from the parse (`grammar.py`), and the stage is
decided by what the cue does, how real it is and who did it (`stages.py`). Nothing here knows places or dates;
`findings.py` adds both.
"""

import re
from dataclasses import replace

from spacy.tokens import Doc, Token

from tracker.model import Stage
from tracker.read import grammar
from tracker.read.act import Act, Telling
from tracker.read.courts import blocks, stopped_rule, stopper
from tracker.read.cues import Cue, Does, cues, early_pattern
from tracker.read.doers import Doer, doer_of, minority
from tracker.read.grammar import Mode, lemma
from tracker.read.headlines import misparsed
from tracker.read.lexicon import words
from tracker.read.rules import Rule, rule_of
from tracker.read.stages import stage_of
from tracker.read.targets import leaves_alone, target_of
from tracker.read.votes import carried

_DATED = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|June|July|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\b|\b(?:19|20)\d\d\b"
    r"|day\b|(?:next|this|in \w+) (?:days|month|week|year|spring|summer|fall|winter)|tomorrow|tonight|midnight"
)


MOST_CUES = 25
"""Words of a sentence at most that are asked for an act; the labelled sentences tell 8 acts at most."""
_HOUR = re.compile(r"^\w+\s+(?:promptly )?(?:at|around) (?:\d|noon|six|seven|eight)")


def acts_in(doc: Doc, headline: bool = False) -> list[Act]:
    """All acts of a sentence (or of a headline), in text order."""
    early = is_early(doc.text)
    if headline and (act := misparsed(doc, early)):
        return [act]
    acts = []
    skip: set[int] = set()
    for cue in cues(doc)[:MOST_CUES]:
        act = None if cue.token.i in skip else _act(cue, headline, early, skip)
        if act:
            acts.append(act)
    return acts


def is_early(text: str) -> bool:
    """True where a sentence says that its step is not the last."""
    return early_pattern().search(text) is not None


def _act(cue: Cue, headline: bool, early: bool, skip: set[int]) -> Act | None:
    token = cue.token
    if _opens(token):
        return _opening(Telling(cue, token, headline, early))
    if (cue.last == token.i and token.dep_ in ("amod", "compound", "nmod")) or _content(token):
        return None
    if cue.text == "vote against" and (token.pos_ != "VERB" or minority(grammar.subject(token))):
        return None
    verb = token if token.pos_ in ("VERB", "AUX") else _verb_above(token)
    telling = Telling(cue, verb if verb is not None else token, headline, early)
    if verb is None:
        return _verbless(telling)
    if cue.does is Does.CARRY:
        return carried(telling, skip)
    if cue.text.startswith("date") and cue.token.pos_ != "VERB":
        return None
    if cue.text.startswith(("date", "on the book")):
        return _dating(telling)
    return _effect(telling) if cue.does is Does.EFFECT else _plain(telling)


def _content(token: Token) -> bool:
    """ "An ordinance banning tents", "the rule that prohibits tents": what a rule says is no act."""
    if token.dep_ == "acl" and token.tag_ == "VBG":
        return rule_of(token.head)[0] in (Rule.STRONG, Rule.WEAK)
    heads = words("rules", "heads")
    return token.dep_ == "relcl" and token.tag_ in ("VBZ", "VBP") and lemma(token.head) in heads


def _verb_above(token: Token) -> Token | None:
    return next((ancestor for ancestor in token.ancestors if ancestor.pos_ in ("VERB", "AUX")), None)


def _verbless(telling: Telling) -> Act | None:
    """ "First reading of the ban" in a heading or a list, where nothing is a verb."""
    if telling.cue.does is not Does.PROPOSE:
        return None
    target = grammar.behind_preposition(telling.verb) or telling.verb
    return telling.act(Stage.PROPOSED, Mode.DONE, None, target, "a step is named without a verb")


def _dating(telling: Telling) -> Act | None:
    """ "The ban dates from 1987", "has been on the books since 1987"."""
    target = grammar.subject(telling.verb)
    if target is None:
        return None
    return replace(telling, early=False).act(Stage.ADOPTED, Mode.DONE, None, target, "a rule dates from then")


def _plain(telling: Telling) -> Act | None:
    cue, verb = telling.cue, telling.verb
    mode = grammar.mode(verb, telling.headline)
    target = target_of(cue, verb)
    who = _who(cue, verb)
    if leaves_alone(verb):
        return None
    if cue.text in words("acts", "reject", "of_people") and rule_of(target or who)[0] in (Rule.OTHER, Rule.NONE):
        return None
    doer = stopper(cue, verb, who, target)
    if doer is not None and who is not None:
        return _stopped(telling, mode, doer, who, target)
    stage = stage_of(cue.does, mode, verb, target, who)
    if stage is None:
        return None
    act = telling.act(stage, mode, who, target, f"“{cue.text}” ({cue.does}, {mode})")
    if cue.text in words("acts", "decide", "likewise") and act.doer not in (Doer.PLACE, Doer.BODY):
        return None
    return replace(act, alleged=_alleged(verb))


def _opens(token: Token) -> bool:
    """ "*Approved* Monday by the council, the ban …": the parser hangs the participle on the day."""
    return token.i == 0 and token.tag_ == "VBN" and token.head.lower_ in words("grammar", "calendar")


def _opening(telling: Telling) -> Act | None:
    root = next((t for t in telling.verb.ancestors if t.pos_ in ("VERB", "AUX")), None)
    target = grammar.subject(root) if root is not None else None
    who = grammar.agent(telling.verb.head) or (grammar.agent(root) if root is not None else None)
    stage = stage_of(telling.cue.does, Mode.DONE, telling.verb, target, who)
    if stage is None or target is None or root is None:
        return None
    made = telling.act(stage, Mode.DONE, who, target, f"“{telling.cue.text}” opens the sentence")
    return replace(made, chain=made.chain | {telling.verb.head.i})


def _who(cue: Cue, verb: Token) -> Token | None:
    """The doer: the subject, the one behind "by" in a passive, or whose deed a noun is ("the *council's* approval")."""
    if cue.token.pos_ == "NOUN" and cue.token.dep_ in ("nsubj", "nsubjpass"):
        return next((c for c in cue.token.children if c.dep_ == "poss"), None) or grammar.agent(cue.token)
    return grammar.agent(verb) if grammar.passive(verb) else grammar.subject(verb)


def _stopped(telling: Telling, mode: Mode, doer: Doer, who: Token, target: Token | None) -> Act | None:
    """ "A judge barred the city from enforcing its curfew": what is done to somebody else's rule."""
    if not blocks(mode, doer, who, telling.verb):
        return None
    rule = stopped_rule(telling.verb, target) or target
    made = telling.act(Stage.BLOCKED, mode, who, rule, f"“{telling.cue.text}” by a higher government ({mode})")
    return replace(made, doer=doer, does=Does.BLOCK)


def _effect(telling: Telling) -> Act | None:
    """ "takes effect Thursday", "the ban begins Jan. 1"."""
    cue, verb = telling.cue, telling.verb
    mode = grammar.mode(verb, telling.headline)
    if mode in (Mode.DOUBT, Mode.WISHED, Mode.DENIED):
        return None
    mode = Mode.FUTURE if mode is Mode.PENDING else mode
    if verb.dep_ == "xcomp" and verb.head.tag_ == "VBN" and _behind(verb.head):
        return None
    target = grammar.subject(verb)
    dated = _DATED.search(verb.doc.text)
    if cue.last == cue.token.i and (target is None or rule_of(target)[0] is Rule.OTHER or not dated or _event(verb)):
        return None
    return telling.act(Stage.EFFECTIVE, mode, None, target, f"“{cue.text}” begins to bind")


def _alleged(verb: Token) -> bool:
    """ "A group says that officials are weakening the rules": what others say of a government's doings is no step."""
    if grammar.accused(verb) is not None:
        return True
    if verb.dep_ != "ccomp" or verb.tag_ != "VBG":
        return False
    return doer_of(grammar.subject(verb.head))[0] is Doer.FOREIGN


def _event(verb: Token) -> bool:
    """ "A vigil starts at 7 p.m.": what begins at an hour of the evening is no rule."""
    return _HOUR.search(verb.doc.text[verb.idx :]) is not None


def _behind(verb: Token) -> bool:
    """ "It was set to take effect": the plan of then."""
    return any(child.lower_ in ("was", "were", "had") for child in verb.children)
