"""What people decide stands: after each act, more reports of the same come in and articles are read again."""

from collections.abc import Callable
from typing import Any

import pytest

from support.timeline.book import Book, moves
from support.timeline.cases import CARDS, COUNTY, OHIO, by_outlet, evidence, reread
from tracker.errors import BadInput
from tracker.model import Basis, EntryStatus, Stage
from tracker.partial_date import PartialDate
from tracker.timeline.decisions.acts import (
    Act,
    confirm,
    edit,
    merge_entries,
    move_to_policy,
    own_words,
    reject,
    split_entry,
)
from tracker.timeline.merging.intents import SHOWN

DAY = evidence(outlet="Journal")
MONTH = evidence(on="2017-06")
OTHER = evidence(on="2017-06-07", outlet="Herald", published="2017-06-08")
RADIO, COURIER = evidence(outlet="Radio"), evidence(on="2017-06-07", outlet="Courier", published="2017-06-09")


@pytest.fixture
def book() -> Book:
    return Book()


def where(book: Book) -> dict[str, list[str]]:
    """The outlets whose evidence each entry holds."""
    return {entry.id: [item.publisher for item in entry.evidence] for entry in book.live()}


def test_every_act_is_a_revision_with_actor_time_and_reason(book: Book) -> None:
    book.arrive(DAY)
    book.decide(confirm(book.only(), Act("Ada", book.now, "seen the minutes")))
    told = book.only().revisions[-1]
    assert (told.number, told.actor, told.reason) == (2, "Ada", "confirmed: seen the minutes")
    assert {change.field for change in told.changes} == {"status", "locked"}
    assert book.only().revision == 2


@pytest.mark.parametrize("why", ["", "not: a\nvote"])
def test_the_words_of_a_person_are_told_apart_from_what_they_did(book: Book, why: str) -> None:
    act = Act("Ada", book.now, why)
    book.arrive(DAY, OTHER)
    into, other = by_outlet(book.live(), "Journal"), by_outlet(book.live(), "Herald")
    program = into.revisions[0]
    edited = edit(other, {"body": "Senate", "date": None}, act)
    done = [confirm(other, act), reject(other, act), edited, *merge_entries(into, [other], act)]
    book.decide(edited)
    done += book.undo(by_outlet(book.live(), "Herald"), act)
    book.decide(*merge_entries(into, [by_outlet(book.live(), "Herald")], act))
    (joined,) = book.live()
    done += split_entry(joined, [item for item in joined.evidence if item.publisher == "Herald"], act)
    assert [own_words(item.revision) for item in done if item] == [why] * 8
    assert (own_words(program), program.reason != "") == (program.reason, True)


@pytest.mark.parametrize("name", ["", "  ", "tracker", "Tracker"])
def test_an_act_needs_a_person(name: str) -> None:
    with pytest.raises(BadInput, match="--by"):
        Act(name, Book().now)


def test_the_same_decision_again_is_nothing(book: Book) -> None:
    book.arrive(DAY)
    book.decide(confirm(book.only(), book.act()))
    assert confirm(book.only(), book.act()) is None
    assert edit(book.only(), {"body": book.only().body}, book.act()) is not None, "a field that is set is locked"
    book.decide(edit(book.only(), {"body": book.only().body}, book.act()))
    assert edit(book.only(), {"body": book.only().body}, book.act()) is None


def test_a_confirmed_entry_shows_what_was_confirmed_whatever_is_reported_since(book: Book) -> None:
    book.arrive(MONTH)
    confirmed = book.only()
    book.decide(confirm(confirmed, book.act()))
    book.arrive(DAY, RADIO)
    now = book.only()
    assert [getattr(now, name) for name in SHOWN] == [getattr(confirmed, name) for name in SHOWN]
    assert (now.status, len(now.evidence)) == (EntryStatus.CONFIRMED, 3)


def test_a_rejected_entry_takes_in_later_reports(book: Book) -> None:
    book.arrive(MONTH)
    book.decide(reject(book.only(), book.act("only a study")))
    book.arrive(DAY, RADIO)
    assert (book.only().status, len(book.only().evidence)) == (EntryStatus.REJECTED, 3)


def test_a_copy_of_what_was_rejected_is_rejected_however_it_is_read(book: Book) -> None:
    book.arrive(evidence(report="wire"))
    book.decide(reject(book.only(), book.act()))
    book.arrive(evidence(on="2017-05-02", outlet="Post", report="wire", subject="library cards", topic="records"))
    assert {entry.status for entry in book.live()} == {EntryStatus.REJECTED}
    book.arrive(evidence(on="2017-05-02", outlet="News", subject="library cards", topic="records"))
    assert [entry.status for entry in book.live()].count(EntryStatus.PENDING) == 1, "an own report is no copy"


