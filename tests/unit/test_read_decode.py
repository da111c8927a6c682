"""What the scores of an article come to: built scores, and the events that must come of them."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.articles.reader import WEDNESDAY, article, seen
from support.articles.scores import Said, scores
from tracker.model import Direction, Effect, Stage
from tracker.read.decode import ACTS, MOST_OTHERS, Decision, decode
from tracker.read.mentions import Mentions
from tracker.read.scorer import STAGES
from tracker.read.thresholds import Thresholds

ADOPTED, EFFECTIVE, RESCINDED = Stage.ADOPTED, Stage.EFFECTIVE, Stage.RESCINDED
PROPOSED, BLOCKED = Stage.PROPOSED, Stage.BLOCKED
BY = Thresholds(keep=0.6)
TEXT = (
    "The Dayton council adopted the ordinance Tuesday. It adopted the curfew in May. It had introduced it on April 3, "
    "2023. The ordinance takes effect 30 days after adoption. The Xenia council adopted an order on July 6, 2017. A "
    "vote is set for June 6, 2023."
)
TITLE = "Dayton council bans tents"


@pytest.fixture(scope="module")
def mentions() -> Mentions:
    return seen(article(TEXT, TITLE))[1]


def decided(mentions: Mentions, *said: Said, change: float = 4.0, by: Thresholds = BY) -> Decision:
    return decode(scores(mentions, *said, change=change), mentions, WEDNESDAY, by)


def told(decision: Decision) -> list[tuple[str, str, str]]:
    """(place, stage, date) of the events, the news first."""
    return [(event.place.name, str(event.stage), str(event.date or "")) for event in decision.events]


TUESDAY = Said(1, ADOPTED, "Tuesday", "2023-05-09")


def test_a_part_of_a_sentence_tells_what_the_whole_does_not_and_nothing_twice(mentions: Mentions) -> None:
    start = Said(1, EFFECTIVE, "June 6, 2023", part=True)
    again = Said(1, ADOPTED, "April 3, 2023", part=True)
    decision = decided(mentions, TUESDAY, start, again)
    assert told(decision) == [("Dayton", "adopted", "2023-05-09"), ("Dayton", "effective", "2023-06-06")]
    assert [event.part is not None for event in decision.events] == [False, True]
    assert told(decided(mentions, TUESDAY, start, by=replace(BY, part_weights=(-20.0, 0.5, 0.5)))) == told(
        decided(mentions, TUESDAY)
    )


def test_a_step_has_the_words_that_were_chosen_for_it(mentions: Mentions) -> None:
    said = replace(TUESDAY, body="council", instrument="ordinance", effect=Effect.BANS, direction=Direction.STRICTER)
    (event,) = decided(mentions, said).events
    assert (event.unit, event.proof) == (1, 1)
    assert (event.place.label, str(event.date)) == ("Dayton, OH", "2023-05-09")
    assert event.chosen
    assert event.chosen.mention.text == "Tuesday"
    assert event.body
    assert event.instrument
    assert (event.body.words, event.instrument.words) == ("council", "ordinance")
    assert (event.effect, event.direction) == (Effect.BANS, Direction.STRICTER)


def test_where_none_is_chosen_there_is_none(mentions: Mentions) -> None:
    (event,) = decided(mentions, Said(1, ADOPTED)).events
    assert (event.date, event.chosen, event.body, event.instrument) == (None, None, None, None)
    assert event.effect is None, "no effect is sure enough"
    assert event.direction is None


SAME = [
    ("the same day", TUESDAY, Said(2, ADOPTED, "Tuesday", "2023-05-09")),
    ("a month that holds the day", TUESDAY, Said(2, ADOPTED, "May", "2023-05")),
    ("no day", TUESDAY, Said(2, ADOPTED)),
    ("neither has one", Said(1, ADOPTED), Said(2, ADOPTED)),
]


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in SAME], ids=[case[0] for case in SAME])
def test_a_step_that_is_told_twice_is_one_event_with_the_finer_date(mentions: Mentions, one: Said, other: Said) -> None:
    day = one.value
    for surer, weaker in ((one, other), (other, one)):
        decision = decided(mentions, replace(surer, odds=5.0), replace(weaker, odds=3.0))
        assert told(decision) == [("Dayton", "adopted", day)]
        assert decision.events[0].step == 5.0


def test_of_a_vote_that_a_sentence_tells_in_two_ways_the_surer_is_told(mentions: Mentions) -> None:
    repealed = replace(TUESDAY, stage=RESCINDED, odds=5.0)
    assert told(decided(mentions, repealed, TUESDAY)) == [("Dayton", "rescinded", "2023-05-09")]
    in_another_sentence = replace(repealed, unit=3)
    assert len(told(decided(mentions, in_another_sentence, TUESDAY))) == 2
    starts = Said(1, EFFECTIVE, "Tuesday", "2023-05-09")
    assert len(told(decided(mentions, starts, TUESDAY))) == 2


def test_the_sentence_with_the_date_proves_what_another_tells_more_surely(mentions: Mentions) -> None:
    (event,) = decided(mentions, replace(TUESDAY, odds=3.0), Said(2, ADOPTED, odds=5.0)).events
    assert (event.unit, event.proof, event.step) == (1, 1, 5.0)


def test_what_a_sentence_hardly_tells_lends_its_day_to_nothing(mentions: Mentions) -> None:
    repealed, hardly = replace(TUESDAY, stage=RESCINDED, odds=2.0), replace(TUESDAY, odds=1.0)
    of_another_sentence = Said(2, ADOPTED, odds=5.0)
    events = decided(mentions, repealed, hardly, of_another_sentence, by=replace(BY, keep=0.0))
    assert sorted(told(events)) == [("Dayton", "adopted", ""), ("Dayton", "rescinded", "2023-05-09")]


def test_of_two_dates_for_the_adoption_of_one_change_the_surer_is_told(mentions: Mentions) -> None:
    april = Said(3, ADOPTED, "April 3, 2023", odds=2.0)
    assert told(decided(mentions, TUESDAY, april)) == [("Dayton", "adopted", "2023-05-09")]
    assert len(told(decided(mentions, TUESDAY, replace(april, odds=3.0)))) == 2


DIFFERENT = [
    ("another day", TUESDAY, Said(3, ADOPTED, "April 3, 2023")),
    ("another stage", TUESDAY, Said(3, PROPOSED, "Tuesday", "2023-05-09")),
    ("another government", TUESDAY, Said(5, ADOPTED, "Tuesday", "2023-05-09", place="Xenia")),
    ("a month that does not hold the day", Said(3, ADOPTED, "April 3, 2023"), Said(2, ADOPTED, "May", "2023-05")),
]


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in DIFFERENT], ids=[case[0] for case in DIFFERENT])
def test_what_differs_in_day_stage_or_government_is_another_event(mentions: Mentions, one: Said, other: Said) -> None:
    assert len(decided(mentions, one, other).events) == 2


def test_the_first_event_is_the_news_whatever_is_surer(mentions: Mentions) -> None:
    background = Said(3, PROPOSED, "April 3, 2023", odds=9.0, news=0.0)
    decision = decided(mentions, background, replace(TUESDAY, odds=3.0, news=2.0))
    assert told(decision) == [("Dayton", "adopted", "2023-05-09"), ("Dayton", "proposed", "2023-04-03")]


def test_the_news_of_a_step_told_twice_is_that_of_either(mentions: Mentions) -> None:
    twice = [replace(TUESDAY, news=0.0, odds=5.0), Said(2, ADOPTED, news=3.0)]
    assert told(decided(mentions, Said(3, PROPOSED, news=2.0), *twice))[0] == ("Dayton", "adopted", "2023-05-09")


def test_days_after_the_adoption_are_added_to_its_day(mentions: Mentions) -> None:
    after = Said(4, EFFECTIVE, "30 days after")
    assert ("Dayton", "effective", "2023-06-08") in told(decided(mentions, TUESDAY, after))


def test_days_after_an_adoption_without_a_day_are_counted_from_the_publication(mentions: Mentions) -> None:
    assert told(decided(mentions, Said(4, EFFECTIVE, "30 days after"))) == [("Dayton", "effective", "2023-06-09")]


def test_the_adoption_of_another_government_starts_nothing(mentions: Mentions) -> None:
    xenia = Said(5, ADOPTED, "July 6, 2017", place="Xenia")
    assert ("Dayton", "effective", "2023-06-09") in told(decided(mentions, xenia, Said(4, EFFECTIVE, "30 days after")))


def test_days_beyond_the_calendar_are_no_date(mentions: Mentions) -> None:
    (event,) = decode(scores(mentions, Said(4, EFFECTIVE, "30 days after")), mentions, date.max, BY).events
    assert (event.date, event.chosen) == (None, None)


@pytest.mark.parametrize("stage", sorted(ACTS))
def test_what_has_happened_has_no_day_ahead(mentions: Mentions, stage: Stage) -> None:
    (event,) = decided(mentions, Said(6, stage, "June 6, 2023")).events
    assert event.date is None or event.date.first_day() <= WEDNESDAY
    (event,) = decided(mentions, Said(4, stage, "30 days after")).events
    assert event.date is None or event.date.first_day() <= WEDNESDAY


@pytest.mark.parametrize("stage", [PROPOSED, EFFECTIVE, RESCINDED])
def test_what_is_to_come_may_have_a_day_ahead(mentions: Mentions, stage: Stage) -> None:
    assert told(decided(mentions, Said(6, stage, "June 6, 2023"))) == [("Dayton", str(stage), "2023-06-06")]


def test_of_an_open_weekday_an_act_takes_the_past_one_even_if_the_other_scores_higher(mentions: Mentions) -> None:
    assert told(decided(mentions, Said(1, ADOPTED, "Tuesday", "2023-05-16"))) != [("Dayton", "adopted", "2023-05-16")]


def test_a_date_that_is_told_twice_counts_twice() -> None:
    found = seen(article("The Dayton council met on May 1, 2023. It voted May 1, 2023, after a rally on May 2, 2023."))[
        1
    ]
    built = scores(found, Said(2, ADOPTED))
    column = STAGES.index(ADOPTED)
    built.steps[0].date[:, column] = np.log([0.3, 0.3, 0.35, 0.05])
    (event,) = decode(built, found, WEDNESDAY, BY).events
    assert str(event.date) == "2023-05-01"
    assert event.date_odds == pytest.approx(np.log(0.6 / 0.4), abs=1e-3)


def test_a_government_that_comes_close_is_kept_as_another_that_may_be_meant(mentions: Mentions) -> None:
    (event,) = decided(mentions, replace(TUESDAY, rival="Xenia")).events
    assert [place.label for place in event.others] == ["Xenia, OH"]
    (event,) = decided(mentions, TUESDAY).events
    assert event.others == ()


def test_other_towns_of_a_name_that_may_be_meant_are_kept() -> None:
    found = seen(article("The Springfield council adopted the ordinance Tuesday.", home=None))[1]
    (event,) = decode(scores(found, Said(1, ADOPTED)), found, WEDNESDAY, BY).events
    assert event.others
    assert all(place.name == "Springfield" for place in event.others)
    assert len(event.others) <= MOST_OTHERS


def test_what_the_title_states_is_proven_by_the_sentence_that_states_it_best(mentions: Mentions) -> None:
    built = scores(mentions, Said(0, ADOPTED), Said(2, ADOPTED, odds=-9.0))
    (event,) = decode(built, mentions, WEDNESDAY, BY).events
    assert (event.unit, event.proof) == (0, 2)


def test_an_article_that_is_not_surely_enough_a_change_has_no_events_but_says_which_it_would_have(
    mentions: Mentions,
) -> None:
    decision = decided(mentions, TUESDAY, change=-9.0)
    assert decision.events == ()
    assert [str(event.stage) for event in decision.left_out] == ["adopted"]
    assert decision.chance < BY.accept


def test_an_article_without_a_step_is_no_change_whatever_it_scores(mentions: Mentions) -> None:
    assert decided(mentions, change=9.0).events == ()
    assert decided(mentions, replace(TUESDAY, odds=-9.0), change=9.0).events == ()


def test_an_unsure_step_is_left_out_unless_it_is_the_news(mentions: Mentions) -> None:
    unsure = Said(3, PROPOSED, "April 3, 2023", odds=-2.4)
    decision = decided(mentions, replace(TUESDAY, odds=6.0), unsure)
    assert [str(event.stage) for event in decision.left_out] == ["proposed"]
    assert [str(event.stage) for event in decided(mentions, unsure, by=replace(BY, accept=0.0)).events] == ["proposed"]


@pytest.mark.parametrize("text", ["", "It rained."])
def test_an_article_without_a_place_or_a_text_has_no_events(text: str) -> None:
    found = seen(article(text, TITLE if not text else "", home=None))[1]
    assert decode(scores(found, change=9.0), found, WEDNESDAY, BY).events == ()


def test_surer_scores_make_a_surer_event(mentions: Mentions) -> None:
    (weak,), (strong,) = (decided(mentions, replace(TUESDAY, odds=odds)).events for odds in (1.0, 6.0))
    assert 0 < weak.sure < strong.sure < 1


SAYINGS = st.builds(
    Said,
    st.integers(0, 6),
    st.sampled_from(STAGES),
    st.sampled_from(["", "Tuesday", "May", "April 3, 2023", "30 days after", "July 6, 2017", "June 6, 2023"]),
    place=st.sampled_from(["Dayton", "Xenia"]),
    odds=st.floats(-6, 9),
    news=st.floats(-6, 9),
)


@given(st.lists(SAYINGS, max_size=8, unique_by=lambda one: (one.unit, one.stage)), st.floats(-9, 9))
def test_whatever_the_scores_are_no_step_is_told_twice_and_no_act_lies_ahead(said: list[Said], change: float) -> None:
    mentions = seen(article(TEXT, TITLE))[1]
    decision = decided(mentions, *said, change=change)
    events = decision.events
    keys = [(event.place.id, event.stage, event.date) for event in events]
    assert len(set(keys)) == len(keys)
    assert all(event.date.first_day() <= WEDNESDAY for event in events if event.date and event.stage in ACTS)
    assert all(0 < event.proof < len(mentions.units) for event in events)
    assert all(0 <= event.sure <= 1 for event in (*events, *decision.left_out))
    assert bool(events) == (bool(said) and decision.chance >= BY.accept and any(s.odds >= BY.considered for s in said))
