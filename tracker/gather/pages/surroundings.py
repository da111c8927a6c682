"""What a page marks, by element and class, as standing around its article: captions, boxes, links to other stories.

It goes before the text is looked for; the page itself is kept as it came. Posts that the article shows stay: what a
mayor wrote may be the news. What is furniture by its words alone stays in the text, and the reader puts it aside
(`tracker.read.text.furniture`).
"""

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from tracker.gather.text.plain import is_prose

MARKS = frozenset(
    {"advert", "advertisement", "breadcrumb", "breadcrumbs", "caption", "copyright", "credit", "credits", "gallery"}
    | {"mostread", "newsletter", "newsletters", "outbrain", "popular", "promo", "promos", "readmore", "recirc"}
    | {"recirculation", "recommended", "related", "share", "sharing", "signup", "slideshow", "sponsored"}
    | {"taboola", "ticker", "timestamp", "trending", "weather"}
)
"""Words of a class or an id by which sites name a box that is no part of the article. What asks for a subscription
stays: it tells that the page shows only the article's start (`tracker.gather.pages.extraction`)."""
MOST_PARAGRAPHS, MOST_OF_PAGE = 2, 0.3
"""Of paragraphs of sentences that a box has, and of those of the page that boxes of one name have together. What holds
more is the article, whatever it is called: "post has-gallery", "share-text"."""
FEWEST_WORDS = 3
"""Of a paragraph that is nothing but a link to another story; a shorter one is a name or "here"."""
MOST_POSTS, MOST_WRAPPED = 40, 8
"""Posts that are looked at, and elements around each: both are the page's choice, and each costs a look at its text."""
_LOOSE = frozenset({"article", "blockquote", "div", "main", "section", "td"})
_PIECES = re.compile(r"[a-z]+|[A-Z][a-z]*")
_POST = re.compile(r"\b(?:twitter|tweet|bluesky|threads?|mastodon|instagram|facebook|fb|tiktok)\b", re.I)
_ENDED = re.compile(r"[.!?…:;][\"'”’)\]]*$")
_NAMED = etree.XPath("//body//*[@class or @id]")
_CAPTIONS = etree.XPath("//body//figcaption | //body//*[@role='complementary' or @role='navigation']")
_POSTS = etree.XPath("//body//blockquote[@class]")
_LINKS = etree.XPath("//body//p[a] | //body//li[a and not(*[not(self::a)])] | //body//div[a and not(*[not(self::a)])]")


class Box(NamedTuple):
    """An element by the name that marks it."""

    name: str
    element: HtmlElement


def without_surroundings(tree: HtmlElement) -> None:
    """Takes away, in place, what the page marks as no part of its article. Time is linear in the page."""
    deque(taken_away(tree), maxlen=0)


def taken_away(tree: HtmlElement) -> Iterator[Box]:
    """The same; gives each box before it goes, one that stands in another too."""
    _keep_posts(tree)
    held, all_told = _sentences(tree)
    boxes = [box for box in _boxes(tree) if held[box.element][0] <= MOST_PARAGRAPHS and not _is_article(box.element)]
    together: Counter[str] = Counter()
    for box in boxes:
        together[box.name] += held[box.element][1]
    for box in boxes:
        if together[box.name] <= MOST_OF_PAGE * all_told and box.element.getparent() is not None:
            yield box
            box.element.drop_tree()
    for element in _LINKS(tree):
        if element.getparent() is not None and _only_links(element):
            yield Box("link", element)
            element.drop_tree()


def _keep_posts(tree: HtmlElement) -> None:
    """Each post in the place of all that is wrapped around it alone, without the names by which embeds are left out."""
    posts = (post for post in _POSTS(tree) if _POST.search(re.sub(r"[-_]", " ", post.get("class"))))
    for post in islice(posts, MOST_POSTS):
        outer, words = post, _words(post)
        for parent in islice(post.iterancestors(), MOST_WRAPPED):
            if parent.tag in ("body", "html") or _words(parent) != words:
                break
            outer = parent
        if outer is not post:
            tail, post.tail = outer.tail, None
            outer.getparent().replace(outer, post)
            post.tail = tail
        post.attrib.clear()


def _sentences(tree: HtmlElement) -> tuple[dict[HtmlElement, tuple[int, int]], int]:
    """The number of paragraphs of sentences in each element that may be a box, and their characters; and those of the
    whole page."""
    number, size = 0, 0
    opened: dict[HtmlElement, tuple[int, int]] = {}
    held: dict[HtmlElement, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            opened[element] = (number, size)
            continue
        if is_prose(text := _paragraph(element)):
            number, size = number + 1, size + len(text)
        before = opened.pop(element)
        held[element] = (number - before[0], size - before[1])
    return held, size


def _paragraph(element: HtmlElement) -> str:
    """The text of a paragraph, or what stands in a box outside of paragraphs."""
    if element.tag == "p":
        return " ".join("".join(element.itertext()).split())
    own = [element.text, *(inner.tail for inner in element)] if element.tag in _LOOSE else []
    return " ".join("".join(part or "" for part in own).split())


def _boxes(tree: HtmlElement) -> Iterator[Box]:
    """Captions, and what a class or an id names."""
    for element in _CAPTIONS(tree):
        yield Box(element.tag, element)
    for element in _NAMED(tree):
        pieces = (piece.lower() for piece in _PIECES.findall(f"{element.get('class', '')} {element.get('id', '')}"))
        name = next((piece for piece in pieces if piece in MARKS), None)
        if name:
            yield Box(name, element)


def _is_article(element: HtmlElement) -> bool:
    """It is, or holds, the article's own element or headline."""
    return element.tag in ("body", "article", "main") or next(element.iter("h1", "article"), None) is not None


def _only_links(element: HtmlElement) -> bool:
    """A paragraph that is a link to another story and nothing else."""
    linked = " ".join("".join(link.itertext()) for link in element.iter("a"))
    return (
        len(linked.split()) >= FEWEST_WORDS and not _ENDED.search(linked.strip()) and _words(element) == _joined(linked)
    )


def _words(element: HtmlElement) -> str:
    return _joined("".join(element.itertext()))


def _joined(text: str) -> str:
    return "".join(text.split())
