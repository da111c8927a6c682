"""`tracker watch`: shows, asks, adds, and adds nothing twice."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import db.feeds.feeds
from db.engine import open_database
from db.sessions import session
from support.commands.shell import Shell, answered, assert_one_line


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, monkeypatch, capfd)


def feeds(shell: Shell) -> list[dict[str, str]]:
    return [json.loads(line) for line in shell.run("feeds", "list", "--json").out.splitlines()]


def test_where_nobody_can_be_asked_it_only_shows(shell: Shell) -> None:
    result = shell.run("watch", "Milwaukee, WI", "--topic", "immigration")
    assert result.status == 1
    said, error = result.err.splitlines()
    assert "whole state; --statewide" in said
    assert error.startswith("error: nothing was added")
    assert "--yes" in error
    header, *rows = [line.split("\t") for line in result.out.splitlines()]
    assert header == ["State", "Why", "Feed", "Address"]
    assert {row[0] for row in rows} == {"new"}
    assert any(row[3].startswith("https://www.bing.com/news/search?q=") for row in rows), "whole, as scripts need it"
    assert feeds(shell) == []


def test_it_adds_once_and_a_second_run_adds_nothing(shell: Shell) -> None:
    first = shell.run("watch", "Milwaukee, WI", "--topic", "immigration", "--yes")
    assert first.status == 0
    there = feeds(shell)
    assert len(there) == first.out.count("\nAdded ") > 5
    assert {feed["searches"] for feed in there} == {"", "Google News", "Bing News"}
    again = shell.run("watch", "Milwaukee, WI", "--topic", "Immigration")
    assert (again.status, again.out.splitlines()[-1]) == (0, "Nothing to add for Milwaukee, WI.")
    assert feeds(shell) == there
    wider = shell.run("watch", "Milwaukee, WI", "--topic", "immigration", "--statewide", "--yes")
    assert wider.status == 0
    assert len(feeds(shell)) > len(there)
    assert shell.run("watch", "Milwaukee, WI", "--topic", "immigration", "--statewide").status == 0


def test_a_feed_that_moved_is_known_by_the_address_of_the_catalogue(shell: Shell) -> None:
    assert shell.run("watch", "Milwaukee, WI", "--no-search", "--yes").status == 0
    engine = open_database(f"sqlite:///{shell.folder}/data/tracker.db")
    with session(engine) as opened:
        moved = db.feeds.feeds.all_feeds(opened)[0]
        assert db.feeds.feeds.move(opened, moved.id, "https://elsewhere.example/feed", datetime.now(UTC))
    again = shell.run("watch", "Milwaukee, WI", "--no-search")
    assert (again.status, again.out.splitlines()[-1]) == (0, "Nothing to add for Milwaukee, WI.")


def test_no_search_is_added_where_none_is_wanted(shell: Shell) -> None:
    assert shell.run("watch", "Milwaukee, WI", "--no-search", "--yes").status == 0
    assert {feed["searches"] for feed in feeds(shell)} == {""}


@pytest.mark.parametrize(("answer", "added"), [("y\n", True), ("\n", True), ("n\n", False)])
def test_on_a_terminal_a_person_is_asked(shell: Shell, answer: str, added: bool) -> None:
    said = answered(["watch", "Milwaukee, WI", "--topic", "immigration"], "Add these", answer)
    assert ("Nothing was added." in said) is not added
    assert bool(feeds(shell)) is added


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("Milwauke, WI",), "did you mean Milwaukee, WI?"),
        (("Springfield",), "add the state"),
        (("Milwaukee, WI", "--topic", "imigration"), "did you mean immigration?"),
    ],
)
def test_what_is_not_known_is_bad_usage_that_names_the_nearest(
    shell: Shell, arguments: tuple[str, ...], says: str
) -> None:
    result = shell.run("watch", *arguments)
    assert result.status == 2
    assert_one_line(result.err, says)
