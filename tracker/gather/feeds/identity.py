"""Which item is which, poll after poll: by guid, by link and date where guids fail, by title too where links do.

Feeds repeat guids (every item "0", or the home page) and rotate them (a new number at every poll). Each item is judged
by itself, against its own document and against what earlier polls recorded, so nothing about a feed is to be stored.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC

from tracker.gather.canonical import canonical_address
from tracker.gather.feeds.parser import FeedItem

Keys = tuple[str, str, str]
"""The three keys of an item, narrowest first (`keys`)."""


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item that an earlier poll recorded: its identity, and the keys by which it may come again (`keys`)."""

    identity: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class NewFeedItem:
    """An item that no earlier poll recorded, with the identity to record it under."""

    identity: str
    item: FeedItem


@dataclass(frozen=True, slots=True)
class NewItems:
    """What a document tells that is not recorded: items in its order, each once, and (identity, key) for every key by
    which an item, new or known, may come again."""

    items: tuple[NewFeedItem, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()


NO_NEW_ITEMS = NewItems()


def keys(item: FeedItem) -> Keys:
    """The three keys of an item, narrowest first: by guid, by link and date, by link, date and title.

    Each is a letter and 24 hexadecimal digits, or empty where the item lacks what it needs: a link without a date
    may be a page that shows something else every week.
    """
    day = item.published.astimezone(UTC).isoformat() if item.published else ""
    link = canonical_address(item.url) if item.url else ""
    return (
        _key("g", item.guid) if item.guid else "",
        _key("l", link, day) if link and day else "",
        _key("t", link, day, item.title.casefold(), "" if item.title else (item.summary or item.content)),
    )


def _key(letter: str, *parts: str) -> str:
    return letter + hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:24]


def new_items(items: Sequence[FeedItem], all_keys: Sequence[Keys], known: Sequence[KnownItem]) -> NewItems:
    """Sorts out the items of a document, given their keys, by what earlier polls recorded. Of two items with one
    identity the first counts."""
    recorded = {item.identity for item in known}
    noted = {key for item in known for key in item.keys}
    fresh: dict[str, FeedItem] = {}
    pairs: dict[tuple[str, str], None] = {}
    for identity, item, mine in zip(identify(all_keys, known), items, all_keys, strict=True):
        if identity not in recorded:
            fresh.setdefault(identity, item)
        pairs.update(((identity, key), None) for key in mine if key and key not in noted)
    return NewItems(tuple(NewFeedItem(identity, item) for identity, item in fresh.items()), tuple(pairs))


def identify(all_keys: Sequence[Keys], known: Iterable[KnownItem] = ()) -> tuple[str, ...]:
    """The identity of each item, given the keys of all of a document in its order: that of the known item it is, or a
    new one.

    The same item twice in one document has the same identity twice.
    """
    alone = _alone(all_keys)
    recorded: dict[str, str] = {}
    for item in known:
        recorded.update(dict.fromkeys(item.keys | {item.identity}, item.identity))
    return tuple(_identity(mine, alone, recorded) for mine in all_keys)


def _alone(all_keys: Sequence[Keys]) -> frozenset[str]:
    """The keys that stand for one item of the document only. Exact copies of an item count once."""
    counts = Counter(key for distinct in set(all_keys) for key in distinct if key)
    return frozenset(key for key, count in counts.items() if count == 1)


def _identity(mine: Keys, alone: frozenset[str], recorded: dict[str, str]) -> str:
    """The narrowest key that tells the item apart. A known link and date under a new guid is a rotated guid; a link
    that several items of the document share (a live page, a home page) needs the title as well."""
    usable = [key for key in mine if key in alone] or [mine[2]]
    return next((recorded[key] for key in usable if key in recorded), usable[0])
