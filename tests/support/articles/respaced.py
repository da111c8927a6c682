"""The same text as other programs would have spaced it: nothing of what a reader of news sees is changed."""

import random
import re
import textwrap
from collections.abc import Callable

SPACES = (" ", " ", " ", "  ", "\t", "\u00a0", "\u2009", "\u202f", "\u3000", " \u200b", "\u2060 ")
"""What stands for a space, an ordinary one most often."""
MARKS = ("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u200e", "\u202a")
"""What nobody sees within a word."""
MARKED = 0.05
"""The share of letters behind which a mark stands."""
COLUMNS = 72
"""As in mail and wire copy."""


def wrapped(text: str, columns: int = COLUMNS) -> str:
    """Each line broken at so many columns, also behind hyphens, as Python does it."""
    return "\n".join(textwrap.fill(line, columns) for line in text.split("\n"))


def with_crlf(text: str) -> str:
    """Broken in the way of Windows and of mail."""
    return wrapped(text).replace("\n", "\r\n")


def one_line_a_paragraph(text: str) -> str:
    """No blank lines, as extractors of pages give it."""
    return re.sub(r"\n\n+", "\n", text)


def with_odd_spaces(text: str, seed: int = 1) -> str:
    """Spaces of many kinds between words, and marks within them."""
    rng = random.Random(seed)
    spaced = re.sub(" ", lambda _: rng.choice(SPACES), text)
    return re.sub(r"(?<=[a-z])(?=[a-z])", lambda _: rng.choice(MARKS) if rng.random() < MARKED else "", spaced)


def all_at_once(text: str) -> str:
    """Broken lines, odd spaces and marks."""
    return with_odd_spaces(with_crlf(text))


WAYS: dict[str, Callable[[str], str]] = {
    "broken at 72 columns": wrapped,
    "broken at 100 columns": lambda text: wrapped(text, 100),
    "broken, with carriage returns": with_crlf,
    "one line a paragraph": one_line_a_paragraph,
    "odd spaces and marks": with_odd_spaces,
    "all at once": all_at_once,
}
