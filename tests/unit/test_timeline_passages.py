"""A sentence in which nobody read a step tells that of a council's record, where the article names the day and the
sentence tells of the file; it supports that step and nothing else."""

from datetime import date
from typing import Any

import pytest

from support.timeline.cases import COUNTY, MILWAUKEE, evidence, fold, recorded, shown
from tracker.model import Article, Evidence, PublishedBasis, Witness
from tracker.timeline.merging.passages import passages

TELLS = "At the same meeting members chose to turn away detainer requests of federal immigration officers."
TEXT = f"The Common Council raised fees for boat slips on Wednesday.\n\n{TELLS}\n\nFishing is free on Sundays."
RECORD = recorded()


def article(text: str = TEXT, published: str = "2017-06-22", **more: Any) -> Article:
    day = date.fromisoformat(published)
    return Article(id="", url="https://lake.example/1", title="Boat slips cost more", text=text, published=day, **more)


def told(found: Article, *records: Evidence, place: str = MILWAUKEE) -> list[Evidence]:
    """The passages as evidence."""
    return [
        Evidence(finding=finding, url=found.url, title=found.title, published=found.published, report=found.url)
        for finding in passages(found, place, records or (RECORD,))
    ]


def test_the_sentence_has_its_words_from_the_article_and_all_else_from_the_record() -> None:
    (item,) = told(article(TEXT.replace("detainer requests", "detainer \xa0requests")))
    finding, own = item.finding, RECORD.finding
    assert finding.quote == TELLS.replace("detainer requests", "detainer \xa0requests")
    assert (finding.witness, finding.primary, item.is_passage) == (Witness.RECORD, False, True)
    assert (finding.jurisdiction, finding.stage, finding.date) == (own.jurisdiction, own.stage, own.date)


@pytest.mark.parametrize(
    "found",
    [
        article(TEXT.replace(" on Wednesday", "")),
        article(TEXT.replace(TELLS, "At the same meeting members moved a bus stop.")),
        article(TEXT.replace("At the same meeting members chose to turn away", "Members did not vote on")),
        article(published="2017-06-20"),
        article(published="2017-12-01"),
        article(published_basis=PublishedBasis.SEEN),
        article(TEXT.replace("raised", "will vote tonight on").replace(" on Wednesday", ""), "2017-06-21"),
    ],
    ids=["no day", "another matter", "denied", "before it", "long after", "day not known", "still to come"],
)
def test_what_does_not_tell_of_the_step_is_no_passage(found: Article) -> None:
    assert not told(found)


def test_another_place_and_a_row_of_a_sheet_have_no_passage() -> None:
    assert not told(article(), place=COUNTY)
    assert not told(article(), recorded(file=""))


def test_a_month_counts_only_in_the_sentence_itself() -> None:
    introduced = recorded("proposed", "2017-05-09")
    assert not told(article(f"{TEXT} Bait costs a dollar. The pier was painted in May."), introduced)
    assert told(article(TEXT.replace("At the same meeting", "In May")), introduced)


def test_two_files_that_fit_alike_have_none_and_one_file_has_its_last_step() -> None:
    assert not told(article(), RECORD, recorded(file="170399"))
    (item,) = told(article(), recorded("proposed"), recorded("proposed", "2017-06-20"), RECORD)
    assert str(item.finding.date) == "2017-06-21"


def test_a_passage_joins_its_record_and_changes_nothing_of_it() -> None:
    (alone,), (joined,) = fold([RECORD]), fold([RECORD, *told(article())])
    assert [item.is_passage for item in joined.evidence] == [False, True]
    ours = {"evidence", "score"}
    assert joined.model_dump(exclude=ours) == alone.model_dump(exclude=ours)


def test_without_its_record_a_passage_is_nothing() -> None:
    items = told(article())
    assert not fold(items)
    assert fold([*items, recorded(on="2017-06-28")]) == fold([recorded(on="2017-06-28")])


def test_an_article_that_has_the_step_needs_no_passage() -> None:
    (item,) = told(article())
    own = evidence(url=item.url, quote="Detainer requests were turned down.", subject="detainer requests")
    assert fold([RECORD, own, item]) == fold([RECORD, own])


def test_what_was_read_in_the_sentence_itself_goes_in_its_place() -> None:
    (item,) = told(article())
    other = recorded(file="170399", title="An ordinance relating to boats")
    own = evidence(url=item.url, start=item.finding.start, quote="At the same meeting members chose.", subject="slips")
    assert len(fold([RECORD, other, own])) == 3
    entries = fold([RECORD, other, own, item])
    assert shown(entries) == [("adopted", "2017-06-21", 2), ("adopted", "2017-06-21", 1)]
    assert not any(piece.is_passage for entry in entries for piece in entry.evidence)
