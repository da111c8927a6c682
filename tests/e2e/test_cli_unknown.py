"""What is not known is said: a misspelt value is bad usage that names the nearest ones, an empty result says why."""

import json
from pathlib import Path

import pytest

from db.engine import migrate, open_database
from support.commands.shell import Shell, assert_one_line
from support.databases.recording import arrive
from support.timeline.cases import evidence
from tracker.publish.exports import FORMATS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, monkeypatch, capfd)


EDIT = ("review", "edit", "0123456789ab")
UNKNOWN = [
    (("export", "--format", "jsn"), "did you mean json?"),
    (("export", "--format", "pdf"), "write one of json, csv, "),
    (("export", "--topic", "imigration"), "did you mean immigration?"),
    (("export", "--stage", "adoptd"), "did you mean adopted?"),
    (("export", "--topic", "zzz"), "write one of immigration, "),
    (("export", "--place", "Milwauke, WI"), "did you mean Milwaukee, WI"),
    (("export", "--place", "Milwaukee, Wisconsn"), "did you mean Milwaukee, WI"),
    (("export", "--place", "Springfield"), "add the state; did you mean Springfield, MO or "),
    (("export", "--place", "Atlantis, WI"), "Atlantis"),
    (("export", "--place", "ocd-division/country:us/state:wi/place:milwauke"), "state:wi/place:milwaukee"),
    (("export", "--place", "Wisconsn"), "did you mean Wisconsin"),
    (("export", "--since", "July"), "--since: 'July' is no date; write 2017, 2017-06 or 2017-07-06"),
    (("reread", "--since", "2017-13"), "--since"),
    (("search", "--stage", "adoptd"), "did you mean adopted?"),
    (("search", "--effect", "ban"), "did you mean bans?"),
    (("search", "--how-sure", "shure"), "did you mean sure?"),
    (("search", "--year", "17"), 'there is no year "17"; write it as 2019'),
    (("review", "list", "--topic", "imigration"), "did you mean immigration?"),
    (("review", "list", "--place", "Milwauke, WI"), "did you mean Milwaukee, WI"),
    ((*EDIT, "--date", "July"), "2017-06"),
    ((*EDIT, "--stage", "passed"), "write one of proposed"),
    ((*EDIT, "--stage", "adoptd"), "did you mean adopted?"),
    ((*EDIT, "--topic", "imigration"), "did you mean immigration?"),
    ((*EDIT, "--place", "Milwauke, WI"), "did you mean Milwaukee, WI"),
    (("digest", "preview", "--topic", "imigration"), "did you mean immigration?"),
    (("digest", "preview", "--place", "Milwauke, WI"), "did you mean Milwaukee, WI"),
    (("feeds", "add", "https://news.example/feed", "--home", "Milwauke, WI"), "did you mean Milwaukee, WI"),
    (("feeds", "import", "--starter", "--state", "XX"), "write its name or WI"),
    (("feeds", "import", "--starter", "--state", "Wisconsn"), "did you mean Wisconsin?"),
]


@pytest.mark.parametrize(("arguments", "says"), UNKNOWN, ids=[" ".join(arguments) for arguments, _ in UNKNOWN])
def test_an_unknown_value_is_bad_usage_and_the_nearest_known_ones_are_named(
    shell: Shell, arguments: tuple[str, ...], says: str
) -> None:
    result = shell.run(*arguments)
    assert (result.status, result.out) == (2, "")
    assert_one_line(result.err, says)


@pytest.mark.parametrize("state", ["Wisconsin", "wisconsin", "WI", "wi", "Wis."])
def test_a_state_is_understood_in_every_spelling(shell: Shell, state: str) -> None:
    assert shell.run("feeds", "import", "--starter", "--state", state).status == 0
    homes = {json.loads(line)["home"] for line in shell.run("feeds", "list", "--json").out.splitlines()}
    assert homes
    assert all(home.startswith("ocd-division/country:us/state:wi") for home in homes)
    assert shell.run("export", "--place", state).status == 0


@pytest.fixture
def filled(shell: Shell) -> Shell:
    """One entry, of Milwaukee, on immigration, in 2017."""
    (shell.folder / "data").mkdir()
    engine = open_database(f"sqlite:///{shell.folder}/data/tracker.db")
    migrate(engine)
    arrive(engine, evidence())
    engine.dispose()
    return shell


