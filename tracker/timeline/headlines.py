"""The headline of an article as news: without its outlet's name, section marks and calls to watch.

The words are data (`data/headlines.toml`).
"""

import re
from functools import cache, lru_cache
from urllib.parse import urlsplit

from tracker.characters import as_seen
from tracker.timeline.vocabulary import table

MIN_WORDS = 4
"""Fewer are a section or a teaser: "Council briefs", "New rules ahead"."""
MAX_LENGTH = 180
"""Characters; what is longer is a sentence with its summary."""
OUTLET_WORDS = 5
"""Words of an outlet's name at most: "The Des Moines Register"."""
_TAIL = re.compile(r"^(?P<head>.*\S)(?:\s*(?P<bar>\||»|::)\s*|\s+[-–—]\s+)(?P<tail>\S.*)$")
_DOMAIN = re.compile(r"(?:[\w-]+\.)+(?:com|org|net|news|us|info|tv|co)", re.IGNORECASE)
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:[- ]?(?:TV|FM|AM|DT))?\b.{0,20}")


@cache
def _words(name: str) -> tuple[str, ...]:
    """A list of `headlines.toml`, lower case."""
    return tuple(table("headlines")[name])


def _any_of(name: str) -> str:
    """A pattern for any word of a list; a space for any gap."""
    words = sorted(_words(name), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)


@cache
def _marks() -> re.Pattern[str]:
    """What stands before a headline or behind it and is no part of it."""
    openers, sections = _any_of("openers"), _any_of("sections")
    before = rf"^(?:[\[(](?:{openers})[\])]\s*:?|(?:{openers})\s*(?::|\||»|\s[-–—])|(?:{sections})\s*[|»])\s*"
    return re.compile(rf"{before}|\s*[\[(](?:{_any_of('closers')})[\])]\s*$", re.IGNORECASE)


@cache
def _teasers() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_of('teasers')})\b", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def headline(title: str, publisher: str = "", url: str = "") -> str:
    """`Watch: Council bans bags | KMUW` → `Council bans bags`; empty where nothing is left that tells the news."""
    text = as_seen(title).strip()
    if len(text) > 2 * MAX_LENGTH:
        return ""
    while (shorter := _without_outlet(_without_marks(text), publisher, url)) != text:
        text = shorter
    return text if _tells(text) else ""


def _without_marks(text: str) -> str:
    while (shorter := _marks().sub("", text)) != text:
        text = shorter
    return text


def _tells(text: str) -> bool:
    """False for questions, teasers, cut-off and shouted headlines: none of them says what happened."""
    if len(text.split()) < MIN_WORDS or len(text) > MAX_LENGTH or text.isupper():
        return False
    return not text.endswith(("?", "…", "...")) and not _teasers().match(text)


def _without_outlet(text: str, publisher: str, url: str) -> str:
    """Behind a bar stands never news; behind a dash only where it is the name of an outlet."""
    found = _TAIL.match(text)
    if found and (found["bar"] or _is_outlet(found["tail"], publisher, url)):
        if _is_outlet(found["head"], publisher, url):
            return found["tail"]
        return found["head"]
    first, mark, rest = text.partition(": ")
    return rest if mark and _compact(first) and _compact(first) == _compact(publisher) else text


def _is_outlet(name: str, publisher: str, url: str) -> bool:
    """True for the publisher, the host of the address, a call sign, or a short name with a word of outlets' names."""
    compact, known = _compact(name), (_compact(publisher), _compact((urlsplit(url).hostname or "").split(".")[-2:][0]))
    if compact and any(compact == other or (other and compact in other) for other in known):
        return True
    if _DOMAIN.fullmatch(name) or _CALL_SIGN.fullmatch(name):
        return True
    said = name.split()
    capital = all(word[:1].isupper() or word in ("of", "the", "and") for word in said)
    return len(said) <= OUTLET_WORDS and capital and any(word.lower() in _words("outlets") for word in said)


def _compact(name: str) -> str:
    return re.sub(r"\W", "", name.lower()).removeprefix("the")
