"""`tracker poll` as real processes: two at once, and one killed again and again; nothing lost, nothing doubled."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.engine import migrate, open_database
from db.feeds import feeds
from db.sessions import session
from support.commands.environment import is_foreign
from support.servers.many_feeds import ITEMS, feed_url, serving

COMMAND = [sys.executable, "-m", "jobs", "poll", "--no-read"]
KEYS = 3 * ITEMS
"""Of a feed: each item may come again by its guid, by its link and date, and by its title too."""
KILLS, LAST_S = 20, 2.5
"""Half of them at any moment after the start, half while feeds are being stored, whenever that begins."""


@pytest.fixture
def port() -> Iterator[int]:
    with serving() as port:
        yield port


def subscribed(data: Path, port: int, number: int) -> None:
    data.mkdir()
    engine = open_database(f"sqlite:///{data / 'tracker.db'}")
    migrate(engine)
    with session(engine) as opened:
        for one in range(number):
            feeds.add(opened, feed_url(one, port), datetime.now(UTC))
    engine.dispose()


def poll(data: Path, *options: str) -> "subprocess.Popen[str]":
    kept = {name: value for name, value in os.environ.items() if not is_foreign(name)}
    settings = {"DATA_DIR": str(data), "ALLOW_PRIVATE_ADDRESSES": "true", "SECONDS_BETWEEN_REQUESTS": "0"}
    environment = kept | {f"TRACKER_{name}": value for name, value in settings.items()}
    pipe = subprocess.PIPE
    return subprocess.Popen([*COMMAND, *options], env=environment, stdout=pipe, stderr=pipe, text=True)


def stored(data: Path) -> list[tuple[bool, int, int]]:
    """Of each feed: whether its validator is stored, how many items, how many keys."""
    query = (
        "SELECT etag <> '', (SELECT count(*) FROM item WHERE feed_id = feed.id), "
        "(SELECT count(*) FROM item_key WHERE feed_id = feed.id) FROM feed"
    )
    with closing(sqlite3.connect(data / "tracker.db")) as database:
        return [(bool(etag), items, keys) for etag, items, keys in database.execute(query)]


def number_stored(data: Path) -> int:
    with closing(sqlite3.connect(data / "tracker.db")) as database:
        return int(database.execute("SELECT count(*) FROM feed WHERE etag <> ''").fetchone()[0])


@pytest.mark.slow
def test_after_twenty_kills_a_whole_run_has_everything_once(tmp_path: Path, port: int) -> None:
    number, rng = 2000, random.Random(5)
    subscribed(tmp_path / "data", port, number)
    polled = [0]
    for kill in range(KILLS):
        process = poll(tmp_path / "data")
        if kill % 2:
            while process.poll() is None and number_stored(tmp_path / "data") == polled[-1]:
                time.sleep(0.01)
            time.sleep(rng.uniform(0, LAST_S / KILLS))
        else:
            time.sleep(rng.uniform(0, LAST_S))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        states = stored(tmp_path / "data")
        assert set(states) <= {(False, 0, 0), (True, ITEMS, KEYS)}, "a feed is stored whole or not at all"
        polled.append(states.count((True, ITEMS, KEYS)))
    assert polled == sorted(polled), "what is stored stays"
    assert polled[-1] > 0, "kills before anything is stored prove nothing"
    process = poll(tmp_path / "data")
    out, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, "")
    assert out.startswith(f"{number - polled[-1]:,} source")
    assert stored(tmp_path / "data") == [(True, ITEMS, KEYS)] * number


def test_two_at_once_double_nothing_and_neither_is_locked_out(tmp_path: Path, port: int) -> None:
    number = 300
    subscribed(tmp_path / "data", port, number)
    processes = [poll(tmp_path / "data", "--all") for _ in range(2)]
    ended = [(process.communicate(timeout=120), process.returncode) for process in processes]
    assert [(errors, status) for (_, errors), status in ended] == [("", 0)] * 2
    assert stored(tmp_path / "data") == [(True, ITEMS, KEYS)] * number
    new = [int(out.split(" polled, ")[1].split(" ")[0].replace(",", "")) for (out, _), _ in ended]
    assert sum(new) == number * ITEMS
