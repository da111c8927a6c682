"""The table of acts: what people did, to which the revisions refer, and from which it is taken back."""

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from db.mapping import Fields, batches, to_model, values_of
from db.tables.timeline import ActRow
from tracker.model import ActKind, Before, Piece, RecordedAct

KEPT_FOR_UNDO = frozenset({"before", "pieces"})
"""What histories need not load."""
ACT = Fields(ActRow, RecordedAct, KEPT_FOR_UNDO)


def add(session: Session, act: RecordedAct) -> RecordedAct:
    """Keeps an act, and gives it back as revisions bear it: with its number, without what undo needs."""
    row = ActRow(**values_of(act, ActRow) | {"id": None})
    session.add(row)
    session.flush()
    return act.model_copy(update={"id": row.id, "before": (), "pieces": ()})


def add_consequences(session: Session, number: int, followed: Iterable[Before]) -> None:
    """What the program changed at once because of an act is kept with the act."""
    row = session.get_one(ActRow, number)
    row.sqlmodel_update({"before": (*row.before, *followed)})
    session.flush()


def get(session: Session, number: int) -> RecordedAct:
    """The act of this number, whole."""
    return to_model(session.get_one(ActRow, number), RecordedAct)


def by_number(session: Session, numbers: Collection[int]) -> dict[int, RecordedAct]:
    """These acts as histories tell of them."""
    found: dict[int, RecordedAct] = {}
    for batch in batches(sorted(numbers)):
        rows = session.execute(select(*ACT.columns).where(col(ActRow.id).in_(batch)))
        found |= {row.id: ACT.value(row) for row in rows}
    return found


def last_on(session: Session, target: str) -> RecordedAct | None:
    """The last act on an entry, a policy or a withholding that was not taken back."""
    rows = session.execute(select(*ACT.columns).where(col(ActRow.target) == target).order_by(col(ActRow.id).desc()))
    gone: set[int | None] = set()
    for act in map(ACT.value, rows):
        if act.takes_back is None and act.id not in gone:
            return act
        gone.add(act.takes_back)
    return None


def merged_pieces(session: Session, entry_id: str) -> Iterable[Piece]:
    """The evidence that people ever merged into an entry."""
    query = select(col(ActRow.pieces)).where(col(ActRow.target) == entry_id, col(ActRow.kind) == ActKind.MERGE)
    return [piece for pieces in session.scalars(query) for piece in pieces]
