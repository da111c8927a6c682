"""`tracker sources directory`: shown, exported, imported; what is imported wins, and `watch` knows it."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from support.commands.shell import Shell
from support.servers.feed_site import site
from support.servers.small_web import lead_here


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    lead_here(monkeypatch, "webapi.legistar.com")
    return Shell(tmp_path, monkeypatch, capfd)


def listed(shell: Shell, *arguments: str) -> list[dict[str, object]]:
    result = shell.run("sources", "directory", *arguments, "--json")
    assert result.status == 0, result.err
    return [json.loads(line) for line in result.out.splitlines()]


def exported(shell: Shell, *arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(shell.run("sources", "directory", "export", *arguments).out)))


def test_a_place_is_shown_with_its_council_and_a_state_with_all_its_places(shell: Shell) -> None:
    council, *others = listed(shell, "Milwaukee, WI")
    assert (council["kind"], council["system"], council["polled_as"]) == ("council", "Legistar", "legistar")
    assert {one["kind"] for one in others} == {"feed"}
    police = listed(shell, "Wisconsin", "--kind", "police")
    assert {str(one["place"])[-4:] for one in police} == {", WI"}
    assert len(listed(shell)) > 800
    table = shell.run("sources", "directory", "show", "Milwaukee, WI").out.splitlines()
    assert table[0].split("\t")[:3] == ["Place", "Kind", "System"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("Nowhere, WI",), "no place is called"), (("--kind", "library"), "write one of council, police")],
)
def test_what_is_not_known_is_said(shell: Shell, arguments: tuple[str, ...], says: str) -> None:
    result = shell.run("sources", "directory", *arguments)
    assert result.status == 2 or result.status == 1
    assert says in result.err
    assert "Traceback" not in result.err


def test_what_is_imported_wins_and_bad_lines_are_named(shell: Shell) -> None:
    shell.write(
        "own.csv",
        "place,kind,url,title",
        '"Milwaukee, WI",council,https://town.granicus.com/,Meetings',
        '"Milwaukee, WI",police,https://a.example/orders,Orders',
        '"Nowhere, WI",police,https://a.example/orders,Orders',
        '"Milwaukee, WI",police,javascript:alert(1),Orders',
    )
    for _ in range(2):
        result = shell.run("sources", "directory", "import", "own.csv")
        assert (result.status, result.out) == (1, "2 listings taken.\n")
        assert "line 4: no place" in result.err
        assert "line 5: 'javascript:alert(1)' is no address" in result.err
    council, police, *_ = listed(shell, "Milwaukee, WI")
    assert (council["system"], council["polled_as"], council["own"]) == ("Granicus", None, True)
    assert (police["url"], police["subscribed"]) == ("https://a.example/orders", False)
    watched = shell.run("watch", "Milwaukee, WI", "--no-documents")
    assert "The council of Milwaukee, WI publishes by Granicus, which cannot be polled yet" in watched.err
    assert "Council record" not in watched.out


def test_subscriptions_with_a_home_are_exported_and_taken_by_another_tracker(shell: Shell) -> None:
    for address in ("https://a.example/feed", "legistar:milwaukee"):
        added = shell.run("sources", "add", address, "--home", "Milwaukee, WI", "--no-check")
        assert added.status == 0, added.err
    assert shell.run("sources", "add", "https://b.example/feed", "--no-check").status == 0
    lines = exported(shell)
    assert [(line["place"], line["kind"], line["url"]) for line in lines] == [
        ("Milwaukee, WI", "council", "legistar:milwaukee"),
        ("Milwaukee, WI", "feed", "https://a.example/feed"),
    ]
    assert shell.run("sources", "directory", "export", "--out", "mine.csv").status == 0
    other = {"TRACKER_DATA_DIR": str(shell.folder / "other")}
    assert shell.run("sources", "directory", "import", "mine.csv", **other).out == "2 listings taken.\n"
    assert len(exported(shell, "--all")) > 800
    assert {one["url"] for one in listed(shell, "Milwaukee, WI") if one["subscribed"]} == {
        "legistar:milwaukee",
        "https://a.example/feed",
    }


def test_listed_documents_are_tried_and_those_that_answer_are_added_once(shell: Shell) -> None:
    with site() as web:
        web.pages["/orders"] = "<html><body><a href='/1.pdf'>Order 1</a> <a href='/2.pdf'>Order 2</a></body></html>"
        shell.write(
            "own.csv",
            "place,kind,url,title",
            f'"Wausau, WI",police,{web.at()}/orders,General orders',
            f'"Wausau, WI",jail,{web.at()}/gone,Jail',
        )
        assert shell.run("sources", "directory", "import", "own.csv").status == 0
        allowed = {"TRACKER_ALLOW_PRIVATE_ADDRESSES": "true", "TRACKER_SECONDS_BETWEEN_REQUESTS": "0"}
        first = shell.run("watch", "Wausau, WI", "--no-search", "--topic", "immigration", "--yes", **allowed)
        again = shell.run("watch", "Wausau, WI", "--no-search", "--yes", **allowed)
    assert first.status == 0, first.err
    assert "Added General orders, Wausau, WI\n" in first.out
    assert "Left out: Jail, Wausau, WI, which was asked: " in first.err
    assert [one["kind"] for one in listed(shell, "Wausau, WI") if one["subscribed"]] == ["police"]
    assert again.out.splitlines()[-1] == "Nothing to add for Wausau, WI."


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"%PDF-1.7", b"<html>" * 1000])
def test_a_file_of_something_else_is_refused_in_one_line(shell: Shell, content: bytes) -> None:
    (shell.folder / "other.csv").write_bytes(content)
    result = shell.run("sources", "directory", "import", "other.csv")
    assert result.status == 1
    assert result.err.count("\n") == 1
    assert result.err.startswith("error: ")
