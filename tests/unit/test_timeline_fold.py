"""Fold: a pure function of the set of evidence. Reconcile: what is recorded becomes what the evidence says."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.timeline.cases import any_evidence, evidence, fold, gold_evidence, ocd, records, shown
from tracker.model import Evidence, Factuality
from tracker.timeline.entry_fields import evidence_key
from tracker.timeline.merging import fold as folding
from tracker.timeline.merging.fold import distinct
from tracker.timeline.merging.merge import group_of, shown_in

MANY = st.lists(any_evidence(), max_size=14)


@given(MANY, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_entries(items: list[Evidence], chance: random.Random) -> None:
    shuffled = chance.sample(items, len(items))
    assert fold(shuffled) == fold(items)


@given(MANY)
def test_evidence_that_comes_twice_changes_nothing(items: list[Evidence]) -> None:
    assert fold(items + items) == fold(items)


@given(MANY)
def test_every_piece_of_evidence_supports_one_entry_or_may_be_of_several(items: list[Evidence]) -> None:
    folded = folding.fold(items)
    held = [evidence_key(item) for entry in folded.entries for item in entry.evidence]
    held += [evidence_key(item) for item in folded.unplaced]
    assert sorted(held) == sorted(evidence_key(item) for item in distinct(items))


@given(MANY)
def test_entries_hold_evidence_of_one_place_and_of_stages_that_can_be_one_act(items: list[Evidence]) -> None:
    for entry in fold(items):
        assert {group_of(item.finding) for item in entry.evidence} == {shown_in(entry)}
        assert entry.stage in {item.finding.stage for item in entry.evidence}


@given(MANY)
def test_ids_are_unique_and_no_policy_spans_two_places(items: list[Evidence]) -> None:
    entries = fold(items)
    assert len({entry.id for entry in entries}) == len(entries)
    assert len({(entry.policy, entry.jurisdiction) for entry in entries}) == len({entry.policy for entry in entries})


@given(MANY)
def test_precision_is_never_lost(items: list[Evidence]) -> None:
    for entry in fold(items):
        told = [item.finding for item in entry.evidence if item.finding.basis.value != "reported"]
        dates = [finding.date for finding in told if finding.factuality is Factuality.ASSERTED]
        finer = [day for day in dates if day and entry.date and day != entry.date and entry.date.contains(day)]
        assert not finer


def test_copies_count_as_one_report() -> None:
    own = fold([evidence(outlet="Journal"), evidence()])[0]
    wire = fold([evidence(outlet="Journal", report="wire"), evidence(report="wire")])[0]
    assert (own.score, wire.score) == (0.96, 0.8)
    copies = [evidence(outlet=f"Paper {n}", report="wire", body="City Clerk") for n in range(3)]
    alone = [evidence(outlet=name, body="Common Council") for name in ("Journal", "Herald")]
    assert fold([*copies, *alone])[0].body == "Common Council"


GOLD = records("clusters_gold.jsonl")
ARTICLES = records("clusters.jsonl")


@pytest.mark.parametrize("seed", [None, *range(20)])
def test_the_labelled_findings_of_the_clusters_make_the_labelled_entries(seed: int | None) -> None:
    items = list(gold_evidence(ARTICLES))
    if seed is not None:
        random.Random(seed).shuffle(items)
    wanted = {(ocd(g["jurisdiction"]), g["stage"], g["date"]) for g in GOLD}
    assert {(entry.jurisdiction, entry.stage.value, str(entry.date)) for entry in fold(items)} == wanted


def test_the_wire_story_of_the_clusters_is_one_report_and_one_policy_of_each_city_stays_its_own() -> None:
    entries = fold(gold_evidence(ARTICLES))
    bans = [entry for entry in entries if "conversion" in entry.title]
    assert len({entry.policy for entry in bans}) == len({entry.jurisdiction for entry in bans})


def test_a_loose_report_of_one_of_several_steps_supports_none_and_makes_none() -> None:
    items = [
        evidence(on="2017-06-07"),
        evidence(on="2017-06-28", outlet="Journal"),
        evidence(on="2017-06", outlet="Herald"),
    ]
    assert shown(fold(items)) == [("adopted", "2017-06-07", 1), ("adopted", "2017-06-28", 1)]
    assert [len(fold(pair)) for pair in combinations(items, 2)] == [2, 1, 1]
