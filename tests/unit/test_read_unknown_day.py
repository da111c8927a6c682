"""An article of which only is known when it was first seen: no date is reckoned from that day."""

import pytest

from support.articles.reader import seen
from support.articles.scores import Said, scores
from tracker.model import Article, Basis, Finding, PublishedBasis, Stage
from tracker.read.decode import datable, decode
from tracker.read.findings import findings
from tracker.read.thresholds import Thresholds

TEXT = (
    "The Milwaukee Common Council on Tuesday adopted an ordinance that bans chokeholds. It takes effect Sept. 1, 2017. "
    "Mayor Tom Barrett signed it Wednesday. A companion ordinance will take effect August 15. The council adopted a "
    "resolution last month. The rule on curfews was adopted on March 3, 2016. It takes effect 30 days after passage."
)
NEWS = Said(1, Stage.ADOPTED, "Tuesday", "2017-07-04", news=9.0)
SAID = (
    NEWS,
    Said(2, Stage.EFFECTIVE, "Sept. 1, 2017"),
    Said(4, Stage.EFFECTIVE, "August 15", "2017-08-15"),
    Said(5, Stage.ADOPTED, "last month"),
    Said(6, Stage.ADOPTED, "March 3, 2016"),
    Said(7, Stage.EFFECTIVE, "30 days after"),
)


def found(basis: PublishedBasis, *said: Said, text: str = TEXT) -> tuple[Finding, ...]:
    each = Article(
        id="1",
        url="https://bugle.example/1",
        text=text,
        published="2017-07-05",
        published_basis=basis,
        source_home="Milwaukee, WI",
    )
    whole, mentions = seen(each)
    by = Thresholds(keep=0.0, considered=-9.0)
    decision = decode(scores(mentions, *said), mentions, each.published, by)
    return findings(datable(decision, whole.read.published_basis).events, whole, mentions, "other")


def dates(told: tuple[Finding, ...]) -> set[tuple[str, str]]:
    return {(str(finding.stage), str(finding.date or "")) for finding in told}


@pytest.mark.parametrize("basis", [PublishedBasis.STATED, PublishedBasis.PAGE])
def test_from_a_day_that_is_known_dates_are_reckoned(basis: PublishedBasis) -> None:
    told = dates(found(basis, *SAID))
    assert {("adopted", "2017-07-04"), ("effective", "2017-08-15"), ("adopted", "2017-06")} <= told


def test_from_a_day_that_is_not_known_only_dates_with_their_year_stand() -> None:
    told = found(PublishedBasis.SEEN, *SAID)
    assert dates(told) == {("adopted", ""), ("effective", "2017-09-01"), ("adopted", "2016-03-03")}
    assert all(finding.basis is Basis.REPORTED for finding in told if finding.date is None), "no month stands in"


def test_what_only_its_days_told_apart_is_one_and_the_news_stays_the_news() -> None:
    told = found(PublishedBasis.SEEN, *SAID)
    undated = [(finding.stage, finding.jurisdiction) for finding in told if finding.date is None]
    assert len(undated) == len(set(undated))
    assert [finding.primary for finding in told] == [True, *[False] * (len(told) - 1)]
    assert "on Tuesday adopted" in told[0].quote


TOLD = ("on Tuesday", "last month", "on July 3", "earlier this year", "two years ago", "in September", "Friday")


@pytest.mark.parametrize("said", TOLD)
@pytest.mark.parametrize("stage", [Stage.ADOPTED, Stage.RESCINDED])
def test_no_expression_without_a_year_gives_a_date(said: str, stage: Stage) -> None:
    text = f"The Milwaukee council acted {said}."
    words = next(
        choice.mention.text for choice in seen(Article(id="", url="", text=text, published="2017-07-05"))[1].dates
    )
    told = found(PublishedBasis.SEEN, Said(1, stage, words), text=text)
    assert {date for _, date in dates(told)} <= {""}


@pytest.mark.parametrize("said", ["Thursday", "August 15", "30 days after"])
def test_a_start_that_lay_ahead_is_no_start_that_has_happened(said: str) -> None:
    text = (
        f"The Milwaukee ordinance takes effect {said} passage."
        if "days" in said
        else (f"The Milwaukee ordinance takes effect {said}.")
    )
    start = Said(1, Stage.EFFECTIVE, said)
    assert [finding.stage for finding in found(PublishedBasis.STATED, start, text=text)] == ["effective"]
    assert found(PublishedBasis.SEEN, start, text=text) == ()


def test_a_start_with_its_year_stands_whenever_the_article_ran() -> None:
    text = "The Milwaukee ordinance takes effect Aug. 15, 2017."
    told = found(PublishedBasis.SEEN, Said(1, Stage.EFFECTIVE, "Aug. 15, 2017"), text=text)
    assert dates(told) == {("effective", "2017-08-15")}


def test_a_dateline_with_its_year_tells_the_day_on_which_it_was_written() -> None:
    adopted = found(PublishedBasis.SEEN, NEWS, text=f"MILWAUKEE, July 4, 2017 — {TEXT}")[0]
    assert str(adopted.date) == "2017-07-04"
    assert found(PublishedBasis.SEEN, NEWS, text=f"MILWAUKEE, July 4 — {TEXT}")[0].date is None
