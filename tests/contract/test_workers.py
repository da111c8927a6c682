"""Workers on PostgreSQL: real ones, killed, and a queue that is emptied. Nothing is lost, nothing is there twice."""

import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.feeds import feeds
from db.locks import DAEMON_LOCK
from db.sessions import session
from db.timeline.timelines import entries
from support.processes.daemon import Site
from support.processes.workers import Process, count, execute, processes, until

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)]
PAPERS, STORIES = 3, 4
UNREAD = "article WHERE reader_version = ''"


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    yield found
    found.close()


HOLDER = f"FROM pg_locks WHERE locktype = 'advisory' AND objid = {DAEMON_LOCK & 0xFFFFFFFF}"


def count_led(second: Process, third: Process) -> int:
    """How many of the two lead: one that lost it stands by in the end."""
    second_leads = bool(second.events("leads again"))
    return second_leads + bool(third.events("started"))


def subscribe(engine: Engine, site: Site) -> None:
    with session(engine) as opened:
        for paper in range(PAPERS):
            feeds.add(opened, site.feed(f"paper{paper}"), datetime.now(UTC))


def news(engine: Engine, site: Site) -> None:
    """Each paper has new stories, and is due."""
    for paper in range(PAPERS):
        for _ in range(STORIES):
            site.news(f"paper{paper}")
    execute(engine, "UPDATE feed SET next_poll = now() - interval '1 minute'")


def all_is_read(engine: Engine, rounds: int) -> bool:
    return count(engine, "article") == PAPERS * STORIES * rounds and count(engine, UNREAD) == 0


def test_killed_workers_and_an_emptied_queue_lose_nothing_and_double_nothing(
    engine: Engine, database_url: str, tmp_path: Path, site: Site
) -> None:
    subscribe(engine, site)
    news(engine, site)
    with processes(database_url, tmp_path) as running:
        running.start("daemon", "run")
        doomed = running.start("doomed", "worker")
        until(lambda: count(engine, "in_hand"), told=running.told)
        assert count(engine, "procrastinate_jobs WHERE status = 'doing'")
        doomed.end(signal.SIGKILL)
        left = count(engine, "in_hand")
        helper = running.start("helper", "worker", "--concurrency", "4")
        helper.wait_for("started")
        until(lambda: all_is_read(engine, 1), told=running.told)
        assert left, "it was killed with articles in hand"
        execute(engine, "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers")
        news(engine, site)
        until(lambda: all_is_read(engine, 2), told=running.told)
        helper.end()
        assert {"poll", "read"} <= helper.events("worked")[-1].keys()
        assert count(engine, "procrastinate_jobs WHERE status = 'doing' AND worker_id IS NOT NULL") == 0
    assert count(engine, "in_hand") == 0
    with session(engine) as opened:
        found = list(entries(opened))
    assert len({item.url for entry in found for item in entry.evidence}) == count(engine, "article WHERE is_change")
    assert len({(e.jurisdiction, e.stage, e.title) for e in found}) == len(found), "no entry is there twice"


def test_another_daemon_takes_over_when_the_first_is_killed(engine: Engine, database_url: str, tmp_path: Path) -> None:
    with processes(database_url, tmp_path) as running:
        first = running.start("first", "run")
        first.wait_for("started")
        second = running.start("second", "run")
        second.wait_for("standing by")
        assert not second.events("started")
        first.end(signal.SIGKILL)
        second.wait_for("started")
        third = running.start("third", "run")
        third.wait_for("standing by")
        execute(engine, f"SELECT pg_terminate_backend(pid) {HOLDER}")
        second.wait_for("connection lost", 30)
        until(lambda: second.events("leads again") or third.events("started"), 30, running.told)
        until(lambda: count_led(second, third) == 1, 30, running.told)
        second.end()
        third.end()