LOST = [
    ("a newer reader quotes other words", lambda book: book.says(DAY.url, [reread(DAY)])),
    ("the article is no longer understood", lambda book: book.says(DAY.url, [])),
    ("an earlier report turns up", lambda book: book.arrive(evidence(outlet="Archive", published="2017-06-21"))),
]


@pytest.mark.parametrize(("what", "happens"), LOST, ids=[what for what, _ in LOST])
def test_a_rejected_entry_does_not_come_back(book: Book, what: str, happens: Callable[[Book], object]) -> None:
    book.arrive(DAY)
    book.decide(reject(book.only(), book.act()))
    happens(book)
    book.says(DAY.url, [DAY])
    book.arrive(RADIO)
    assert {entry.status for entry in book.entries.values()} == {EntryStatus.REJECTED}


@pytest.mark.parametrize(("what", "happens"), LOST, ids=[what for what, _ in LOST])
def test_a_rejected_entry_does_not_come_back_under_another_first_article(
    book: Book, what: str, happens: Callable[[Book], object]
) -> None:
    book.arrive(MONTH)
    book.decide(reject(book.only(), book.act()))
    book.arrive(DAY)
    book.says(MONTH.url, [])
    happens(book)
    book.says(DAY.url, [DAY])
    assert {entry.status for entry in book.entries.values()} == {EntryStatus.REJECTED}


@pytest.mark.parametrize("act", [confirm, reject])
def test_what_joined_a_decided_entry_leaves_it_when_it_is_known_that_it_tells_of_another_step(
    book: Book, act: Callable[..., Any]
) -> None:
    undated = evidence(on=None, outlet="Herald")
    book.arrive(undated)
    book.decide(act(book.only(), book.act()))
    book.arrive(DAY, RADIO)
    assert len(book.only().evidence) == 3
    told = {"date": PartialDate(2015, 3, 4), "basis": Basis.STATED}
    book.says(undated.url, [reread(undated, **told)])
    book.says(RADIO.url, [])
    book.says(RADIO.url, [RADIO])
    assert sorted(where(book).values()) == [["Herald"], ["Journal", "Radio"]]
    assert [entry.status for entry in book.live() if len(entry.evidence) == 2] == [EntryStatus.PENDING]


def test_an_edited_field_is_locked(book: Book) -> None:
    book.arrive(MONTH)
    book.decide(edit(book.only(), {"date": PartialDate(2017, 6, 30), "body": "Police Chief"}, book.act()))
    book.arrive(DAY, RADIO)
    now = book.only()
    assert (str(now.date), now.basis, now.body, len(now.evidence)) == ("2017-06-30", Basis.STATED, "Police Chief", 3)
    assert now.title == "Milwaukee Police Chief, change adopted"


def test_reports_of_the_date_that_a_person_set_support_the_corrected_entry(book: Book) -> None:
    book.arrive(OTHER)
    book.decide(edit(book.only(), {"date": PartialDate(2017, 6, 21)}, book.act("the clerk's minutes")))
    book.arrive(DAY, RADIO, COURIER)
    assert (str(book.only().date), len(book.only().evidence)) == ("2017-06-21", 4)


def test_reports_of_the_stage_and_place_that_a_person_set_support_the_corrected_entry(book: Book) -> None:
    book.arrive(OTHER)
    fields = {"jurisdiction": COUNTY, "jurisdiction_name": "Milwaukee County", "stage": Stage.PROPOSED}
    book.decide(edit(book.only(), fields, book.act()))
    book.arrive(COURIER, evidence("proposed", "2017-06-07", place=COUNTY, name="Milwaukee County", outlet="Post"))
    now = book.only()
    assert (now.jurisdiction, now.stage, len(now.evidence)) == (COUNTY, Stage.PROPOSED, 3)
    assert now.title.startswith("Milwaukee County")


@pytest.mark.parametrize(
    ("field", "value"),
    [("stage", Stage.PROPOSED), ("jurisdiction", COUNTY), ("date", PartialDate(2015)), ("subject", "dogs")],
)
def test_an_edited_entry_is_not_opened_again_when_its_article_is_read_again(
    book: Book, field: str, value: object
) -> None:
    book.arrive(DAY)
    book.decide(edit(book.only(), {field: value}, book.act()))
    for items in ([reread(DAY)], [], [DAY], [reread(DAY, subject="detainer requests")]):
        book.says(DAY.url, items)
        assert getattr(book.only(), field) == value


def test_a_field_that_cannot_be_edited_is_named(book: Book) -> None:
    book.arrive(DAY)
    with pytest.raises(BadInput, match="score: this field cannot be edited"):
        edit(book.only(), {"score": 1.0}, book.act())


