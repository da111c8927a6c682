"""The page of a policy → its paragraphs. An order is no news article: every heading, item and numbered paragraph
counts, so what stands around is taken away, and nothing is chosen by how much it looks like prose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from tracker.errors import OtherDocument
from tracker.gather.documents.numbering import BULLET, label, roman
from tracker.gather.documents.page_furniture import is_furniture
from tracker.gather.documents.paragraphs import labelled, with_labels
from tracker.gather.documents.policy_text import Paragraph
from tracker.gather.text.charset import to_text
from tracker.gather.text.markup import first_tags, without_declaration
from tracker.gather.text.plain import is_prose, one_line, page_tree, prose, tree_text

LONGEST_PAGE = 12 * 1024 * 1024
MOST_TAGS = 300_000
"""Characters and tags that are read: a whole manual on one page has some 100,000."""
MOST_OF_PAGE = 0.5
"""Share of the sentences of a page that its main element must have to be all that is read."""
OUTSIDE = frozenset({"nav", "footer", "aside", "banner", "navigation", "contentinfo", "search", "complementary"})
"""Elements and roles around the main one."""
MARKS = frozenset(
    {
        "nav",
        "navbar",
        "navigation",
        "menu",
        "footer",
        "breadcrumb",
        "breadcrumbs",
        "sidebar",
        "cookie",
        "cookies",
        "skip",
    }
    | {"share", "sharing", "social", "newsletter", "masthead", "pager", "pagination", "toolbar"}
)
"""Words of a class or an id by which sites name what stands around."""
MOST_SENTENCES = 2
"""Paragraphs of sentences in what is taken away by its name: more is text, whatever it is called."""
_UNNUMBERED = re.compile(r"no-?bullets?|unstyled|list-none|list-style(?:-type)?:\s*none", re.I)
_HIDDEN = re.compile(r"display:\s*none", re.I)
"""What a page shows when something is pointed at: the meaning of a word, in the middle of a sentence."""
_MAIN = etree.XPath("//main | //*[@role='main'] | //article | //*[@id='main-content'] | //*[@id='content']")
_PIECES = re.compile(r"[a-z]+|[A-Z][a-z]*")


@dataclass(frozen=True, slots=True)
class PageText:
    """The title that a page declares, its paragraphs, and whether a limit was met."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    cut: bool


def page_text(body: bytes, url: str, content_type: str) -> PageText:
    """Raises OtherDocument where there is no markup and no text."""
    text = without_declaration(to_text(body, content_type).lstrip())
    markup = first_tags(text, LONGEST_PAGE, MOST_TAGS)
    tree = page_tree(markup)
    if tree is None:
        raise OtherDocument(url, "the page is empty")
    title = one_line(tree.findtext(".//title") or "")
    blocks = tuple(_paragraphs(tree))
    if not blocks:
        raise OtherDocument(url, "the page holds no text; a script may fill it")
    return PageText(title, blocks, len(markup) < len(text))


def _paragraphs(tree: HtmlElement) -> list[Paragraph]:
    for form in list(tree.iter("form")):
        form.tag = "div"  # whole pages stand in one
    main = _main(tree)
    for element in list(_surroundings(main)):
        if element.getparent() is not None:
            element.drop_tree()
    _number(main)
    blocks = tree_text(main).split("\n\n")
    return with_labels(one for block in blocks if block and not is_furniture(block) for one in labelled(block))


def _main(tree: HtmlElement) -> HtmlElement:
    """The element that the page itself calls its main one, where most of its sentences are in it; else the body."""
    body = tree.find(".//body")
    whole = tree if body is None else body
    sentences = prose(tree_text(whole))
    for element in _MAIN(tree):
        if prose(tree_text(element)) > MOST_OF_PAGE * sentences:
            return element
    return whole


def _surroundings(main: HtmlElement) -> Iterator[HtmlElement]:
    for element in main.iterdescendants():
        if not isinstance(element.tag, str):
            continue
        names = _PIECES.findall(f"{element.get('class', '')} {element.get('id', '')}")
        named = any(name.lower() in MARKS for name in names)
        hidden = "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))
        outside = hidden or element.tag in OUTSIDE or element.get("role") in OUTSIDE
        if (named or outside) and sum(map(is_prose, tree_text(element).split("\n\n"))) <= MOST_SENTENCES:
            yield element


def _number(main: HtmlElement) -> None:
    """Puts before each item of a list what a browser shows there, unless its text has a label of its own."""
    for listing in list(main.iter("ol", "ul")):
        if listing.tag == "ul" and _UNNUMBERED.search(f"{listing.get('class', '')} {listing.get('style', '')}"):
            continue
        place = _start(listing)
        for item in listing.iterchildren("li"):
            place = int(item.get("value")) if (item.get("value") or "").isdigit() else place
            if not label(" ".join("".join(item.itertext()).split())):
                number = BULLET if listing.tag == "ul" else _printed(listing.get("type", "1"), place)
                item.text = f"{number} {item.text or ''}"
            place += 1


def _start(listing: HtmlElement) -> int:
    start = listing.get("start") or ""
    return int(start) if start.isdigit() and len(start) < 5 else 1


def _printed(kind: str, place: int) -> str:
    """The number as HTML's `type` has it."""
    if kind in ("a", "A") and 1 <= place <= 26:
        return f"{chr(ord(kind) + place - 1)}."
    if kind in ("i", "I"):
        return f"{roman(place) if kind == 'i' else roman(place).upper()}."
    return f"{place}."
