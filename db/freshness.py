"""What whoever publishes remembers of what it published: a number that grows whenever something changes that the report
shows, and a stamp a place, which is another whenever something of that place changed. Whoever changes it, the daemon's
own jobs, a command beside it, a person's decision, says so here, in its own transaction.

The number is a count and no clock: two changes may share a moment, and clocks are set back. A stamp is drawn by lot and
no count: in a database that was put back from a copy a count would come to the same values again, with other entries.
"""

import secrets
from collections.abc import Collection, Iterable

from sqlmodel import Session, col, select, update

from db.mapping import insert_or_replace
from db.tables.ops import FreshnessRow, StampRow
from db.tables.timeline import EntryRow, EvidenceRow, FindingRow
from tracker.model import OcdId

ONLY = 1
"""The key of the one row."""
STAMP_BITS = 62
"""Two changes of a place share a stamp once in 10^18; fits the signed integers of both engines."""


def touch(session: Session, places: Collection[OcdId] = ()) -> None:
    """Something that the report shows has changed, of these places, in the caller's transaction. The last thing that a
    transaction does: on PostgreSQL others who touch wait for its end."""
    row = update(FreshnessRow).where(col(FreshnessRow.id) == ONLY).values(number=col(FreshnessRow.number) + 1)
    session.exec(row)
    _stamp(session, places)


def touch_article(session: Session, article_id: int) -> None:
    """The same for what the report shows of an article: its title, its day."""
    query = select(EntryRow.jurisdiction).distinct().join(EvidenceRow, col(EvidenceRow.entry_id) == col(EntryRow.id))
    query = query.join(FindingRow, col(FindingRow.id) == col(EvidenceRow.finding_id))
    if places := session.exec(query.where(col(FindingRow.article_id) == article_id)).all():
        touch(session, places)


def number(session: Session) -> int:
    """The number as of now."""
    return session.exec(select(FreshnessRow.number).where(FreshnessRow.id == ONLY)).one()


def stamps(session: Session) -> dict[OcdId, int]:
    """The stamp of every place that has changed since stamps are kept."""
    return dict(session.exec(select(StampRow.place, StampRow.stamp)).all())


def _stamp(session: Session, places: Iterable[OcdId]) -> None:
    drawn = secrets.randbits(STAMP_BITS)
    rows = [{"place": place, "stamp": drawn} for place in sorted({place for place in places if place})]
    insert_or_replace(session, StampRow, rows, ["place"])
