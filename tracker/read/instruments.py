"""What was changed: the instrument as the text names it, its number in one normal form, and what it is about."""

import re
from collections import defaultdict
from functools import cache

from tracker.read.act import Act
from tracker.read.lexicon import words
from tracker.read.rules import strong_rule, weak_rule
from tracker.read.telling import act_words, government_words

LONGEST_INSTRUMENT = 60
"""Characters; what hangs on a longer one is told by the quote."""
SUBJECT_WORDS = 6
"""Words that tell one procedure from another of the same topic; more only add noise."""
_NUMBER = r"(?:No\.?\s*|Number\s+|#\s*)?((?:[A-Z]{1,3}-)?[A-Z]{0,3}\d[\w.\-:/]*\d|\d+|[A-Z]-?\d+)"
_NUMBERED = re.compile(
    r"\b((?i:executive order|general order|special order|standing order|administrative order|operations order|local law"
    r"|standard operating procedure|sop|ordinance|resolution|directive)|Policy|Order|AO|Chapter|Section|Article|Title"
    rf"|Proposition|Prop\.|Measure|Question|Amendment|(?:Council )?Bill)\s+(?:{_NUMBER}|([A-Z])\b)"
)
_PROGRAM = re.compile(r"\b287\s?\(?g\)?", re.I)
_SHORT = {
    "standard operating procedure": "sop",
    "prop.": "proposition",
    "administrative order": "ao",
    "council bill": "bill",
}
_NAMED = re.compile(
    r"[\"“]([A-Z][^\"”]{3,50})[\"”] (?:ordinance|law|policy|act|measure)"
    r"|\b((?:[A-Z][\w'’]+ ){1,5}(?:Act|Ordinance|Law|Policy))\b"
)
_CUT = re.compile(
    r"\s+(?:that|which|who|where|when|after|because|while|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b.*"
    r"|(?:[,;:—–]|\((?![A-Za-z]\))).*| -- .*",
    re.S,
)
_LEADING = re.compile(r"^(?:the|a|an|its|his|her|their|any|some|another|this|that|these|those|[\w.-]+['’]s)\s+", re.I)
_EMPTY = frozenset({"it", "them", "both", "all", "this", "that", "they", "which"})


def identifier(text: str) -> str:
    """The first numbered instrument of a text in a normal form: "general order 3.21", "287(g)"; "" for none."""
    if _PROGRAM.search(text):
        return "287(g)"
    match = _NUMBERED.search(text)
    if not match:
        return ""
    kind = " ".join(match.group(1).lower().split())
    number = (match.group(2) or match.group(3)).lower().rstrip(".:-/")
    return f"{_SHORT.get(kind, kind)} {number}"


def in_full(name: str, text: str) -> str:
    """ "The order" as the text has it elsewhere, if with one number only ("General Order 4.12"); else the name."""
    named = {identifier(match.group()): match.group() for match in _NUMBERED.finditer(text)}
    last = name.lower().rsplit(" ", 1)[-1]
    full = next(iter(named.values()), "")
    return full if len(named) == 1 and last and full.lower().rsplit(" ", 1)[0].endswith(last) else name


def instrument(act: Act, title: str) -> str:
    """The instrument in the words of the text, without article and without what hangs behind it.

    The object if it is a rule by name, else the rule that the sentence or the title names; "" where none is named.
    """
    if numbered := _NUMBERED.search(act.rule_text):
        return numbered.group()
    for text in (act.rule_text, act.named_rule, title):
        found = _bare(text)
        if named := strong_rule().search(found):
            return found if text is not title else named.group().lower()
    weak = _bare(act.rule_text)
    return weak if weak_rule().search(weak) and weak.lower() not in _EMPTY else ""


def _bare(text: str) -> str:
    text = _CUT.sub("", " ".join(text.split())).rstrip()
    while (shorter := _LEADING.sub("", text)) != text:
        text = shorter
    return text if len(text) <= LONGEST_INSTRUMENT else text[:LONGEST_INSTRUMENT].rsplit(" ", 1)[0]


@cache
def _dull() -> frozenset[str]:
    """Words that say nothing of a subject: governments, acts, and everyday words."""
    own = words("grammar", "days") | words("stopwords", "words") | words("rules", "empty")
    return own | act_words() | government_words()


def subject(act: Act, title_nouns: tuple[str, ...], text: str) -> str:
    """The telling words of a change, most telling first: nouns of its object, then of the title and the sentence.

    Words that the article repeats weigh more.
    """
    lower = text.lower()
    weights: dict[str, float] = defaultdict(float)
    for nouns in (act.nouns, title_nouns):
        for place, word in enumerate(nouns):
            if word not in _dull():
                weights[word] += 2.0 - 0.1 * min(place, 9)
    for word in weights:
        weights[word] += min(2, lower.count(word) - 1)
    order = {word: i for i, word in enumerate(weights)}
    best = sorted(weights, key=lambda word: (-weights[word], order[word]))
    return " ".join(best[:SUBJECT_WORDS])
