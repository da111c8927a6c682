"""The words around a time expression, up to the ends of its sentence."""

import re

LEFT_REACH, RIGHT_REACH = 260, 220
"""Characters on each side that are read; sentences of news seldom need more."""
_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_TITLES = "Gov|Sens?|Reps?|St|Mr|Mrs|Ms|Dr|Jr|Sr|Lt|Col|Gen|Sgt|Capt|Inc|Corp|Co|Ltd|No|vs|Ave|Blvd|Rev|Hon|Atty|Supt"
_STATES = (
    "Calif|Wis|Ill|Mich|Minn|Mass|Conn|Pa|Va|Md|Fla|Ga|Ala|Tenn|Ky|Ind|Okla|Ariz|Colo|Wash|Ore|Nev|Ark|Miss|Kan|Neb"
)
ABBREVIATION = re.compile(rf"(?:\b(?:{_MONTHS}|{_TITLES}|{_STATES})|\b[A-Za-z]|\.[A-Za-z])\.$")
BREAK = re.compile(r"[.!?][\"”’')\]]*\s+|\n")
TOKEN = re.compile(r"['’]s\b|[A-Za-z]+(?:[’'-][A-Za-z]+)*|\d[\w.,/-]*\w|\d|--|[,;:()—–\"“”]")
LONGEST_ABBREVIATION = 8
"""Characters to look back for an abbreviation before a full stop."""


def words_before(text: str, position: int) -> list[str]:
    """The words and marks of the sentence up to the position, apostrophes straight."""
    floor = max(0, position - LEFT_REACH)
    start = floor
    for found in BREAK.finditer(text, floor, position):
        if _ends_sentence(text, found, floor):
            start = found.end()
    return _words(text[start:position])


def words_after(text: str, position: int) -> list[str]:
    """The words and marks from the position to the end of the sentence, apostrophes straight."""
    ceiling = min(len(text), position + RIGHT_REACH)
    for found in BREAK.finditer(text, position, ceiling):
        if _ends_sentence(text, found, position):
            return _words(text[position : found.start()])
    return _words(text[position:ceiling])


def _ends_sentence(text: str, found: re.Match[str], floor: int) -> bool:
    if found.group() == "\n":
        return True
    return not ABBREVIATION.search(text, max(floor, found.start() - LONGEST_ABBREVIATION), found.start() + 1)


def _words(text: str) -> list[str]:
    return TOKEN.findall(text.replace("’", "'"))