@pytest.fixture
def two(book: Book) -> Book:
    """Two entries of one policy and stage, a fortnight apart."""
    book.arrive(DAY, OTHER)
    assert len(book.live()) == 2
    return book


def quote_anew(book: Book) -> None:
    for item in (DAY, OTHER):
        book.says(item.url, [reread(item)])


def lose_and_find(book: Book) -> None:
    for items in ([], [OTHER]):
        book.says(OTHER.url, items)


AGAIN: list[tuple[str, Callable[[Book], object]]] = [
    ("more reports of either", lambda book: book.arrive(RADIO, COURIER)),
    ("both are quoted anew", quote_anew),
    ("one is lost and found", lose_and_find),
    ("recorded again", lambda book: book.record()),
]


@pytest.mark.parametrize(("what", "happens"), AGAIN, ids=[what for what, _ in AGAIN])
def test_entries_that_a_person_merged_stay_one(two: Book, what: str, happens: Callable[[Book], object]) -> None:
    into, other = by_outlet(two.live(), "Journal"), by_outlet(two.live(), "Herald")
    two.decide(*merge_entries(into, [other], two.act("one vote, told twice")))
    happens(two)
    assert list(where(two)) == [into.id]
    gone = two.entries[other.id]
    assert (gone.status, gone.evidence, gone.revisions[-1].reason) == (
        EntryStatus.REJECTED,
        (),
        f"merged into {into.id}: one vote, told twice",
    )


@pytest.mark.parametrize(("what", "happens"), AGAIN, ids=[what for what, _ in AGAIN])
def test_an_entry_that_a_person_split_stays_two(book: Book, what: str, happens: Callable[[Book], object]) -> None:
    late = evidence(outlet="Herald", published="2017-06-08")
    book.arrive(DAY, late)
    before = book.only()
    book.decide(*split_entry(before, [late], book.act()))
    happens(book)
    book.says(late.url, [reread(late)])
    book.says(DAY.url, [DAY])
    assert by_outlet(book.live(), "Herald").id != by_outlet(book.live(), "Journal").id == before.id
    assert len(book.live()) == 2 + (what == "more reports of either")


MERGED_FIELDS: list[tuple[str, str, dict[str, Any]]] = [
    ("stage", "stage", {"stage": "blocked"}),
    ("jurisdiction", "place", {"place": OHIO}),
]


@pytest.mark.parametrize(("name", "option", "fields"), MERGED_FIELDS, ids=[name for name, *_ in MERGED_FIELDS])
def test_steps_of_two_stages_or_places_are_merged_only_when_a_person_says_that_they_are_one(
    book: Book, name: str, option: str, fields: dict[str, Any]
) -> None:
    book.arrive(DAY, evidence(outlet="Herald", **fields))
    into, other = by_outlet(book.live(), "Journal"), by_outlet(book.live(), "Herald")
    ours = getattr(into, name)
    with pytest.raises(BadInput, match=f"tracker review edit {other.id} --{option} {ours}`"):
        merge_entries(into, [other], book.act())
    book.decide(edit(other, {name: ours}, book.act()))
    book.decide(*merge_entries(into, [book.entries[other.id]], book.act()))
    book.arrive(RADIO, evidence(outlet="Courier", **fields))
    (entry,) = book.live()
    assert (getattr(entry, name), len(entry.evidence)) == (ours, 4)


@pytest.mark.parametrize(("name", "option", "fields"), MERGED_FIELDS, ids=[name for name, *_ in MERGED_FIELDS])
def test_a_split_gives_what_was_merged_the_stage_or_place_that_it_tells_of(
    book: Book, name: str, option: str, fields: dict[str, Any]
) -> None:
    book.arrive(DAY, evidence(outlet="Herald", **fields))
    into, other = by_outlet(book.live(), "Journal"), by_outlet(book.live(), "Herald")
    book.decide(edit(other, {name: getattr(into, name)}, book.act()))
    book.decide(*merge_entries(into, [book.entries[other.id]], book.act()))
    (merged,) = book.live()
    book.decide(*split_entry(merged, [evidence(outlet="Herald", **fields)], book.act()))
    apart = by_outlet(book.live(), "Herald")
    assert getattr(apart, name) == getattr(other, name) != getattr(into, name)
    assert name not in apart.locked
    assert getattr(by_outlet(book.live(), "Journal"), name) == getattr(into, name)


def test_a_split_keeps_the_stage_that_a_person_set(book: Book) -> None:
    late = evidence(outlet="Herald", published="2017-06-08")
    book.arrive(DAY, late)
    book.decide(edit(book.only(), {"stage": Stage.REJECTED}, book.act()))
    book.decide(*split_entry(book.only(), [late], book.act()))
    assert {entry.stage for entry in book.live()} == {Stage.REJECTED}


