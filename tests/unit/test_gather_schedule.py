"""When a feed is polled next."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import (
    AddressRefused,
    DamagedFeed,
    DeadEnd,
    FeedError,
    GatherError,
    HttpStatusError,
    NetworkError,
    PageError,
    RobotsRefused,
    TooLarge,
    TooManyRedirects,
)
from tracker.gather.schedule import (
    ARTICLE_TRIES,
    DAY,
    FIRST_S,
    HOUR,
    JITTER,
    LONGEST_S,
    MINUTE,
    SHORTEST_S,
    FailureKind,
    PollFacts,
    after_failure,
    after_success,
    article_retry,
    brought_forward,
    kind_of,
    kind_of_page,
    max_age,
)

NOW = datetime(2020, 2, 28, 23, 30, tzinfo=UTC)
HARD, SOFT, PASSING, GONE = FailureKind.HARD, FailureKind.SOFT, FailureKind.PASSING, FailureKind.GONE
UNREADY = FailureKind.UNREADY


class NoJitter(Random):
    def random(self) -> float:
        return 0.0


def seconds(moment: datetime | None) -> float:
    assert moment is not None
    return (moment - NOW).total_seconds()


@pytest.mark.parametrize(
    ("what", "interval", "heard", "expected"),
    [
        ("news: sooner", HOUR, PollFacts(new_items=3), 0.6 * HOUR),
        ("no news: later", HOUR, PollFacts(), 1.25 * HOUR),
        ("never sooner than a quarter of an hour", 16 * MINUTE, PollFacts(new_items=1), SHORTEST_S),
        ("never later than a day", 23 * HOUR, PollFacts(), LONGEST_S),
        ("nothing is left of the last poll: much sooner", 12 * HOUR, PollFacts(new_items=20, overlap=False), 3 * HOUR),
        ("the first poll starts from an hour", 0, PollFacts(), 1.25 * FIRST_S),
        ("the feed's own time to live is a floor", HOUR, PollFacts(new_items=1, ttl_s=4 * HOUR), 4 * HOUR),
        ("so is max-age", HOUR, PollFacts(new_items=1, max_age_s=3 * HOUR), 3 * HOUR),
        ("so is Retry-After on a good answer", HOUR, PollFacts(retry_after_s=5 * HOUR), 5 * HOUR),
        ("the longest wish counts", HOUR, PollFacts(ttl_s=HOUR, max_age_s=7 * HOUR), 7 * HOUR),
        ("a wish below the interval changes nothing", 4 * HOUR, PollFacts(ttl_s=MINUTE), 5 * HOUR),
        ("no wish silences a feed for longer than a day", HOUR, PollFacts(ttl_s=365 * DAY), DAY),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_after_an_answer(what: str, interval: float, heard: PollFacts, expected: float) -> None:
    assert seconds(after_success(interval, heard, NOW, NoJitter()).next_poll) == pytest.approx(expected)


def test_a_wish_of_the_server_does_not_change_the_interval_itself() -> None:
    assert after_success(HOUR, PollFacts(max_age_s=DAY), NOW, NoJitter()).interval_s == pytest.approx(1.25 * HOUR)


def test_the_wish_of_the_feed_holds_when_an_answer_does_not_repeat_it() -> None:
    read = after_success(HOUR, PollFacts(new_items=1, ttl_s=5 * HOUR), NOW, NoJitter())
    unchanged = after_success(read.interval_s, PollFacts(), NOW, NoJitter())
    assert seconds(read.next_poll) == 5 * HOUR
    assert seconds(unchanged.next_poll) >= 5 * HOUR
    assert after_success(HOUR, PollFacts(ttl_s=365 * DAY), NOW, NoJitter()).interval_s == LONGEST_S


def test_a_feed_that_changes_daily_is_polled_within_hours_and_a_busy_one_every_quarter_of_an_hour() -> None:
    def settle(news_every_s: float) -> float:
        """The interval after a month of a feed with news at a steady pace."""
        interval, at, heard_at = HOUR, 0.0, 0.0
        while at < 30 * DAY:
            new = int(at // news_every_s) - int(heard_at // news_every_s)
            plan = after_success(interval, PollFacts(new_items=new), NOW, NoJitter())
            heard_at, interval, at = at, plan.interval_s, at + seconds(plan.next_poll)
        return interval

    assert settle(5 * MINUTE) == SHORTEST_S
    assert 3 * HOUR < settle(DAY) < 16 * HOUR
    assert settle(60 * DAY) == LONGEST_S


@pytest.mark.parametrize(
    ("what", "kind", "failures", "asked", "interval", "expected"),
    [
        ("the network: soon again", PASSING, 1, None, DAY, 15 * MINUTE),
        ("then linearly later", PASSING, 4, None, DAY, HOUR),
        ("a busy server: after an hour", SOFT, 1, None, HOUR, HOUR),
        ("then linearly later", SOFT, 5, None, HOUR, 5 * HOUR),
        ("but never sooner than usual", SOFT, 1, None, 9 * HOUR, 9 * HOUR),
        ("a wrong address: after six hours", HARD, 1, None, HOUR, 6 * HOUR),
        ("then linearly later", HARD, 3, None, HOUR, 18 * HOUR),
        ("at most a week", HARD, 28, None, HOUR, 7 * DAY),
        ("at most a week after a thousand failures", HARD, 1000, None, HOUR, 7 * DAY),
        ("at most a week on a dead network", PASSING, 100_000, None, HOUR, 7 * DAY),
        ("Retry-After is kept", SOFT, 1, 3 * HOUR, HOUR, 3 * HOUR),
        ("at most for a day", SOFT, 1, 365 * DAY, HOUR, DAY),
        ("and never shortens the wait", SOFT, 5, 1, HOUR, 5 * HOUR),
        ("the first poll of all may fail", PASSING, 0, None, 0, 15 * MINUTE),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_after_a_failure(
    what: str, kind: FailureKind, failures: int, asked: float | None, interval: float, expected: float
) -> None:
    plan = after_failure(interval, kind, failures, NOW, NoJitter(), asked)
    assert seconds(plan.next_poll) == pytest.approx(expected)
    assert plan.interval_s == (interval or FIRST_S)


def test_only_gone_ends_the_polling() -> None:
    assert after_failure(HOUR, GONE, 1, NOW, NoJitter()).next_poll is None


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (NetworkError("u", "no answer"), PASSING),
        (HttpStatusError("u", 500), SOFT),
        (HttpStatusError("u", 503), SOFT),
        (HttpStatusError("u", 429), SOFT),
        (HttpStatusError("u", 408), SOFT),
        (HttpStatusError("u", 403), HARD),
        (HttpStatusError("u", 404), HARD),
        (HttpStatusError("u", 410), GONE),
        (TooLarge("u", "large"), HARD),
        (TooManyRedirects("u", "loop"), HARD),
        (AddressRefused("u", "private"), HARD),
        (RobotsRefused("u", "robots"), HARD),
        (FeedError("u", "no feed"), HARD),
        (DamagedFeed("u"), SOFT),
        (PageError("u", "no text"), HARD),
    ],
)
def test_every_expected_error_has_its_kind(error: GatherError, kind: FailureKind) -> None:
    assert kind_of(error) is kind


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (PageError("u", "no text"), UNREADY),
        (HttpStatusError("u", 404), UNREADY),
        (HttpStatusError("u", 403), UNREADY),
        (HttpStatusError("u", 410), GONE),
        (HttpStatusError("u", 503), SOFT),
        (DeadEnd("u", "a PDF"), HARD),
        (RobotsRefused("u", "robots"), HARD),
    ],
)
def test_a_page_that_holds_no_article_may_hold_it_later(error: GatherError, kind: FailureKind) -> None:
    assert kind_of_page(error) is kind


@given(st.sampled_from([HARD, SOFT, PASSING]), st.integers(0, 10_000), st.floats(0, 1e9), st.floats(0, DAY))
def test_the_next_poll_is_always_later_and_at_most_a_week_and_its_jitter_away(
    kind: FailureKind, failures: int, asked: float, interval: float
) -> None:
    wait = seconds(after_failure(interval, kind, failures, NOW, Random(failures), asked).next_poll)
    assert 15 * MINUTE <= wait <= 7 * DAY * (1 + JITTER)


@pytest.mark.parametrize(
    ("what", "kind", "failures", "due", "asked", "expected"),
    [
        ("the wait that was there stays", HARD, 3, 4 * HOUR, None, 4 * HOUR),
        ("a network failure is retried sooner, as ever", PASSING, 2, 4 * HOUR, None, 30 * MINUTE),
        ("but not later than it would have been", PASSING, 2, 3 * MINUTE, None, 3 * MINUTE),
        ("a server that asks for more gets it", SOFT, 1, HOUR, 5 * HOUR, 5 * HOUR),
        ("at most a day", SOFT, 1, HOUR, 30 * DAY, DAY),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_failure_before_its_time_pushes_nothing_away(
    what: str, kind: FailureKind, failures: int, due: float, asked: float | None, expected: float
) -> None:
    plan = after_failure(HOUR, kind, failures, NOW, NoJitter(), asked)
    assert seconds(brought_forward(plan, NOW + timedelta(seconds=due), NOW, asked).next_poll) == pytest.approx(expected)


def test_a_feed_that_is_gone_stays_so_before_its_time() -> None:
    gone = after_failure(HOUR, GONE, 1, NOW, NoJitter())
    assert brought_forward(gone, NOW + timedelta(hours=1), NOW).next_poll is None


@given(st.integers())
def test_jitter_only_ever_adds(seed: int) -> None:
    wait = seconds(after_success(HOUR, PollFacts(ttl_s=2 * HOUR), NOW, Random(seed)).next_poll)
    assert 2 * HOUR <= wait <= 2 * HOUR * (1 + JITTER)


def test_two_feeds_of_the_same_minute_are_spread() -> None:
    rng = Random(1)
    waits = {seconds(after_success(HOUR, PollFacts(), NOW, rng).next_poll) for _ in range(50)}
    assert len(waits) == 50


@pytest.mark.parametrize(
    ("kind", "tries", "expected"),
    [
        (PASSING, 1, 15 * MINUTE),
        (SOFT, 2, 2 * HOUR),
        (UNREADY, 4, 4 * HOUR),
        (PASSING, ARTICLE_TRIES[PASSING], None),
        (UNREADY, 5, None),
        (HARD, 1, None),
        (GONE, 1, None),
    ],
)
def test_an_article_page_is_tried_a_few_times(kind: FailureKind, tries: int, expected: float | None) -> None:
    again = article_retry(kind, tries, NOW, NoJitter())
    assert (again and again - NOW) == (None if expected is None else timedelta(seconds=expected))


@pytest.mark.parametrize(
    ("control", "expected"),
    [
        ("max-age=300", 300),
        ("public, Max-Age = 600 , must-revalidate", 600),
        ('max-age="60"', 60),
        ("s-maxage=900", None),
        ("no-cache, max-age=300", None),
        ("no-store", None),
        ("max-age=abc", None),
        ("max-age=-1", None),
        ("", None),
    ],
)
def test_max_age_is_read_from_cache_control(control: str, expected: float | None) -> None:
    assert max_age({"cache-control": control}) == expected
