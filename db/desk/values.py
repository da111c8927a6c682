"""Who may use the desk, and the browsers in which they are signed in, as values."""

from datetime import datetime
from enum import StrEnum

from db.values import Stored
from tracker.nearest import member


class Role(StrEnum):
    """What somebody may do at the desk, each more than the one before: look, decide, look after people."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"

    @classmethod
    def known(cls, text: str) -> "Role":
        """The role of this name. Raises BadValue with the nearest one."""
        return member(cls, "role", text)

    def includes(self, other: "Role") -> bool:
        """True where whoever has this role may do what the other one may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


class DeskUser(Stored):
    """Somebody who may use the desk. `name` is what they sign in with, and the actor in the revisions of what they
    decide; `sessions` counts the browsers in which they are signed in, where that was asked for."""

    id: int
    name: str
    role: Role
    added_at: datetime
    password_at: datetime
    sessions: int = 0
