"""What is told when, minute by minute: begun after a grace, once a day while it lasts, over once; never a flood."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

from db.values import Alert, AlertState
from jobs.alerts.lifecycle import AGAIN, GAP, GRACE, KEEP, AlertLine, Phase, delivered, due_lines, updated
from jobs.alerts.messages import MAX_SUBJECT, undelivered, write
from jobs.checks.check import Problem

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROUND = timedelta(minutes=2)
DISK = Problem("disk", "/data: 0.90 GB free", "make room")
HANGS = Problem("polling-stopped", "no feed was polled since 10:00", "look at the log", grave=True)
Wrong = Callable[[timedelta], tuple[Problem, ...]]


def story(wrong: Wrong, lasts: timedelta, sent: Callable[[timedelta], bool] = lambda _at: True) -> list[str]:
    """`10 began disk` for each line of each message, by the minute of it; rounds as the daemon makes them."""
    known: dict[str, Alert] = {}
    heard, at = list[str](), timedelta(0)
    while at <= lasts:
        known = updated(known, wrong(at), NOW + at)
        due = due_lines(known, NOW + at)
        if due and sent(at):
            known = delivered(known, due, NOW + at)
            heard += [f"{at // timedelta(minutes=1)} {line.phase} {line.alert.kind}" for line in due]
        at += ROUND
    return heard


def between(first: int, last: int, problem: Problem = DISK) -> Wrong:
    return lambda at: (problem,) if timedelta(minutes=first) <= at < timedelta(minutes=last) else ()


def test_a_problem_that_lasts_is_told_once_and_once_that_it_is_over() -> None:
    assert story(between(0, 100), timedelta(hours=30)) == ["10 began disk", "110 over disk"]


def test_what_passes_within_the_grace_is_never_told() -> None:
    assert story(lambda at: (DISK,) if at % timedelta(minutes=12) < timedelta(minutes=8) else (), AGAIN) == []


def test_a_problem_that_lasts_for_days_is_told_once_a_day() -> None:
    day = 24 * 60
    heard = story(between(0, 3 * day), timedelta(days=4))
    assert [line.partition(" ")[2] for line in heard] == ["began disk", "lasts disk", "lasts disk", "over disk"]
    assert [int(line.split()[0]) // day for line in heard] == [0, 1, 2, 3]


def test_one_that_comes_back_while_people_wait_for_its_end_never_ended() -> None:
    assert story(lambda at: () if at == timedelta(minutes=40) else (DISK,), timedelta(hours=2)) == ["10 began disk"]


def test_one_that_comes_back_later_is_told_anew() -> None:
    heard = story(lambda at: between(0, 60)(at) + between(120, 180)(at), timedelta(hours=4))
    assert heard == ["10 began disk", "70 over disk", "130 began disk", "190 over disk"]


def test_several_come_in_one_message_grave_ones_first_and_the_rest_waits_for_the_gap() -> None:
    heard = story(lambda at: between(0, 60)(at) + between(2, 60, HANGS)(at), timedelta(hours=1))
    assert heard == ["10 began disk", "20 began polling-stopped"]
    assert story(lambda at: between(0, 60)(at) + between(0, 60, HANGS)(at), timedelta(hours=1)) == [
        "10 began polling-stopped",
        "10 began disk",
    ]


def test_what_could_not_be_sent_is_sent_later_even_when_it_is_over_by_then() -> None:
    back = timedelta(hours=3)
    assert story(between(0, 400), timedelta(hours=4), lambda at: at >= back) == ["180 began disk"]
    assert story(between(0, 100), timedelta(hours=4), lambda at: at >= back) == ["180 over disk"]


def test_whatever_happens_no_more_than_six_messages_an_hour() -> None:
    rng = Random(7)
    kinds = [Problem(f"kind-{number}", "what", "remedy") for number in range(20)]
    state = dict.fromkeys(kinds, False)

    def wrong(_at: timedelta) -> tuple[Problem, ...]:
        for problem in kinds:
            state[problem] ^= rng.random() < 0.05
        return tuple(problem for problem in kinds if state[problem])

    minutes = sorted({int(line.split()[0]) for line in story(wrong, AGAIN)})
    assert len(minutes) > 50
    assert min(later - sooner for sooner, later in pairwise(minutes)) == GAP // timedelta(minutes=1)


def test_what_is_over_is_forgotten_after_a_day() -> None:
    known = updated({}, [DISK], NOW)
    known = delivered(known, due_lines(known, NOW + GRACE), NOW + GRACE)
    gone = updated(known, [], NOW + AGAIN)
    closed = delivered(gone, due_lines(gone, NOW + AGAIN + GRACE), NOW + AGAIN + GRACE)
    assert closed["disk"].state is AlertState.CLOSED
    assert "disk" in updated(closed, [], NOW + AGAIN + GRACE + KEEP - ROUND)
    assert updated(closed, [], NOW + AGAIN + GRACE + KEEP) == {}


def test_a_clock_that_is_set_back_a_year_keeps_nobody_silent() -> None:
    known = updated({}, [DISK], NOW)
    known = delivered(known, due_lines(known, NOW + GRACE), NOW + GRACE)
    then = NOW - timedelta(days=365)
    assert [line.phase for line in due_lines(updated(known, [DISK], then), then)] == [Phase.LASTS]


def alert(problem: Problem, **more: object) -> Alert:
    return Alert(kind=problem.kind, what=problem.what, remedy=problem.remedy, grave=problem.grave, began_at=NOW, **more)


def test_a_message_says_what_since_when_and_what_to_do() -> None:
    gone = NOW + timedelta(hours=5)
    said = (
        AlertLine(Phase.BEGAN, alert(HANGS)),
        AlertLine(Phase.LASTS, alert(DISK)),
        AlertLine(Phase.OVER, alert(DISK, gone_at=gone)),
    )
    message = write(said, "tracker.example.org")
    assert message.subject == "tracker.example.org: 2 problems, 1 over"
    assert message.text.startswith(
        "GRAVE PROBLEM since 2026-11-23 12:00 UTC:\n"
        "    no feed was polled since 10:00\n"
        "    What to do: look at the log\n\n"
        "PROBLEM since 2026-11-23 12:00 UTC, told before:\n"
        "    /data: 0.90 GB free\n"
        "    What to do: make room\n\n"
        "OVER (since 2026-11-23 12:00 UTC, it lasted 5 hours):\n"
        "    /data: 0.90 GB free\n\n"
    )
    assert write(said[2:], "here").subject == "here: over: /data: 0.90 GB free"
    assert "could not be sent to all:\n    ops@x.org: refused" in undelivered(message, ["ops@x.org: refused"]).text
    assert undelivered(message, []) == message


def test_what_a_feed_answered_cannot_begin_a_header_nor_fill_the_subject() -> None:
    nasty = Problem("feeds-silent", "all fail (1), with: x\r\nBcc: all@example.org\x1b[2J" + "long " * 99, "look")
    message = write([AlertLine(Phase.BEGAN, alert(nasty))], "here")
    assert message.subject.isprintable()
    assert len(message.subject) == MAX_SUBJECT
    assert "\x1b" not in message.text
