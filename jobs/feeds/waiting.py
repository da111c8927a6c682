"""Whether anything waits for a poll: asked before what does the work is loaded, which takes longer than the asking."""

from datetime import datetime

from sqlalchemy import Engine

from db import articles, feeds, items, screened
from db.engine import reading


def to_gather(engine: Engine, now: datetime, *, everything: bool, read: bool) -> bool:
    """Whether there is a feed to poll or, where articles are wanted, an item to fetch or to look at again."""
    with reading(engine) as opened:
        if feeds.polled(opened) if everything else feeds.due(opened, now):
            return True
        if not read:
            return False
        from tracker.read.version import READER_VERSION

        return bool(items.items_to_fetch(opened, now, 1) or screened.to_screen_again(opened, READER_VERSION, 1))


def to_read(engine: Engine) -> bool:
    """Whether an article waits for this reader."""
    from tracker.read.version import READER_VERSION

    with reading(engine) as opened:
        return bool(articles.waiting(opened, READER_VERSION, 1))
