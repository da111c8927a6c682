"""Reconcile: recorded entries become what the evidence says, and people have the last word."""

from collections.abc import Iterable, Sequence
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.timeline.cases import any_evidence, carried_out, evidence, fold, shown
from tracker.model import Entry, EntryStatus, Evidence
from tracker.partial_date import PartialDate
from tracker.timeline.entry_fields import evidence_key
from tracker.timeline.merging.intents import SHOWN, Correct, Open, Retire, Support
from tracker.timeline.merging.merge import merge

DAY = evidence(outlet="Journal")
MONTH = evidence(on="2017-06")
OTHER = evidence(on="2017-06-07", outlet="Herald", published="2017-06-08")
FIELDS = ["body", "instrument", "topic", "subject", "date", "title", "status", "policy", "stage"]


def recorded(known: Sequence[Entry], items: Iterable[Evidence]) -> tuple[Entry, ...]:
    """The entries after the evidence was recorded."""
    return carried_out(known, merge(known, items).actions)


def decided(entry: Entry, **fields: Any) -> Entry:
    """The entry after a person set these fields."""
    return entry.model_copy(update={**fields, "locked": entry.locked | frozenset(fields)})


def test_new_evidence_opens_then_supports_then_corrects() -> None:
    (opened,) = merge((), [MONTH]).actions
    known = carried_out((), [opened])
    (supported,) = merge(known, [MONTH, evidence(on="2017-06", outlet="Journal")]).actions
    (corrected,) = merge(known, [MONTH, DAY]).actions
    assert [type(action) for action in (opened, supported, corrected)] == [Open, Support, Correct]
    assert opened.entry.id == supported.entry.id == corrected.entry.id
    assert (supported.entry.revision, corrected.entry.revision) == (2, 2)
    assert {item.field for item in supported.changes} == {"evidence", "score"}
    assert {(item.field, item.old, item.new) for item in corrected.changes} >= {("date", "2017-06", "2017-06-21")}


BETWEEN = evidence(on="2017-06-19/2017-06-26", outlet="Archive", published="2017-06-26")


@pytest.mark.parametrize("order", list(permutations([BETWEEN, DAY, MONTH])))
def test_a_day_between_two_visits_and_a_day_among_them_are_one_step(order: tuple[Evidence, ...]) -> None:
    (entry,) = fold(order)
    assert str(entry.date) == "2017-06-21"
    assert len(entry.evidence) == 3


def test_a_more_precise_date_corrects_a_day_between_two_visits() -> None:
    (month,) = recorded((), [MONTH])
    (between,) = recorded([month], [MONTH, BETWEEN])
    assert str(between.date) == "2017-06-19/2017-06-26"
    assert between.id == month.id
    (corrected,) = merge([between], [MONTH, BETWEEN, DAY]).actions
    assert isinstance(corrected, Correct)
    assert corrected.reason.startswith("a more precise date")
    told = {(item.old, item.new) for item in corrected.changes if item.field == "date"}
    assert told == {("2017-06-19/2017-06-26", "2017-06-21")}
    (after,) = carried_out([between], [corrected])
    assert merge([after], [MONTH, BETWEEN, DAY]).actions == ()


def test_a_day_outside_of_the_two_visits_is_another_step() -> None:
    assert len(fold([BETWEEN, evidence(on="2017-05-02", outlet="Herald", published="2017-05-03")])) == 2


def test_visits_that_overlap_may_have_seen_one_step() -> None:
    later = evidence(on="2017-06-24/2017-07-01", outlet="Mirror", published="2017-07-01")
    dates = {str(entry.date) for order in ([BETWEEN, later], [later, BETWEEN]) for entry in fold(order)}
    assert dates == {"2017-06-19/2017-06-26"}


def test_a_recorded_entry_keeps_its_id_when_an_older_report_turns_up() -> None:
    known = recorded((), [DAY])
    older = evidence(outlet="Archive", published="2017-06-21")
    assert fold([DAY, older])[0].id != known[0].id
    assert [entry.id for entry in recorded(known, [DAY, older])] == [known[0].id]


def test_a_recorded_policy_keeps_its_id_when_older_entries_turn_up() -> None:
    known = recorded((), [DAY])
    older = evidence("proposed", "2017-05-02", published="2017-05-03")
    assert {entry.policy for entry in recorded(known, [DAY, older])} == {known[0].policy}


