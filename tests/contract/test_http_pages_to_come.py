"""Article pages that are not there yet when they are first asked for: the feed is ahead, or the site is mended."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from db.articles import articles
from db.engine import reading
from jobs.tally import Tally
from support.servers.hosts import PAGE, PARAGRAPH, SUMMARY, Machine, World, subscribe


@pytest.fixture
async def world() -> AsyncIterator[World]:
    world = World(1)
    await world.come_up()
    yield world
    await world.go_down()


@pytest.mark.parametrize("hours", [1, 8])
@pytest.mark.parametrize(("status", "page"), [(404, PAGE), (200, "We are back soon")])
async def test_a_story_whose_page_is_not_there_yet_is_heard_when_it_is(
    world: World, machine: Machine, status: int, page: str, hours: int
) -> None:
    subscribe(machine.engine, world.url(world.names[0]))
    await machine.gatherer.poll(machine.gatherer.due(everything=False), Tally())
    whole, world.status, world.page = world.page, status, page
    for _ in range(hours):
        await machine.gatherer.fetch(tally := Tally())
        assert tally.new_articles == 0
        machine.now += timedelta(hours=1)
    world.status, world.page = 200, whole
    machine.now += timedelta(hours=5)
    await machine.gatherer.fetch(tally := Tally())
    assert tally.new_articles == 1


@pytest.mark.parametrize(("hours", "text"), [(1, PARAGRAPH), (3, SUMMARY)])
async def test_a_page_that_is_not_there_yet_is_waited_for_an_hour_where_the_feed_tells_the_news(
    world: World, machine: Machine, hours: int, text: str
) -> None:
    world.summary = SUMMARY
    subscribe(machine.engine, world.url(world.names[0]))
    await machine.gatherer.poll(machine.gatherer.due(everything=False), Tally())
    world.status = 404
    for _ in range(hours):
        await machine.gatherer.fetch(Tally())
        machine.now += timedelta(hours=2)
    world.status = 200
    await machine.gatherer.fetch(Tally())
    with reading(machine.engine) as opened:
        (article,) = articles.unread(opened, 99)
    assert text in article.text


async def test_a_page_that_never_holds_an_article_is_asked_for_a_few_times(world: World, machine: Machine) -> None:
    subscribe(machine.engine, world.url(world.names[0]))
    await machine.gatherer.poll(machine.gatherer.due(everything=False), Tally())
    world.page = "See our video."
    for _ in range(48):
        await machine.gatherer.fetch(Tally())
        machine.now += timedelta(hours=1)
    assert world.asked.count(f"{world.names[0]}/story0") == 5
