"""`tracker poll` keeps what servers and feeds ask for: when each feed is polled next, by the answer that it gave."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime

import pytest

from support.commands.shell import Shell
from support.servers.feed_site import Answer, Site, feed, item
from support.servers.small_web import lead_here

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
JITTER = 1.1
"""Up to a tenth is added by chance, and nothing is ever taken off."""
NEWS = item("/a")


@pytest.fixture
def shell(polling_shell: Shell) -> Shell:
    return polling_shell


def polled(shell: Shell, *, expecting: int = 0) -> dict[str, dict[str, object]]:
    """How all feeds stand after a poll of each, by the first part of their host's name."""
    assert shell.run("poll", "--all", "--no-read").status == expecting
    return {str(one["url"]).split("/")[2].partition(".")[0]: one for one in listed(shell)}


def listed(shell: Shell) -> list[dict[str, object]]:
    return [json.loads(line) for line in shell.run("feeds", "list", "--json").out.splitlines()]


def wait(one: dict[str, object]) -> float:
    """Seconds from the poll to the next."""
    return (
        datetime.fromisoformat(str(one["next_poll"])) - datetime.fromisoformat(str(one["polled_at"]))
    ).total_seconds()


WISHES: dict[str, tuple[Answer, float]] = {
    "nothing": (feed(NEWS), 36 * MINUTE),
    "ttl": (feed(NEWS, head="<ttl>300</ttl>"), 5 * HOUR),
    "daily": (feed(NEWS, head="<sy:updatePeriod>daily</sy:updatePeriod>"), DAY),
    "often": (
        feed(NEWS, head="<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>6</sy:updateFrequency>"),
        4 * HOUR,
    ),
    "cached": ((200, {"Cache-Control": "public, max-age=18000"}, feed(NEWS)), 5 * HOUR),
    "uncached": ((200, {"Cache-Control": "no-cache, max-age=18000"}, feed(NEWS)), 36 * MINUTE),
    "patient": ((200, {"Retry-After": "7200"}, feed(NEWS)), 2 * HOUR),
    "mistyped": ((200, {"Cache-Control": "max-age=9999999999"}, feed(NEWS)), DAY),
}
TROUBLES: dict[str, tuple[Answer, float]] = {
    "busy": ((429, {"Retry-After": "10800"}), 3 * HOUR),
    "dated": (
        (503, {"Retry-After": "Tue, 04 Jul 2017 16:00:00 GMT", "Date": "Tue, 04 Jul 2017 12:00:00 GMT"}),
        4 * HOUR,
    ),
    "forever": ((503, {"Retry-After": "Tue, 04 Jul 2117 16:00:00 GMT", "Date": "Tue, 04 Jul 2017 12:00:00 GMT"}), DAY),
    "broken": (500, HOUR),
    "missing": (404, 6 * HOUR),
    "page": ("<html><body>Welcome</body></html>", 6 * HOUR),
}


def test_what_a_feed_and_its_server_wish_is_a_floor(shell: Shell, web: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    subscribe(shell, web, monkeypatch, {name: answer for name, (answer, _) in WISHES.items()})
    found = polled(shell)
    for name, (_, seconds) in WISHES.items():
        assert seconds <= wait(found[name]) <= seconds * JITTER + 1, name


def test_a_failure_is_waited_out_by_its_kind_and_by_what_the_server_asks_for(
    shell: Shell, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(shell, web, monkeypatch, {name: answer for name, (answer, _) in TROUBLES.items()})
    found = polled(shell, expecting=1)
    for name, (_, seconds) in TROUBLES.items():
        assert seconds <= wait(found[name]) <= seconds * JITTER + 1, name
        assert found[name]["health"] == "failing"


def subscribe(shell: Shell, web: Site, monkeypatch: pytest.MonkeyPatch, answers: dict[str, Answer]) -> None:
    """Each feed on a host of its own, since a host that asks for quiet is left alone as a whole."""
    lead_here(monkeypatch, *(f"{name}.example" for name in answers))
    web.pages |= {f"{name}.example/feed": answer for name, answer in answers.items()}
    for name in answers:
        assert shell.run("feeds", "add", f"{web.at(f'{name}.example')}/feed", "--no-check").status == 0


def set_feeds(shell: Shell, what: str) -> None:
    with closing(sqlite3.connect(shell.folder / "data" / "tracker.db")) as database, database:
        database.execute(f"UPDATE feed SET {what}")


def test_tries_grow_apart_step_by_step_to_a_week_at_most_and_the_first_answer_makes_all_good(
    shell: Shell, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(shell, web, monkeypatch, {"lost": 404})
    waits = []
    for _ in range(3):
        waits.append(wait(polled(shell, expecting=1)["lost"]))
        set_feeds(shell, "next_poll = polled_at")
    for number, seconds in enumerate(waits, 1):
        assert number * 6 * HOUR <= seconds <= number * 6 * HOUR * JITTER + 1
    set_feeds(shell, "errors = 5000")
    lost = polled(shell, expecting=1)["lost"]
    assert 7 * DAY <= wait(lost) <= 7 * DAY * JITTER + 1, "never dead"
    web.pages["lost.example/feed"] = feed(NEWS)
    found = polled(shell)["lost"]
    assert (found["health"], found["errors"], found["error"], found["error_kind"]) == ("healthy", 0, "", "")
    assert wait(found) <= HOUR


def test_a_feed_that_is_gone_is_retired_for_all_to_see_and_one_that_moved_has_its_new_address(
    shell: Shell, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(
        shell,
        web,
        monkeypatch,
        {"gone": 410, "moved": (301, {"Location": "/new"}), "strays": (302, {"Location": "/new"})},
    )
    web.pages["/new"] = feed(NEWS)
    found = polled(shell, expecting=1)
    assert (found["gone"]["health"], found["gone"]["next_poll"]) == ("retired", None)
    assert str(found["moved"]["url"]).endswith("/new")
    assert str(found["strays"]["url"]).endswith("/feed")
    web.asked.clear()
    assert shell.run("poll", "--all", "--no-read").status == 0
    assert {asked.partition("/")[0] for asked in web.asked} == {"moved.example", "strays.example"}


def test_the_wish_of_a_feed_holds_through_polls_that_find_nothing_new(
    shell: Shell, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    wish = feed(NEWS, head="<ttl>300</ttl>")
    subscribe(shell, web, monkeypatch, {"slow": (200, {"ETag": '"1"'}, wish)})
    for _ in range(3):
        assert wait(polled(shell)["slow"]) >= 5 * HOUR


def test_what_has_not_changed_is_not_sent_again_and_is_asked_for_less_often(
    shell: Shell, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(shell, web, monkeypatch, {"quiet": (200, {"ETag": '"1"'}, feed(NEWS))})
    intervals = [int(str(polled(shell)["quiet"]["interval_s"])) for _ in range(30)]
    assert intervals == sorted(intervals)
    assert (intervals[0], intervals[-1]) == (36 * MINUTE, DAY)
    assert listed(shell)[0]["unchanged"] == 29
