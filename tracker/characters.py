"""Which characters of foreign text are kept: the one rule, where texts come in and where they leave.

A control character steers a terminal (ESC, C1), a mark of direction turns a line around, a character without width
hides in a word. None of them says anything that a reader sees. Letters of every script stay, and so do the joiners
U+200C and U+200D: Persian and the languages of India are spelled with them, and families of emoji made.

Below it, white space and marks that nobody sees: what parts words, what ends a line, what is not there at all.
"""

import json
import re
from urllib.parse import quote

_NONCHARACTERS = "".join(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_CONTROL = f"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}"
"""What XML 1.0 forbids and HTML calls a parse error: controls, lone surrogates, non-characters."""
_BREAK = "\x0b\x0c\x85\u2028\u2029"
"""Line breaks that nearly nobody means; a terminal and a spreadsheet take each in another way."""
_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Unicode's marks of direction (UAX 9): harmless inside an isolated element, not in a title or on a terminal."""
_HIDDEN = "\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
"""Soft hyphens, characters without width, byte order marks, tags."""
_CONTROLS, _UNSEEN = re.compile(f"[{_CONTROL}]"), re.compile(f"[{_TURNING}{_HIDDEN}]")
_STEERING = re.compile(f"[{_CONTROL}{_BREAK}{_TURNING}]")
_NOT_IN_ADDRESSES = re.compile(f"[{_CONTROL}{_BREAK}{_TURNING}{_HIDDEN}]")
_TO_LINE_FEED = str.maketrans(dict.fromkeys(f"\r{_BREAK}", "\n"))
_WINDOWS = str.maketrans({chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)})
"""C1 characters in a web text are quotes and dashes of Windows-1252, written as if they were Unicode (&#146;)."""


def without_controls(text: str) -> str:
    """The text without characters that no page can hold; every line break is a line feed."""
    if text.isprintable():
        return text
    return _CONTROLS.sub("", text.replace("\r\n", "\n").translate(_TO_LINE_FEED))


def visible(text: str) -> str:
    """The same without what cannot be seen: fit for a terminal, a table cell, an attribute, a subject line."""
    return text if text.isprintable() else _UNSEEN.sub("", without_controls(text))


def taken_in(text: str) -> str:
    """The same of a text that has just come from outside, with the quotes and dashes of Windows mended."""
    return text if text.isprintable() else visible(text.translate(_WINDOWS))


def escaped(document: str) -> str:
    """JSON that says the same and holds nothing raw that could steer the terminal that it is shown on."""
    return document if document.isprintable() else _STEERING.sub(_in_json, document)


def _in_json(one: re.Match[str]) -> str:
    """`\\u007f`; json.dumps leaves that one as it is."""
    return "\\u007f" if one[0] == "\x7f" else json.dumps(one[0])[1:-1]


def in_address(url: str) -> str:
    """The address with what cannot be seen percent-encoded (RFC 3986, 2.1): it leads where it led, and shows it."""
    return url if url.isprintable() else _NOT_IN_ADDRESSES.sub(lambda one: quote(one[0], errors="replace"), url)


UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
"""For the brackets of a pattern: soft hyphens, zero-width spaces and joiners, marks of direction and of byte order."""
LINE_END = "\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028]"
"""A pattern of what ends a line wherever text is shown."""
CUT_WORD = re.compile(
    rf"(?:(?<=[^\W\d_]-)|\u00ad)[ \t]*(?:{LINE_END})[ \t]*(?=(?!(?:and|or|to)\s)[^\W\d_][{UNSEEN}]*[^\W\d_])"
)
"""The line's end inside a word, behind its hyphen: "five-" and "member" are one word, "two-" and "and three-year plans"
are not. A soft hyphen at a line's end is one that a printer put there."""
_INVISIBLE = re.compile(f"[{UNSEEN}]+")


def as_seen(text: str) -> str:
    """The text on one line as a person reads it: single spaces, no unseen marks."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(_INVISIBLE.sub("", CUT_WORD.sub("", text)).split())


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, cut behind a word, with an ellipsis where it was cut."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0].rstrip(',;')}…"
