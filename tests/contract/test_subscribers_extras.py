"""Channels, which cost nothing while they are not used: through Apprise, the real library."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import reading
from db.mail import ledger
from db.sessions import session
from db.values import MessageState
from jobs.mail import outbox
from jobs.mail import prepare as mail_prepare
from jobs.mail.mailing import Mailing
from support.mail.news import MONDAY, add_entry, add_reader
from support.mail.sending import Clock, World, news
from support.mail.server import MailServer
from support.servers.webhook import Hook, webhook

BEFORE = MONDAY - timedelta(days=3)


@pytest.fixture
def hook() -> Iterator[tuple[type[Hook], str]]:
    with webhook() as running:
        yield running


def test_a_channel_gets_the_digest_once_without_any_mail_server(
    engine: Engine, server: MailServer, tmp_path: Path, hook: tuple[type[Hook], str]
) -> None:
    kind, address = hook
    add_entry(engine, "one", BEFORE)
    add_reader(engine, address, BEFORE)
    settings, clock = server.settings(tmp_path, smtp_host=""), Clock(MONDAY)
    assert outbox.run(engine, settings, print, now=clock) == {"sent": 1}
    assert outbox.run(engine, settings, print, now=clock) == {}
    (message,) = kind.got
    assert message["title"] == news("one")
    assert "The council decided matter one." in message["message"]
    assert "unsubscribe" not in message["message"].lower()


def test_a_channel_that_does_not_answer_is_tried_again_and_its_address_is_not_shown(
    engine: Engine, server: MailServer, tmp_path: Path, hook: tuple[type[Hook], str]
) -> None:
    kind, address = hook
    kind.status = 503
    reader = add_reader(engine, address, BEFORE)
    warned: list[str] = []
    clock = Clock(MONDAY)
    assert outbox.run(engine, server.settings(tmp_path), warned.append, now=clock) == {"later": 1}
    assert warned == ["json://…: the channel did not take it"]
    kind.status = 200
    clock.advance(minutes=2)
    assert outbox.run(engine, server.settings(tmp_path), warned.append, now=clock) == {"sent": 1}
    with reading(engine) as opened:
        (message,) = ledger.messages_of(opened, reader.id)
    assert (message.state, message.tries) == (MessageState.SENT, 2)


def test_a_channel_that_answers_late_is_waited_for_and_not_told_twice(
    engine: Engine, server: MailServer, tmp_path: Path, hook: tuple[type[Hook], str]
) -> None:
    kind, address = hook
    kind.pause_s = 0.5
    add_entry(engine, "one", BEFORE)
    add_reader(engine, f"{address}?rto=0.1", BEFORE)
    assert outbox.run(engine, server.settings(tmp_path), print, now=Clock(MONDAY)) == {"sent": 1}
    assert len(kind.got) == 1


def test_a_channel_that_was_in_hand_at_a_kill_and_is_never_reached_again_is_in_doubt(
    world: World, hook: tuple[type[Hook], str]
) -> None:
    kind, address = hook
    kind.status = 503
    add_entry(world.engine, "one", BEFORE)
    add_reader(world.engine, address, BEFORE)
    mail_prepare.prepare(world.engine, Mailing.of(world.settings), world.clock())
    with session(world.engine) as opened:
        ledger.claim(opened, world.clock())
    world.round()
    world.clock.advance(days=4)
    assert world.round() == {"doubtful": 1}
    assert "may have arrived; given up: the channel did not take it" in world.warned[-1]
    kind.got.clear()
    kind.status = 200
    world.clock.advance(days=3)
    world.round()
    assert [mail["title"] for mail in kind.got] == ["Nothing new found, no feed followed"]


def test_a_channel_that_says_no_for_days_is_told_by_the_next_message(
    world: World, hook: tuple[type[Hook], str]
) -> None:
    kind, address = hook
    kind.status = 503
    add_entry(world.engine, "one", BEFORE)
    add_reader(world.engine, address, BEFORE)
    world.round()
    world.clock.advance(days=4)
    assert world.round() == {"failed": 1}
    kind.got.clear()
    kind.status = 200
    world.clock.advance(days=3)
    world.round()
    assert [mail["title"] for mail in kind.got] == [news("one")]
