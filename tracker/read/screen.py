"""Is the article worth parsing? Answered from word lists alone, since most articles are about something else."""

import re
from dataclasses import dataclass
from functools import cache

from tracker.model import Article
from tracker.read.lexicon import table, words
from tracker.read.sentences import Sentence, split_sentences

MOST_SENTENCES = 40
"""Sentences parsed of one article at most; council round-ups are long, and the news of one stands in its first half."""
_WORD = re.compile(r"[a-z][a-z'’()0-9-]*")


@dataclass(frozen=True, slots=True)
class Screened:
    """The sentences worth parsing (none: the article is rejected) and the reason, for people."""

    sentences: tuple[Sentence, ...]
    reason: str


@cache
def _forms(section: str) -> frozenset[str]:
    """Every inflected form of the verbs of one section of acts.toml, and the first word of its phrases."""
    acts = table("acts")[section]
    lemmas = {verb for key in ("verbs", "realised", "pending") for verb in acts.get(key, [])}
    lemmas |= {phrase.split()[0] for phrase in acts.get("phrases", [])}
    return frozenset(form for lemma in lemmas for form in _inflect(lemma))


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
    sections = ("decide", "regulate", "end", "reject", "propose", "effect", "block")
    forms = words("screen", "acts").union(*map(_forms, sections))
    return forms - words("screen", "everyday")


_PLAIN_RULES = frozenset({"ordinance", "ban", "moratorium", "bylaw", "curfew"})


@cache
def government_words() -> frozenset[str]:
    """Words of which an article on a local government has at least one."""
    return words("screen", "government")


@cache
def rule_words() -> frozenset[str]:
    """Single words that stand for a rule."""
    listed = (words("rules", "strong") | words("rules", "weak")) - words("rules", "common")
    nouns = {noun for noun in listed if " " not in noun}
    verbs = frozenset(form for verb in table("acts")["regulate"]["verbs"] for form in _inflect(verb))
    return frozenset(
        nouns | {noun + "s" for noun in nouns} | {noun[:-1] + "ies" for noun in nouns if noun.endswith("y")} | verbs
    )


def _rule_at_home(article: Article, text: str, found: set[str]) -> bool:
    """True for "the bag ban begins in Anchorage": no body is named, but a rule and the outlet's own place are."""
    home = (article.source_home or "").split(",")[0].lower()
    return bool(home) and home in text and not found.isdisjoint(_PLAIN_RULES)


def screen(article: Article) -> Screened:
    """Rejects an article that names no local government, no act or no rule; else picks the sentences worth parsing."""
    text = f"{article.title}\n{article.text}".lower()
    found = set(_WORD.findall(text))
    if found.isdisjoint(government_words()) and not _rule_at_home(article, text, found):
        return Screened((), "it names no local government")
    if found.isdisjoint(act_words()):
        return Screened((), "it tells no act")
    if found.isdisjoint(rule_words()):
        return Screened((), "it names no rule")
    picked = tuple(s for s in split_sentences(article.text) if _worth_parsing(s))
    return Screened(
        picked[:MOST_SENTENCES],
        f"{len(picked)} sentences may tell an act" if picked else "no sentence tells an act on a rule",
    )


def _worth_parsing(sentence: Sentence) -> bool:
    found = set(_WORD.findall(sentence.text.lower()))
    if found.isdisjoint(act_words()):
        return False
    return not (found.isdisjoint(rule_words()) and found.isdisjoint(government_words()))


def likeliest(sentences: tuple[Sentence, ...], count: int) -> list[Sentence]:
    """The sentences with most kinds of telling words (government, act, rule), the earlier of equals; in text order."""

    def kinds(sentence: Sentence) -> int:
        found = set(_WORD.findall(sentence.text.lower()))
        return sum(not found.isdisjoint(telling) for telling in (government_words(), act_words(), rule_words()))

    best = sorted(sentences, key=lambda s: (-kinds(s), s.index))[:count]
    return sorted(best, key=lambda s: s.index)
