"""What an act is done to, for cues of one word and of several."""

from spacy.tokens import Token

from tracker.read import grammar
from tracker.read.cues import Cue
from tracker.read.lexicon import words


def target_of(cue: Cue, verb: Token) -> Token | None:
    """The object of an act: behind the last word of a phrase, inside the complement for "recommend creating"."""
    if cue.token.pos_ == "NOUN" and cue.token.dep_ in ("nsubj", "nsubjpass"):
        return grammar.behind_preposition(cue.token, ("of", "on", "for", "to")) or cue.token
    end = cue.token.doc[cue.last]
    if end.pos_ == "VERB" and end.i != cue.token.i and end.head.i == cue.token.i:
        return grammar.affected(end) or grammar.subject(end)
    if cue.last != cue.token.i:
        found = _behind_phrase(cue, verb)
        if found is not None:
            return found
        if grammar.passive(verb):
            return grammar.subject(verb)
    found = grammar.affected(verb)
    if found is None:
        inner = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "pcomp") and c.i > verb.i), None)
        found = grammar.affected(inner) if inner is not None else None
    return found


def leaves_alone(verb: Token) -> bool:
    """ "Opted to leave the rules alone": nothing is done."""
    if grammar.lemma(verb) != "leave":
        return False
    near = (t for child in verb.children for t in (child, *child.children))
    return any(t.lower_ in words("acts", "left_so") for t in near)


def _behind_phrase(cue: Cue, verb: Token) -> Token | None:
    direct = grammar.direct_object(verb)
    end = cue.token.doc[cue.last]
    if direct is not None and direct.i not in cue.own:
        inside = direct.i < end.i and end.pos_ == "ADP"
        return (grammar.behind_preposition(end) or _noun_behind(end) if inside else None) or direct
    found = grammar.behind_preposition(end) or _noun_behind(end)
    found = found or grammar.behind_preposition(verb)
    if found is None and end.dep_ in ("dobj", "pobj") and end.i > cue.token.i:
        found = end
    return found


def _noun_behind(preposition: Token) -> Token | None:
    return next((c for c in preposition.children if c.dep_ == "pobj"), None)
