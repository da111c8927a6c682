"""What is withheld from everything published: names, by admins; quotes are withheld where their entries are."""

from fastapi import Response

from db.engine import reading, session
from db.people import withholding
from db.values import Role
from jobs.desk.asked import Asked
from jobs.desk.pages.review import ID
from jobs.review.withholding import STAYS, held, what
from tracker.errors import BadInput

DONE = {
    "withheld": f"It is withheld, in the report within a minute. {STAYS}",
    "known": "It was withheld already",
    "released": "It is published again, in the report within a minute",
}
"""What the page says after an act."""
WHY = "say why; colleagues will ask"
UNSURE = "tick that the name is to be published again"


def show(asked: Asked) -> Response:
    """All decisions, those that stand first and the latest before the others."""
    return _page(asked)


def _page(asked: Asked, problem: str = "") -> Response:
    with reading(asked.engine) as opened:
        found = withholding.decisions(opened)
    ordered = sorted(found, key=lambda item: (item.released_at is None, item.at), reverse=True)
    told = {"decisions": ordered, "what": what, "done": DONE.get(asked.query("done"), "")}
    return asked.page("withheld", 400 if problem else 200, problem=problem, **told)


def withhold(asked: Asked) -> Response:
    """Withholds a name, once it was said what that does and somebody is sure."""
    act = asked.act()
    try:
        name = withholding.checked_name(asked.said("name"))
        if not act.reason:
            raise BadInput(WHY)
    except BadInput as error:
        return _page(asked, str(error))
    if not asked.said("sure"):
        with reading(asked.engine) as opened:
            counts = held(name, withholding.holders(opened, name))
        return asked.page("withhold", name=name, counts=counts, reason=act.reason, stays=STAYS)
    with session(asked.engine) as opened:
        item, is_new = withholding.name(opened, name, act)
    if is_new:
        asked.note("name withheld", withholding=item.id)
    return asked.go("withheld", done="withheld" if is_new else "known")


def release(asked: Asked) -> Response:
    """Publishes again what was withheld; a name, only an admin who is sure. Raises BadInput where there is nothing of
    this id."""
    with session(asked.engine) as opened:
        item = withholding.get(opened, asked.path("name"))
        if item.is_name:
            asked.need(Role.ADMIN)
        if item.is_name and not asked.said("sure"):
            return _page(asked, UNSURE)
        withholding.release(opened, item.id, asked.act())
    asked.note("published again", withholding=item.id)
    entry = asked.said("entry")
    return asked.go(f"entry/{entry}" if ID.fullmatch(entry) else "withheld", done="released")
