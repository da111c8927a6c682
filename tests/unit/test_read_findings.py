"""From events to findings: quote, body, instrument, number and subject in the text's own words."""

from dataclasses import replace
from datetime import date

import pytest

from support.articles.reader import WEDNESDAY, article, seen
from support.articles.scores import Said, scores
from tracker.model import Article, Basis, Direction, Effect, Finding, Qualifier, Stage
from tracker.read.decode import Event, decode
from tracker.read.findings import SUBJECT_WORDS, findings, subject
from tracker.read.places.gazetteer import load
from tracker.read.text.document import document
from tracker.read.thresholds import Thresholds

TITLE = "Dayton bans tents in city parks"
TEXT = (
    "The Dayton City Commission adopted General Order 3.21 on tents Tuesday. The order takes effect July 1. Nobody "
    "spoke.\n\nThe Xenia council repealed its camping ordinance in March 2019."
)
BY = Thresholds(keep=0.0, considered=-9.0)
ADOPTED = Said(1, Stage.ADOPTED, "Tuesday", "2023-05-09", body="city commission", instrument="order")
STARTS = Said(2, Stage.EFFECTIVE, "July 1", "2023-07-01")
REPEALED = Said(4, Stage.RESCINDED, "March 2019", place="Xenia", body="council", instrument="ordinance")


def events(each: Article, *said: Said) -> tuple[Event, ...]:
    mentions = seen(each)[1]
    return decode(scores(mentions, *said), mentions, each.published, BY).events


def found(*said: Said, text: str = TEXT, published: date = WEDNESDAY, topic: str = "other") -> tuple[Finding, ...]:
    each = article(text, TITLE, published)
    whole, mentions = seen(each)
    return findings(events(each, *said), whole, mentions, topic)


def test_a_finding_has_its_sentence_word_for_word() -> None:
    (finding,) = found(ADOPTED)
    assert finding.quote == "The Dayton City Commission adopted General Order 3.21 on tents Tuesday."
    assert TEXT[finding.start : finding.end] == finding.quote


def test_a_finding_has_the_place_stage_day_and_topic_of_its_event() -> None:
    (finding,) = found(ADOPTED, topic="homelessness")
    assert (finding.jurisdiction_name, finding.stage, str(finding.date)) == ("Dayton", "adopted", "2023-05-09")
    assert (finding.basis, finding.topic) == (Basis.RELATIVE, "homelessness")
    assert finding.jurisdiction == "ocd-division/country:us/state:oh/place:dayton"


def test_where_no_day_is_told_the_month_of_publication_stands_in() -> None:
    (finding,) = found(Said(1, Stage.ADOPTED))
    assert (str(finding.date), finding.basis) == ("2023-05", Basis.REPORTED)


def test_before_the_year_1000_there_is_no_month_to_stand_in() -> None:
    (finding,) = found(Said(1, Stage.ADOPTED), published=date.min)
    assert (finding.date, finding.basis) == (None, Basis.REPORTED)


def test_body_and_instrument_are_named_as_the_article_names_them() -> None:
    first, _, last = found(ADOPTED, STARTS, REPEALED)
    assert (first.body, first.instrument, first.identifier) == (
        "Dayton City Commission",
        "General Order 3.21",
        "general order 3.21",
    )
    assert (last.body, last.instrument, last.identifier) == ("Xenia City Council", "camping ordinance", "")


def test_without_a_body_it_is_the_government_itself() -> None:
    (finding,) = found(Said(3, Stage.ADOPTED))
    assert (finding.body, finding.instrument) == ("City of Dayton", "")


def test_a_start_without_its_body_is_the_start_of_what_the_body_decided() -> None:
    _, start = found(ADOPTED, STARTS)
    assert (start.stage, start.body, start.instrument) == ("effective", "Dayton City Commission", "General Order 3.21")
    (alone,) = found(STARTS)
    assert alone.body == "City of Dayton"


def test_the_first_finding_is_the_news_and_the_only_one() -> None:
    assert [finding.primary for finding in found(ADOPTED, STARTS, REPEALED)] == [True, False, False]
    assert found() == ()


