"""The daemon through a simulated fortnight in which everything goes wrong: nothing lost, nothing twice.

The short one runs with the slow suite; `pytest -m long tests/e2e/test_daemon_chaos.py` is the fortnight.
"""

import filecmp
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from db.engine import open_database, reading
from support.processes.chaos import FASTER, Postgres, World, chaos
from tracker.publish.report.output.folder import MANIFEST
from tracker.publish.report.output.staging import PREFIX

SETTLED_S = 240
"""Seconds, four simulated days, in which nothing goes wrong any more and yet nothing more arrives: what failed is tried
again within two. While more arrives it may take longer: a machine with other work is slower than the simulated days."""
LOOK_S = 5


def stored(world: World) -> Counter[str]:
    """How often each story of the papers is an article that was read, by its address."""
    from sqlmodel import col, select

    from db.tables.timeline import ArticleRow

    engine = open_database(world.database)
    with reading(engine) as opened:
        found = Counter(opened.exec(select(ArticleRow.url).where(col(ArticleRow.read_at).is_not(None))).all())
    engine.dispose()
    return found


def messages(world: World) -> dict[str, tuple[str, int]]:
    """(state, how often it was unclear whether it arrived) of every mail that was composed, by its Message-ID."""
    from sqlmodel import select

    from db.tables.mail import MessageRow

    engine = open_database(world.database)
    with reading(engine) as opened:
        rows = opened.exec(select(MessageRow)).all()
        found = {row.message_id: (str(row.state), row.unclear) for row in rows}
    engine.dispose()
    return found


def told(world: World, missing: Iterable[str]) -> dict[str, str]:
    """What the database says of stories that are not there: five of them."""
    from sqlmodel import col, select

    from db.tables.timeline import ItemRow

    engine = open_database(world.database)
    with reading(engine) as opened:
        rows = opened.exec(select(ItemRow).where(col(ItemRow.url).in_(missing))).all()
        found = {row.url: f"{row.state}, {row.tries} tries, next {row.next_try}, {row.error}" for row in rows}
    engine.dispose()
    return {url: found.get(url, "not heard of") for url in sorted(missing)[:5]}


def settle(world: World) -> None:
    """Until every story was read and no mail waits."""
    left, deadline = None, 0.0
    while True:
        missing = world.papers.stories.keys() - stored(world).keys()
        waiting = [name for name, (state, _) in messages(world).items() if state not in ("sent", "failed", "doubtful")]
        if not missing and not waiting:
            return
        if left is None or len(missing) < left:
            left, deadline = len(missing), time.monotonic() + SETTLED_S
        assert time.monotonic() < deadline, f"{len(missing)} stories missing: {told(world, missing)}; {waiting[:5]}"
        time.sleep(LOOK_S)


def live_through(world: World, events: int, pause_s: float) -> Counter[str]:
    """So many events, and news before each; what happened how often."""
    happened = Counter[str]()
    for _ in range(events):
        for name in world.random.sample(world.papers.names, min(3, len(world.papers.names))):
            world.papers.news(name)
        happened[world.something_happens(pause_s)] += 1
        world.up()
        time.sleep(pause_s)
    return happened


def same_files(one: Path, other: Path) -> list[str]:
    """Where two folders differ but in what a report keeps for itself; what a killed build left waiting goes when it is
    a day old."""
    compared = filecmp.dircmp(one, other, ignore=[MANIFEST])
    alone = (name for name in (*compared.left_only, *compared.right_only) if not name.startswith(PREFIX))
    different = [f"{one}/{name}" for name in alone]
    _, unequal, odd = filecmp.cmpfiles(one, other, compared.common_files, shallow=False)
    different += [f"{one}/{name}" for name in (*unequal, *odd)]
    return different + [found for name in compared.common_dirs for found in same_files(one / name, other / name)]


def check(world: World) -> None:
    read = stored(world)
    assert {url: read[url] for url in world.papers.stories} == dict.fromkeys(world.papers.stories, 1)
    assert sum(read.values()) == len(world.papers.stories)
    taken = Counter(str(mail["Message-ID"]) for mail in world.mail.box.mails())
    composed = messages(world)
    sent = {name for name, (state, _) in composed.items() if state in ("sent", "doubtful")}
    assert sent == set(taken)
    twice = {name: count - 1 for name, count in taken.items() if count > 1}
    assert all(count <= composed[name][1] for name, count in twice.items()), "doubled without the ledger knowing"
    assert sum(twice.values()) <= world.kills
    world.tracker("verify")
    world.tracker("report", "--out", str(world.data / "report"))
    world.tracker("report", "--out", str(world.folder / "fresh"))
    assert same_files(world.data / "report", world.folder / "fresh") == []


def run(
    folder: Path, *, feeds: int, readers: int, events: int, pause_s: float, seed: int, postgres: Postgres | None = None
) -> None:
    with chaos(folder, feeds=feeds, readers=readers, seed=seed, postgres=postgres) as world:
        begin = world.calendar()
        world.start()
        happened = live_through(world, events, pause_s)
        settle(world)
        world.end(signal.SIGTERM)
        print(f"{(world.calendar() - begin).days} days at {FASTER} times, {dict(happened)}")
        print(f"{len(world.papers.stories)} stories, {len(world.mail.box.taken)} mails, {world.kills} kills")
        check(world)


@pytest.mark.slow
def test_some_hours_of_chaos_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    run(tmp_path, feeds=8, readers=7, events=6, pause_s=2, seed=3)


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    """Not under pytest's folders: run as root, the server changes to a user who may not enter them."""
    with tempfile.TemporaryDirectory(prefix="tracker-pg-") as folder:
        server = Postgres(Path(folder))
        yield server
        server.stop()


@pytest.mark.long
def test_a_week_of_chaos_on_postgresql_loses_nothing_and_doubles_nothing(tmp_path: Path, postgres: Postgres) -> None:
    run(tmp_path, feeds=50, readers=35, events=50, pause_s=3, seed=8, postgres=postgres)


@pytest.mark.long
def test_a_fortnight_of_chaos_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    run(tmp_path, feeds=200, readers=70, events=100, pause_s=4, seed=5)
