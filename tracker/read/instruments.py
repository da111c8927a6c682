"""What was changed: the instrument as the text names it, and its number in one normal form."""

import re

from tracker.read.lexicon import dull

LONGEST_INSTRUMENT = 60
"""Characters; what hangs on a longer one is told by the quote."""
MOST_WORDS = 4
"""Words before the noun that may belong to it: "the city's short-term rental licensing ordinance"."""
_NUMBER = r"(?:No\.?\s*|Number\s+|#\s*)?((?:[A-Z]{1,3}-)?[A-Z]{0,3}\d[\w.\-:/]*\d|\d+|[A-Z]-?\d+)"
_VOTE = r"(?!(?:ordinance|resolution|directive) [1-9]\d?-\d\b)"
"""What stands behind such a word in small letters counts votes: "adopted the ordinance 4-1"."""
_NUMBERED = re.compile(
    rf"\b{_VOTE}"
    r"((?i:executive order|general order|special order|standing order|administrative order|operations order|local law"
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
_BEFORE = re.compile(r"[\w’'-]+(?= $)")
_AGREEMENT = re.compile(r" ?(?:agreement|program|memorandum|partnership|deal|contract)", re.I)


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


def in_words(text: str, start: int, end: int) -> str:
    """The noun text[start:end] with its number, or with the words before it that say which one is meant."""
    if numbered := _NUMBERED.match(text, start):
        return numbered.group()
    if _PROGRAM.match(text, start):
        kind = _AGREEMENT.match(text, end)
        return text[start : kind.end() if kind else end]
    begin, count = start, 0
    while count < MOST_WORDS and (found := _BEFORE.search(text, max(0, begin - LONGEST_INSTRUMENT), begin)):
        word = found.group()
        if word.lower() in dull() or word.lower().endswith(("'s", "’s", "ly")):
            break
        begin, count = found.start(), count + 1
    return text[begin:end] if end - begin <= LONGEST_INSTRUMENT else text[start:end]
