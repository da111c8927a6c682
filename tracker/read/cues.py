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
            if own is not None and not (token.dep_ in ("aux", "auxpass") and parts[0] == "be"):
                return Cue(does, token, text, own[-1], own)
    return None


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
    """The indices of a phrase that the parse holds together: "put [the city's rental ordinance] on hold".

    "Put a recommendation in its place" does not "put in place".
    """
    if verb.pos_ != "VERB" or len(parts) not in (2, 3):
        return None
    for child in verb.children:
        if child.i < verb.i or parts[1] not in (lemma(child), child.lower_):
            continue
        if len(parts) == 2 and child.dep_ in ("prt", "dobj"):
            return verb.i, child.i
        noun = next((c for c in child.children if c.dep_ == "pobj" and parts[-1] in (lemma(c), c.lower_)), None)
        owned = noun is not None and any(c.dep_ == "poss" for c in noun.children)
        if len(parts) == 3 and child.dep_ == "prep" and noun is not None and not owned:
            return verb.i, child.i, noun.i
    return None


def _verb_at(token: Token, word: str) -> Cue | None:
    if token.pos_ not in ("VERB", "AUX") and token.tag_ not in ("VBN", "VBD", "VBG"):
        return None
    does = verbs().get(word)
    return Cue(does, token, word, token.i) if does else None
