"""Which articles wait for a second opinion, who asks about which, and the number of the day; on both engines."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from db.articles import articles
from db.engine import reading
from db.opinions import opinions
from db.opinions import usage as opinion_days
from db.opinions.opinions import ModelAnswer
from db.sessions import session
from db.values import OpinionState
from tracker.model import Article

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = NOW.date()
LEASE = timedelta(minutes=3)
ANSWER = ModelAnswer("llama", "f1", '{"change": false}', NOW, raw='{"id": 1}', input_tokens=900, output_tokens=40)


def waiting(engine: Engine, *days: int) -> list[int]:
    """The keys of as many articles that wait, each of a day of March."""
    with session(engine) as opened:
        keys = {}
        for day in days:
            article = Article(id="", url=f"https://a.example/{day}", text=f"Story {day}.", published=date(2026, 3, day))
            keys[articles.store_article(opened, article, NOW)[0]] = article.published
        opinions.queue(opened, keys, NOW)
    return list(keys)


def claim(engine: Engine, now: datetime = NOW, at_once: int = 9) -> int | None:
    with session(engine) as opened:
        return opinions.claim(opened, now, at_once, LEASE)


def begin(engine: Engine, key: int, per_day: int, day: date = DAY) -> bool:
    with session(engine) as opened:
        return opinions.begin_request(opened, key, "{}", "f1", "llama", day, per_day)


def state(engine: Engine, key: int) -> OpinionState:
    with reading(engine) as opened:
        found = opinions.of_article(opened, key)
    assert found
    return found.state


def test_the_newest_is_taken_first_and_no_more_at_once_than_may_be(engine: Engine) -> None:
    old, newest, middle = waiting(engine, 1, 20, 10)
    assert [claim(engine, at_once=2) for _ in range(3)] == [newest, middle, None]
    with session(engine) as opened:
        opinions.release(opened, newest, NOW)
    assert [claim(engine), claim(engine), claim(engine)] == [newest, old, None]


def test_what_a_killed_run_had_is_taken_again_when_its_time_is_over(engine: Engine) -> None:
    (key,) = waiting(engine, 1)
    assert [claim(engine), claim(engine, NOW + LEASE / 2), claim(engine, NOW + LEASE)] == [key, None, key]


def test_processes_that_take_at_the_same_time_take_different_articles(engine: Engine) -> None:
    keys, taken = waiting(engine, *range(1, 13)), []
    threads = [
        threading.Thread(target=lambda: taken.extend(claim(engine, at_once=99) for _ in range(3))) for _ in "1234"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(keys)


def test_the_number_of_a_day_is_counted_before_it_is_asked_whatever_the_model(engine: Engine) -> None:
    first, second, third = waiting(engine, 1, 2, 3)
    assert begin(engine, first, 2)
    with session(engine) as opened:
        opinion_days.add_usage(opened, DAY, "another model", asked=1)
    assert not begin(engine, second, 2)
    assert begin(engine, third, 2, DAY + timedelta(days=1))
    assert not begin(engine, second, 0, DAY + timedelta(days=5))


def test_an_answer_is_kept_until_something_rests_on_it(engine: Engine) -> None:
    (key,) = waiting(engine, 1)
    claim(engine)
    begin(engine, key, 5)
    with session(engine) as opened:
        opinions.save_answer(opened, key, ANSWER, DAY)
    with session(engine) as opened:
        assert opinions.answered_articles(opened, "llama", 9) == (key,)
        assert opinions.answers(opened, [key]) == {key: ANSWER}
        opinions.mark_recorded(opened, [key])
        assert opinions.answered_articles(opened, "llama", 9) == ()
        day = opinion_days.day_usage(opened, DAY)
    assert (day.asked, day.answered, day.input_tokens, day.output_tokens) == (1, 1, 900, 40)
    assert claim(engine, NOW + timedelta(days=9)) is None


def test_an_article_that_is_read_again_waits_again_and_its_answer_stays(engine: Engine) -> None:
    (key,) = waiting(engine, 1)
    with session(engine) as opened:
        opinions.save_answer(opened, key, ANSWER, DAY)
    waiting(engine, 1)
    assert (state(engine, key), claim(engine)) == (OpinionState.WAITING, key)
    with session(engine) as opened:
        assert opinions.answers(opened, [key]) == {key: ANSWER}
        opinions.queue(opened, {key: date(2026, 3, 1)}, NOW)
    assert state(engine, key) is OpinionState.ASKED  # whoever asks looks itself whether it has changed


@pytest.mark.parametrize(("answer", "left"), [(None, None), (ANSWER, OpinionState.PAST)])
def test_what_is_not_worth_asking_any_more_is_not_asked(
    engine: Engine, answer: ModelAnswer | None, left: OpinionState | None
) -> None:
    (key,) = waiting(engine, 1)
    with session(engine) as opened:
        if answer:
            opinions.save_answer(opened, key, answer, DAY)
        opinions.forget(opened, [key])
    with reading(engine) as opened:
        found = opinions.of_article(opened, key)
    assert (found and found.state, claim(engine)) == (left, None)


def test_what_failed_is_tried_again_at_its_time_and_what_was_refused_thrice_is_not(engine: Engine) -> None:
    off, refused, over = waiting(engine, 1, 2, 3)
    later = NOW + timedelta(hours=1)
    with session(engine) as opened:
        opinions.postpone(opened, off, "HTTP 500", later)
        opinions.refuse(opened, refused, "llama", "two\0 news", later, DAY)
        opinions.refuse(opened, over, "llama", "two news", None, DAY)
    assert claim(engine) is None
    assert {claim(engine, later), claim(engine, later), claim(engine, later)} == {off, refused, None}
    with reading(engine) as opened:
        found = opinions.of_article(opened, refused)
        assert opinion_days.day_usage(opened, DAY).refused == 2
    assert found
    assert (found.reason, found.tries) == ("two news", 1)


def test_a_day_is_quiet_until_the_server_may_be_asked_again(engine: Engine) -> None:
    with session(engine) as opened:
        opinion_days.note_fault(opened, DAY, "llama", NOW + LEASE, "HTTP 429")
        day = opinion_days.day_usage(opened, DAY)
        assert (day.quiet_until, day.fault) == (NOW + LEASE, "HTTP 429")
        opinion_days.end_fault(opened, DAY, "llama", NOW)
        assert opinion_days.day_usage(opened, DAY) == day, "an answer of before the fault ends no quiet"
        opinion_days.end_fault(opened, DAY, "llama", NOW + LEASE)
        assert opinion_days.day_usage(opened, DAY).quiet_until is None


def test_how_good_a_model_was_is_kept(engine: Engine) -> None:
    with session(engine) as opened:
        assert opinion_days.check_of(opened, "llama") is None
        opinion_days.save_check(opened, "llama", {"stage": 0.5}, NOW, "rules")
        opinion_days.save_check(opened, "llama", {"stage": 0.9}, NOW + LEASE, "rules")
        found = opinion_days.check_of(opened, "llama")
    assert found == opinion_days.ModelCheck("llama", NOW + LEASE, {"stage": 0.9}, "rules")
