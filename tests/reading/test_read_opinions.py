"""A language model's opinion: what is asked, what is taken of an answer, and what becomes of it."""

import json
import re
from typing import Any

import pytest

from support.articles.reader import article, reader, seen, steps
from support.opinions.answers import from_meaning, to_meaning
from tracker.errors import OpinionRefused
from tracker.model import Effect, Stage
from tracker.read.encoder.small_look import Encoder
from tracker.read.opinions.answer import LONGEST_ANSWER, checked
from tracker.read.opinions.request import LONGEST_QUESTION, Request, request
from tracker.read.opinions.trust import Trust, weights
from tracker.read.opinions.witnesses import both, decided

TEXT = (
    "DAYTON, Ohio — The City Commission voted Monday to ban tents in parks.\n\n"
    "The ordinance takes effect June 1. The commission had put off the vote in April.\n\n"
    "Kettering has no such rule."
)
TITLE = "Dayton bans tents in its parks"
STEP = {
    "sentence": "S1", "stage": "adopted", "date": "D1", "place": "P1", "body": "B1", "instrument": "none",
    "effect": "bans", "direction": "none", "rule": "ban tents in parks", "news": True,
}  # fmt: skip


def asked(text: str = TEXT, title: str = TITLE) -> Request:
    return request(*seen(article(text, title)))


def answer(*changed: dict[str, Any], **told: Any) -> str:
    """An answer of one step a change of STEP."""
    return json.dumps({"change": True, "topic": "homelessness", "steps": [STEP | each for each in changed], **told})


def date_of(value: str) -> str:
    """The name of the date of that value in the question."""
    return re.findall(rf"(D\d+) (?:\w+ )?{value}", asked().question)[0]


def test_a_question_lists_sentences_dates_places_bodies_and_instruments_by_number() -> None:
    lines = asked().question.splitlines()
    assert lines[0] == "PUBLISHED Wednesday 2023-05-10; the outlet's home: Dayton, OH"
    assert f"S0 {TITLE}" in lines
    assert "S2 The ordinance takes effect June 1." in lines
    assert "D1 Mon 2023-05-08, D2 Mon 2023-05-15 “Monday” [S1]" in lines
    assert "P1 Dayton, OH (place) [S0]" in lines
    assert "B1 city commission [S1]" in lines
    assert "I3 ordinance [S2]" in lines


def test_the_schema_allows_only_what_is_listed() -> None:
    fields = asked().schema["properties"]["steps"]["items"]["properties"]
    assert fields["sentence"]["enum"] == ["S0", "S1", "S2", "S3", "S4"]
    listed = re.findall(r"(?:^|, )([DP]\d+) ", asked().question, re.MULTILINE)
    assert [name for name in (*fields["date"]["enum"], *fields["place"]["enum"]) if name != "none"] == listed


def test_a_request_of_four_hundred_words_has_at_most_ten_thousand_characters() -> None:
    talk = (
        "Some who live near the river said that they had hoped for much more time, some help and a place to go to next"
    )
    text = "\n\n".join(f"{TEXT} {talk}, and so the council will hear them on May {day}." for day in range(1, 7))
    assert 400 <= len(text.split()) < 440
    told = asked(text)
    assert len(told.rules) + len(told.question) <= 10_000


def test_of_a_very_long_article_the_beginning_is_asked_about() -> None:
    assert len(asked(TEXT + " It rained in Dayton that day." * 3_000).question) < 3 * LONGEST_QUESTION


def test_a_request_is_named_by_all_of_it() -> None:
    assert asked().fingerprint == asked().fingerprint
    assert asked().fingerprint != asked(title="Dayton bans tents").fingerprint
    assert asked().body("m")["response_format"]["json_schema"]["schema"] == asked().schema


def test_an_answer_becomes_choices_among_the_mentions() -> None:
    document, mentions = seen(article(TEXT, TITLE))
    start = {"sentence": "S2", "stage": "effective", "date": date_of("2023-06-01"), "news": False}
    opinion = checked(answer({}, start), document, mentions)
    first, second = opinion.choices
    assert (first.unit, first.stage, first.effect, first.news) == (1, Stage.ADOPTED, Effect.BANS, True)
    assert mentions.jurisdictions[first.place].name == "Dayton"
    assert second.date is not None
    assert str(mentions.dates[second.date].value) == "2023-06-01"
    assert from_meaning(json.loads(json.dumps(to_meaning(opinion, document, mentions))), document, mentions) == opinion


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (answer({"sentence": "S9"}), "no S-number 'S9'"),
        (answer({"date": "D99"}), "no D-number"),
        (answer({"place": "none"}), "no P-number"),
        (answer({"place": "https://evil.example/"}), "no P-number"),
        (answer({"body": "B-1"}), "no B-number"),
        (answer({"date": date_of("2023-06-01")}), "still to come"),
        (answer({"rule": "repeal the curfew"}), "does not have the words"),
        (answer({}, {}), "2 of its steps are the news"),
        (answer({"stage": "annulled"}), "no stage 'annulled'"),
        (answer({}, topic="sports"), "no topic"),
        (answer(), "0 steps"),
        (answer(*[{}] * 25), "25 steps"),
        ('{"change": true}', "`change` and `steps`"),
        ('["change"]', "no JSON object"),
        ("The council repealed it.", "no JSON"),
        ("[" * 50_000, "no JSON"),
        (" " * (LONGEST_ANSWER + 1), "longer than"),
        ('{"change": true, "topic": "other", "steps": [7]}', "no JSON object"),
    ],
)
def test_what_was_not_asked_for_is_refused_with_the_reason(told: str, reason: str) -> None:
    with pytest.raises(OpinionRefused, match=reason):
        checked(told, *seen(article(TEXT, TITLE)))


