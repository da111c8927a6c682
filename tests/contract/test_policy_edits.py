"""What people say of changed sentences: an entry follows it, it can be taken back, it is kept as a pair."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import col

from db.people import decisions, policy_edits
from db.sessions import session
from db.tables.documents import DocumentEditRow
from support.databases.recording import NOW, arrive, recorded
from support.documents.published import NEW, OLD
from support.documents.stored import MET, store_order
from support.timeline.cases import evidence
from tracker.errors import BadInput
from tracker.kinds import EditSort
from tracker.model import EntryStatus
from tracker.timeline.decisions.acts import Act

RULE, FORM = EditSort.RULE, EditSort.FORM
PENDING, CONFIRMED, REJECTED = EntryStatus.PENDING, EntryStatus.CONFIRMED, EntryStatus.REJECTED


def decide(engine: Engine, ordinal: int, sort: EditSort | None, minute: int = 1) -> None:
    with session(engine) as opened:
        key = opened.scalars(select(col(DocumentEditRow.id)).where(col(DocumentEditRow.ordinal) == ordinal)).one()
        policy_edits.decide(opened, key, sort, Act("ann", MET + timedelta(minutes=minute)))


def status(engine: Engine) -> EntryStatus:
    (entry,) = recorded(engine)
    return entry.status


def test_only_changed_rules_wait_with_both_sentences_and_their_entry(engine: Engine) -> None:
    store_order(engine)
    (entry,) = recorded(engine)
    with session(engine) as opened:
        (one,) = policy_edits.waiting(opened, 9)
        assert (one.old, one.new, one.entries, one.decision) == (OLD, NEW, (entry.id,), None)
        assert one.document == "General Order 7.04 Contact with Federal Officers"
        assert (policy_edits.count_waiting(opened), policy_edits.decided(opened, 9)) == (1, ())


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ([RULE], CONFIRMED),
        ([FORM], REJECTED),
        ([RULE, None], PENDING),
        ([FORM, None], PENDING),
        ([RULE, FORM], REJECTED),
        ([FORM, RULE], CONFIRMED),
        ([FORM, FORM], REJECTED),
    ],
)
def test_an_entry_follows_what_is_said_of_its_only_sentence(
    engine: Engine, said: list[EditSort | None], outcome: EntryStatus
) -> None:
    store_order(engine)
    for minute, sort in enumerate(said):
        decide(engine, 0, sort, minute)
    assert status(engine) is outcome


def test_an_entry_is_rejected_only_when_all_of_its_sentences_are_of_form(engine: Engine) -> None:
    store_order(engine)
    with session(engine) as opened:
        opened.execute(update(DocumentEditRow).values(sort=RULE))
    decide(engine, 0, FORM)
    assert status(engine) is PENDING
    decide(engine, 1, FORM, 2)
    assert status(engine) is REJECTED
    decide(engine, 0, RULE, 3)
    assert status(engine) is CONFIRMED


def test_what_the_news_tells_too_is_not_rejected(engine: Engine) -> None:
    store_order(engine)
    arrive(engine, evidence("adopted", "2026-03", published="2026-03-20", outlet="News"), now=NOW)
    decide(engine, 0, FORM)
    assert status(engine) is PENDING


def test_what_a_person_decided_of_the_entry_itself_stands(engine: Engine) -> None:
    store_order(engine)
    (entry,) = recorded(engine)
    with session(engine) as opened:
        decisions.confirm(opened, entry.id, Act("bo", MET, "seen"))
    decide(engine, 0, FORM)
    assert status(engine) is CONFIRMED


def test_an_unknown_sentence_is_said_so(engine: Engine) -> None:
    with session(engine) as opened, pytest.raises(BadInput, match="no changed sentence 99"):
        policy_edits.decide(opened, 99, RULE, Act("ann", MET))


def test_decisions_are_kept_as_labelled_pairs(engine: Engine) -> None:
    store_order(engine)
    decide(engine, 0, FORM)
    with session(engine) as opened:
        (pair,) = policy_edits.pairs(opened)
    assert (pair["old"], pair["new"], pair["label"], pair["topic"]) == (OLD, NEW, "form", "immigration")
    assert list(pair) == ["id", "old", "new", "label", "doubt", "topic", "style", "twin_of"]
