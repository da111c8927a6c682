"""A mail that the server may have taken, and refuses when it is tried again: nobody is told twice, nothing is lost
where it certainly did not arrive. Over real SMTP."""

import re
from collections import Counter
from datetime import timedelta

import pytest

from db.engine import reading
from db.mail import doubtful_mails, ledger, subscribers
from db.sessions import session
from db.values import Message, MessageState
from jobs.mail import prepare as mail_prepare
from jobs.mail.mailing import Mailing
from support.mail.news import add_entry, add_reader
from support.mail.sending import ADA, BEFORE, World
from support.mail.server import name_of
from tracker.publish.mail.subscribers import Frequency, Subscriber

MATTER = re.compile(r"matter (\w+)\.")


def set_fault(world: World, *kinds: str) -> None:
    world.server.faults.share, world.server.faults.kinds = float(bool(kinds)), kinds


def first_mail(world: World, *faults: str, **rhythm: object) -> Subscriber:
    """A reader, and one round that brings the entry "one"."""
    add_entry(world.engine, "one", BEFORE)
    reader = add_reader(world.engine, ADA, BEFORE, **rhythm)
    set_fault(world, *faults)
    world.round()
    return reader


def later(world: World, *faults: str, **time: float) -> dict[str, int]:
    set_fault(world, *faults)
    world.clock.advance(**time)
    return world.round()


def next_week(world: World) -> None:
    """The mail of the week after, with one more entry; the server works again."""
    world.server.faults.once = lambda _address: False
    add_entry(world.engine, "two", world.clock())
    later(world, days=7)


def told(world: World) -> Counter[str]:
    """How many mails told each matter; one that arrived twice under its name is one."""
    mails = {name_of(data): data for _, data in world.server.box.taken}
    return Counter(matter for data in mails.values() for matter in set(MATTER.findall(data.decode("ascii"))))


def message(world: World, reader: Subscriber) -> Message:
    with reading(world.engine) as opened:
        return ledger.messages_of(opened, reader.id)[0]


REFUSED_LATER = [
    ("it looks like spam", "spam"),
    ("the sender is blocked by now", "blocked"),
    ("its name is known already", ""),
]


@pytest.mark.parametrize("fault", [fault for _, fault in REFUSED_LATER], ids=[name for name, _ in REFUSED_LATER])
def test_taken_before_the_line_dropped_and_refused_when_tried_again_is_told_once(world: World, fault: str) -> None:
    reader = first_mail(world, "after")
    world.server.faults.once = lambda _address: True
    assert later(world, *filter(None, [fault]), minutes=2) == {"doubtful": 1}
    assert (message(world, reader).state, message(world, reader).unclear) == (MessageState.DOUBTFUL, 1)
    assert "may have arrived; 55" in world.warned[-1]
    next_week(world)
    assert told(world) == {"one": 1, "two": 1}


@pytest.mark.parametrize("fault", ["greylist", "after"])
def test_given_up_after_days_of_doubt_is_told_once(world: World, fault: str) -> None:
    reader = first_mail(world, "after")
    for _ in range(40):
        later(world, fault, hours=2)
    assert message(world, reader).state is MessageState.DOUBTFUL
    assert message(world, reader).unclear >= 1
    next_week(world)
    assert told(world) == {"one": 1, "two": 1}


def test_the_last_try_may_be_the_one_in_doubt(world: World) -> None:
    reader = first_mail(world, "greylist")
    assert later(world, "after", days=4) == {"doubtful": 1}
    assert message(world, reader).unclear == 1
    next_week(world)
    assert told(world) == {"one": 1, "two": 1}


def test_a_kill_with_a_mail_in_hand_leaves_a_doubt_that_a_refusal_does_not_lift(world: World) -> None:
    add_entry(world.engine, "one", BEFORE)
    reader = add_reader(world.engine, ADA, BEFORE)
    mail_prepare.prepare(world.engine, Mailing.of(world.settings), world.clock())
    with session(world.engine) as opened:
        ledger.claim(opened, world.clock())
    assert later(world, "spam", minutes=2) == {"doubtful": 1}
    assert message(world, reader).state is MessageState.DOUBTFUL
    next_week(world)
    assert told(world) == {"two": 1}  # whether "one" arrived nobody knows: it counts as told


@pytest.mark.parametrize("fault", ["spam", "blocked"])
def test_refused_without_a_doubt_is_told_by_the_next_mail(world: World, fault: str) -> None:
    reader = first_mail(world, fault)
    assert message(world, reader).state is MessageState.FAILED
    next_week(world)
    assert told(world) == {"one": 1, "two": 1}


def test_an_address_that_does_not_exist_got_nothing_whatever_was_unclear(world: World) -> None:
    reader = first_mail(world, "within")
    world.server.faults.refused = frozenset({ADA})
    assert later(world, minutes=2) == {"failed": 1, "suppressed": 1}
    world.server.faults.refused = frozenset()
    with session(world.engine) as opened:
        subscribers.confirm(opened, reader.id, world.clock())
    next_week(world)
    assert told(world) == {"one": 1, "two": 1}


@pytest.mark.parametrize("is_paused", [False, True], ids=["left", "paused"])
def test_whoever_is_away_after_a_mail_in_doubt_and_comes_back_is_not_told_it_again(
    world: World, is_paused: bool
) -> None:
    reader = first_mail(world, "after")
    with session(world.engine) as opened:
        if is_paused:
            subscribers.pause(opened, reader.id, world.clock(), "Eve")
        else:
            subscribers.end(opened, reader.id, world.clock())
    assert later(world, minutes=2) == {"dropped": 1}
    with session(world.engine) as opened:
        if is_paused:
            subscribers.resume(opened, reader.id)
        else:
            subscribers.confirm(opened, reader.id, world.clock())
    next_week(world)
    assert told(world) == {"one": 1, "two": 1}


def test_an_address_that_is_left_alone_by_now_was_not_told(world: World) -> None:
    reader = first_mail(world, "within")
    with session(world.engine) as opened:
        subscribers.suppress(opened, reader.id, world.clock(), "550 5.1.1 no such mailbox")
    assert later(world, minutes=2) == {"dropped": 1}
    with session(world.engine) as opened:
        subscribers.confirm(opened, reader.id, world.clock())
    next_week(world)
    assert told(world) == {"one": 1, "two": 1}


def test_a_mail_in_doubt_is_told_again_where_a_person_says_so(world: World) -> None:
    reader = first_mail(world, "within")
    later(world, "spam", minutes=2)
    with reading(world.engine) as opened:
        (doubt,) = doubtful_mails.doubtful(opened, BEFORE)
    assert (doubt.address, doubt.told, doubt.composed_at) == (ADA, 1, world.clock() - timedelta(minutes=2))
    with session(world.engine) as opened:
        assert doubtful_mails.tell_again(opened, reader.id) == 1
    with session(world.engine) as opened:
        assert doubtful_mails.tell_again(opened, reader.id) == 0
        assert doubtful_mails.doubtful(opened, BEFORE) == []
    next_week(world)
    assert told(world) == {"one": 1, "two": 1}


def test_a_doubt_about_somebody_who_left_is_nobodys_trouble(world: World) -> None:
    reader = first_mail(world, "after", frequency=Frequency.DAILY)
    later(world, "spam", minutes=2)
    with session(world.engine) as opened:
        subscribers.end(opened, reader.id, world.clock())
        assert doubtful_mails.doubtful(opened, BEFORE) == []
