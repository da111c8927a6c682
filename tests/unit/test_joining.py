"""How many steps come into one entry is measured so that a poor merge shows, on labels alone."""

import sys

import pytest

from support.articles.labelled import EVAL
from tracker.model import Evidence

sys.path.insert(0, str(EVAL))
from joining import Labels, labels, measured, perfect_reports, rows


@pytest.fixture(scope="module")
def known() -> Labels:
    return labels("dev")


@pytest.fixture(scope="module")
def news(known: Labels) -> list[Evidence]:
    return perfect_reports(known)


def address(known: Labels, name: str) -> str:
    return next(str(article["url"]) for article in known.articles if article["id"] == name)


def test_a_record_without_news_is_joined_with_none(known: Labels) -> None:
    found = measured(known, [])
    assert (found.joined, found.wrong, found.apart) == (0, (), ())
    assert len(found.unread) + len(found.unrecorded) == found.steps


def test_what_the_same_sentences_tell_is_joined(known: Labels, news: list[Evidence]) -> None:
    found = measured(known, news)
    assert found.whole <= found.joined == found.steps - len(found.apart) - len(found.unread) - len(found.unrecorded)
    assert "pgh-bags.adopted" not in (*found.apart, *found.unread, *found.unrecorded)


def test_an_article_that_must_stay_apart_is_noticed(known: Labels, news: list[Evidence]) -> None:
    told = next(item for item in news if item.url == address(known, "pgh-bags-1"))
    other = address(known, "phl-bags-nm")
    copied = told.model_copy(update={"url": other, "report": other})
    before, after = measured(known, news), measured(known, [*news, copied])
    assert [line for line in after.wrong if line not in before.wrong] == ["pgh-bags.adopted with phl-bags-nm"]


def test_each_row_of_a_step_is_evidence_of_its_own(known: Labels) -> None:
    found = dict(rows(known))
    assert len(found) == len({(item.url, item.record) for item in found.values()})
    assert all(item.matter and item.record for item in found.values())
