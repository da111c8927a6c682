"""The daemon over time: news wave after wave, signals at any moment, decisions of people beside it."""

import json
import re
import signal
import socket
import sqlite3
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.processes.daemon import Site, entries, running, settings, tracker

pytestmark = pytest.mark.slow
WAVE_S = 180
"""From `feeds add` to an entry: a minute until it is polled, and the reading on a busy machine."""
END_S = 10
PUBLISHED_S = 60


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def follow(env: dict[str, str], site: Site, name: str) -> str:
    """Subscribes to a feed with one story; the place that it tells of."""
    place = site.news(name)
    tracker(env, "feeds", "add", site.feed(name), "--no-check", "--home", f"{place}, WI")
    return place


def page(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def test_feeds_that_are_added_one_after_the_other_are_all_read(site: Site, tmp_path: Path) -> None:
    env = settings(tmp_path)
    with running(env, tmp_path) as daemon:
        daemon.wait_for(lambda events: any(event["event"] == "started" for event in events))
        for name in ("first", "second", "third"):
            place, deadline = follow(env, site, name), time.monotonic() + WAVE_S
            while place not in {entry["jurisdiction_name"] for entry in entries(env)}:
                assert time.monotonic() < deadline, daemon.events()
                time.sleep(1)
        assert daemon.events("failed") == []


def test_what_a_person_decides_is_published_within_a_minute(site: Site, tmp_path: Path) -> None:
    port = free_port()
    env = settings(tmp_path, web_port=port)
    with running(env, tmp_path) as daemon:
        follow(env, site, "first")
        daemon.wait_for(lambda events: any(event.get("entries") for event in events if event["event"] == "reported"))
        entry = entries(env)[0]
        policy = f"http://127.0.0.1:{port}/wi/madison/index.html"
        assert "Nobody knew this name before" not in page(policy)
        tracker(env, "review", "rename", entry["policy"], "Nobody knew this name before", "--by", "Ada")
        decided = time.monotonic()
        while "Nobody knew this name before" not in page(policy):
            assert time.monotonic() - decided < PUBLISHED_S, daemon.events()
            time.sleep(1)
        tracker(env, "review", "reject", *[entry["id"] for entry in entries(env)], "--by", "Ada")
        decided = time.monotonic()
        while re.search("takes effect|Takes effect", page(f"http://127.0.0.1:{port}/")):
            assert time.monotonic() - decided < PUBLISHED_S, daemon.events()
            time.sleep(1)


def test_it_ends_in_time_while_a_page_does_not_answer(site: Site, tmp_path: Path) -> None:
    env = settings(tmp_path)
    site.hung.add("/feed/hung")
    tracker(env, "feeds", "add", site.feed("hung"), "--no-check")
    with running(env, tmp_path) as daemon:
        daemon.wait_for(lambda events: any(event["event"] == "started" for event in events))
        time.sleep(3)
        assert daemon.end(within_s=END_S) == 0
        assert [event["event"] for event in daemon.events()][-2:] == ["stopping", "stopped"]


def test_it_ends_in_time_while_the_database_makes_it_wait_and_the_next_start_takes_it_up(
    site: Site, tmp_path: Path
) -> None:
    env = settings(tmp_path)
    place = follow(env, site, "first")
    with sqlite3.connect(tmp_path / "data" / "tracker.db", isolation_level=None) as other:
        with running(env, tmp_path) as daemon:
            daemon.wait_for(lambda events: any(event["event"] == "started" for event in events))
            other.execute("BEGIN IMMEDIATE")
            time.sleep(5)
            assert daemon.end(within_s=END_S) == 0
            assert [event["event"] for event in daemon.events()][-2:] == ["abandoned", "stopped"]
        other.execute("ROLLBACK")
    with running(env, tmp_path) as daemon:
        daemon.wait_for(lambda events: any(event.get("entries") for event in events if event["event"] == "reported"))
    assert place in {entry["jurisdiction_name"] for entry in entries(env)}


def test_it_takes_new_settings_over_and_keeps_the_old_ones_where_the_new_are_wrong(site: Site, tmp_path: Path) -> None:
    first, second = free_port(), free_port()
    env, file = settings(tmp_path), tmp_path / "tracker.toml"
    file.write_text(f"web_port = {first}\n")
    with running(env, tmp_path) as daemon:
        started = daemon.wait_for(lambda events: any(event["event"] == "serving" for event in events))
        assert any(str(first) in json.dumps(event) for event in started)
        file.write_text("web_port = 'many'\n")
        daemon.process.send_signal(signal.SIGHUP)
        daemon.wait_for(lambda events: any(event["event"] == "settings not taken over" for event in events))
        assert page(f"http://127.0.0.1:{first}/healthz")
        file.write_text(f"web_port = {second}\n")
        daemon.process.send_signal(signal.SIGHUP)
        daemon.wait_for(lambda events: any(f":{second}/" in str(event.get("url")) for event in events))
        assert page(f"http://127.0.0.1:{second}/healthz")
        follow(env, site, "first")
        daemon.wait_for(lambda events: any(event.get("entries") for event in events if event["event"] == "reported"))
        assert daemon.end(within_s=END_S) == 0
