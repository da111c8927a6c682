"""Which entries the index of the search does not know as they are: brought up to date at the end of each transaction.
Mostly there are none, so what does it is loaded only then."""

from sqlalchemy import select
from sqlmodel import Session

from db.search.tables import STALE


def follow(session: Session) -> None:
    """Brings the entries up to date that this transaction has touched."""
    if some_stale(session):
        from db.search.index import catch_up

        catch_up(session, None)


def some_stale(session: Session) -> bool:
    """Whether an entry waits to be read in."""
    return session.connection().execute(select(STALE.c.entry_id).limit(1)).first() is not None
