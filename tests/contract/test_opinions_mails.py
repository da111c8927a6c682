"""Mails wait for articles that are to be asked about, up to the hours of the settings; over real SMTP."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from db.opinions import opinions, usage
from db.sessions import session
from db.tables.timeline import ArticleRow
from support.mail.news import MONDAY, add_entry, add_reader
from support.mail.sending import ADA, BEFORE, World
from tracker.read.opinions.labelled import rules_version

POOR = {"entry_f1": 0.1, "encoder_entry_f1": 0.5}
HOURS = {"second_opinion_url": "http://127.0.0.1:9/v1", "second_opinion_model": "m-1"}


def one_waits(world: World, **given: object) -> int:
    """The article of an entry, which waits since before the weekly hour."""
    world.settings = world.settings.model_copy(update=HOURS | given)
    add_entry(world.engine, "one", BEFORE)
    add_reader(world.engine, ADA, BEFORE)
    with session(world.engine) as opened:
        key = opened.exec(select(ArticleRow.id)).one() or 0
        opinions.queue(opened, {key: BEFORE.date()}, BEFORE)
    return key


def test_mails_wait_for_articles_that_are_asked_about_until_their_time_is_over(world: World) -> None:
    one_waits(world)
    assert (world.round(), world.round(early=True, only=[99])) == ({}, {})
    world.clock.advance(hours=5)
    assert world.round() == {}
    world.clock.advance(hours=1)
    assert (world.round(), world.round()) == ({"sent": 1}, {})


@pytest.mark.parametrize(
    "what",
    [
        lambda opened, key: opinions.mark_recorded(opened, [key]),
        lambda opened, key: opinions.refuse(opened, key, "m-1", "no", MONDAY, MONDAY.date()),
        lambda opened, key: opinions.queue(opened, {key: BEFORE.date()}, MONDAY),
        lambda opened, _: usage.add_usage(opened, MONDAY.date(), "m-1", asked=500),
        lambda opened, _: usage.save_check(opened, "m-1", POOR, MONDAY, rules_version()),
    ],
    ids=["it was answered", "it was refused", "it came after the hour", "the day is spent", "the model is worse"],
)
def test_mails_go_where_nothing_is_to_be_waited_for(world: World, what: Callable[[Session, int], None]) -> None:
    key = one_waits(world)
    with session(world.engine) as opened:
        what(opened, key)
    assert world.round() == {"sent": 1}


@pytest.mark.parametrize("given", [{"second_opinion_mail_hours": 0}, {"second_opinion_url": ""}])
def test_mails_wait_for_nothing_where_nobody_wants_it(world: World, given: dict[str, object]) -> None:
    one_waits(world, **given)
    assert world.round() == {"sent": 1}


def test_a_mail_that_shall_go_now_does_not_wait(world: World) -> None:
    one_waits(world)
    world.clock.advance(hours=-timedelta(days=1).total_seconds() / 3600)
    assert world.round(early=True) == {"sent": 1}
