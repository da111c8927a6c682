"""What a restore of either engine carries over from the database that was, and what it tells."""

from dataclasses import dataclass
from datetime import datetime

from db.schema import SCHEMA
from db.tables.timeline import TableRow

LOOKS, BETWEEN_LOOKS_S = 15, 0.2
"""Three seconds, after which whoever was ended just now is gone: a server notices a little later."""
_ROOMS = tuple(f"db.tables.{room}" for room in ("mail", "people", "desk", "opinions"))
_NAMES = {row.__tablename__ for row in TableRow.__subclasses__() if row.__module__.startswith(_ROOMS)} - {"opinion"}
CARRIED = tuple(table.name for table in SCHEMA.sorted_tables if table.name in _NAMES)
"""Tables that are taken from the old database where it can be read, what others refer to first: who gets mails, who
left, who was told what, what was erased, who may use the desk, what asking a language model has cost. None of that may
be undone: whoever unsubscribed since the copy was made would be written to again, all be told twice, whoever was
removed from the desk be back, and the number of a day be spent twice. Which articles were asked about belongs to the
articles of the copy."""


@dataclass(frozen=True)
class DatabaseCounts:
    """What a database holds."""

    articles: int
    entries: int


@dataclass(frozen=True)
class Restored:
    """What a restore did. `before` None: there was no database, or it could not be read; `kept`: where the old one is,
    empty where there was none; `carried`: who gets mails and what they were told is as the old one had it; else, where
    anybody gets mails, `mails_wait` for a person."""

    before: DatabaseCounts | None
    after: DatabaseCounts
    kept: str
    carried: bool
    mails_wait: bool


def kept_name(now: datetime) -> str:
    """What is added to the name of the database that was: `before-restore-2026-01-05-031500`."""
    return f"before-restore-{now:%Y-%m-%d-%H%M%S}"
