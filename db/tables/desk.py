"""The tables of the desk: who may use it, and in which browsers they are signed in.

A restore takes them from the old database (`db.backup.carry_over.CARRIED`): an older copy brings back nobody who
was removed, no password that was changed and no session that was ended."""

from datetime import datetime

from sqlmodel import Field

from db.columns import KEY, AsText
from db.tables.timeline import TableRow
from db.values import Role


class DeskUserRow(TableRow, table=True):
    """A user. `folded` is the name as it is compared; `password` its Argon2 hash with all its parameters (PHC string
    format)."""

    __tablename__ = "desk_user"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    folded: str = Field(unique=True, sa_type=KEY)
    role: Role = Field(sa_type=AsText(Role))
    password: str
    added_at: datetime
    password_at: datetime


class DeskSessionRow(TableRow, table=True):
    """A browser in which a user is signed in. `hash` is the SHA-256 of what its cookie says, so that whoever reads the
    database, or a copy of it, is signed in nowhere."""

    __tablename__ = "desk_session"
    hash: str = Field(primary_key=True, sa_type=KEY)
    user_id: int = Field(foreign_key="desk_user.id", ondelete="CASCADE", index=True)
    began_at: datetime
    seen_at: datetime
