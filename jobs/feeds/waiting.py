"""Whether anything waits for a poll: asked before what does the work is loaded, which takes longer than the asking."""

from datetime import datetime

from sqlalchemy import Engine

from db.articles import articles
from db.engine import reading
from db.feeds import feeds, items


def to_gather(engine: Engine, now: datetime, version: str, *, everything: bool, read: bool) -> bool:
    """Whether there is a feed to poll or, where articles are wanted, an item to fetch or to look at again by the reader
    of a version."""
    with reading(engine) as opened:
        if feeds.polled(opened) if everything else feeds.due(opened, now):
            return True
        if not read:
            return False
        return bool(items.items_to_fetch(opened, now, 1) or items.to_screen_again(opened, version, 1))


def to_read(engine: Engine, version: str) -> bool:
    """Whether an article waits for the reader of a version."""
    with reading(engine) as opened:
        return bool(articles.waiting(opened, version, 1))
