"""One act told in two stages by two articles is one entry; what one article tells apart stays apart."""

import random

import pytest
from timeline_book import Book
from timeline_cases import evidence, fold

from tracker.model import Evidence, Stage
from tracker.timeline.acts import OUTCOMES, folded_with

BAN = {"subject": "pit bull ban", "topic": "animals", "instrument": "pit bull ban"}


def told(stage: str, outlet: str, on: str = "2018-08-07", **fields: str) -> Evidence:
    return evidence(stage, on, published="2018-08-08", outlet=outlet, **{**BAN, **fields})


def test_a_vote_told_as_refusal_and_as_repeal_is_one_entry_called_as_most_reports_do() -> None:
    (entry,) = fold([told("rejected", "Herald"), told("rescinded", "Post"), told("rescinded", "Times")])
    assert entry.stage is Stage.RESCINDED
    assert len(entry.evidence) == 3


@pytest.mark.parametrize(
    "other",
    [
        told("rejected", "Herald", on="2018-08-06"),
        told("effective", "Herald"),
        told("proposed", "Herald"),
        told("rejected", "Herald", subject="chicken coops", instrument="coop permit"),
        told("rejected", "Herald", place="ocd-division/country:us/state:wi/place:madison", name="Madison"),
    ],
)
def test_another_day_a_start_a_draft_another_policy_and_another_place_stay_apart(other: Evidence) -> None:
    assert len(fold([told("rescinded", "Post"), other])) == 2


def test_what_one_article_tells_apart_stays_apart() -> None:
    both = [
        told("adopted", "Post", url="https://post.example/1"),
        told("rescinded", "Post", url="https://post.example/1"),
    ]
    assert (
        len(
            fold(
                [
                    both[0],
                    both[1].model_copy(
                        update={"finding": both[1].finding.model_copy(update={"start": 90, "end": 120})}
                    ),
                ]
            )
        )
        == 2
    )


def test_whatever_comes_first_a_scoped_book_tells_what_a_whole_one_does() -> None:
    items = [told("rejected", "Herald"), told("rescinded", "Post"), told("rescinded", "Times"), told("adopted", "Sun")]
    expected = None
    for seed in range(8):
        scoped, whole = Book(scoped=True), Book()
        for item in random.Random(seed).sample(items, len(items)):
            scoped.arrive(item)
            whole.arrive(item)
        assert scoped.entries == whole.entries
        shown = [(entry.stage, entry.date, {item.url for item in entry.evidence}) for entry in scoped.live()]
        expected = expected or shown
        assert shown == expected


def test_outcomes_are_folded_together_and_nothing_else() -> None:
    assert {stage for stage in Stage if folded_with(stage) is Stage.ADOPTED} == OUTCOMES
