"""The whole index of the search is made anew after an upgrade that reads entries into it by other rules. Mostly nothing
is to be done, so what does it is loaded only then."""

from sqlalchemy import Engine, insert, select, update
from sqlmodel import col

from db.engine import reading, writing
from db.search import facets
from db.search.stale import some_stale
from db.search.tables import STALE, STATE
from db.tables import EntryRow

AT_ONCE = 500
"""Entries that are read in anew in one transaction: two seconds, for which other writers wait."""


def ensure(engine: Engine) -> None:
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
