"""Actions of councils that no table explains: listed, and explained by whoever knows them."""

from typing import Any

from fastapi import Response

from db.engine import reading
from db.sessions import session
from db.sources import action_meanings
from jobs.web.desk.desk_request import DeskRequest
from tracker.errors import BadInput
from tracker.read.records.actions import MEANINGS


def show(request: DeskRequest, problem: str = "") -> Response:
    """Those that wait, then those that were explained."""
    with reading(request.engine) as opened:
        found = action_meanings.actions(opened, decided=True)
    values: dict[str, Any] = {
        "waiting": [one for one in found if not one.meaning],
        "known": [one for one in found if one.meaning],
    }
    return request.page("actions", problem=problem, done=request.query("done"), meanings=MEANINGS, **values)


def explain(request: DeskRequest) -> Response:
    """Notes what an action is."""
    name, meaning = request.field("action"), request.field("meaning")
    try:
        with session(request.engine) as opened:
            source = int(request.field("source") or 0)
            action_meanings.decide(opened, source, name, meaning, request.user.name, request.desk.clock())
    except (BadInput, ValueError) as error:
        return show(request, str(error))
    request.log("action explained", action=name, meaning=meaning)
    return request.go("actions", done=f"“{name}” is {meaning} from now on")
