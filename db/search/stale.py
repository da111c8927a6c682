"""Which entries the index of the search does not know as they are: brought up to date at the end of each transaction,
and all of them after an upgrade that reads them in by other rules. Mostly there are none, so what does it is loaded
only then."""

from sqlalchemy import Engine, insert, select, update
from sqlmodel import Session, col

from db.engine import reading, writing
from db.search import facets
from db.tables.search import STALE, STATE
from db.tables.timeline import EntryRow


def follow(session: Session) -> None:
    """Brings the entries up to date that this transaction has touched."""
    if some_stale(session):
        from db.search.index import catch_up

        catch_up(session, None)


def some_stale(session: Session) -> bool:
    """Whether an entry waits to be read in."""
    return session.connection().execute(select(STALE.c.entry_id).limit(1)).first() is not None


AT_ONCE = 500
"""Entries that are read in anew in one transaction: two seconds, for which other writers wait."""


def ensure_index(engine: Engine) -> None:
    """Reads all entries in anew where they were read in by other rules, or where that did not come to its end."""
    with reading(engine) as opened:
        known = opened.connection().execute(select(STATE.c.stamp)).scalar()
        is_right = known == facets.stamp() and not some_stale(opened)
    if is_right:
        return
    with writing(engine) as opened:
        opened.connection().execute(update(STATE).values(stamp=facets.stamp()))
        if known != facets.stamp():
            opened.connection().execute(insert(STALE).from_select(["entry_id"], select(col(EntryRow.id))))
    from db.locks import hold_timeline
    from db.search.index import catch_up

    left = True
    while left:
        with writing(engine) as opened:
            hold_timeline(opened)
            left = catch_up(opened, AT_ONCE) == AT_ONCE
