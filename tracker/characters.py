"""Which characters of foreign text are kept: the one rule, where texts come in and where they leave.

A control character steers a terminal (ESC, C1), a mark of direction turns a line around, a character without width
hides in a word. None of them says anything that a reader sees. Letters of every script stay, and so do the joiners
U+200C and U+200D: Persian and the languages of India are spelled with them, and families of emoji made.
"""

import json
import re

_NONCHARACTERS = "".join(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_CONTROLS = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]")
"""What XML 1.0 forbids and HTML calls a parse error: controls, lone surrogates, non-characters."""
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Marks of direction (UAX 9), soft hyphens, characters without width, byte order marks, tags."""
_BREAKS = str.maketrans(dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n") | {"\r": "\n"})
"""Line breaks that nearly nobody means; a terminal and a spreadsheet take them each in another way."""
_WINDOWS = str.maketrans({chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)})
"""C1 characters in a web text are quotes and dashes of Windows-1252, written as if they were Unicode (&#146;)."""
_STEERING = re.compile(f"{_CONTROLS.pattern[:-1]}\x85\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What may stand in JSON unescaped and would still steer the terminal that shows it."""


def without_controls(text: str) -> str:
    """The text without characters that no page can hold; every line break is a line feed."""
    if text.isprintable():
        return text
    return _CONTROLS.sub("", text.replace("\r\n", "\n").translate(_BREAKS))


def visible(text: str) -> str:
    """The same without what cannot be seen: fit for a terminal, a table cell, an attribute, a subject line."""
    return text if text.isprintable() else _UNSEEN.sub("", without_controls(text))


def taken_in(text: str) -> str:
    """The same of a text that has just come from outside, with the quotes and dashes of Windows mended."""
    return text if text.isprintable() else visible(text.translate(_WINDOWS))


def escaped(document: str) -> str:
    """JSON that says the same and holds nothing raw that could steer the terminal that it is shown on."""
    return document if document.isprintable() else _STEERING.sub(lambda one: json.dumps(one[0])[1:-1], document)
