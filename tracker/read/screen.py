"""Is the article worth parsing? Answered from words alone, since most articles are about something else."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from tracker.model import Article
from tracker.read.glance import Glance, glance
from tracker.read.sentences import Sentence, split_sentences
from tracker.read.telling import act_words, government_words, rule_words, words_of

MOST_SENTENCES = 40
"""Sentences parsed of one article at most; council round-ups are long, and the news of one stands in its first half."""
_PLAIN_RULES = frozenset({"ordinance", "ban", "moratorium", "bylaw", "curfew"})


@dataclass(frozen=True, slots=True)
class Screened:
    """The sentences worth parsing (none: the article is rejected), the reason, for people, the weighed look, where it
    came to one, and every sentence of an article that is not rejected."""

    sentences: tuple[Sentence, ...]
    reason: str
    look: Glance | None = None
    every: tuple[Sentence, ...] = ()


def screen(article: Article) -> Screened:
    """Rejects an article that names no local government, no act or no rule, and one whose words do not sound like a
    change; else picks the sentences worth parsing."""
    missing = _missing(article)
    if missing:
        return Screened((), missing)
    told = [(sentence, words_of(sentence.text)) for sentence in split_sentences(article.text)]
    picked = tuple(sentence for sentence, found in told if _worth_parsing(found))
    if not picked:
        return Screened((), "no sentence tells an act on a rule")
    look = glance(article, [found for _, found in told])
    if look is not None and not look.enough:
        return Screened((), f"its words do not sound like a local change ({look.score:.2f})", look)
    every = tuple(sentence for sentence, _ in told)
    first = f", the first {MOST_SENTENCES} are asked" if len(picked) > MOST_SENTENCES else ""
    return Screened(picked[:MOST_SENTENCES], f"{len(picked)} sentences may tell an act{first}", look, every)


def _missing(article: Article) -> str:
    """What an article on a local change has and this one has not; "" where it has all."""
    text = f"{article.title}\n{article.text}".lower()
    found = words_of(text)
    if found.isdisjoint(government_words()) and not _rule_at_home(article, text, found):
        return "it names no local government"
    if found.isdisjoint(act_words()):
        return "it tells no act"
    return "it names no rule" if found.isdisjoint(rule_words()) else ""


def _rule_at_home(article: Article, text: str, found: set[str]) -> bool:
    """True for "the bag ban begins in Anchorage": no body is named, but a rule and the outlet's own place are."""
    home = (article.source_home or "").split(",")[0].lower()
    return bool(home) and home in text and not found.isdisjoint(_PLAIN_RULES)


def _worth_parsing(found: AbstractSet[str]) -> bool:
    if found.isdisjoint(act_words()):
        return False
    return not (found.isdisjoint(rule_words()) and found.isdisjoint(government_words()))


def likeliest(sentences: tuple[Sentence, ...], count: int) -> list[Sentence]:
    """The sentences with most kinds of telling words (government, act, rule), the earlier of equals; in text order."""

    def kinds(sentence: Sentence) -> int:
        found = words_of(sentence.text)
        return sum(not found.isdisjoint(telling) for telling in (government_words(), act_words(), rule_words()))

    best = sorted(sentences, key=lambda s: (-kinds(s), s.index))[:count]
    return sorted(best, key=lambda s: s.index)
