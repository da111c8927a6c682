"""Plain RSS is read as feedparser reads it, or not at all: documents put together by lot (tests/golden/plain_rss.toml),
the golden feeds and what damage makes of them, and the forms that news sites use."""

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.gather.feeds import plain_rss
from tracker.gather.feeds.parser import MAX_ITEMS, ParsedFeed, parse_feed
from tracker.gather.text.charset import to_text
from tracker.gather.text.markup import trimmed

GOLDEN = Path(__file__).parents[1] / "golden"
PIECES = tomllib.loads((GOLDEN / "plain_rss.toml").read_text("utf-8"))
SPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in plain_rss.NAMESPACES.items() if prefix != "wordpress")
URL = "https://www.example.org/news/feed"


def elements(of: str) -> st.SearchStrategy[str]:
    """Elements of an item or of a channel."""
    kinds = [
        st.builds(
            lambda tag, text: f"<{tag}>{text}</{tag.split()[0]}>",
            *map(st.sampled_from, (PIECES[of][kind], PIECES[kind])),
        )
        for kind in ("texts", "links", "dates")
    ]
    return st.one_of(*kinds, st.sampled_from(PIECES[of]["whole"]))


def some(of: str, most: int) -> st.SearchStrategy[list[str]]:
    """Some of them, in any order: in most cases no element twice, or few feeds would be plain."""
    once = st.lists(elements(of), max_size=most, unique_by=lambda piece: piece.split(">")[0].split(" ")[0])
    return st.one_of(once, once, once, st.lists(elements(of), max_size=most))


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A feed with elements in any order; most of them usual, some odd, some broken."""
    items = [f"<item>{''.join(draw(some('item', 6)))}</item>" for _ in range(draw(st.integers(0, 2)))]
    parts = draw(st.permutations([*draw(some("channel", 3)), *items]))
    root = draw(st.sampled_from(PIECES["roots"])).replace("SPACES", SPACES)
    return f"{root}<channel>{''.join(parts)}</channel></rss>"


def outcome(document: str) -> ParsedFeed | str:
    """What becomes of a document: the feed, or the error in words."""
    try:
        return parse_feed(document.encode("utf-8", "surrogatepass"), URL)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def by_feedparser(document: str) -> ParsedFeed | str:
    """The same, with nothing read without feedparser."""
    with patch.object(plain_rss, "read", return_value=None):
        return outcome(document)


def is_plain(document: str) -> bool:
    markup = trimmed(to_text(document.encode("utf-8", "surrogatepass")).strip(), MAX_ITEMS)
    return markup is not None and plain_rss.read(markup) is not None


@given(documents())
def test_what_is_read_is_what_feedparser_reads(document: str) -> None:
    assert outcome(document) == by_feedparser(document)


def changed(document: str, rng: random.Random) -> str:
    """The document with a few pieces cut out, doubled, or put elsewhere."""
    for _ in range(rng.randint(1, 3)):
        start, at = rng.randrange(len(document)), rng.randrange(len(document))
        piece = document[start : start + rng.randint(1, 40)]
        document = rng.choice([document.replace(piece, "", 1), document[:at] + piece + document[at:]])
    return document


def damaged() -> Iterator[str]:
    """Feeds, and each of them damaged in forty ways."""
    rng = random.Random(7)
    whole = [to_text(path.read_bytes()) for path in sorted(GOLDEN.glob("feeds/*.feed"))]
    for text in (*whole, *usual()):
        yield text
        yield from (changed(text, rng) for _ in range(40))


def usual() -> list[str]:
    return [text.replace("SPACES", SPACES) for text in PIECES["usual"].values()]


def test_feeds_and_what_damage_makes_of_them_are_read_as_feedparser_reads_them() -> None:
    assert [document for document in damaged() if outcome(document) != by_feedparser(document)] == []


@pytest.mark.parametrize("document", usual(), ids=list(PIECES["usual"]))
def test_the_usual_forms_need_no_feedparser(document: str) -> None:
    assert is_plain(document)
    assert outcome(document) == by_feedparser(document)
