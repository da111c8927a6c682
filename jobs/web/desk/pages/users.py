"""Who may use the desk, for admins: what `tracker desk user` does, but for passwords that were forgotten. Signing in
and out, and one's own password."""

import re
from collections.abc import Callable

from fastapi import Response
from sqlmodel import Session

from db.desk import users
from db.engine import reading
from db.sessions import session
from db.values import Role
from jobs.web.desk import passwords
from jobs.web.desk.desk_request import DeskRequest
from jobs.web.middleware.clients import household
from tracker.errors import BadInput
from tracker.publish import safe

UNLIKE = "the password was not the same both times; nobody was added"
UNSURE = "tick that they are to be removed"
DONE = {
    "added": "they may use the desk from now on",
    "role": "their role is another one, at once",
    "sign-out": "they are signed out everywhere",
    "removed": "they are removed",
}
"""What the page says after an act."""
WRONG = "This name and this password do not belong together."
WAIT = "Too many passwords were tried. Please try again in {seconds} seconds."
OTHER = "The old password is not right. Nothing was changed."
NOT_THE_SAME = "The new password was not the same both times. Nothing was changed."
INSIDE = re.compile(r"(?!/)[\w/~?=&%+:,.-]*", re.ASCII)
"""Pages of the desk as a form may name them: nothing that leads to another host."""


def show(request: DeskRequest, problem: str = "") -> Response:
    """All users, and where they are signed in."""
    with reading(request.engine) as opened:
        found = users.users(opened)
    done = DONE.get(request.query("done"), "")
    return request.page("users", problem=problem, users=found, roles=list(Role), shortest=passwords.SHORTEST, done=done)


def add(request: DeskRequest) -> Response:
    """Lets somebody in."""
    password, again = (request.secret(name) for name in ("password", "again"))
    try:
        role = Role.known(request.field("role"))
        if password != again:
            raise BadInput(UNLIKE)
        user = passwords.add(request.engine, request.field("name"), role, password, request.desk.clock())
    except BadInput as error:
        return show(request, str(error))
    request.log("desk user changed", of=user.name, what="added", role=role.value)
    return request.go("users", done="added")


def change_role(request: DeskRequest) -> Response:
    """What somebody may do from now on."""
    return _done(request, lambda opened, key: users.set_role(opened, key, Role.known(request.field("role"))), "role")


def sign_out(request: DeskRequest) -> Response:
    """Ends all sessions of somebody."""
    return _done(request, users.end_sessions, "sign-out")


def remove(request: DeskRequest) -> Response:
    """Takes the desk away from somebody."""
    if not request.field("sure"):
        return show(request, UNSURE)
    return _done(request, users.remove, "removed")


def _done(request: DeskRequest, act: Callable[[Session, int], object], what: str) -> Response:
    """Back to the list; whoever did it to themselves may not see that any more."""
    key = request.path("key")
    try:
        with session(request.engine) as opened:
            user = users.by_id(opened, key)
            act(opened, user.id)
    except BadInput as error:
        return show(request, str(error))
    request.log("desk user changed", of=user.name, what=what)
    return request.go("users", done=what) if key != request.user.id else request.go("")


def show_login(request: DeskRequest) -> Response:
    """The form for name and password."""
    return request.page("login", wanted=inside(request.query("next")), name="")


def inside(path: str) -> str:
    """The page of the desk that was wanted; empty, its first, for what is none."""
    return path if INSIDE.fullmatch(path) and "//" not in path and ".." not in path else ""


def sign_in(request: DeskRequest) -> Response:
    """Lets in who knows their password."""
    name, wanted, sessions = request.field("name"), inside(request.field("next")), request.desk.sessions
    who = users.folded(name)[: passwords.LONGEST_NAME], household(request.client), sessions.browser(request.http, name)
    seconds = request.desk.entrance.limits.late(*who)
    if seconds:
        if request.desk.entrance.says_late():
            request.log("sign-in blocked", name=safe.shorten(name, passwords.LONGEST_NAME), seconds=seconds)
        problem = WAIT.format(seconds=seconds)
        answer = request.page("login", 429, wanted=wanted, problem=problem, name=name)
        answer.headers["Retry-After"] = str(seconds)
        return answer
    user = request.desk.entrance.admit(name, request.secret("password"))
    if user is None:
        request.log("sign-in refused", is_warning=True, name=safe.shorten(name, passwords.LONGEST_NAME))
        return request.page("login", 403, wanted=wanted, problem=WRONG, name=name)
    request.desk.entrance.limits.right(*who)
    request.log("signed in", user=user.name)
    answer = request.go(wanted)
    sessions.remember(answer, sessions.begin(user, request.visit))
    sessions.know(answer, name)
    return answer


def end_session(request: DeskRequest) -> Response:
    """Ends the session of this browser."""
    request.desk.sessions.end(request.visit)
    return request.go("login")


def end_all_sessions(request: DeskRequest) -> Response:
    """Ends all sessions of who asks."""
    with session(request.engine) as opened:
        users.end_sessions(opened, request.user.id)
    return request.go("login")


def show_account(request: DeskRequest) -> Response:
    """Who is signed in here, and the forms to change that."""
    return request.page("account", shortest=passwords.SHORTEST)


def change_password(request: DeskRequest) -> Response:
    """Another password, for whoever knows the old one; the person stays signed in here only."""
    old, new, again = (request.secret(name) for name in ("old", "new", "again"))
    problem = NOT_THE_SAME if new != again else ""
    if not problem and (seconds := request.desk.entrance.limits.late("", "", device=request.visit.key)):
        problem = WAIT.format(seconds=seconds)
    if not problem and request.desk.entrance.admit(request.user.name, old) is None:
        problem = OTHER
    if not problem:
        try:
            passwords.change_password(request.engine, request.user, new, request.desk.clock())
        except BadInput as error:
            problem = f"{error!s}. Nothing was changed."
    if problem:
        return request.page("account", problem=problem, shortest=passwords.SHORTEST)
    request.log("password changed")
    answer = request.go("account", done="password")
    request.desk.sessions.remember(answer, request.desk.sessions.begin(request.user, request.visit))
    return answer
