"""Who may use the desk, for admins."""

from fastapi import Response

from db import desk
from db.engine import reading, session
from jobs.desk.asked import Asked


def show(asked: Asked) -> Response:
    """All users, and where they are signed in."""
    with reading(asked.engine) as opened:
        found = desk.users(opened)
    return asked.page("users", users=found)


def sign_out(asked: Asked) -> Response:
    """Ends all sessions of somebody."""
    with session(asked.engine) as opened:
        desk.end_all(opened, asked.path("key"))
    return asked.go("users", done="sign-out")
