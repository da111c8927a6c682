"""What people decided is taken back, on both engines: the same entries and policies as before, but for revisions."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import open_database, reading
from db.people import decisions
from db.sessions import session
from db.timeline.entries import load_policies
from support.databases.recording import NOW, arrive, live, says
from support.timeline.cases import CARDS, MILWAUKEE, OHIO, evidence
from tracker.errors import BadInput
from tracker.model import Direction, Effect, Entry, Stage
from tracker.partial_date import PartialDate
from tracker.timeline.decisions.acts import Act

ITEMS = (
    evidence(outlet="Journal"),
    evidence(outlet="Post", published="2017-06-24"),
    evidence(on="2017-06-07", outlet="Herald", published="2017-06-08"),
    evidence("effective", "2017-07-06", outlet="Radio"),
    evidence(on="2017-03-07", outlet="Courier", published="2017-03-08", **CARDS),
)
MORE = (
    evidence(outlet="News", published="2017-06-25"),
    evidence(on="2017-06-07", outlet="Bugle", published="2017-06-09"),
)
Decide = Callable[[Session, dict[str, Entry], Act], object]
DECISIONS: dict[str, Decide] = {
    "confirm": lambda s, e, act: decisions.confirm(s, e["Journal"].id, act),
    "reject": lambda s, e, act: decisions.reject(s, e["Journal"].id, act),
    "set the date": lambda s, e, act: decisions.edit(s, e["Journal"].id, {"date": PartialDate(2016)}, act),
    "set the stage": lambda s, e, act: decisions.edit(s, e["Journal"].id, {"stage": Stage.BLOCKED}, act),
    "set the topic": lambda s, e, act: decisions.edit(s, e["Journal"].id, {"topic": "labor"}, act),
    "set the place": lambda s, e, act: decisions.edit(
        s, e["Journal"].id, {"jurisdiction": OHIO, "jurisdiction_name": "Milwaukee"}, act
    ),
    "merge": lambda s, e, act: decisions.merge_entries(s, e["Herald"].id, [e["Journal"].id], act),
    "merge across stages": lambda s, e, act: decisions.merge_entries(
        s, e["Journal"].id, [e["Radio"].id], act, across_stages=True
    ),
    "set effect and direction": lambda s, e, act: decisions.edit(
        s, e["Journal"].id, {"effect": Effect.BANS, "direction": Direction.STRICTER}, act
    ),
    "move to another policy": lambda s, e, act: decisions.edit(
        s, e["Journal"].id, {"policy": e["Courier"].policy}, act
    ),
    "merge three": lambda s, e, act: decisions.merge_entries(
        s, e["Journal"].id, [e["Herald"].id, e["Courier"].id], act
    ),
    "split": lambda s, e, act: decisions.split_entry(s, e["Journal"].id, [1], act),
}
ON_POLICIES: dict[str, Decide] = {
    "rename": lambda s, e, act: decisions.rename_policy(s, e["Journal"].policy, "Another name", act),
    "merge": lambda s, e, act: decisions.merge_policies(s, e["Journal"].policy, [e["Courier"].policy], act),
    "merge the other way": lambda s, e, act: decisions.merge_policies(
        s, e["Courier"].policy, [e["Journal"].policy], act
    ),
    "split": lambda s, e, act: decisions.split_policy(s, e["Journal"].policy, [e["Radio"].id], act),
}


@pytest.fixture(scope="module")
def arrived(shared_engine: Engine) -> str:
    """The address of a database that the articles have come to."""
    arrive(shared_engine, *ITEMS)
    shared_engine.dispose()
    return shared_engine.url.render_as_string(hide_password=False)


@pytest.fixture
def engine(arrived: str, copy_of: Callable[[str], str]) -> Iterator[Engine]:
    """A copy of it."""
    engine = open_database(copy_of(arrived))
    yield engine
    engine.dispose()


def by_outlet(engine: Engine) -> dict[str, Entry]:
    return {item.publisher: entry for entry in live(engine) for item in entry.evidence}


def act(minutes: int) -> Act:
    return Act("Ada", NOW + timedelta(minutes=minutes))


def stands(engine: Engine) -> tuple[dict[str, Entry], dict[str, tuple[str, str]]]:
    """The entries without their history, and the names and topics of their policies."""
    bare = {entry.id: entry.model_copy(update={"revision": 1, "revisions": ()}) for entry in live(engine)}
    with reading(engine) as opened:
        known = {one.id: (one.name, one.topic) for place in (MILWAUKEE, OHIO) for one in load_policies(opened, place)}
    return bare, {entry.policy: known[entry.policy] for entry in bare.values()}


def garble(engine: Engine) -> None:
    """What revisions say in words: nothing reads it."""
    with session(engine) as opened:
        for table in ("revision", "policy_revision"):
            opened.connection().exec_driver_sql(f"UPDATE {table} SET reason = 'took back revision 1', changes = '[]'")


@pytest.mark.parametrize("what", DECISIONS)
def test_a_decision_on_entries(engine: Engine, what: str) -> None:
    before, name = stands(engine), by_outlet(engine)["Journal"].id
    with session(engine) as opened:
        DECISIONS[what](opened, by_outlet(engine), act(1))
    assert stands(engine) != before
    garble(engine)
    with session(engine) as opened:
        decisions.undo(opened, name, act(2))
    assert stands(engine) == before


@pytest.mark.parametrize("what", DECISIONS)
def test_a_decision_on_entries_after_more_was_reported_and_an_article_read_again(engine: Engine, what: str) -> None:
    name = by_outlet(engine)["Journal"].id
    with session(engine) as opened:
        DECISIONS[what](opened, by_outlet(engine), act(1))
    arrive(engine, *MORE)
    read_again(engine)
    with session(engine) as opened:
        decisions.undo(opened, name, act(2))
    found = by_outlet(engine)
    assert sorted(item.publisher for item in found["Journal"].evidence) == ["Journal", "News", "Post"]
    assert sorted(item.publisher for item in found["Herald"].evidence) == ["Bugle", "Herald"]
    assert not any(entry.locked for entry in found.values())
    assert found["Journal"].id == name


def read_again(engine: Engine) -> None:
    """Each article is read with other borders of its sentence, and one is lost and found."""
    for item in ITEMS:
        told = item.finding
        moved = {"start": told.start + 2, "end": told.end - 3, "quote": told.quote[2:-3]}
        says(engine, item.url, told.model_copy(update=moved))
    says(engine, ITEMS[2].url)
    says(engine, ITEMS[2].url, ITEMS[2].finding)


@pytest.mark.parametrize("what", ON_POLICIES)
@pytest.mark.parametrize("by", ["Journal", "other"])
def test_a_decision_on_policies(engine: Engine, what: str, by: str) -> None:
    found, before = by_outlet(engine), stands(engine)
    with session(engine) as opened:
        after = ON_POLICIES[what](opened, found, act(1))
    assert stands(engine) != before
    garble(engine)
    other = {"rename": found["Journal"].policy, "split": getattr(after, "id", "")}.get(what, found["Courier"].policy)
    with session(engine) as opened:
        decisions.undo_policy(opened, found["Journal"].policy if by == "Journal" else other, act(2))
    assert stands(engine) == before


def test_names_are_taken_back_one_after_another_and_the_program_names_the_policy_again(engine: Engine) -> None:
    policy = by_outlet(engine)["Journal"].policy
    before = stands(engine)
    with session(engine) as opened:
        decisions.rename_policy(opened, policy, "First", act(1))
        decisions.rename_policy(opened, policy, "Second", act(2))
        assert decisions.undo_policy(opened, policy, act(3)).name == "First"
    arrive(engine, evidence("rescinded", "2019-06-21", published="2019-06-22", outlet="Late"))
    with session(engine) as opened:
        assert decisions.policy(opened, policy).name
        decisions.undo_policy(opened, policy, act(4))
    says(engine, "https://late.example/2019-06-22")
    assert stands(engine) == before
    with pytest.raises(BadInput, match="nothing that a person decided"), session(engine) as opened:
        decisions.undo_policy(opened, policy, act(5))


def test_an_entry_that_was_moved_with_its_policy_says_so(engine: Engine) -> None:
    found = by_outlet(engine)
    with session(engine) as opened:
        ON_POLICIES["merge"](opened, found, act(1))
    into = found["Journal"].policy
    with pytest.raises(BadInput, match=f"on its policy .*`tracker review undo {into}`"), session(engine) as opened:
        decisions.undo(opened, found["Courier"].id, act(2))


def test_what_was_decided_on_an_entry_since_stands_when_its_policy_moves_back(engine: Engine) -> None:
    found = by_outlet(engine)
    with session(engine) as opened:
        ON_POLICIES["merge"](opened, found, act(1))
        decisions.edit(opened, found["Courier"].id, {"body": "Clerk"}, act(2))
        decisions.undo_policy(opened, found["Courier"].policy, act(3))
    now = by_outlet(engine)["Courier"]
    assert (now.policy, now.body, now.locked) == (found["Courier"].policy, "Clerk", {"body", "evidence"})


def test_a_policy_that_was_moved_on_since_comes_back_first(engine: Engine) -> None:
    found = by_outlet(engine)
    with session(engine) as opened:
        ON_POLICIES["merge"](opened, found, act(1))
        new = decisions.split_policy(opened, found["Journal"].policy, [found["Courier"].id], act(2))
    with pytest.raises(BadInput, match="put into another policy since"), session(engine) as opened:
        decisions.undo_policy(opened, found["Courier"].policy, act(3))
    with session(engine) as opened:
        decisions.undo_policy(opened, new.id, act(4))
        decisions.undo_policy(opened, found["Courier"].policy, act(5))
    assert by_outlet(engine)["Courier"].policy == found["Courier"].policy
