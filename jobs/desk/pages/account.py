"""Signing in and out, and one's own password."""

import re

from fastapi import Response

from db.desk import users
from db.engine import session
from jobs.desk import people
from jobs.desk.asked import Asked
from jobs.web.clients import household
from tracker.errors import BadInput
from tracker.publish import safe

WRONG = "This name and this password do not belong together."
WAIT = "Too many passwords were tried. Please try again in {seconds} seconds."
OTHER = "The old password is not right. Nothing was changed."
UNLIKE = "The new password was not the same both times. Nothing was changed."
INSIDE = re.compile(r"(?!/)[\w/~?=&%+:,.-]*", re.ASCII)
"""Pages of the desk as a form may name them: nothing that leads to another host."""


def ask(asked: Asked) -> Response:
    """The form for name and password."""
    return asked.page("login", wanted=inside(asked.query("next")), problem="", name="")


def inside(path: str) -> str:
    """The page of the desk that was wanted; empty, its first, for what is none."""
    return path if INSIDE.fullmatch(path) and "//" not in path and ".." not in path else ""


def sign_in(asked: Asked) -> Response:
    """Lets in who knows their password."""
    name, wanted, sessions = asked.said("name"), inside(asked.said("next")), asked.desk.sessions
    who = users.folded(name)[: people.LONGEST_NAME], household(asked.client), sessions.browser(asked.request, name)
    seconds = asked.desk.entrance.tries.late(*who)
    if seconds:
        if asked.desk.entrance.says_late():
            asked.note("sign-in blocked", name=safe.shorten(name, people.LONGEST_NAME), seconds=seconds)
        problem = WAIT.format(seconds=seconds)
        answer = asked.page("login", 429, wanted=wanted, problem=problem, name=name)
        answer.headers["Retry-After"] = str(seconds)
        return answer
    user = asked.desk.entrance.admit(name, asked.form.get("password", [""])[0])
    if user is None:
        asked.note("sign-in refused", is_warning=True, name=safe.shorten(name, people.LONGEST_NAME))
        return asked.page("login", 403, wanted=wanted, problem=WRONG, name=name)
    asked.desk.entrance.tries.right(*who)
    asked.note("signed in", user=user.name)
    answer = asked.go(wanted)
    sessions.remember(answer, sessions.begin(user, asked.visit))
    sessions.know(answer, name)
    return answer


def sign_out(asked: Asked) -> Response:
    """Ends the session of this browser."""
    asked.desk.sessions.end(asked.visit)
    return asked.go("login")


def sign_out_everywhere(asked: Asked) -> Response:
    """Ends all sessions of who asks."""
    with session(asked.engine) as opened:
        users.end_all(opened, asked.user.id)
    return asked.go("login")


def show(asked: Asked) -> Response:
    """Who is signed in here, and the forms to change that."""
    return asked.page("account", problem="", shortest=people.SHORTEST)


def change_password(asked: Asked) -> Response:
    """Another password, for whoever knows the old one; the person stays signed in here only."""
    old, new, again = (asked.form.get(name, [""])[0] for name in ("old", "new", "again"))
    problem = UNLIKE if new != again else ""
    if not problem and (seconds := asked.desk.entrance.tries.late("", "", device=asked.visit.key)):
        problem = WAIT.format(seconds=seconds)
    if not problem and asked.desk.entrance.admit(asked.user.name, old) is None:
        problem = OTHER
    if not problem:
        try:
            people.change_password(asked.engine, asked.user, new, asked.desk.clock())
        except BadInput as error:
            problem = f"{error!s}. Nothing was changed."
    if problem:
        return asked.page("account", 400, problem=problem, shortest=people.SHORTEST)
    asked.note("password changed")
    answer = asked.go("account", done="password")
    asked.desk.sessions.remember(answer, asked.desk.sessions.begin(asked.user, asked.visit))
    return answer
