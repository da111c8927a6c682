"""Who may use the desk, for admins: what `tracker desk user` does, but for passwords that were forgotten."""

from collections.abc import Callable

from fastapi import Response
from sqlmodel import Session

from db.desk import users
from db.engine import reading, session
from db.values import Role
from jobs.desk import people
from jobs.desk.asked import Asked
from tracker.errors import BadInput

UNLIKE = "the password was not the same both times; nobody was added"
UNSURE = "tick that they are to be removed"
DONE = {
    "added": "they may use the desk from now on",
    "role": "their role is another one, at once",
    "sign-out": "they are signed out everywhere",
    "removed": "they are removed",
}
"""What the page says after an act."""


def show(asked: Asked) -> Response:
    """All users, and where they are signed in."""
    return _page(asked)


def _page(asked: Asked, problem: str = "") -> Response:
    with reading(asked.engine) as opened:
        found = users.users(opened)
    told = {"users": found, "roles": list(Role), "shortest": people.SHORTEST, "done": DONE.get(asked.query("done"), "")}
    return asked.page("users", 400 if problem else 200, problem=problem, **told)


def add(asked: Asked) -> Response:
    """Lets somebody in."""
    password, again = (asked.form.get(name, [""])[0] for name in ("password", "again"))
    try:
        role = Role.known(asked.said("role"))
        if password != again:
            raise BadInput(UNLIKE)
        user = people.add(asked.engine, asked.said("name"), role, password, asked.desk.clock())
    except BadInput as error:
        return _page(asked, str(error))
    asked.note("desk user changed", of=user.name, what="added", role=role.value)
    return asked.go("users", done="added")


def change_role(asked: Asked) -> Response:
    """What somebody may do from now on."""
    return _done(asked, lambda opened, key: users.set_role(opened, key, Role.known(asked.said("role"))), "role")


def sign_out(asked: Asked) -> Response:
    """Ends all sessions of somebody."""
    return _done(asked, users.end_all, "sign-out")


def remove(asked: Asked) -> Response:
    """Takes the desk away from somebody."""
    if not asked.said("sure"):
        return _page(asked, UNSURE)
    return _done(asked, users.remove, "removed")


def _done(asked: Asked, act: Callable[[Session, int], object], what: str) -> Response:
    """Back to the list; whoever did it to themselves may not see that any more."""
    key = asked.path("key")
    try:
        with session(asked.engine) as opened:
            user = users.by_id(opened, key)
            act(opened, user.id)
    except BadInput as error:
        return _page(asked, str(error))
    asked.note("desk user changed", of=user.name, what=what)
    return asked.go("users", done=what) if key != asked.user.id else asked.go("")
