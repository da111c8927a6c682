"""Which words of a sentence tell a stage: the verbs and phrases of `acts.toml`, looked up on lemmas."""

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from spacy.tokens import Doc, Token

from tracker.read.grammar import lemma
from tracker.read.lexicon import alternation, table, words

GAP = 2
"""Words that may stand between the parts of a phrase: "give [its] [unanimous] approval"."""


class Does(StrEnum):
    """What a cue does to a rule; `carry` only carries the deed of its complement."""

    DECIDE = "decide"
    REGULATE = "regulate"
    END = "end"
    REJECT = "reject"
    PROPOSE = "propose"
    EFFECT = "effect"
    BLOCK = "block"
    CARRY = "carry"


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that tells a stage, at its verb (or its first word); `text` is how the lexicon writes it.

    `own` holds the token indices of the phrase, `last` the last of them.
    """

    does: Does
    token: Token
    text: str
    last: int
    own: tuple[int, ...] = ()


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], Does, str]]]:
    index: dict[str, list[tuple[tuple[str, ...], Does, str]]] = defaultdict(list)
    for does in Does:
        for text in table("acts")[does.value].get("phrases", []):
            parts = tuple(text.lower().split())
            index[parts[0]].append((parts, does, text))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return dict(index)


@cache
def verbs() -> dict[str, Does]:
    """Lemma → what it does; the earlier class of `Does` wins where a verb stands in two."""
    found: dict[str, Does] = {}
    for does in (Does.PROPOSE, Does.REJECT, Does.END, Does.REGULATE, Does.DECIDE, Does.BLOCK):
        for verb in words("acts", does.value, "verbs"):
            found.setdefault(verb, does)
    for verb in words("acts", "carry", "realised"):
        found.setdefault(verb, Does.CARRY)
    for verb in ("begin", "start", "commence", "apply"):
        found[verb] = Does.EFFECT
    return found


@cache
def early_pattern() -> re.Pattern[str]:
    """Signs that a step was not the last one: "first reading", "preliminary approval"."""
    return alternation(table("acts")["early"]["phrases"])


def cues(doc: Doc) -> list[Cue]:
    """The cues of a sentence in order; a word inside a phrase is not a cue of its own."""
    lemmas = [lemma(token) for token in doc]
    lowers = [token.lower_ for token in doc]
    found: list[Cue] = []
    taken: set[int] = set()
    for token in doc:
        if token.i in taken:
            continue
        cue = _phrase_at(token, lemmas, lowers) or _verb_at(token, lemmas[token.i])
        if cue:
            taken.update((cue.token.i, cue.last, *cue.own))
            found.append(cue)
    return found


def _phrase_at(token: Token, lemmas: list[str], lowers: list[str]) -> Cue | None:
    for key in dict.fromkeys((lemmas[token.i], lowers[token.i])):
        for parts, does, text in _phrases().get(key, ()):
            own = _match(parts, token.i, lemmas, lowers) or _hanging(parts, token)
            if (
                own is None
                or (text in words("acts", "tight") and own[-1] - own[0] >= len(parts))
                or (token.dep_ in ("aux", "auxpass") and parts[0] == "be")
                or _owned(parts, own, token.doc)
            ):
                continue
            return Cue(does, token, text, own[-1], own)
    return None


def _owned(parts: tuple[str, ...], own: tuple[int, ...], doc: Doc) -> bool:
    """ "Put a recommendation in *its* place" puts nothing in place."""
    return parts[-2:] == ("in", "place") and doc[own[-1] - 1].tag_ == "PRP$"


def _match(parts: tuple[str, ...], start: int, lemmas: list[str], lowers: list[str]) -> tuple[int, ...] | None:
    """The indices of a phrase whose words follow each other closely."""
    own = [start]
    for part in parts[1:]:
        for step in range(1, GAP + 2):
            i = own[-1] + step
            if i < len(lemmas) and part in (lemmas[i], lowers[i]):
                own.append(i)
                break
        else:
            return None
    return tuple(own)


def _hanging(parts: tuple[str, ...], verb: Token) -> tuple[int, ...] | None:
    """The indices of a phrase that the parse holds together: "put [the city's ordinance] on hold", "let expire"."""
    if verb.pos_ != "VERB" or len(parts) not in (2, 3):
        return None
    first = [c for c in verb.children if c.i > verb.i and parts[1] in (lemma(c), c.lower_)]
    if len(parts) == 2:
        return next(((verb.i, c.i) for c in first if c.dep_ in ("prt", "dobj", "xcomp", "ccomp")), None)
    for child in first:
        last = next((c for c in (*child.children, *verb.children) if parts[2] in (lemma(c), c.lower_)), None)
        if last is not None and (child.dep_, last.dep_) in (("prep", "pobj"), ("dobj", "prt")):
            return verb.i, child.i, last.i
    return None


def _noun_at(token: Token, word: str) -> Cue | None:
    """ "A *vote* on the ban is set for May 23", "*passage* of the ordinance came Monday", "the *veto* stood"."""
    head = lemma(token.head)
    if token.dep_ == "nsubjpass" and word in words("acts", "propose", "steps"):
        return Cue(Does.PROPOSE, token, word, token.i) if head in words("acts", "propose", "scheduled") else None
    if token.dep_ != "nsubj" or token.head.pos_ not in ("VERB", "AUX"):
        return None
    if word == "veto" and head in ("stand", "survive"):
        return Cue(Does.REJECT, token, word, token.i)
    if head in words("acts", "nouns", "came"):
        does = next((d for d in (Does.DECIDE, Does.END, Does.REJECT) if word in words("acts", "nouns", d.value)), None)
        return Cue(does, token, word, token.i) if does else None
    return None


def _verb_at(token: Token, word: str) -> Cue | None:
    if token.pos_ == "NOUN":
        return _noun_at(token, word)
    if token.pos_ not in ("VERB", "AUX") and token.tag_ not in ("VBN", "VBD", "VBG"):
        return None
    does = verbs().get(word)
    return Cue(does, token, word, token.i) if does else None