def test_a_locked_field_is_never_changed() -> None:
    (entry,) = recorded((), [MONTH])
    locked = decided(entry, date=PartialDate(2017, 6, 30), body="Police Chief")
    (after,) = recorded([locked], [MONTH, DAY, evidence(outlet="Herald")])
    assert (str(after.date), after.body, after.basis, len(after.evidence)) == (
        "2017-06-30",
        "Police Chief",
        entry.basis,
        3,
    )
    assert after.title == "Milwaukee Police Chief, change adopted"


def test_a_confirmed_entry_keeps_what_was_confirmed_and_gains_evidence() -> None:
    (entry,) = recorded((), [MONTH])
    confirmed = decided(entry, status=EntryStatus.CONFIRMED)
    (after,) = recorded([confirmed], [MONTH, DAY])
    assert {name: getattr(after, name) for name in SHOWN} == {name: getattr(entry, name) for name in SHOWN}
    assert (after.status, len(after.evidence)) == (EntryStatus.CONFIRMED, 2)


def test_a_rejected_entry_takes_in_later_copies_and_stays_rejected() -> None:
    (entry,) = recorded((), [MONTH])
    rejected = decided(entry, status=EntryStatus.REJECTED)
    (after,) = recorded([rejected], [MONTH, DAY])
    assert (after.status, len(after.evidence)) == (EntryStatus.REJECTED, 2)


def test_a_rejected_entry_stays_rejected_when_its_article_is_read_in_another_way_and_back() -> None:
    (entry,) = recorded((), [DAY])
    known: tuple[Entry, ...] = (decided(entry, status=EntryStatus.REJECTED),)
    for items in ([], [DAY.model_copy(update={"finding": DAY.finding.model_copy(update={"start": 9, "end": 34})})]):
        known = recorded(known, items)
        assert [(item.id, item.status) for item in known] == [(entry.id, EntryStatus.REJECTED)]


def test_what_soon_tells_two_steps_alike_stays_where_a_person_put_it() -> None:
    june, july = evidence(on="2017-06"), evidence(on="2017-07", outlet="Herald", published="2017-07-30")
    year = evidence(on="2017", outlet="Journal", published="2018-01-02")
    (entry,) = recorded((), [june, year])
    held = {evidence_key(item) for item in entry.evidence}
    for known, expected in (((entry,), {evidence_key(june)}), ((decided(entry, evidence=entry.evidence),), held)):
        after = {found.id: found for found in recorded(known, [june, year, july])}
        assert {evidence_key(item) for item in after[entry.id].evidence} == expected


def test_an_entry_without_evidence_is_retired_and_comes_back_with_it() -> None:
    known = recorded((), [DAY])
    (action,) = merge(known, ()).actions
    retired = carried_out(known, [action])
    assert isinstance(action, Retire)
    assert (action.reason, action.entry.status) == ("no article supports this any longer", EntryStatus.REJECTED)
    assert merge(retired, ()).actions == ()
    (back,) = recorded(retired, [DAY])
    assert (back.id, back.status, back.revision, back.evidence) == (known[0].id, EntryStatus.PENDING, 3, (DAY,))


def test_a_confirmed_entry_that_no_article_supports_stays_confirmed() -> None:
    (entry,) = recorded((), [DAY])
    (after,) = recorded([decided(entry, status=EntryStatus.CONFIRMED)], [])
    assert (after.status, after.date, after.evidence) == (EntryStatus.CONFIRMED, entry.date, ())


def test_an_article_read_again_keeps_the_entry_whatever_sentence_it_now_quotes() -> None:
    known = recorded((), [DAY])
    again = evidence(outlet="Journal", quote="Aldermen passed the ordinance on detainers.", start=50)
    (after,) = recorded(known, [again])
    assert (after.id, after.evidence) == (known[0].id, (again,))


def test_entries_that_a_person_merged_stay_one() -> None:
    one, two = recorded((), [DAY, OTHER])
    merged = decided(one, evidence=(*one.evidence, *two.evidence))
    emptied = decided(two, evidence=(), status=EntryStatus.REJECTED)
    later = evidence(on="2017-06-07", outlet="Radio", published="2017-06-09")
    after = recorded([merged, emptied], [DAY, OTHER, later])
    assert shown(tuple(entry for entry in after if entry.status is EntryStatus.PENDING)) == [
        ("adopted", "2017-06-07", 3)
    ]
    assert merge(after, [DAY, OTHER, later]).actions == ()


