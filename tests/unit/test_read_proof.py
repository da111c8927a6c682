"""The sentences around a quote, and where each field is said: in the article's own characters."""

from collections.abc import Iterator

import pytest

from support.articles.reader import article, seen
from support.articles.scores import Said, scores
from tracker.model import Article, Finding, Mark, PublishedBasis, Stage
from tracker.read.decode import datable, decode
from tracker.read.findings import CONTEXT, findings
from tracker.read.thresholds import Thresholds

TITLE = "Dayton bans tents in city parks"
TEXT = (
    "Campers filled the hall. The Dayton City Commission adopted General Order 3.21 on tents Tuesday. The order takes "
    "effect July 1. Nobody spoke.\n\nThe Xenia council repealed its camping ordinance in March 2019."
)
ADOPTED = Said(2, Stage.ADOPTED, "Tuesday", "2023-05-09", place="Dayton", body="city commission", instrument="order")
STARTS = Said(3, Stage.EFFECTIVE, "July 1", "2023-07-01", place="Dayton")
BY = Thresholds(keep=0.0, considered=-9.0)


def found(*said: Said, each: Article) -> tuple[Finding, ...]:
    whole, mentions = seen(each)
    decision = decode(scores(mentions, *said), mentions, each.published, BY)
    return findings(datable(decision, whole.read.published_basis).events, whole, mentions, "other")


def told(finding: Finding, each: Article) -> dict[str, str]:
    return {mark.field: (each.title if mark.in_title else each.text)[mark.start : mark.end] for mark in finding.marks}


def test_every_field_is_marked_where_the_article_says_it() -> None:
    (finding,) = found(ADOPTED, each=article(TEXT, TITLE))
    marks = told(finding, article(TEXT, TITLE))
    assert marks["date"] == "Tuesday"
    assert "Dayton" in marks["place"]
    assert marks["body"] == "City Commission"
    assert marks["instrument"].lower() == "order"


def test_a_start_that_takes_body_and_instrument_from_its_adoption_takes_their_proof() -> None:
    finding = next(f for f in found(ADOPTED, STARTS, each=article(TEXT, TITLE)) if f.stage is Stage.EFFECTIVE)
    marks = told(finding, article(TEXT, TITLE))
    assert (marks["date"], marks["body"]) == ("July 1", "City Commission")


def test_a_date_that_stands_in_has_no_proof() -> None:
    (finding,) = found(Said(2, Stage.ADOPTED), each=article(TEXT, TITLE))
    assert "date" not in told(finding, article(TEXT, TITLE))


def test_where_nobody_knows_when_it_ran_the_day_that_goes_takes_its_proof_along() -> None:
    seen_only = article(TEXT, TITLE).model_copy(update={"published_basis": PublishedBasis.SEEN})
    (finding,) = found(ADOPTED, each=seen_only)
    assert finding.date is None
    assert "date" not in told(finding, seen_only)


def test_the_sentences_around_are_the_articles_own_characters() -> None:
    (finding,) = found(STARTS, each=article(TEXT, TITLE))
    assert finding.before.startswith("Campers filled the hall. The Dayton")
    assert finding.after == " Nobody spoke.\n\nThe Xenia council repealed its camping ordinance in March 2019."
    assert TEXT[finding.start - len(finding.before) : finding.end + len(finding.after)] == TEXT


def long_texts() -> Iterator[str]:
    yield f"{'Word ' * 80}ends. {TEXT} {'Word ' * 80}ends."
    yield f"{'A ' * 5000}"


@pytest.mark.parametrize("padding", list(long_texts()))
def test_no_more_of_an_article_is_taken_than_a_quotation_bears(padding: str) -> None:
    text = f"{padding}\n\nThe Dayton City Commission adopted General Order 3.21 on tents Tuesday.\n\n{padding}"
    whole, mentions = seen(article(text, TITLE))
    number = next(n for n, unit in enumerate(mentions.units) if unit and unit.text.endswith("on tents Tuesday."))
    (finding, *_) = found(Said(number, Stage.ADOPTED), each=article(text, TITLE))
    assert max(len(finding.before), len(finding.after)) <= CONTEXT + 2
    assert whole.read.text[finding.start : finding.end] == finding.quote


def test_a_mark_is_told_of_once() -> None:
    (finding,) = found(ADOPTED, each=article(TEXT, TITLE))
    assert len(finding.marks) == len(set(finding.marks))
    assert all(isinstance(mark, Mark) for mark in finding.marks)
