"""How far the answers of a model are listened to: as far as its check says."""

from typing import TYPE_CHECKING

from db import opinion_days
from tracker.read.opinions.labelled import rules_version
from tracker.read.opinions.trust import Trust

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.opinions import KeptAnswer


def trust_of(session: "Session", model: str) -> Trust | None:
    """How far a model is listened to; None: it was not checked yet by the rules that it is told today."""
    check = opinion_days.holding_check(session, model, rules_version())
    return Trust.of_check(check.figures) if check else None


def trust_in(session: "Session", answer: "KeptAnswer") -> Trust | None:
    """The same for one answer. Those of a file count as a large model's where theirs was not checked: whoever brought
    them chose it."""
    found = trust_of(session, answer.model)
    return Trust.fitted() if found is None and answer.from_file else found
