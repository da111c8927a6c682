"""The telling words: those of which an article on a local change has some. The screen and the glance ask for them."""

import re
from functools import cache

from tracker.read.lexicon import table, words

SECTIONS = ("decide", "regulate", "end", "reject", "propose", "effect", "block")
"""The sections of acts.toml: what an act does to a rule."""
_WORD = re.compile(r"[a-z][a-z'’()0-9-]*")


def words_of(text: str) -> set[str]:
    """The words of a text in lower case, each once."""
    return set(_WORD.findall(text.lower()))


@cache
def forms(section: str) -> frozenset[str]:
    """Every inflected form of the verbs of one section of acts.toml, but for those that stand in every text."""
    acts = table("acts")[section]
    lemmas = {verb for key in ("verbs", "realised", "pending") for verb in acts.get(key, [])}
    return frozenset(form for lemma in lemmas for form in _inflect(lemma)) - words("screen", "everyday")


@cache
def _phrase_forms(section: str) -> frozenset[str]:
    """The same of the first word of its phrases."""
    heads = {phrase.split()[0] for phrase in table("acts")[section].get("phrases", [])}
    return frozenset(form for head in heads for form in _inflect(head)) - words("screen", "everyday")


def _inflect(lemma: str) -> set[str]:
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    past = lemma[:-1] + "ied" if lemma.endswith("y") and lemma[-2:-1] not in "aeou" else stem + "ed"
    third = (
        lemma[:-1] + "ies"
        if past.endswith("ied")
        else lemma + ("es" if lemma.endswith(("s", "x", "sh", "ch", "o")) else "s")
    )
    return {lemma, third, past, stem + "ing", *table("screen")["irregular"].get(lemma, ())}


@cache
def act_words() -> frozenset[str]:
    """Words of which a sentence that tells an act has at least one."""
    listed = words("screen", "acts") - words("screen", "everyday")
    return listed.union(*map(forms, SECTIONS), *map(_phrase_forms, SECTIONS))


@cache
def government_words() -> frozenset[str]:
    """Words of which an article on a local government has at least one."""
    return words("screen", "government")


@cache
def rule_words() -> frozenset[str]:
    """Single words that stand for a rule."""
    listed = (words("rules", "strong") | words("rules", "weak")) - words("rules", "common")
    verbs = frozenset(form for verb in table("acts")["regulate"]["verbs"] for form in _inflect(verb))
    return _nouns(listed) | verbs


@cache
def strong_rule_words() -> frozenset[str]:
    """Single words that are hardly ever anything but a rule."""
    return _nouns(words("rules", "strong"))


def _nouns(listed: frozenset[str]) -> frozenset[str]:
    nouns = {noun for noun in listed if " " not in noun}
    plurals = {noun + "s" for noun in nouns} | {noun[:-1] + "ies" for noun in nouns if noun.endswith("y")}
    return frozenset(nouns | plurals)
