"""What polls bring, stored as a poll stores it, without a network."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from db.feeds import items, polls
from db.values import PollOutcome
from tracker.gather.feeds import FeedItem
from tracker.gather.identity import keys, told


def add_items(session: Session, feed_id: int, document: Sequence[FeedItem], now: datetime) -> int:
    """Stores the items of a document; how many are new."""
    all_keys = [keys(item) for item in document]
    known = items.known(session, {feed_id: all_keys}).get(feed_id, ())
    new = told(document, all_keys, known)
    items.add(session, [(feed_id, new)], now)
    return len(new.items)


def save_poll(session: Session, feed_id: int, outcome: PollOutcome) -> None:
    """Stores how the poll of one feed ended."""
    held = polls.hold(session, [feed_id])
    polls.save(session, dict.fromkeys(held, outcome), held)