def test_where_no_step_is_the_news_the_first_one_is() -> None:
    opinion = checked(answer({"news": False}, {"stage": "proposed", "news": False}, topic="none"), *seen(article(TEXT)))
    assert [choice.news for choice in opinion.choices] == [True, False]
    assert opinion.topic == ""


def test_quotes_and_spaces_of_a_rule_may_be_written_otherwise() -> None:
    text = "The Dayton council passed the “quiet\nhours” ordinance Monday."
    for rule in ('"Quiet hours" ordinance', "quiet-hours ordinance.", "Dayton council … the “quiet hours”", ""):
        told = answer({"rule": rule, "body": "none"})
        assert checked(told, *seen(article(text))).choices[0].rule == rule
    for rule in ("quiet hour", "quiet ordinance", "council ... repeals"):
        with pytest.raises(OpinionRefused, match="does not have the words"):
            checked(answer({"rule": rule, "body": "none"}), *seen(article(text)))


def test_a_reading_with_an_opinion_names_its_witness_and_quotes_the_article() -> None:
    told = answer({}, {"sentence": "S3", "stage": "proposed", "date": date_of("2023-04"), "news": False,
                       "rule": "put off the vote"})  # fmt: skip
    reading = reader().read_with(article(TEXT, TITLE), told, Trust.fitted())
    assert ("state:oh/place:dayton", "adopted", "2023-05-08") in steps(reading)
    assert all(TEXT[found.start : found.end] == found.quote for found in reading.findings)
    assert {str(found.witness) for found in reading.findings} <= {"both", "model", "encoder"}


def test_of_a_model_that_is_not_listened_to_nothing_is_taken() -> None:
    case = article(TEXT, TITLE)
    assert reader().read_with(case, answer({"stage": "rejected"}), Trust.none()) == reader().read(case)
    with pytest.raises(OpinionRefused):
        reader().read_with(case, "none", Trust.none())


def test_a_model_is_listened_to_as_far_as_it_is_better_than_the_encoder() -> None:
    assert Trust.measured(0.5, encoder_f1=0.5) == Trust.none()
    assert Trust.measured(0.99, encoder_f1=0.5) == Trust.fitted()
    assert Trust.measured(0.7, encoder_f1=0.5) != Trust.none()


def test_weights_of_two_levels_are_mixed() -> None:
    plain = {"change": [0.0], "model": [2.0], "encoder": [4.0], "accept": 0.5, "keep": 0.2}
    good, poor = weights({"entry_f1": 0.8, **plain}), weights({"entry_f1": 0.4, **plain, "model": [1.0]})
    half = good.blended(poor, 0.5)
    assert (round(half.entry_f1, 6), half.model, half.encoder) == (0.6, (1.5,), (4.0,))


def test_an_article_is_asked_about_where_a_change_may_be() -> None:
    assert reader().request(article(TEXT, TITLE)) is not None
    assert reader().read(article(TEXT, TITLE)).worth_asking
    plain = article("The Flyers beat Xavier 70-60 on Saturday. Their coach was glad.", "Flyers win")
    assert reader().request(plain) is None
    assert not reader().read(plain).worth_asking
    assert reader().request(plain, always=True) is not None


def test_two_steps_that_cannot_both_be_are_not_both_told() -> None:
    each = reader().explain(article(TEXT, TITLE))
    assert each.mentions
    assert each.scores
    told = checked(answer({"stage": "rejected", "effect": "none"}), each.document, each.mentions)
    trust = Trust.fitted().weights
    assert trust
    account = both(each.scores, each.mentions, told, each.document.read.published, Encoder().thresholds)
    stages = [event.stage for event in decided(account, trust).events if event.unit == 1]
    assert len(stages) == 1


def test_what_each_witness_reads_by_itself_is_told_beside_what_both_come_to() -> None:
    given = article(TEXT, TITLE)
    told = reader().read_with(given, answer({"stage": "rejected", "effect": "none"}), Trust.fitted())
    assert told.alone
    assert told.alone.encoder == reader().read(given).findings
    assert [(one.stage, one.quote) for one in told.alone.model] == [(Stage.REJECTED, told.alone.encoder[0].quote)]
    assert "alone" not in told.model_dump()
