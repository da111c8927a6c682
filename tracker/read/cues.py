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
    """A word or phrase that tells a stage, at its verb (or its first word); `text` is how the lexicon writes it."""

    does: Does
    token: Token
    text: str
    last: int


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
            taken.update(range(cue.token.i, cue.last + 1) if cue.last - cue.token.i <= 1 else {cue.token.i, cue.last})
            found.append(cue)
    return found


def _phrase_at(token: Token, lemmas: list[str], lowers: list[str]) -> Cue | None:
    for key in dict.fromkeys((lemmas[token.i], lowers[token.i])):
        for parts, does, text in _phrases().get(key, ()):
            last = _match(parts, token.i, lemmas, lowers)
            if last is not None:
                return Cue(does, token, text, last)
    return None


def _match(parts: tuple[str, ...], start: int, lemmas: list[str], lowers: list[str]) -> int | None:
    at = start
    for part in parts[1:]:
        for step in range(1, GAP + 2):
            i = at + step
            if i < len(lemmas) and part in (lemmas[i], lowers[i]):
                at = i
                break
        else:
            return None
    return at


def _verb_at(token: Token, word: str) -> Cue | None:
    if token.pos_ not in ("VERB", "AUX") and token.tag_ not in ("VBN", "VBD", "VBG"):
        return None
    does = verbs().get(word)
    return Cue(does, token, word, token.i) if does else None