def test_a_merge_needs_two_and_a_split_needs_both_sides(two: Book) -> None:
    one, _ = two.live()
    with pytest.raises(BadInput, match="two different"):
        merge_entries(one, [one], two.act())
    with pytest.raises(BadInput, match="not none and not all"):
        split_entry(one, one.evidence, two.act())


def policies(book: Book) -> dict[str, str]:
    """Subject → policy of the live entries."""
    return {entry.subject: entry.policy for entry in book.live()}


def test_policies_that_a_person_merged_stay_one_and_take_in_what_comes(book: Book) -> None:
    book.arrive(DAY, evidence(outlet="Herald", **CARDS))
    target = by_outlet(book.live(), "Journal").policy
    assert len(set(policies(book).values())) == 2
    book.decide(*move_to_policy(book.live(), target, moves(book), "merged"))
    book.arrive(evidence("effective", "2017-09-01", outlet="Radio", **CARDS))
    book.arrive(evidence("rescinded", "2019-06-21", published="2019-06-22", **CARDS))
    book.arrive(evidence("rescinded", "2019-06-20", published="2019-06-22", outlet="Post"))
    assert {entry.policy for entry in book.live()} == {target}
    assert len(book.live()) == 5


def test_a_policy_that_a_person_split_stays_two_and_each_takes_in_its_own(book: Book) -> None:
    book.arrive(DAY, evidence("effective", "2017-07-06", outlet="Herald", subject="detainer questions"))
    first, second = by_outlet(book.live(), "Journal"), by_outlet(book.live(), "Herald")
    assert first.policy == second.policy
    book.decide(
        *move_to_policy([second], "apart", moves(book), "split"),
        *move_to_policy([first], first.policy, moves(book), "split"),
    )
    book.arrive(evidence("rescinded", "2019-06-21", published="2019-06-22", subject="detainer questions"))
    book.arrive(evidence("blocked", "2018-06-21", published="2018-06-22", subject="detainer requests"))
    assert {entry.stage: entry.policy for entry in book.live()} == {
        Stage.ADOPTED: first.policy,
        Stage.EFFECTIVE: "apart",
        Stage.RESCINDED: "apart",
        Stage.BLOCKED: first.policy,
    }


@pytest.mark.parametrize(
    "decide",
    [
        confirm,
        reject,
        lambda entry, act: edit(entry, {"date": None, "body": "Clerk"}, act),
        lambda entry, act: edit(entry, {"jurisdiction": COUNTY, "jurisdiction_name": "Milwaukee County"}, act),
    ],
)
def test_an_act_can_be_taken_back_and_the_program_decides_again(book: Book, decide: Callable[..., object]) -> None:
    book.arrive(MONTH)
    before = book.only()
    book.decide(decide(before, book.act()))  # type: ignore[arg-type]
    assert book.only() != before
    book.decide(*book.undo(book.only()))
    assert book.only().model_copy(update={"revision": 1, "revisions": before.revisions}) == before
    book.arrive(DAY)
    assert str(book.only().date) == "2017-06-21"


def test_there_is_nothing_to_take_back_where_nobody_decided(book: Book) -> None:
    book.arrive(MONTH)
    with pytest.raises(BadInput, match="no person has decided"):
        book.undo(book.only())


def test_an_act_that_turns_up_later_does_not_slip_into_an_entry_that_was_merged_away(book: Book) -> None:
    early, late = evidence(outlet="Journal", start=40), evidence(on="2017-06-07", outlet="Journal", start=80)
    book.says(early.url, [early, late])
    away, into = sorted(book.live(), key=lambda entry: entry.evidence[0].finding.start)
    book.decide(*merge_entries(into, [away], book.act()))
    book.says(early.url, [evidence(on="2017-03-01", outlet="Journal", start=0), early, late])
    assert book.entries[away.id].evidence == ()
    assert [entry.status for entry in book.live()] == [EntryStatus.PENDING] * 2


def test_a_thread_that_comes_apart_stays_with_the_entry_that_a_person_put_into_its_policy(book: Book) -> None:
    bridge = evidence("proposed", "2017-05-02", published="2017-05-03", subject="detainer library cards")
    book.arrive(bridge, DAY, evidence("effective", "2017-07-06", outlet="Radio", subject="library cards"))
    assert len({entry.policy for entry in book.live()}) == 1
    book.decide(*move_to_policy([by_outlet(book.live(), "Journal")], book.live()[0].policy, moves(book), "kept"))
    kept = book.live()[0].policy
    book.says(bridge.url, [])
    assert {entry.policy for entry in book.live()} == {kept}
