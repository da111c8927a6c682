"""This machine's own network is down, over real sockets: each feed has a host of its own on loopback, and the hosts go
and come back. No feed is blamed for it, it is said, and all are heard again as soon as the network is."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col, select

from db.articles import articles
from db.engine import reading
from db.ops import incidents
from db.sessions import session
from db.tables.timeline import FeedRow, ItemRow
from jobs.tally import Tally
from support.servers.hosts import DAY, NOW, Machine, World, subscribe
from tracker.coverage import NETWORK
from tracker.gather.http.client import Client


@pytest.fixture
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    world = World(getattr(request, "param", 10))
    await world.come_up()
    yield world
    await world.go_down()


def due(engine: Engine, at: datetime, *urls: str) -> None:
    """Sets when feeds are due."""
    with session(engine) as opened:
        for url in urls:
            opened.connection().execute(update(FeedRow).where(col(FeedRow.url) == url).values(next_poll=at))


async def test_a_weekend_without_a_network_is_held_against_no_feed(world: World, machine: Machine) -> None:
    subscribe(machine.engine, *map(world.url, world.names))
    assert (await machine.minute()).new_articles == 10
    before = machine.feeds()
    await world.go_down()
    for hour in range(60):
        tally = await machine.minute(timedelta(hours=1))
        assert tally.failed_feeds == 0
        if hour > 24:
            assert (tally.feeds, tally.waiting) == (0, 10)
            assert len(machine.web.asked) <= 3, "a few hosts are tried, nothing is hammered"
    assert [feed.state for feed in machine.feeds()] == ["active"] * 10
    assert [(feed.errors, feed.next_poll, feed.interval_s) for feed in machine.feeds()] == [
        (0, feed.next_poll, feed.interval_s) for feed in before
    ]
    assert len(machine.said) == 1
    assert "the network of this machine seems to be down" in machine.said[0]
    assert "it refuses connections" in machine.said[0]
    assert "the network of this machine seems to be down" in machine.trouble()
    await world.come_up()
    world.stories = 2
    tally = await machine.minute()
    assert (tally.feeds, tally.failed_feeds, tally.new_articles, tally.waiting) == (10, 0, 10, 0)
    assert machine.trouble() == ""
    assert len(machine.said) == 1


async def test_however_often_it_is_looked_hosts_are_tried_once_a_minute(world: World, machine: Machine) -> None:
    subscribe(machine.engine, *map(world.url, world.names))
    await world.go_down()
    await machine.minute()
    tried = 0
    for _ in range(18):
        assert (await machine.minute(timedelta(seconds=10))).waiting == 10
        tried += len(machine.web.asked)
    assert 0 < tried <= 3 * 3
    await world.come_up()
    feeds_polled = [(await machine.minute(timedelta(seconds=10))).feeds for _ in range(6)]
    assert sum(feeds_polled) == 10, "all, within a minute of the network's return"


async def test_names_that_cannot_be_looked_up_are_no_feeds_fault(machine: Machine) -> None:
    subscribe(machine.engine, *(f"https://feed{number}.invalid/" for number in range(5)))
    tally = await machine.minute()
    assert (tally.feeds, tally.failed_feeds, tally.waiting) == (0, 0, 5)
    assert [feed.state for feed in machine.feeds()] == ["active"] * 5
    assert "cannot be looked up" in machine.trouble()
    assert tally.failed, "and the command says so with its exit status"


@pytest.mark.parametrize("world", [1], indirect=True)
async def test_of_one_feed_alone_nobody_can_tell(world: World, machine: Machine) -> None:
    subscribe(machine.engine, world.url(world.names[0]))
    await machine.minute()
    await world.go_down()
    tally = await machine.minute(DAY)
    (feed,) = machine.feeds()
    assert (tally.failed_feeds, tally.waiting, feed.errors, feed.error_kind) == (1, 0, 1, "passing")
    assert machine.trouble() == ""


@pytest.mark.parametrize("world", [1], indirect=True)
async def test_several_feeds_of_one_host_are_one_witness(world: World, machine: Machine) -> None:
    subscribe(machine.engine, *(world.url(world.names[0], f"feed?{number}") for number in range(5)))
    await world.go_down()
    assert (await machine.minute()).failed_feeds == 5


SMALL = [(2, 2, 0), (2, 1, 1), (3, 3, 0), (3, 2, 2)]


@pytest.mark.parametrize(("world", "fallen", "blamed"), SMALL, indirect=["world"])
async def test_a_small_installation_is_judged_by_all_that_it_has(
    world: World, machine: Machine, fallen: int, blamed: int
) -> None:
    subscribe(machine.engine, *map(world.url, world.names))
    await machine.minute()
    await world.go_down(*world.names[:fallen])
    assert (await machine.minute(DAY)).failed_feeds == blamed
    assert [feed.errors for feed in machine.feeds()] == [1] * blamed + [0] * (len(world.names) - blamed)
    assert (machine.trouble() == "") == (blamed > 0)


@pytest.mark.parametrize("world", [3], indirect=True)
async def test_hosts_that_were_silent_before_are_no_witnesses(world: World, machine: Machine) -> None:
    subscribe(machine.engine, *map(world.url, world.names))
    await machine.minute()
    for hour, name in enumerate(world.names):
        await world.go_down(name)
        assert (await machine.minute(DAY)).failed_feeds == hour + 1, "one after another they fall, and are blamed"
    assert (await machine.minute(DAY)).waiting == 3, "but where there are no others, all of them together tell"


@pytest.mark.parametrize("world", [1], indirect=True)
async def test_very_many_dead_feeds_and_a_good_one_that_falls_are_all_blamed(world: World, engine: Engine) -> None:
    subscribe(engine, world.url(world.names[0]), *(f"http://127.0.1.{number}:9/" for number in range(30)))
    async with Client(allow_private=True, gap_s=0, total_s=4) as client:
        machine = Machine(engine, client, at_once=1)
        assert (await machine.minute()).failed_feeds == 30
        await world.go_down()
        tally = await asyncio.wait_for(machine.minute(DAY), 20)
    assert (tally.failed_feeds, tally.waiting, machine.trouble()) == (31, 0, "")


async def test_where_half_of_the_hosts_fail_they_are_blamed(world: World, machine: Machine) -> None:
    subscribe(machine.engine, *map(world.url, world.names))
    await machine.minute()
    await world.go_down(*world.names[:5])
    tally = await machine.minute(DAY)
    assert (tally.feeds, tally.failed_feeds, tally.waiting, machine.trouble()) == (10, 5, 0, "")
    assert sorted(feed.errors for feed in machine.feeds()) == [0] * 5 + [1] * 5
    assert len(machine.said) == 5


async def test_a_server_that_answers_with_an_error_shows_that_the_network_is_there(
    world: World, machine: Machine
) -> None:
    subscribe(machine.engine, *map(world.url, world.names))
    world.status = 500
    assert (await machine.minute()).failed_feeds == 10
    assert machine.trouble() == ""


async def test_one_feed_that_is_due_is_not_blamed_where_nobody_else_answers_either(
    world: World, machine: Machine
) -> None:
    urls = [*map(world.url, world.names)]
    subscribe(machine.engine, *urls)
    await machine.minute()
    due(machine.engine, NOW + 9 * DAY, *urls)
    due(machine.engine, NOW, urls[4])
    await world.go_down()
    tally = await machine.minute()
    assert (tally.failed_feeds, tally.waiting) == (0, 1)
    assert len(machine.web.asked) == 3, "itself and two more"
    assert "no host of 3 answered" in machine.trouble()
    await world.come_up()
    tally = await machine.minute()
    assert (tally.feeds, tally.failed_feeds, machine.trouble()) == (1, 0, "")


async def test_one_dead_feed_is_blamed_at_once_and_costs_one_small_request_more(world: World, machine: Machine) -> None:
    urls = [*map(world.url, world.names)]
    subscribe(machine.engine, *urls)
    await machine.minute()
    due(machine.engine, NOW + 9 * DAY, *urls)
    due(machine.engine, NOW, urls[4])
    await world.go_down(world.names[4])
    world.asked.clear()
    assert (await machine.minute()).failed_feeds == 1
    assert [feed.errors for feed in machine.feeds()].count(1) == 1
    assert len(world.asked) == 1
    assert world.asked[0].endswith("/robots.txt")


async def test_dead_feeds_of_a_catalogue_are_blamed_though_they_are_many(world: World, machine: Machine) -> None:
    subscribe(machine.engine, *map(world.url, world.names))
    await machine.minute()
    subscribe(machine.engine, *(f"http://127.0.1.{number}:9/" for number in range(40)))
    tally = await machine.minute()
    assert (tally.failed_feeds, tally.waiting, machine.trouble()) == (40, 0, "")


async def test_a_network_that_goes_in_the_middle_of_a_poll_blames_nobody(world: World, engine: Engine) -> None:
    subscribe(engine, *map(world.url, world.names))
    async with Client(allow_private=True, gap_s=0, total_s=4) as client:
        machine = Machine(engine, client, at_once=1)
        world.down_after = 4
        tally = await machine.minute()
        assert (tally.feeds, tally.failed_feeds, tally.waiting) == (4, 0, 6)
        assert [feed.errors for feed in machine.feeds()] == [0] * 10
        world.down_after = 10**9
        await world.come_up()
        tally = await machine.minute()
        assert (tally.feeds, tally.failed_feeds, tally.new_articles) == (6, 0, 10)


async def test_of_very_many_feeds_only_some_are_tried_in_vain(machine: Machine) -> None:
    subscribe(machine.engine, *(f"http://127.0.{number // 200}.{number % 200 + 2}:9/" for number in range(300)))
    assert (await machine.minute()).waiting == 300
    assert len(machine.web.asked) < 100


async def test_article_pages_are_not_given_up_while_the_network_is_down(world: World, machine: Machine) -> None:
    subscribe(machine.engine, *map(world.url, world.names))
    await machine.gatherer.poll(machine.gatherer.due(everything=False), Tally())
    await world.go_down()
    for _ in range(10):
        machine.now += timedelta(hours=4)
        tally = Tally()
        await machine.gatherer.fetch(tally)
        assert (tally.failed_pages, tally.new_articles) == (0, 0)
    with reading(machine.engine) as opened:
        assert {(item.tries, item.state) for item in opened.exec(select(ItemRow))} == {(0, "new")}
    assert machine.trouble()
    await world.come_up()
    assert (await machine.minute()).new_articles == 10
    with reading(machine.engine) as opened:
        assert len(articles.unread(opened, 99)) == 10


async def test_one_page_that_cannot_be_reached_is_blamed_while_others_answer(world: World, machine: Machine) -> None:
    subscribe(machine.engine, *map(world.url, world.names))
    tally = Tally()
    await machine.gatherer.poll(machine.gatherer.due(everything=False), tally)
    await world.go_down(world.names[0])
    await machine.gatherer.fetch(tally)
    assert (tally.failed_pages, tally.new_articles, tally.waiting) == (1, 9, 0)
    await world.come_up(world.names[0])
    machine.now += timedelta(hours=1)
    assert (await machine.minute()).failed_pages == 0


async def test_an_outage_that_another_run_noted_ends_with_the_first_answer(world: World, machine: Machine) -> None:
    subscribe(machine.engine, *map(world.url, world.names))
    with session(machine.engine) as opened:
        incidents.note(opened, NETWORK, "no host answered", NOW)
    assert (await machine.minute()).new_articles == 10
    assert machine.trouble() == ""


async def test_where_all_feeds_were_removed_an_outage_is_forgotten(machine: Machine) -> None:
    with session(machine.engine) as opened:
        incidents.note(opened, NETWORK, "no host answered", NOW)
    await machine.minute()
    assert machine.trouble() == ""
