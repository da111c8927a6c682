"""`tracker watch`: shows, asks, adds, and adds nothing twice."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import db.feeds.feeds
from db.engine import open_database
from db.sessions import session
from jobs.settings import Settings
from jobs.sources.proposals import Proposal
from jobs.sources.watch import answering
from support.commands.shell import Shell, answered, assert_one_line
from support.servers.council import council
from support.servers.small_web import lead_here
from tracker.kinds import SourceKind


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    lead_here(monkeypatch, "webapi.legistar.com")  # where no record answers: this machine is not asked
    return Shell(tmp_path, monkeypatch, capfd)


def feeds(shell: Shell) -> list[dict[str, str]]:
    return [json.loads(line) for line in shell.run("feeds", "list", "--json").out.splitlines()]


def test_where_nobody_can_be_asked_it_only_shows(shell: Shell) -> None:
    result = shell.run("watch", "Milwaukee, WI", "--topic", "immigration")
    assert result.status == 1
    record, said, error = result.err.splitlines()
    assert "Left out: Council record of Milwaukee, WI, which was asked: " in record
    assert "whole state; --statewide" in said
    assert error.startswith("error: nothing was added")
    assert "--yes" in error
    header, *rows = [line.split("\t") for line in result.out.splitlines()]
    assert header == ["State", "Why", "Source", "Address"]
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
    said = answered(["watch", "Milwaukee, WI", "--topic", "immigration", "--no-record"], "Add these", answer)
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


def test_a_record_is_proposed_where_it_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(data_dir=tmp_path, allow_private_addresses=True, seconds_between_requests=0)
    with council(3) as there, council(0) as empty, council(3) as closed:
        closed.token = "s3cret"
        records = [
            Proposal(site.base, f"Record {number}", "", "", "", kind=SourceKind.LEGISTAR)
            for number, site in enumerate((there, empty, closed))
        ]
        outlet = Proposal("https://a.example/feed", "Ledger", "", "", "")
        assert answering(settings, [*records, outlet]) == [records[0], outlet]
        assert not any("Histories" in path for path in there.asked)
    first, second = capsys.readouterr().err.splitlines()
    assert "Left out: Record 1, which was asked: the client is there, but its record holds no matter" in first
    assert "Record 2, which was asked: the council's API asks for a token" in second
