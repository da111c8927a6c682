"""Actions of councils that the table of actions does not know: what people say of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select, update

from db.tables.sources import ActionMeaningRow, MatterRow
from db.tables.timeline import FeedRow
from db.values import storable, utc
from tracker.errors import BadInput
from tracker.nearest import remedy
from tracker.read.records.actions import MEANINGS, words_of

LISTED = "`tracker review actions` lists them"


@dataclass(frozen=True, slots=True)
class UnknownAction:
    """An action of a council (the source by its id and address); `example` is the file number of a matter that has it.
    `meaning` is empty while nobody has said it."""

    source: int
    council: str
    name: str
    body: str
    example: str
    first_seen: datetime
    meaning: str
    actor: str


def actions(session: Session, source_id: int | None = None, *, decided: bool = False) -> tuple[UnknownAction, ...]:
    """Those that wait for a person, the oldest first; with `decided` those of which somebody said it, too. Of one
    council, or of all."""
    query = select(ActionMeaningRow, FeedRow).join(FeedRow, col(FeedRow.id) == col(ActionMeaningRow.source_id))
    query = query if decided else query.where(ActionMeaningRow.meaning == "")
    query = query if source_id is None else query.where(ActionMeaningRow.source_id == source_id)
    query = query.order_by(col(ActionMeaningRow.first_seen), col(ActionMeaningRow.words))
    return tuple(
        UnknownAction(
            row.source_id,
            feed.title or feed.url,
            row.name,
            row.body,
            row.example,
            utc(row.first_seen),
            row.meaning,
            row.actor,
        )
        for row, feed in session.exec(query)
    )


def count_waiting(session: Session) -> int:
    """How many wait."""
    return session.exec(select(func.count()).where(ActionMeaningRow.meaning == "")).one()


def decide(session: Session, source_id: int, name: str, meaning: str, actor: str, now: datetime) -> str:
    """Notes what an action of a council is, one of MEANINGS; gives its name as the council writes it. The histories
    of that council's matters are asked for again by the next polls. Raises BadInput."""
    if meaning not in MEANINGS:
        raise BadInput(f"{meaning!r} is no meaning of an action; it is one of {', '.join(MEANINGS)}")
    row = session.get(ActionMeaningRow, (source_id, " ".join(words_of(name))))
    if row is None:
        known = [one.name for one in actions(session, source_id, decided=True)]
        raise BadInput(f"source {source_id} has no action {name!r} to explain; {remedy(name, known, LISTED)}")
    row.sqlmodel_update({"meaning": meaning, "actor": storable(actor), "decided_at": now})
    session.add(row)
    again = {"asked": None, "ended": False}
    session.exec(update(MatterRow).where(col(MatterRow.source_id) == source_id).values(**again))
    return row.name
