"""The main text of a page, by trafilatura, with its paragraphs: also of a page of few words, where trafilatura's last
resort is to put a whole element on one line, headline, byline and date included."""

import re
from bisect import bisect_left
from configparser import ConfigParser
from copy import deepcopy
from functools import cache
from itertools import accumulate, dropwhile

from lxml.html import HtmlElement

from tracker.errors import PageError
from tracker.gather.text.plain import is_prose, letters, paragraphs, prose, tree_text

LAST_RESORT = 250
"""Characters under which trafilatura does not believe what its rules found (MIN_EXTRACTED_SIZE of its settings)."""
FEW_WORDS = 1000
"""Characters of a text that may come from the last resort: a brief with all that stands around it. Longer texts of
several paragraphs come from the rules, and a second extraction would cost them as much time again."""
MOST = 0.75
"""The rules are believed if they found so much of the sentences that are in the page: what they leave out then is the
notice below the article, or the next one's start. Half would lose one of two paragraphs."""
_ENDS = re.compile(r"[.!?…][\"'”’)\]]?$")


def main_text(tree: HtmlElement, url: str, fast: bool) -> str:
    """Paragraphs by blank lines; empty where there is none. `fast`: without the slow second opinions. Raises PageError
    where trafilatura raises anything."""
    found = _extracted(tree, url, fast)
    if not found or (len(found) > FEW_WORDS and "\n\n" in found):
        return found
    by_rules, parted = _extracted(tree, url, fast, least=1), _parted(found, tree)
    if len(by_rules) >= LAST_RESORT and parted == found:
        return found
    return _from_first_sentence(by_rules if prose(by_rules) >= MOST * prose(parted) else parted)


def _extracted(tree: HtmlElement, url: str, fast: bool, least: int = LAST_RESORT) -> str:
    """What trafilatura finds, by its rules alone where that has `least` characters. It works on a copy of the tree. Odd
    trees make it raise errors of many kinds; one page is then no article."""
    from trafilatura import bare_extraction

    settings = _settings(least)
    try:
        document = bare_extraction(
            tree, fast=fast, include_comments=False, include_tables=False, with_metadata=False, config=settings
        )
    except Exception as error:
        raise PageError(url, f"no text can be extracted ({type(error).__name__})") from error
    text = getattr(document, "text", None) or ""
    return paragraphs(text.split("\n"))


@cache
def _settings(least: int) -> ConfigParser:
    """trafilatura's own settings but for one."""
    from trafilatura.settings import DEFAULT_CONFIG

    settings = deepcopy(DEFAULT_CONFIG)
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(least))
    return settings


def _parted(found: str, tree: HtmlElement) -> str:
    """The text with its lines parted where the page parts them: a line is looked up by its letters in those of the
    page, and cut at each paragraph of the page that ends in it. A line that is not found as a whole stays as it is."""
    blocks = [(block, letters(block)) for block in tree_text(tree).split("\n\n")]
    page = "".join(spelt for _, spelt in blocks)
    ends = [0, *accumulate(len(spelt) for _, spelt in blocks)]
    parts: list[str] = []
    for line in found.split("\n\n"):
        spelt = letters(line)
        start = page.find(spelt)
        first, last = bisect_left(ends, start), bisect_left(ends, start + len(spelt))
        whole = start in ends and start + len(spelt) in ends
        parts += [block for block, _ in blocks[first:last]] if whole else [line]
    return "\n\n".join(parts)


def _from_first_sentence(text: str) -> str:
    """Without the lines before the first sentence, headline, byline and date, unless they are most of what is told."""
    parts = text.split("\n\n")
    told = "\n\n".join(dropwhile(lambda part: not (is_prose(part) or _ENDS.search(part)), parts))
    return told if 2 * len(told) > len(text) else text
