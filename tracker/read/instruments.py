"""What was changed: the instrument as the text names it, its number in one normal form, and what it is about."""

import re
from collections import Counter
from functools import cache

from tracker.read.acts import strong_rule
from tracker.read.lexicon import table
from tracker.read.screen import act_words, government_words

LONGEST_INSTRUMENT = 60
"""Characters; what hangs on a longer one is told by the quote."""
SUBJECT_WORDS = 6
"""Words that tell one procedure from another of the same topic; more only add noise."""
_NUMBER = r"(?:No\.?\s*|Number\s+|#\s*)?([A-Z]{0,3}\d[\w.\-:/]*\d|\d+|[A-Z]\d+)"
_NUMBERED = re.compile(
    rf"\b(Executive Order|General Order|Special Order|Standing Order|Administrative Order|Operations Order|Ordinance|Resolution|Directive|Policy|Order|SOP|Standard Operating Procedure|AO|Chapter|Section|Article|Title|Proposition|Prop\.|Measure|Question|Amendment)\s+(?:{_NUMBER}|([A-Z])\b)"
)
_PROGRAM = re.compile(r"\b287\s?\(?g\)?", re.I)
_SHORT = {"standard operating procedure": "sop", "prop.": "proposition", "administrative order": "ao"}
_NAMED = re.compile(
    r"[\"“]([A-Z][^\"”]{3,50})[\"”] (?:ordinance|law|policy|act|measure)|\b((?:[A-Z][\w'’]+ ){1,5}(?:Act|Ordinance|Law|Policy))\b"
)
_CUT = re.compile(
    r"\s+(?:that|which|who|where|when|after|because|while|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b.*|[,;:(—–].*| -- .*",
    re.S,
)
_LEADING = re.compile(r"^(?:the|a|an|its|his|her|their|any|some|another|this|that|these|those|[\w.-]+['’]s)\s+", re.I)
_WORD = re.compile(r"[a-z][a-z'’-]{2,}")


def identifier(text: str) -> str:
    """The first numbered instrument of a text in a normal form: "general order 3.21", "sop 130", "287(g)"; "" for none."""
    if _PROGRAM.search(text):
        return "287(g)"
    match = _NUMBERED.search(text)
    if not match:
        return ""
    kind = match.group(1).lower()
    number = (match.group(2) or match.group(3)).lower().rstrip(".:-/")
    return f"{_SHORT.get(kind, kind)} {number}"


def instrument(rule_text: str, quote: str) -> str:
    """The instrument in the words of the text, without article and without what hangs behind it."""
    if numbered := _NUMBERED.search(rule_text):
        return numbered.group()
    text = _CUT.sub("", " ".join(rule_text.split()))
    while (shorter := _LEADING.sub("", text)) != text:
        text = shorter
    if (
        not text
        or text.lower() in ("it", "them", "both", "all", "this")
        or not strong_rule().search(text)
        and len(text) < 4
    ):  # noqa: PLR2004
        found = strong_rule().search(quote)
        text = found.group().lower() if found else ""
    return text if len(text) <= LONGEST_INSTRUMENT else text[:LONGEST_INSTRUMENT].rsplit(" ", 1)[0]


@cache
def _dull() -> frozenset[str]:
    """Words that say nothing of a subject: governments, acts, and everyday words."""
    days = {
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "tonight",
        "night",
        "week",
        "month",
        "year",
        "last",
        "next",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    }
    plain = set(table("stopwords")["words"])
    rules = {
        "ordinance",
        "ordinances",
        "law",
        "laws",
        "policy",
        "policies",
        "rule",
        "rules",
        "measure",
        "resolution",
        "proposal",
        "bill",
        "legislation",
        "regulation",
        "regulations",
        "changes",
        "change",
        "plan",
        "program",
        "amendment",
        "code",
        "item",
        "version",
    }
    return frozenset(days | plain | rules) | act_words() | government_words()


def subject(rule_text: str, quote: str, title: str) -> str:
    """The telling words of a change, most telling first: those of the object, then those that quote and title share."""
    weights: Counter[str] = Counter()
    for text, weight in ((rule_text, 3), (title, 2), (quote, 1)):
        for word in dict.fromkeys(_WORD.findall(text.lower())):
            bare = word.removesuffix("'s").removesuffix("’s")
            if bare not in _dull():
                weights[bare] += weight
    order = {word: i for i, word in enumerate(weights)}
    best = sorted(weights, key=lambda word: (-weights[word], order[word]))
    return " ".join(best[:SUBJECT_WORDS])
