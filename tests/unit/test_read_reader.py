"""What a reading always keeps, whatever the article: the contract of `tracker read` and of everything behind it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from reading import COUNTRY, HOME, article, explain, reader

from jobs.wire import FINDING_KEYS, reading_line
from tracker.model import Article, Basis, Reading, Stage
from tracker.read.places.gazetteer import load
from tracker.read.reader import READER_VERSION, Reader
from tracker.read.topics import topics

EVAL = Path(__file__).parents[1] / "eval"
LABELLED = [json.loads(line) for line in (EVAL / "own_articles.jsonl").read_text("utf-8").splitlines()][::4]
"""Every fourth article: enough of all forms, and quick."""
MILWAUKEE = (
    "Milwaukee's new police rules on immigration were approved last month by Police Chief Edna Frey and are to take "
    "effect Thursday.\n\nThe department's general order tells officers to notify federal agents of an arrest."
)
JULY = date(2017, 7, 4)


@pytest.fixture(scope="module")
def readings() -> list[tuple[Article, Reading]]:
    articles = [Article.model_validate(record) for record in LABELLED]
    return [(each, reader().read(each)) for each in articles]


def test_the_sample_has_changes_and_others(readings: list[tuple[Article, Reading]]) -> None:
    assert {reading.is_change for _, reading in readings} == {True, False}


def test_a_quote_is_the_text_between_its_offsets(readings: list[tuple[Article, Reading]]) -> None:
    for each, reading in readings:
        for finding in reading.findings:
            assert each.text[finding.start : finding.end] == finding.quote, each.id


def test_a_quote_is_sentences_of_the_text_not_a_cut_of_one(readings: list[tuple[Article, Reading]]) -> None:
    for each, reading in readings:
        for finding in reading.findings:
            assert finding.quote == finding.quote.strip() != "", each.id
            assert "\n\n" not in finding.quote or finding.quote.count("\n\n") == 1, each.id


def test_a_change_has_exactly_one_primary_finding_and_no_change_has_none(
    readings: list[tuple[Article, Reading]],
) -> None:
    for each, reading in readings:
        assert sum(finding.primary for finding in reading.findings) == int(reading.is_change), each.id
        assert bool(reading.findings) == reading.is_change, each.id


def test_every_place_is_one_of_the_gazetteer(readings: list[tuple[Article, Reading]]) -> None:
    for each, reading in readings:
        for finding in reading.findings:
            places = [load().get(ocd_id) for ocd_id in (finding.jurisdiction, *finding.candidates) if ocd_id]
            assert None not in places, each.id
            assert not any(place.kind == "state" for place in places if place), each.id


def test_topics_and_scores_are_of_their_kind(readings: list[tuple[Article, Reading]]) -> None:
    for _, reading in readings:
        assert 0 <= reading.score <= 1
        assert reading.reason
        assert all(finding.topic in topics() and 0 <= finding.score <= 1 for finding in reading.findings)


def test_a_date_that_was_not_said_is_the_month_of_publication(readings: list[tuple[Article, Reading]]) -> None:
    for each, reading in readings:
        for finding in reading.findings:
            if finding.basis is Basis.REPORTED:
                assert str(finding.date or each.published)[:7] == each.published.isoformat()[:7], each.id


def test_only_starts_ends_and_scheduled_steps_lie_ahead(readings: list[tuple[Article, Reading]]) -> None:
    for each, reading in readings:
        ahead = {f.stage for f in reading.findings if f.date and f.date.first_day() > each.published}
        assert ahead <= {Stage.EFFECTIVE, Stage.PROPOSED, Stage.RESCINDED}, each.id


def test_no_step_is_told_twice(readings: list[tuple[Article, Reading]]) -> None:
    for each, reading in readings:
        keys = [(f.jurisdiction, f.stage, f.date, f.subject) for f in reading.findings]
        assert len(set(keys)) == len(keys), each.id


def test_the_line_of_a_reading_has_the_keys_of_the_contract(readings: list[tuple[Article, Reading]]) -> None:
    for _, reading in readings:
        line: dict[str, Any] = json.loads(reading_line(reading))
        assert list(line) == ["id", "is_change", "score", "reason", "findings"]
        assert all(tuple(finding)[: len(FINDING_KEYS)] == FINDING_KEYS for finding in line["findings"])


def test_the_same_article_gives_the_same_reading_whatever_was_read_before(
    readings: list[tuple[Article, Reading]],
) -> None:
    for each, before in reversed(readings[:12]):
        assert reader().read(each) == before


def test_another_reader_reads_the_same() -> None:
    assert Reader().read(article(MILWAUKEE, published=JULY)) == reader().read(article(MILWAUKEE, published=JULY))


def test_the_seed_in_our_own_words() -> None:
    reading = explain(MILWAUKEE, "Milwaukee police rules on immigration", JULY, "Milwaukee, WI").reading
    found = {(f.stage, str(f.date), f.basis, f.jurisdiction) for f in reading.findings}
    city = f"{COUNTRY}state:wi/place:milwaukee"
    assert (Stage.ADOPTED, "2017-06", Basis.RELATIVE, city) in found
    assert (Stage.EFFECTIVE, "2017-07-06", Basis.RELATIVE, city) in found
    assert {f.body for f in reading.findings} == {"Milwaukee Police Department"}
    assert {f.topic for f in reading.findings} == {"immigration"}


def test_explain_names_the_screen_the_place_and_what_decided() -> None:
    lines = explain(MILWAUKEE, "Milwaukee police rules", JULY, "Milwaukee, WI").lines()
    text = "\n".join(lines)
    assert lines[0] == "Milwaukee police rules"
    assert "screen:" in text
    assert "Milwaukee, WI" in text
    assert "approved last month" in text
    assert lines[-1].startswith("change (")


@pytest.mark.parametrize("text", ["", "The Lions won on Friday.", "The council meets Tuesday at city hall."])
def test_explain_says_why_an_article_is_no_change(text: str) -> None:
    explanation = explain(text)
    assert not explanation.reading.is_change
    assert explanation.reading.reason in explanation.lines()[-1]
    assert explanation.lines()[-1].startswith("no change (")


def test_the_reading_carries_the_id_of_its_article() -> None:
    assert reader().read(article("", home=HOME)).id == "case"


def test_the_version_is_a_word_that_can_be_stored() -> None:
    assert READER_VERSION
    assert READER_VERSION.isprintable()
