"""What readers write about entries reaches whoever reviews them, is answered by what they decide, and is published by
nobody; on both engines."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from db.engine import reading
from db.people import decisions, remarks
from db.people.review_queue import count_waiting, doubtful, needs_person
from db.sessions import session
from db.timeline.filters import ALL
from support.databases.recording import NOW, arrive, live
from support.timeline.cases import evidence
from tracker.errors import BadInput
from tracker.model import Entry
from tracker.partial_date import PartialDate
from tracker.timeline.decisions.acts import Act, own_words
from tracker.timeline.decisions.remarks import About, Remark, RemarkOutcome, answered_by_edit

ACT = Act("Ada", NOW + timedelta(days=1), "the clerk's minutes")
DAY, LATER = evidence(outlet="Journal"), evidence("effective", "2017-07-06", outlet="News")


@pytest.fixture
def entry(engine: Engine) -> Entry:
    arrive(engine, DAY, LATER)
    return live(engine)[0]


def said(engine: Engine, entry: Entry, about: About = About.DATE, **more: str) -> Remark:
    with session(engine) as opened:
        return remarks.add(opened, entry.id, about, "It was June 20.", NOW, revision=entry.revision, **more)


def of(engine: Engine, entry: Entry) -> tuple[Remark, ...]:
    with reading(engine) as opened:
        return remarks.of_entry(opened, entry.id)


def test_an_entry_that_a_reader_wrote_about_is_looked_at_first(engine: Engine, entry: Entry) -> None:
    with reading(engine) as opened:
        last = list(doubtful(opened, ALL, 10))[-1]
        _, needy = count_waiting(opened)
    said(engine, last)
    with reading(engine) as opened:
        assert next(doubtful(opened, ALL, 10)).id == last.id
        assert len(list(doubtful(opened, ALL, 1))) == 1
        assert count_waiting(opened)[1] == needy
        assert last.id not in [found.id for found in doubtful(opened, ALL, 10, [last.id])]


@pytest.mark.parametrize("order", [1, -1])
def test_whoever_waits_longest_comes_first_however_few_are_asked_for(engine: Engine, entry: Entry, order: int) -> None:
    """Whichever of the entries stands first in the table."""
    names = [said(engine, found).entry for found in live(engine)[::order]]
    with reading(engine) as opened:
        assert [found.id for found in doubtful(opened, ALL, 1)] == names[:1]
        assert [found.id for found in doubtful(opened, ALL, 10)][: len(names)] == names


def test_a_confirmed_entry_needs_a_person_again(engine: Engine, entry: Entry) -> None:
    with session(engine) as opened:
        found = decisions.confirm(opened, entry.id, ACT)
        assert not needs_person(opened, found)
    said(engine, entry)
    with reading(engine) as opened:
        assert needs_person(opened, found)
        assert next(doubtful(opened, ALL, 10)).id == entry.id


def test_an_edit_answers_what_it_names_and_the_history_says_so(engine: Engine, entry: Entry) -> None:
    told, other = said(engine, entry), said(engine, entry, About.PLACE)
    act = Act("Ada", ACT.at, "the minutes", remarks=(told.id,))
    with session(engine) as opened:
        after = decisions.edit(opened, entry.id, {"date": PartialDate(2017, 6, 20)}, act)
    assert own_words(after.revisions[-1]) == "after a reader's report: the minutes"
    first, second = of(engine, after)
    assert (first.outcome, first.closed_by, first.closed_at, first.why) == ("corrected", "Ada", ACT.at, "the minutes")
    assert second == other
    assert "It was June 20." not in str(after)


@pytest.mark.parametrize(
    ("decide", "outcome"), [(decisions.confirm, RemarkOutcome.STANDS), (decisions.reject, RemarkOutcome.WITHDRAWN)]
)
def test_a_verdict_answers_too(engine: Engine, entry: Entry, decide: object, outcome: RemarkOutcome) -> None:
    told = said(engine, entry)
    with session(engine) as opened:
        decide(opened, entry.id, Act("Ada", ACT.at, remarks=(told.id,)))  # type: ignore[operator]
    assert [item.outcome for item in of(engine, entry)] == [outcome]


def test_looked_at_and_it_stands(engine: Engine, entry: Entry) -> None:
    told = said(engine, entry)
    with session(engine) as opened:
        remarks.close(opened, told.id, ACT)
    assert of(engine, entry)[0].outcome is RemarkOutcome.STANDS
    with session(engine) as opened, pytest.raises(BadInput, match="R1 was answered on 20"):
        remarks.close(opened, told.id, ACT)
    assert live(engine)[0].revisions == entry.revisions


def test_an_act_that_is_taken_back_is_no_answer(engine: Engine, entry: Entry) -> None:
    told = said(engine, entry)
    with session(engine) as opened:
        decisions.reject(opened, entry.id, Act("Ada", ACT.at, remarks=(told.id,)))
    with session(engine) as opened:
        decisions.undo(opened, entry.id, Act("Ada", ACT.at + timedelta(days=1)))
    assert of(engine, entry) == (told,)


def test_a_merged_entry_brings_its_remarks_and_takes_them_back(engine: Engine) -> None:
    arrive(engine, DAY, evidence(on="2017-05-02", outlet="Herald", published="2017-05-04", subject="library cards"))
    into, gone = live(engine)
    told = said(engine, gone)
    with session(engine) as opened:
        decisions.merge_entries(opened, into.id, [gone.id], ACT)
    assert of(engine, into) == (told,)
    with reading(engine) as opened:
        assert remarks.open_by_entry(opened) == {into.id: [told]}
    with session(engine) as opened:
        decisions.undo(opened, into.id, Act("Ada", ACT.at + timedelta(days=1)))
    assert of(engine, into) == ()
    assert of(engine, gone) == (told,)


def test_a_remark_on_another_entry_stops_the_act(engine: Engine, entry: Entry) -> None:
    told = said(engine, live(engine)[1])
    with pytest.raises(BadInput, match="R1 is about another entry"), session(engine) as opened:
        decisions.reject(opened, entry.id, Act("Ada", ACT.at, remarks=(told.id,)))
    assert live(engine)[0] == entry


def test_an_address_is_kept_until_its_reader_was_told(engine: Engine, entry: Entry) -> None:
    told = said(engine, entry, address="ada@example.org")
    with session(engine) as opened:
        assert remarks.due_answers(opened, ACT.at) == []
        remarks.close(opened, told.id, ACT)
        assert [item.address for item in remarks.due_answers(opened, ACT.at)] == ["ada@example.org"]
        assert remarks.note_attempt(opened, told.id, timedelta(hours=1), ACT.at)
        assert remarks.due_answers(opened, ACT.at) == []
        assert not remarks.note_attempt(opened, told.id, timedelta(hours=1), ACT.at + timedelta(days=4))
        assert remarks.due_answers(opened, ACT.at + timedelta(days=9)) == []
    assert of(engine, entry)[0].address == ""


def test_an_address_can_be_taken_off(engine: Engine, entry: Entry) -> None:
    said(engine, entry, address="Ada@Example.org")
    with session(engine) as opened:
        assert remarks.forget_address(opened, "ada@example.org") == 1
        assert remarks.forget_address(opened, "") == 0
    assert of(engine, entry)[0].address == ""


def test_a_flood_ends(engine: Engine, entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remarks, "MOST_OF_ENTRY", 2)
    monkeypatch.setattr(remarks, "MOST_OPEN", 3)
    for _ in range(2):
        said(engine, entry)
    with pytest.raises(BadInput, match="about this entry already"):
        said(engine, entry)
    other = live(engine)[1]
    said(engine, other)
    with pytest.raises(BadInput, match="Too many messages"):
        said(engine, other)


def test_an_edit_answers_those_about_its_fields_and_those_about_none() -> None:
    found = [
        Remark(id=number, entry="e", revision=1, about=about, text="x", at=NOW) for number, about in enumerate(About)
    ]
    numbers = {about: number for number, about in enumerate(About)}
    expected = {numbers[About.DATE], numbers[About.NO_CHANGE], numbers[About.OTHER]}
    assert set(answered_by_edit(found, ["date", "topic"])) == expected
