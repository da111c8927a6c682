"""What the report shows of documents is published anew where it is another, whatever found that."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from db import freshness
from db.engine import reading
from db.people import policy_edits
from db.sessions import session
from db.sources import documents
from support.documents.stored import LIST, MET, store_order
from support.timeline.cases import MILWAUKEE
from tracker.gather.sources.document_list import Listed
from tracker.gather.sources.document_visit import Visit, VisitKind
from tracker.kinds import EditSort
from tracker.read.documents.order_head import OrderHead
from tracker.timeline.decisions.acts import Act

LATER = MET + timedelta(days=1)
ORDER = Listed(f"{LIST}/7-04.pdf", "7.04")
UNCHANGED = Visit(VisitKind.UNCHANGED)
HEAD = OrderHead("General Order 7.04", "Arrests", "Milwaukee Police Department", (), "", (), "")
Change = Callable[[Session, int], object]
CHANGES: dict[str, Change] = {
    "an error": lambda opened, key: documents.note_error(opened, key, "no answer", LATER),
    "another title": lambda opened, key: documents.learn_head(opened, key, HEAD, MILWAUKEE),
    "a document that is new": lambda opened, _: documents.note_list(
        opened, 1, [ORDER, Listed(f"{LIST}/8-01.pdf", "8.01")], LATER
    ),
    "nothing at the address": lambda opened, key: documents.note_absent(opened, key, LATER),
    "a person's word on one of two sentences": lambda opened, _: policy_edits.decide(
        opened, 2, EditSort.FORM, Act("ann", LATER)
    ),
}
NOTHING: dict[str, Change] = {
    "a visit that met the same": lambda opened, key: documents.note_same(opened, key, UNCHANGED, LATER),
    "the same list": lambda opened, _: documents.note_list(opened, 1, [ORDER], LATER),
}


@pytest.mark.parametrize("what", CHANGES | NOTHING)
def test_another_state_of_a_document_is_noticed_and_the_same_is_not(engine: Engine, what: str) -> None:
    key, before = store_order(engine), 0
    with session(engine) as opened:
        before = freshness.number(opened)
        (CHANGES | NOTHING)[what](opened, key)
    with reading(engine) as opened:
        assert (freshness.number(opened) > before) == (what in CHANGES)
