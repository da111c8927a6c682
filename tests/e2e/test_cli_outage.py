"""What the commands say while this machine's own network is down: that it is this machine, everywhere."""

import json
import os
from pathlib import Path

import pytest

from jobs import cli
from support.commands.environment import is_foreign

HOSTS = [f"http://127.0.0.{number}:9/feed" for number in range(2, 12)]
"""Ten hosts on loopback where nobody listens."""
OURS = "the network of this machine seems to be down"


@pytest.fixture(autouse=True)
def subscribed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    for name in list(os.environ):
        if is_foreign(name):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TRACKER_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TRACKER_ALLOW_PRIVATE_ADDRESSES", "true")
    monkeypatch.setenv("TRACKER_SECONDS_BETWEEN_REQUESTS", "0")
    for url in HOSTS:
        assert run(capfd, "feeds", "add", url, "--no-check")[0] == 0


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capfd.readouterr()
    status = cli.run(arguments)
    return status, *capfd.readouterr()


def test_a_poll_says_once_whose_fault_it_is_and_blames_no_feed(capfd: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        status, out, err = run(capfd, "poll")
        assert status == 1
        assert out.startswith("0 sources polled, 0 new items, 0 new articles, 10 sources and pages out of reach;")
        assert err.count("\n") == 1
        assert OURS in err
        assert "nothing is held against the feeds" in err
    assert json.loads(run(capfd, "poll", "--json")[1])["waiting"] == 10
    listed = [json.loads(line) for line in run(capfd, "feeds", "list", "--json")[1].splitlines()]
    assert {(feed["state"], feed["errors"], feed["error"]) for feed in listed} == {("active", 0, "")}
    assert OURS in run(capfd, "feeds", "list")[2]


def test_the_doctor_and_the_public_page_say_that_it_is_this_machine(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run(capfd, "poll")
    status, out, _ = run(capfd, "doctor")
    assert status == 1
    (feeds,) = [line for line in out.splitlines() if line.split()[1] == "feeds"]
    assert feeds.startswith("problem")
    assert "10 feeds, none can be asked" in feeds
    assert OURS in feeds
    assert "check its cable" in feeds
    assert " fail" not in feeds
    assert out.count(OURS) == 1, "one matter, one line"
    run(capfd, "report", "--out", str(tmp_path / "site"))
    coverage = (tmp_path / "site" / "coverage" / "index.html").read_text("utf-8")
    assert OURS in coverage
    assert "10 feeds are followed, and none can be heard" in coverage
    assert "followed and heard" not in coverage
    assert "silent" not in coverage.partition("<table")[2]


def test_a_check_of_all_feeds_says_it_too(capfd: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capfd, "feeds", "check")
    assert (status, out.count("failing")) == (1, 10)
    assert "no host of 10 answered" in err
    assert OURS in err
    assert OURS not in run(capfd, "feeds", "check", HOSTS[0])[2], "of one feed nobody can tell"
