"""Changed sentences of policies: the program took them for changes of a rule; a person says whether they are."""

from typing import Any

from fastapi import Response

from db.engine import reading
from db.people import policy_edits
from db.sessions import session
from jobs.web.desk.desk_request import DeskRequest
from tracker.errors import BadInput
from tracker.kinds import EditSort
from tracker.publish.report.documents import PublishedEdit
from tracker.publish.report.pages.documents import sides
from tracker.read.documents.comparison import EditKind

AT_ONCE = 20
"""Pairs on the page: some minutes of reading."""
DONE = {EditSort.RULE: "a change of rule", EditSort.FORM: "of form only", None: "not decided any more"}


def show(request: DeskRequest, problem: str = "") -> Response:
    """The next ones, then those that were decided last."""
    with reading(request.engine) as opened:
        waiting, known = policy_edits.waiting(opened, AT_ONCE), policy_edits.decided(opened, AT_ONCE)
        number = policy_edits.count_waiting(opened)
    values: dict[str, Any] = {"waiting": waiting, "known": known, "number": number, "sides": words_of}
    return request.page("texts", problem=problem, done=request.query("done"), **values)


def words_of(one: policy_edits.QueuedEdit) -> object:
    """Both sentences in runs of words."""
    edit = PublishedEdit(EditKind.CHANGED, one.old, one.new, "", "", moved=False, sort=EditSort.RULE, decided=False)
    return sides(edit)


def of_rule(request: DeskRequest) -> Response:
    """It changes a rule: its entry is confirmed."""
    return _decide(request, EditSort.RULE)


def of_form(request: DeskRequest) -> Response:
    """It changes no rule: its entry is rejected when nothing else proves it."""
    return _decide(request, EditSort.FORM)


def undo(request: DeskRequest) -> Response:
    """Takes back what was said of it."""
    return _decide(request, None)


def _decide(request: DeskRequest, sort: EditSort | None) -> Response:
    key = int(request.path("key"))
    try:
        with session(request.engine) as opened:
            name = policy_edits.decide(opened, key, sort, request.act())
    except BadInput as error:
        return show(request, str(error))
    request.log("changed sentence decided", edit=key, sort=sort.value if sort else "undone")
    return request.go("texts", done=f"{name}: the sentence is {DONE[sort]}")
