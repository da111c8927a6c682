"""News searches as feeds: what is asked of which engine (`data/searches.toml`), and what is odd about their items.

The home of a search feed is the place that is searched for: the report counts the feed there. It is not the home of
the outlets that it finds, which may be of any place, so that articles do not take it over (tracker.gather.article).
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple
from urllib.parse import quote_plus, urlsplit

from tracker.gather.canonical import GOOGLE_NEWS, bare_host

GOOGLE_ONLY = "the link leads only to Google's own page, which does not say where the article is; open it in a browser"
"""What is said of an item that cannot be followed; `tracker sources show` counts these."""


class Engine(NamedTuple):
    """A search engine. `address` has `{query}` where the question goes, `further` is added to every question; only the
    first `most_words` words of one count."""

    key: str
    name: str
    address: str
    further: str
    most_words: int


@cache
def engines() -> tuple[Engine, ...]:
    """Every engine, in the order of the data file."""
    return tuple(Engine(key=key, **table) for key, table in _data()["engine"].items())


def name_of(place: str) -> str:
    """What the news call a place (an OCD id) that its own name does not tell; empty for all others."""
    return str(_data()["names"].get(place, ""))


def general_words() -> tuple[str, ...]:
    """What is searched for where no topic is wanted; a topic has words of its own (`read/data/topics.toml`)."""
    return tuple(_data()["any"]["words"])


def search_address(engine: Engine, must: Sequence[str], words: Iterable[str]) -> str:
    """The address of the feed that finds what names all of `must` and one of `words`, of which as many are asked for as
    the engine hears."""
    question = " ".join(f'"{name}"' for name in must)
    left = engine.most_words - _count(must) - len(engine.further.split())
    asked = list[str]()
    for word in words:
        if (left := left - _count([word])) < 0:
            break
        asked.append(_quoted(word))
    if asked:
        question += f" ({' OR '.join(asked)})" if len(asked) > 1 else f" {asked[0]}"
    return engine.address.replace("{query}", quote_plus(f"{question} {engine.further}".strip(), safe="():"))


def engine_of(url: str) -> Engine | None:
    """The engine whose search a feed is; None for a feed of an outlet."""
    host = bare_host(url)
    return next(
        (engine for engine in engines() if host == bare_host(engine.address) and _path(url) == _path(engine.address)),
        None,
    )


def _path(url: str) -> str:
    return urlsplit(url).path.rstrip("/")


def is_listing(link: str) -> bool:
    """Whether the summary of the item behind a link is no text of its article: Google News repeats headlines there."""
    return GOOGLE_NEWS in link and bare_host(link) == GOOGLE_NEWS


def headline(title: str, publisher: str, link: str) -> str:
    """The article's own headline: Google News writes the outlet behind it."""
    return title.removesuffix(f" - {publisher}") if publisher and is_listing(link) else title


def outlet(name: str) -> str:
    """The outlet's own name: Bing says as well on whose pages it found a copy."""
    return re.sub(r" on MSN(?:\.com)?$", "", name)


def _quoted(word: str) -> str:
    """Phrases, and what is no plain word, in quotation marks, as both engines want it."""
    return word if word.isalnum() else f'"{word}"'


def _count(words: Iterable[str]) -> int:
    return sum(len(word.split()) for word in words)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("tracker.gather").joinpath("data", "searches.toml").read_text("utf-8"))
