"""The first screen as gathering is given it: gathering knows nothing of reading."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.values import Item
from jobs.feeds.gathering_values import feed_item
from tracker.gather.article import feed_text, full_text

if TYPE_CHECKING:
    from jobs.settings import Settings


@dataclass(frozen=True, slots=True)
class Screening:
    """`may_report(title, summary)` says whether an item's page is worth a fetch; `version` changes with that."""

    version: str
    may_report: Callable[[str, str], bool]


def is_worth_it(item: Item, screening: Screening) -> bool:
    """True where an item is to become an article: it may report a change, or there is nothing to be spared, since
    the feed holds the whole text, a fetch of it was begun, or it has no link (which is said)."""
    feed_said = feed_item([item])
    begun = bool(item.tries) or not item.url
    return begun or bool(full_text(feed_said)) or screening.may_report(item.title, feed_text(feed_said))


def first_screen(settings: "Settings") -> Screening | None:
    """The reader's first screen; None where the settings want every page."""
    if not settings.screen:
        return None
    from jobs.reading.open_reader import reader_version
    from tracker.read.first_screen import may_report

    return Screening(reader_version(settings), may_report)
