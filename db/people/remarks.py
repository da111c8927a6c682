"""Readers' remarks on entries: what they said, who answered it, and what came of it. Never published.

A remark stays with the entry that its reader looked at. Where a person merged that into another one, it is shown with
the other, and is where it was once the merge is taken back: nothing is moved, the history of the entry says it.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select, update

from db.mapping import to_model
from db.tables.people import RemarkRow
from db.timeline import act_log
from db.timeline.entries import load_entry
from db.values import storable, utc
from tracker.errors import BadInput
from tracker.timeline.decisions.acts import Act
from tracker.timeline.decisions.remarks import About, Remark, RemarkOutcome
from tracker.timeline.decisions.undo import merged_into

MOST_OPEN = 2_000
"""Of all entries: more than people answer in a month, and what a flood can bring at most."""
MOST_OF_ENTRY = 20
"""Open at once: what is wrong with an entry was said by then."""
TELL_DAYS = 3
"""After the answer; a mail server that is away for longer is away."""


def add(
    session: Session,
    entry_id: str,
    about: About,
    text: str,
    now: datetime,
    *,
    revision: int,
    source: str = "",
    address: str = "",
) -> Remark:
    """Keeps what a reader said. Raises BadInput where too much waits already."""
    row = RemarkRow
    still_open = select(func.count()).select_from(row).where(col(row.closed_at).is_(None))
    if session.exec(still_open.where(row.entry == entry_id)).one() >= MOST_OF_ENTRY:
        raise BadInput("Many readers have written about this entry already, and somebody will look at it.")
    if session.exec(still_open).one() >= MOST_OPEN:
        raise BadInput("Too many messages wait to be read just now. Please try again in some days.")
    made = RemarkRow(entry=entry_id, revision=revision, about=about, text=storable(text), address=address, at=now)
    made.source = storable(source)
    session.add(made)
    session.flush()
    return _remark(made)


def get(session: Session, number: int) -> Remark:
    """The remark of this number. Raises BadInput."""
    return _remark(_row(session, number))


def open_remarks(session: Session) -> list[Remark]:
    """Those that nobody answered, the oldest first."""
    query = select(RemarkRow).where(col(RemarkRow.closed_at).is_(None)).order_by(col(RemarkRow.id))
    return [_remark(row) for row in session.exec(query)]


def open_by_entry(session: Session) -> dict[str, list[Remark]]:
    """The same by the entry with which they are shown now, the longest waiting entry first."""
    found: dict[str, list[Remark]] = {}
    stands: dict[str, str] = {}
    for item in open_remarks(session):
        if item.entry not in stands:
            stands[item.entry] = _stands(session, item.entry)
        found.setdefault(stands[item.entry], []).append(item)
    return found


def of_entry(session: Session, entry_id: str) -> tuple[Remark, ...]:
    """All that readers said of an entry, and of those that were merged into it, answered or not, oldest first."""
    names = [name for name in sorted(_merged_into(session, entry_id)) if _stands(session, name) == entry_id]
    query = select(RemarkRow).where(col(RemarkRow.entry).in_([entry_id, *names])).order_by(col(RemarkRow.id))
    return tuple(_remark(row) for row in session.exec(query))


def close(session: Session, number: int, act: Act) -> Remark:
    """Looked at: the entry stands as it is. Raises BadInput where it is answered already."""
    return _close(session, number, act, RemarkOutcome.STANDS)


def answer(session: Session, act: Act, touched: Collection[str], outcome: RemarkOutcome) -> None:
    """Closes the remarks that an act on these entries answers. Raises BadInput for one of another entry."""
    for number in act.remarks:
        said = get(session, number)
        if not {said.entry, _stands(session, said.entry)} & set(touched):
            raise BadInput(f"{said.name} is about another entry, {said.entry}")
        _close(session, number, act, outcome)


def reopen(session: Session, at: datetime, touched: Iterable[str]) -> None:
    """The act of that moment was taken back, and with it the answer that it was."""
    rows = update(RemarkRow).where(col(RemarkRow.closed_at) == at, col(RemarkRow.entry).in_(list(touched)))
    session.exec(rows.values(closed_at=None, closed_by="", outcome=None, why="", next_try=None))


def due_answers(session: Session, now: datetime) -> list[Remark]:
    """Answered ones whose readers are to be told of it now."""
    query = select(RemarkRow).where(col(RemarkRow.next_try) <= now).order_by(col(RemarkRow.next_try))
    return [_remark(row) for row in session.exec(query)]


def forget_reader(session: Session, number: int) -> None:
    """Its reader was told, or cannot be: nothing is known of them any longer."""
    _row(session, number).sqlmodel_update({"address": "", "next_try": None})


def note_attempt(session: Session, number: int, wait: timedelta, now: datetime) -> bool:
    """Notes an attempt to tell its reader; where it comes to nothing, the next one is `wait` later. False where it was
    tried for TELL_DAYS: then the address goes."""
    row = _row(session, number)
    closed = utc(row.closed_at)
    if closed is None or now - closed > timedelta(days=TELL_DAYS):
        forget_reader(session, number)
        return False
    row.sqlmodel_update({"next_try": now + wait})
    return True


def forget_address(session: Session, address: str) -> int:
    """Takes a reader's address off what they said; in how many remarks it stood."""
    rows = update(RemarkRow).where(func.lower(col(RemarkRow.address)) == address.lower(), col(RemarkRow.address) != "")
    return int(session.exec(rows.values(address="", next_try=None)).rowcount)


def _close(session: Session, number: int, act: Act, outcome: RemarkOutcome) -> Remark:
    row = _row(session, number)
    if row.closed_at is not None:
        raise BadInput(f"{_remark(row).name} was answered on {row.closed_at:%Y-%m-%d} by {row.closed_by}")
    row.sqlmodel_update({"closed_at": act.at, "closed_by": act.by, "outcome": outcome, "why": act.reason})
    row.sqlmodel_update({"next_try": act.at if row.address else None})
    session.flush()
    return _remark(row)


def _row(session: Session, number: int) -> RemarkRow:
    row = session.get(RemarkRow, number)
    if row is None:
        raise BadInput(f"there is no remark R{number}; `tracker review remarks` gives them")
    return row


def _remark(row: RemarkRow) -> Remark:
    found = to_model(row, Remark)
    return found.model_copy(update={"at": utc(found.at), "closed_at": utc(found.closed_at)})


def _stands(session: Session, entry_id: str) -> str:
    """The entry that a person merged this one into, at the end of the chain, or itself."""
    name, seen = entry_id, set[str]()
    while name not in seen:
        seen.add(name)
        found = load_entry(session, name)
        name = (found and merged_into(found)) or name
    return name


def _merged_into(session: Session, entry_id: str) -> set[str]:
    """The entries whose evidence a person ever put into this one, directly or by others."""
    names, todo = set[str](), {entry_id}
    while todo:
        name = todo.pop()
        todo |= {piece.was_in for piece in act_log.merged_pieces(session, name)} - names - {entry_id}
        names |= todo
    return names - {entry_id}
