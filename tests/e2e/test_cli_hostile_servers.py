"""`tracker poll` as a command of its own, over every server that misbehaves at once: each healthy feed is read."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from support.commands.environment import is_foreign
from support.servers.hostile import FEEDS_OF_SORTS, NO_FEEDS, Hosts, body, item, rss, running

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile servers")]
HEALTHY = 12
ITEMS = 3
LONGEST_S = 300
"""The slowest servers are given up after 30 seconds; a machine under load is slow."""


@pytest.fixture(scope="module")
def hosts() -> Iterator[Hosts]:
    good = {f"healthy {n}": body(rss(*(item(f"Story {k} of {n}", k) for k in range(ITEMS)))) for n in range(HEALTHY)}
    # Half of them come first and half last: a server that stops the run would stop the last ones.
    names = list(good)
    first, last = ({name: good[name] for name in part} for part in (names[::2], names[1::2]))
    with running({**first, **NO_FEEDS, **FEEDS_OF_SORTS, **last}) as all_of_them:
        yield all_of_them


def tracker(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not is_foreign(name)}
    environment |= {
        "TRACKER_DATA_DIR": str(folder / "data"),
        "TRACKER_ALLOW_PRIVATE_ADDRESSES": "true",
        "TRACKER_SECONDS_BETWEEN_REQUESTS": "0",
    }
    command = [sys.executable, "-m", "jobs", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LONGEST_S, check=False)


@pytest.fixture(scope="module")
def polled(hosts: Hosts, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("hostile")
    outlines = "".join(f'<outline type="rss" text="{url}" xmlUrl="{url}"/>' for url in hosts.feeds.values())
    (folder / "feeds.opml").write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    assert tracker(folder, "feeds", "import", str(folder / "feeds.opml")).returncode == 0
    return folder, tracker(folder, "poll", "--no-read", "--json")


Polled = tuple[Path, "subprocess.CompletedProcess[str]"]


def stored(folder: Path) -> dict[str, tuple[int, str, int]]:
    """Of each feed: its errors in a row, the last one in words, and how many items it brought."""
    query = "SELECT url, errors, error, (SELECT count(*) FROM item WHERE feed_id = feed.id) FROM feed"
    with closing(sqlite3.connect(folder / "data" / "tracker.db")) as database:
        return {url: told for url, *told in database.execute(query)}  # type: ignore[misc]


def test_every_healthy_feed_is_read(hosts: Hosts, polled: Polled) -> None:
    known = stored(polled[0])
    healthy = [tuple(known[url]) for name, url in hosts.feeds.items() if name.startswith("healthy")]
    assert healthy == [(0, "", ITEMS)] * HEALTHY


def test_every_other_one_is_named_with_its_fault_in_one_line(hosts: Hosts, polled: Polled) -> None:
    known, said = stored(polled[0]), polled[1].stderr
    assert "Traceback" not in said
    for name in NO_FEEDS:
        errors, error, items = known[hosts.feeds[name]]
        assert (name, errors, items) == (name, 1, 0)
        assert error
        assert [line for line in said.splitlines() if f"source {hosts.feeds[name]}:" in line], name


def test_what_is_a_feed_of_sorts_is_read_within_bounds_or_refused(hosts: Hosts, polled: Polled) -> None:
    known = stored(polled[0])
    for name in FEEDS_OF_SORTS:
        errors, error, items = known[hosts.feeds[name]]
        assert errors == bool(error), name
        assert items <= 2000, name
    assert known[hosts.feeds["100,000 items"]][2] == 2000


def test_the_run_ends_with_its_counts_and_says_that_something_failed(hosts: Hosts, polled: Polled) -> None:
    told = json.loads(polled[1].stdout)
    assert polled[1].returncode == 1
    assert told["feeds"] == len(hosts.feeds)
    assert told["failed_feeds"] >= len(NO_FEEDS)


def test_nobody_gets_a_cookie_back_and_nothing_of_this_machine_is_stored(hosts: Hosts, polled: Polled) -> None:
    again = tracker(polled[0], "feeds", "check", hosts.feeds["a thousand cookies"])
    assert again.returncode in (0, 1)
    assert not [request for request in hosts.requests if b"\r\ncookie:" in request.lower()]
    database = b"".join(path.read_bytes() for path in (polled[0] / "data").glob("tracker.db*"))
    assert b"root:x:0" not in database