def test_a_known_place_or_topic_without_entries_is_said(filled: Shell) -> None:
    shell = filled
    empty = shell.run("export", "--place", "Madison, WI")
    assert (empty.status, json.loads(empty.out)) == (0, [])
    assert_one_line(empty.err, "nothing is recorded for Madison, WI", 'sources add ADDRESS --home "Madison, WI"')
    shell.run("feeds", "add", "https://news.example/feed", "--no-check", "--home", "Wisconsin")
    assert_one_line(shell.run("review", "list", "--place", "Madison, WI").err, "Madison, WI. 1 feed is followed")
    assert_one_line(shell.run("digest", "preview", "--topic", "labor").err, "nothing is recorded on the topic labor")
    assert_one_line(shell.run("search", "--place", "Madison, WI").err, "nothing is recorded for Madison, WI")
    assert_one_line(shell.run("search", "nowhere").err, "no entry answers to all of this")
    both = shell.run("export", "--place", "Milwaukee, WI", "--topic", "immigration", "--since", "2020")
    assert_one_line(both.err, "no entry has all of what you chose")
    assert shell.run("export", "--place", "Milwaukee, WI", "--topic", "Immigration").err == ""


def test_the_formats_are_those_of_the_one_list(shell: Shell) -> None:
    told = shell.run("export", "--help").out
    assert "|".join(FORMATS) in told
    row = next(line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if "`tracker export`" in line)
    assert all(name in row for name in FORMATS)
    for name in FORMATS:
        assert shell.run("export", "--format", name).status == 0


LEDGER, POST = "https://ledger.example/news/feed.xml", "https://post.example/rss"


def test_feeds_are_removed_by_address_or_id_and_what_is_not_there_is_named(shell: Shell) -> None:
    for url in (LEDGER, POST, "https://radio.example/feed"):
        shell.run("feeds", "add", url, "--no-check")
    listed = map(json.loads, shell.run("feeds", "list", "--json").out.splitlines())
    (number,) = [str(feed["id"]) for feed in listed if feed["url"] == POST]
    wrong, too_large = "https://ledger.example/news/fed.xml", "99999999999999999999"
    result = shell.run("feeds", "remove", number, wrong, too_large, LEDGER)
    assert (result.status, result.out) == (1, f"Removed {POST}\nRemoved {LEDGER}\n")
    first, second = result.err.splitlines()
    assert first == f"error: there is no source {wrong}; did you mean {LEDGER}?"
    assert second == f"error: there is no source {too_large}; `tracker sources list` shows all"
    assert shell.run("feeds", "list").out.count("\n") == 2, "a header and the feed that is left"


@pytest.mark.parametrize("command", ["show", "check", "remove"])
def test_a_feed_that_is_not_there_is_an_error_that_names_the_nearest(shell: Shell, command: str) -> None:
    shell.run("feeds", "add", LEDGER, "--no-check")
    for name in ("7", "ledger.example/news/feed.xml"):
        result = shell.run("feeds", command, name)
        assert (result.status, result.out) == (1, "")
        assert_one_line(result.err, f"there is no source {name}; ", LEDGER if "ledger" in name else "sources list")
    assert LEDGER in shell.run("feeds", "show", "1").out


def test_an_address_that_is_not_subscribed_to_can_be_checked_and_it_is_said(shell: Shell) -> None:
    shell.run("feeds", "add", LEDGER, "--no-check")
    result = shell.run("feeds", "check", "http://127.0.0.1:1/feed")
    assert result.status == 1
    assert result.out.startswith("failing  http://127.0.0.1:1/feed: ")
    assert_one_line(result.err, "there is no source http://127.0.0.1:1/feed; ", "It is fetched all the same.")


def test_a_subscriber_that_is_not_there_is_an_error_that_names_the_nearest(shell: Shell) -> None:
    shell.run("subscribers", "add", "ada@example.org", "--confirmed")
    for command in (("subscribers", "remove"), ("subscribers", "confirm"), ("digest", "preview", "--to")):
        result = shell.run(*command, "ada@exampel.org")
        assert result.status == 1
        assert_one_line(result.err, "there is no subscriber ada@exampel.org; did you mean ada@example.org?")
