"""The moment at which a page says that its article ran: declared in data made for programs, or read off the page."""

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from tracker.gather.text.moments import moment

DATE_NAMES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
)
"""Meta elements that hold the moment of publication, the most trusted first; modification times are left out, and so
are `date` and `dc.date`, into which programs write what they like."""
SENTENCE = 80
"""Characters from which a paragraph is one of the story; bylines are shorter."""
UPDATES = timedelta(days=31)
"""Of several <time> elements the earliest counts: a story is published, then updated for some days. Times further apart
are those of several stories."""
LAST_DAY = "2100-01-01"
"""htmldate takes the latest possible day from the clock unless it is told; tracker/ has no clock."""
_DECLARED = etree.XPath("//*[@itemprop='datePublished']/@datetime | //*[@itemprop='datePublished']/@content")
_WITHIN = "ancestor::article or ancestor::main"
_BESIDE = "ancestor::aside or ancestor::nav or ancestor::footer[not(ancestor::article)]"
_TIMES = etree.XPath(f"//time[@datetime][{_WITHIN}][not({_BESIDE})]")
_STORY = etree.XPath(f"//p[string-length(normalize-space()) >= {SENTENCE}]")
_ARTICLE = etree.XPath("//article | //main")
_OTHER_DAYS = etree.XPath(
    "//title | //h1 | //h2 | //h3 | //h4 | //h5 | //h6 | //li | //blockquote | //table | //figure | //img | //form"
    " | //aside | //nav | //footer | //p[not(@class) and not(@id)]"
    " | //meta[contains(concat(@name, @property), 'modif') or contains(concat(@name, @property), 'updat')]"
)
"""Where a page speaks of other days than that of its article: in headlines, in the story, beside and below it."""


def published(
    tree: HtmlElement, meta: dict[str, str], linked: dict[str, Any], url: str
) -> tuple[datetime | None, bool]:
    """(the moment, whether it is declared): JSON-LD, meta elements and microdata declare; <time> elements and what
    htmldate finds (addresses, bylines, rarer names) are read off."""
    declared = [linked.get("datePublished"), *(meta.get(name) for name in DATE_NAMES), *_DECLARED(tree)]
    for text in declared:
        if isinstance(text, str) and (found := moment(text)):
            return found, True
    if times := _times(tree):
        return min(times) if max(times) - min(times) <= UPDATES else None, False
    return _by_htmldate(tree, url), False


def _times(tree: HtmlElement) -> list[datetime]:
    """The <time> elements of the article: those above the story, else those anywhere in it."""
    story = next(iter(_STORY(tree)), None)
    below = set(story.xpath("following::time")) if story is not None else set()
    above, anywhere = [], []
    for element in _TIMES(tree):
        if at := moment(element.get("datetime")):
            anywhere.append(at)
            above += [] if element in below else [at]
    return above or anywhere


def _by_htmldate(tree: HtmlElement, url: str) -> datetime | None:
    """It takes any date that stands anywhere, so it is shown only where the article's own day would stand."""
    from htmldate import find_date  # loaded with the first page

    shown = _above_the_story(tree)
    try:
        return moment(find_date(shown, url=url, original_date=True, extensive_search=False, max_date=LAST_DAY))
    except Exception:
        return None  # htmldate raises errors of many kinds on odd trees; a page without a date is still an article


def _above_the_story(tree: HtmlElement) -> HtmlElement:
    """A copy of the head and of what stands in the article above its first paragraph."""
    shown = deepcopy(tree)
    inside = _ARTICLE(shown)
    within = {*inside, *(part for element in inside for part in (*element.iterancestors(), *element.iterdescendants()))}
    gone = [element for element in shown.xpath("//body//*") if inside and element not in within]
    for story in _STORY(shown)[:1]:
        gone += [story, *story.xpath("following::*")]
    for element in [*gone, *_OTHER_DAYS(shown)]:
        if (parent := element.getparent()) is not None:
            parent.remove(element)  # with the text behind it: joining texts takes time that grows with their square
    return shown
