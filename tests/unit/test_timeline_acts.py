"""One act told in several stages by several articles is one entry; what one article tells apart stays apart."""

import random

import pytest

from support.timeline.book import Book
from support.timeline.cases import evidence, fold
from tracker.model import Evidence, Stage
from tracker.timeline.merging.across_stages import TELLINGS, folded_with

BAN = {"subject": "pit bull ban", "topic": "animals", "instrument": "pit bull ban"}


def told(stage: str, outlet: str, on: str = "2018-08-07", **fields: object) -> Evidence:
    return evidence(stage, on, outlet=outlet, **{"published": "2018-08-08", **BAN, **fields})


def test_a_vote_told_as_refusal_and_as_repeal_is_one_entry_called_as_most_reports_do() -> None:
    (entry,) = fold([told("rejected", "Herald"), told("rescinded", "Post"), told("rescinded", "Times")])
    assert entry.stage is Stage.RESCINDED
    assert len(entry.evidence) == 3


@pytest.mark.parametrize(
    "other",
    [
        told("rejected", "Herald", on="2018-08-06"),
        told("proposed", "Herald", published="2018-08-06"),
        told("blocked", "Herald"),
        told("rejected", "Herald", subject="chicken coops", instrument="coop permit"),
        told("rejected", "Herald", place="ocd-division/country:us/state:wi/place:madison", name="Madison"),
    ],
)
def test_another_day_a_vote_to_come_a_court_another_policy_and_another_place_stay_apart(other: Evidence) -> None:
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


def test_an_order_told_as_adoption_as_start_and_as_end_of_the_old_rule_is_one_entry() -> None:
    (entry,) = fold([told("adopted", "Herald"), told("effective", "Post"), told("rescinded", "Times")])
    assert entry.stage is Stage.EFFECTIVE


def test_a_first_reading_told_as_the_vote_is_one_entry() -> None:
    (entry,) = fold([told("proposed", "Herald"), told("rescinded", "Post"), told("proposed", "Times")])
    assert entry.stage is Stage.PROPOSED


def test_the_stage_is_the_one_that_was_read_most_surely() -> None:
    (entry,) = fold([told("proposed", "Herald", score=0.3), told("rescinded", "Post", score=0.8)])
    assert entry.stage is Stage.RESCINDED


def test_news_without_a_date_is_of_the_vote_of_its_month() -> None:
    news = told("rejected", "Herald", on="2018-08", basis="reported", primary=True)
    (entry,) = fold([news, told("rescinded", "Post")])
    assert (entry.stage, str(entry.date)) == (Stage.RESCINDED, "2018-08-07")


def test_stages_that_can_be_one_act_are_folded_together_and_nothing_else() -> None:
    assert {stage for stage in Stage if folded_with(stage) is Stage.ADOPTED} == TELLINGS
