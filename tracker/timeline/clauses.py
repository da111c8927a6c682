"""The sentence that proves a step, as a line of its own: without who said it, whole or cut where a clause ends."""

import re
from functools import cache, lru_cache

from tracker.timeline.headlines import any_of, lists

MAX_LENGTH = 140
"""Characters: two lines of a page. A sentence that is longer and has no clause to leave out is no title."""
MIN_LENGTH = 30
"""What is left of a sentence is a sentence still."""
MAX_WHOLE = 200
"""Characters of a sentence that is shown whole where there is nothing better."""
MAX_SENTENCE = 400
"""Characters of a sentence that is looked at; longer ones are lists."""
_BOUNDS = re.compile(
    r";\s|\s[—–]\s|\s--\s|,\s(?:which|who|whose|where|when|after|because|saying|while|though|although|according)\b"
)
"""Where a clause ends without which the sentence says the same."""


_DANGLING = re.compile(r"\b(?:it|them|him|her|there|so|the one)\b(?! is| was| has)", re.IGNORECASE)
"""What only the sentence before explains, wherever it stands."""


@cache
def _said_by() -> re.Pattern[str]:
    """`, a city spokesperson said Tuesday`, `, according to the clerk`, `, said Mayor Ann Olsen`."""
    saying = any_of(lists()["saying"])
    return re.compile(
        rf",[”\"]?\s(?:according\sto\s[^,]*|(?:{saying})\s[^,]{{1,80}}|[^,]{{1,60}}\s(?:{saying})(?:\s[^,]{{1,40}})?)$"
    )


@cache
def _leaning() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(lists()['leaning'])})\b", re.IGNORECASE)


@cache
def _passing() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(lists()['passing'])})\b", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def clause(sentence: str) -> str:
    """`The ban on foam takes effect May 11, a spokesperson said.` → `The ban on foam takes effect May 11`; empty where
    the sentence leans on others, names its day by "Thursday", or is too long to be cut at a clause."""
    text = _said_by().sub("", sentence.strip().rstrip(".").rstrip())
    if not stands_alone(text) or _passing().search(text) or text.count("“") != text.count("”") or text.count('"') % 2:
        return ""
    if len(text) > MAX_LENGTH:
        ends = [found.start() for found in _BOUNDS.finditer(text) if MIN_LENGTH <= found.start() <= MAX_LENGTH]
        text = text[: max(ends)].rstrip(" ,") if ends else ""
    return text if len(text) >= MIN_LENGTH and not _DANGLING.search(text.rpartition(" ")[2]) else ""


def stands_alone(text: str) -> bool:
    """False where a sentence begins with what only the one before it explains, or in its middle, or is too long."""
    return text[:1].isupper() and not _leaning().match(text) and len(text) <= MAX_SENTENCE


def needs_nothing(text: str) -> bool:
    """True for a sentence that leans on no other and names everything by its name."""
    return stands_alone(text) and len(text) <= MAX_WHOLE and not _DANGLING.search(text)
