"""HTML of feed items to plain text: paragraphs stay, by blank lines; scripts, styles and embeds go."""

import html
import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring, fromstring

from tracker.characters import taken_in

DROPPED = frozenset(
    {"script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "form", "button", "select"}
    | {"textarea", "audio", "video", "canvas", "head", "title", "figcaption"}
)
"""Elements whose text nobody reads as part of an article; a caption repeats or anticipates it."""
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset"}
    | {"figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre"}
    | {"section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
"""Elements that begin and end a paragraph (HTML Living Standard 15.3.3, display: block, and table parts)."""
MARKUP = re.compile(r"<[a-zA-Z/!]|&(?:#\d|#[xX]|[a-zA-Z])")
"""What makes a text worth the HTML parser."""
LONGEST = 500_000
"""Characters of one item; a novel is shorter, and markup beyond is never an article."""
NOISE = re.compile(
    r"advertise?ment\W*|story continues below.{0,60}|(?:click here )?to (?:subscribe|sign up).{0,80}|"
    r"the post .{1,300} (?:appeared first|first appeared) on .{1,100}|"
    r"(?:read|see) (?:more|also)\b.{2,120}|share this(?: story| article)?\W*|sign up for .{0,100}newsletters?\W*",
    re.I,
)
"""Whole paragraphs that sites and feed programs put between those of an article. Headings of boxes stay, since the
reader knows by them what else is furniture (`read/text/furniture.py`), and so does whatever is no noise in a feed."""
_PARSER = HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
_BLANK_LINES = re.compile(r"\n\s*\n")
_SPACES = re.compile(r"\s+")


SENTENCE = 40
"""Characters from which a paragraph counts as sentences; what is shorter is an entry of a list or a menu."""
_FULL_STOP = re.compile(r"[.!?…][\"'”’)\]]?(?:\s|$)")


def plain_text(markup: str) -> str:
    """Plain text of an HTML fragment (or of a text without markup), paragraphs separated by a blank line."""
    markup = markup[:LONGEST]
    if not MARKUP.search(markup):
        return paragraphs(_BLANK_LINES.split(markup))
    try:
        tree = fromstring(f"<div>{markup}</div>", parser=_PARSER)
    except (etree.LxmlError, ValueError, AssertionError):
        return paragraphs(_BLANK_LINES.split(html.unescape(re.sub(r"<[^>]*>", " ", markup))))
    return tree_text(tree)


def page_tree(markup: str) -> HtmlElement | None:
    """A whole page, parsed; None where there is no HTML."""
    try:
        return document_fromstring(markup, parser=_PARSER)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def tree_text(tree: etree._Element) -> str:
    """The same of an element that is parsed already."""
    return paragraphs("".join(_pieces(tree)).split("\n\n"))


def one_line(markup: str) -> str:
    """The same on one line: titles and names."""
    return " ".join(plain_text(markup).split())


def without_noise(text: str, title: str = "") -> str:
    """Without advertising lines, and without the headline where it is repeated as the first paragraph."""
    parts = [part for part in text.split("\n\n") if not NOISE.fullmatch(part)]
    if len(parts) > 1 and title and letters(parts[0]) == letters(title):
        del parts[0]
    return "\n\n".join(parts)


def is_prose(paragraph: str) -> bool:
    """Whether a paragraph is made of sentences, and no entry of a list or a menu."""
    return len(paragraph) >= SENTENCE and bool(_FULL_STOP.search(paragraph))


def prose(text: str) -> int:
    """Characters that stand in paragraphs of sentences."""
    return sum(len(part) for part in text.split("\n\n") if is_prose(part))


def letters(text: str) -> str:
    """What is left of a text where neither spaces, nor signs, nor capitals count."""
    return "".join(filter(str.isalnum, text)).casefold()


def paragraphs(parts: list[str]) -> str:
    """Joins paragraphs, each on one line and without what cannot be seen, by blank lines; empty ones go."""
    return "\n\n".join(line for part in parts if (line := " ".join(taken_in(part).split())))


def _pieces(tree: etree._Element) -> Iterator[str]:
    """Text in reading order with breaks between paragraphs. Two <br> end a paragraph, one is a space.

    Iterative, since nesting is the server's choice.
    """
    dropped = 0
    breaks = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if tag in DROPPED:
            dropped += 1 if event == "start" else -1
        elif tag in BLOCKS and not dropped:
            yield "\n\n"
        text = element.text if event == "start" else element.tail if element is not tree else None
        if tag == "br" and event == "start" and not dropped:
            breaks += 1
            yield "\n\n" if breaks == 2 else "\n"
        if text and not dropped:
            breaks = breaks if text.isspace() else 0
            yield _SPACES.sub(" ", text)