def test_a_finding_says_how_its_step_was_taken() -> None:
    (finding,) = found(Said(1, Stage.RESCINDED), text="The Dayton commission suspended its tent rules Tuesday.")
    assert finding.qualifiers == (Qualifier.SUSPENDED,)
    assert found(ADOPTED)[0].qualifiers == ()


def test_a_vote_by_a_sentence_that_moves_a_start_is_on_that() -> None:
    text = "Dayton voted Tuesday to delay its tent rules to Sept. 15, 2023.\n\nThe commission met."
    vote, start = Said(1, Stage.ADOPTED, "Tuesday", "2023-05-09"), Said(1, Stage.EFFECTIVE, "Sept. 15, 2023")
    told = {
        one.stage: Qualifier.MOVES_START in one.qualifiers for one in found(vote, replace(start, part=True), text=text)
    }
    assert told == {Stage.ADOPTED: True, Stage.EFFECTIVE: False}
    assert not any(one.qualifiers for one in found(ADOPTED, STARTS))


def test_effect_and_direction_are_those_of_the_event() -> None:
    (finding,) = found(Said(1, Stage.ADOPTED, effect=Effect.BANS))
    assert (finding.effect, finding.direction) == (Effect.BANS, None)
    (finding,) = found(Said(1, Stage.ADOPTED))
    assert (finding.effect, finding.direction) == (None, None)


SIGNED = (
    "Dayton's jail will hold people for immigration agents under a 287(g) agreement that Sheriff Poe signed Tuesday."
)
ENDED = (
    "Dayton's sheriff ended the 287(g) agreement with ICE on Tuesday and will no longer hold people for immigration."
)
DROPPED = (
    "Dayton's commission dropped its sanctuary policy on Tuesday and will cooperate fully with immigration officials."
)
MORE, LESS = Direction.MORE_COOPERATION, Direction.LESS_COOPERATION
LEADS = [
    (SIGNED, Stage.ADOPTED, "immigration", MORE, MORE),
    (ENDED, Stage.RESCINDED, "immigration", LESS, LESS),
    (SIGNED, Stage.ADOPTED, "immigration", LESS, None),
    (ENDED, Stage.RESCINDED, "immigration", MORE, None),
    (ENDED, Stage.RESCINDED, "housing", LESS, None),
    (DROPPED, Stage.RESCINDED, "immigration", LESS, None),
]


@pytest.mark.parametrize(("text", "stage", "topic", "encoder", "told"), LEADS)
def test_a_direction_is_told_where_the_words_agree_with_the_encoder(
    text: str, stage: Stage, topic: str, encoder: Direction, told: Direction | None
) -> None:
    (finding,) = found(Said(1, stage, direction=encoder), text=text, topic=topic)
    assert finding.direction == told


def test_places_that_come_close_are_its_candidates() -> None:
    (finding,) = found(Said(1, Stage.ADOPTED, rival="Xenia"))
    assert finding.candidates == ("ocd-division/country:us/state:oh/place:xenia",)


def test_the_subject_tells_what_the_procedure_is_about_in_few_words_without_the_places_name() -> None:
    dayton = load().parse_home("Dayton, OH")
    told = subject(TEXT.partition(". ")[0], "order", document(article(TEXT, TITLE)).read, dayton).split()
    assert "tents" in told
    assert "dayton" not in told
    assert len(told) <= SUBJECT_WORDS
    assert all(word == word.lower() for word in told)


def test_a_score_is_the_chance_that_place_stage_and_day_are_right() -> None:
    sure, unsure = found(Said(1, Stage.ADOPTED, odds=2.0)), found(Said(1, Stage.ADOPTED, odds=-1.0))
    assert 0 < unsure[0].score < sure[0].score < 1


def test_a_finding_says_whether_its_date_was_moved_and_which_one_is_put_off() -> None:
    text = "Dayton's new tent rules start Sept. 15, 2023, instead of July 1, 2023.\n\nThe commission met Tuesday."
    starts = [Said(1, Stage.EFFECTIVE, words, part=True) for words in ("Sept. 15, 2023", "July 1, 2023")]
    told = {str(one.date): (one.moved, one.factuality.value) for start in starts for one in found(start, text=text)}
    assert told == {"2023-09-15": (True, "asserted"), "2023-07-01": (True, "postponed")}
    assert not found(ADOPTED)[0].moved
