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
from tracker.gather.feeds import FeedItem


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item that an earlier poll recorded: its identity, and the keys by which it may come again (`keys`)."""

    identity: str
    keys: frozenset[str]


def keys(item: FeedItem) -> tuple[str, str, str]:
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


def identify(items: Sequence[FeedItem], known: Iterable[KnownItem] = ()) -> tuple[str, ...]:
    """The identity of each item, in order: that of the known item it is, or a new one.

    The same item twice in one document has the same identity twice.
    """
    all_keys = [keys(item) for item in items]
    alone = _alone(all_keys)
    recorded: dict[str, str] = {}
    for item in known:
        recorded.update(dict.fromkeys(item.keys | {item.identity}, item.identity))
    return tuple(_identity(mine, alone, recorded) for mine in all_keys)


def _alone(all_keys: Sequence[tuple[str, str, str]]) -> frozenset[str]:
    """The keys that stand for one item of the document only. Exact copies of an item count once."""
    counts = Counter(key for distinct in set(all_keys) for key in distinct if key)
    return frozenset(key for key, count in counts.items() if count == 1)


def _identity(mine: tuple[str, str, str], alone: frozenset[str], recorded: dict[str, str]) -> str:
    """The narrowest key that tells the item apart. A known link and date under a new guid is a rotated guid; a link
    that several items of the document share (a live page, a home page) needs the title as well."""
    usable = [key for key in mine if key in alone] or [mine[2]]
    return next((recorded[key] for key in usable if key in recorded), usable[0])
