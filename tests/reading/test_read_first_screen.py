"""The first screen: what a headline and a summary let pass."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.articles.growth import assert_linear
from support.articles.labelled import EVAL, stories
from tracker.read.first_screen import BEGINS, WORDS, features, may_report, odds

sys.path.insert(0, str(EVAL))
from first_screen_score import figures, openings, summaries

RECALL = 0.97
"""Of the changes; what is lost here, nobody fetches."""
MOST_ORDINARY = 0.45
"""Of the ordinary items of summaries.jsonl, most of them a headline alone."""
PASS = [
    ("Council bans camping in parks", ""),
    ("Sheriff ends 287(g) agreement", "It takes effect in May."),
    ("New rules for scooters start Monday", "Here is what riders need to know."),
    ("Town votes down pit bull ban", ""),
    ("", "The county board adopted a moratorium on data centers Tuesday."),
]
ASIDE = [
    ("Lions rally late to take district opener", "Tre Hall scored 21 points in the 58-55 win."),
    ("Obituary: Joan Miller, 88", "Services are Saturday at the Methodist church."),
    ("Two hurt in crash on Highway 12", "Both drivers were taken to a hospital."),
]


@pytest.mark.parametrize(("title", "summary"), PASS)
def test_what_sounds_like_a_change_passes(title: str, summary: str) -> None:
    assert may_report(title, summary)


@pytest.mark.parametrize(("title", "summary"), ASIDE)
def test_what_is_surely_none_is_put_aside(title: str, summary: str) -> None:
    assert not may_report(title, summary)


@pytest.mark.parametrize("nothing", ["", " ", "12:30", "市议会", "\x00"])
def test_an_item_that_says_nothing_passes(nothing: str) -> None:
    assert may_report(nothing, nothing)


def test_hardly_any_change_is_lost_and_many_ordinary_items_are_put_aside() -> None:
    found = figures(summaries())
    assert found["recall"] >= RECALL
    assert found["ordinary_pass"] <= MOST_ORDINARY


@pytest.mark.parametrize("name", ["retold", "retold_2", "retold_3"])
def test_labelled_changes_pass_by_title_and_opening(name: str) -> None:
    assert figures(openings(EVAL / f"{name}.jsonl"))["recall"] >= RECALL


def test_few_ordinary_stories_of_the_bench_pass() -> None:
    told = stories(EVAL.parent / "bench" / "ordinary.txt")
    assert sum(may_report(title, text[:200]) for title, text in told) <= 0.3 * len(told)


def test_words_neighbours_and_beginnings_are_weighed_wherever_they_stand() -> None:
    assert features("Licensing on the bus", "") == features("", "licensing on the bus")
    assert {(WORDS, "licensing"), (WORDS, "the bus"), (BEGINS, "licen")} <= features("Licensing on the bus", "")
    assert (BEGINS, "bus") not in features("Licensing on the bus", "")
    assert odds(features("council ordinance", "")) > odds(features("basketball victory", ""))


@pytest.mark.parametrize("piece", ["council bans ", "a'", "x", "’", "\ud800 ", "قرار "])
def test_anything_is_looked_at_in_a_time_that_grows_with_its_length(piece: str) -> None:
    def look_at(size: int) -> None:
        may_report(piece * (size // len(piece)), piece * (size // len(piece)))

    assert_linear(look_at, 60_000)


@given(st.text(), st.text())
def test_any_text_is_looked_at(title: str, summary: str) -> None:
    assert may_report(title, summary) in (True, False)
