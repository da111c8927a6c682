"""White space and marks that nobody sees: what parts words, what ends a line, what is not there at all."""

import re

UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
"""For the brackets of a pattern: soft hyphens, zero-width spaces and joiners, marks of direction and of byte order."""
LINE_END = "\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028]"
"""A pattern of what ends a line wherever text is shown."""
CUT_WORD = re.compile(
    rf"(?:(?<=[^\W\d_]-)|\u00ad)[ \t]*(?:{LINE_END})[ \t]*(?=(?!(?:and|or|to)\s)[^\W\d_][{UNSEEN}]*[^\W\d_])"
)
"""The line's end inside a word, behind its hyphen: "five-" and "member" are one word, "two-" and "and three-year plans"
are not. A soft hyphen at a line's end is one that a printer put there."""
_UNSEEN = re.compile(f"[{UNSEEN}]+")


def as_seen(text: str) -> str:
    """The text on one line as a person reads it: single spaces, no unseen marks."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(_UNSEEN.sub("", CUT_WORD.sub("", text)).split())
