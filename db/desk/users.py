"""The desk's users and their sessions."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, func, select, update

from db.mapping import insert_missing
from db.tables.desk import DeskSessionRow, DeskUserRow
from db.values import DeskUser, Role, utc
from tracker.errors import BadInput
from tracker.nearest import remedy

QUIET = timedelta(hours=12)
"""A session that nobody used for so long has ended: a working day with its breaks, not a night."""
LONGEST = timedelta(days=14)
"""A session ends after so long, used or not."""
SEEN_EVERY = timedelta(minutes=5)
"""How exactly it is kept when a session was used last: a look at a page need not write."""


def folded(name: str) -> str:
    """A name as it is compared: capitals and blanks at its ends do not count."""
    return " ".join(name.split()).casefold()


def add(session: Session, name: str, role: Role, password: str, now: datetime) -> DeskUser:
    """Adds a user with the hash of a password. Raises BadInput where there is one of this name."""
    values = {"name": name, "folded": folded(name), "role": role, "password": password, "added_at": now}
    insert_missing(session, DeskUserRow, [values | {"password_at": now}])
    row = _row(session, name)
    if row is None or row.password != password:
        raise BadInput(f"there is a user {name} already; `tracker desk user role` and `passwd` change one")
    return _user(row)


def users(session: Session) -> tuple[DeskUser, ...]:
    """All of them, by name, each with how many sessions they have."""
    counts = select(DeskSessionRow.user_id, func.count()).group_by(col(DeskSessionRow.user_id))
    sessions = dict(session.exec(counts).all())
    rows = session.exec(select(DeskUserRow).order_by(col(DeskUserRow.folded))).all()
    return tuple(_user(row, sessions.get(row.id or 0, 0)) for row in rows)


def user(session: Session, name: str) -> DeskUser:
    """The user of this name, capitals aside. Raises BadInput with the nearest ones."""
    row = _row(session, name)
    if row is None:
        known = [one.name for one in users(session)]
        raise BadInput(f"there is no user {name}; {remedy(name, known, '`tracker desk user list` shows all')}")
    return _user(row)


def by_id(session: Session, user_id: int) -> DeskUser:
    """The user of this id. Raises BadInput."""
    row = session.get(DeskUserRow, user_id)
    if row is None:
        raise BadInput(f"there is no user {user_id}; perhaps somebody else removed them")
    return _user(row)


def password_of(session: Session, name: str) -> tuple[DeskUser, str] | None:
    """The user of this name with the hash of the password."""
    row = _row(session, name)
    return (_user(row), row.password) if row else None


def set_password(session: Session, user_id: int, password: str, now: datetime) -> None:
    """Gives a user the hash of another password, and ends all their sessions: whoever knew the old one is out."""
    _change(session, user_id, password=password, password_at=now)
    end_sessions(session, user_id)


def set_hash(session: Session, user_id: int, password: str) -> None:
    """The hash of the same password, made anew."""
    _change(session, user_id, password=password)


def set_role(session: Session, user_id: int, role: Role) -> None:
    """What a user may do from now on, also where they are signed in. Raises BadInput for the only admin."""
    if role is not Role.ADMIN:
        _leave_an_admin(session, user_id)
    _change(session, user_id, role=role)


def remove(session: Session, user_id: int) -> None:
    """Removes a user with all sessions; what they decided stays, under their name. Raises BadInput for the only
    admin."""
    _leave_an_admin(session, user_id)
    session.exec(delete(DeskUserRow).where(col(DeskUserRow.id) == user_id))


def add_session(session: Session, user_id: int, hashed: str, now: datetime) -> None:
    """A session begins, and those that have ended by themselves go."""
    old = (col(DeskSessionRow.seen_at) < now - QUIET) | (col(DeskSessionRow.began_at) < now - LONGEST)
    session.exec(delete(DeskSessionRow).where(old))
    session.add(DeskSessionRow(hash=hashed, user_id=user_id, began_at=now, seen_at=now))


def session_user(session: Session, hashed: str, now: datetime) -> tuple[DeskUser, datetime] | None:
    """Whose session it is and when it was used last; None where there is none, or none any more."""
    query = select(DeskUserRow, DeskSessionRow).join(DeskSessionRow, col(DeskSessionRow.user_id) == col(DeskUserRow.id))
    found = session.exec(query.where(col(DeskSessionRow.hash) == hashed)).first()
    if found is None:
        return None
    row, told = found
    seen, began = utc(told.seen_at), utc(told.began_at)
    return (_user(row), seen) if seen >= now - QUIET and began >= now - LONGEST else None


def note_use(session: Session, hashed: str, now: datetime) -> None:
    """The session was used now."""
    session.exec(update(DeskSessionRow).where(col(DeskSessionRow.hash) == hashed).values(seen_at=now))


def end_session(session: Session, hashed: str) -> None:
    """One session ends."""
    session.exec(delete(DeskSessionRow).where(col(DeskSessionRow.hash) == hashed))


def end_sessions(session: Session, user_id: int) -> int:
    """All sessions of a user end; how many there were."""
    return session.exec(delete(DeskSessionRow).where(col(DeskSessionRow.user_id) == user_id)).rowcount


def _row(session: Session, name: str) -> DeskUserRow | None:
    return session.exec(select(DeskUserRow).where(DeskUserRow.folded == folded(name))).one_or_none()


def _leave_an_admin(session: Session, user_id: int) -> None:
    """Of two who take the role from each other at once, the second one waits for the first."""
    admins = select(DeskUserRow).where(DeskUserRow.role == Role.ADMIN).order_by(col(DeskUserRow.id)).with_for_update()
    found = session.exec(admins).all()
    if [row.id for row in found] == [user_id]:
        raise BadInput(
            f"{found[0].name} is the only admin, without whom nobody looks after people; make somebody else an admin "
            "first"
        )


def _change(session: Session, user_id: int, **values: Any) -> None:
    session.exec(update(DeskUserRow).where(col(DeskUserRow.id) == user_id).values(**values))


def _user(row: DeskUserRow, sessions: int = 0) -> DeskUser:
    told = {name: getattr(row, name) for name in ("name", "role", "added_at", "password_at")}
    return DeskUser(id=row.id or 0, sessions=sessions, **told)