def test_an_entry_that_a_person_split_stays_two() -> None:
    (entry,) = recorded((), [DAY, MONTH])
    kept, moved = decided(entry, evidence=(DAY,)), decided(entry, evidence=(MONTH,)).model_copy(update={"id": "split"})
    later = evidence(outlet="Radio")
    after = recorded([kept, moved], [DAY, MONTH, later])
    assert {(item.id, len(item.evidence)) for item in after} == {(entry.id, 2), ("split", 1)}


def test_an_entry_that_a_person_moved_to_another_place_stays_there() -> None:
    (entry,) = recorded((), [DAY])
    county = "ocd-division/country:us/state:wi/county:milwaukee"
    moved = decided(entry, jurisdiction=county, jurisdiction_name="Milwaukee County")
    (after,) = recorded([moved], [DAY, MONTH])
    assert (after.id, after.jurisdiction, len(after.evidence)) == (entry.id, county, 2)


ITEMS = st.lists(any_evidence(), max_size=10)
DECISIONS = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["reject", "confirm", "edit", "pin"])), max_size=4)


def with_decisions(known: tuple[Entry, ...], decisions: Sequence[tuple[int, str]]) -> tuple[Entry, ...]:
    """The recorded entries after a person worked on some of them."""
    entries = list(known)
    for number, what in decisions:
        if not entries:
            break
        index = number % len(entries)
        entries[index] = DECIDE[what](entries[index])
    return tuple(entries)


DECIDE = {
    "reject": lambda entry: decided(entry, status=EntryStatus.REJECTED),
    "confirm": lambda entry: decided(entry, status=EntryStatus.CONFIRMED),
    "edit": lambda entry: decided(entry, date=PartialDate(2016, 1), body="Clerk", title="A title"),
    "pin": lambda entry: decided(entry, evidence=entry.evidence),
}


@given(ITEMS, DECISIONS, ITEMS, st.booleans())
def test_reconciling_again_does_nothing(
    before: list[Evidence], decisions: list[tuple[int, str]], more: list[Evidence], reread: bool
) -> None:
    known = with_decisions(recorded((), before), decisions)
    said = more if reread else before + more
    after = carried_out(known, merge(known, said).actions)
    assert merge(after, said).actions == ()


@given(ITEMS, DECISIONS, ITEMS, st.booleans())
def test_what_people_decided_stands(
    before: list[Evidence], decisions: list[tuple[int, str]], more: list[Evidence], reread: bool
) -> None:
    known = with_decisions(recorded((), before), decisions)
    after = {entry.id: entry for entry in recorded(known, more if reread else before + more)}
    for old in known:
        new = after[old.id]
        kept = [name for name in FIELDS if name in old.locked]
        assert [getattr(new, name) for name in kept] == [getattr(old, name) for name in kept]
        assert old.locked <= new.locked
        assert new.revision >= old.revision


@given(ITEMS, DECISIONS, ITEMS)
def test_all_evidence_has_one_entry_whatever_was_decided(
    before: list[Evidence], decisions: list[tuple[int, str]], more: list[Evidence]
) -> None:
    known = with_decisions(recorded((), before), decisions)
    after = recorded(known, before + more)
    held = [evidence_key(item) for entry in after for item in entry.evidence]
    wanted = {evidence_key(item) for entry in fold(before + more) for item in entry.evidence}
    # What tells two steps alike has no entry, unless a person put it into one.
    put = {evidence_key(item) for entry in known if "evidence" in entry.locked for item in entry.evidence}
    assert len(held) == len(set(held))
    assert wanted <= set(held) <= wanted | put
    assert len({entry.id for entry in after}) == len(after)


@given(ITEMS, ITEMS)
def test_one_recording_and_two_show_the_same(before: list[Evidence], more: list[Evidence]) -> None:
    at_once, in_steps = recorded((), before + more), recorded(recorded((), before), before + more)
    live = tuple(entry for entry in in_steps if entry.evidence)
    assert [_shown(entry) for entry in _sorted(live)] == [_shown(entry) for entry in _sorted(at_once)]


def _sorted(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: [evidence_key(item) for item in entry.evidence])


def _shown(entry: Entry) -> list[object]:
    return [getattr(entry, name) for name in (*SHOWN, "score", "status", "evidence")]
