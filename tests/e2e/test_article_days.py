"""From a feed over HTTP to the exported entry: no date on the timeline is reckoned from a day that nobody knows."""

import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from jobs import cli
from support.commands.environment import is_foreign

VOTE = "The Milwaukee Common Council on Tuesday adopted an ordinance that bans the use of chokeholds by city police."
START = "The ordinance takes effect Sept. 1, 2017, the council said after the vote, and officers will be trained."
FILLER = "Neighbors spoke for an hour before the vote, and most of them asked the council for a clear rule. "
STORY = "".join(f"<p>{part}</p>" for part in (VOTE, START, FILLER * 4, FILLER * 5, FILLER * 6))
CITY = "Milwaukee, WI"
DECLARED = '<meta property="article:published_time" content="2017-07-05T09:00:00-05:00">'
BUILD = "Mon, 02 Mar 2026 08:00:00 GMT"


class Outlet(BaseHTTPRequestHandler):
    """A feed of whole texts without days; what it serves is set by each test."""

    date = head = robots = ""
    items = 1

    def do_GET(self) -> None:
        base = f"http://{self.headers['Host']}"
        if self.path == "/feed":
            dated = f"<pubDate>{self.date}</pubDate>" if self.date else ""
            item = f"<title>Council bans chokeholds</title><description><![CDATA[{STORY}]]></description>{dated}"
            told = "".join(f"<item><guid>{n}</guid><link>{base}/{n}</link>{item}</item>" for n in range(self.items))
            body = f"<rss><channel><title>Bugle</title>{told}</channel></rss>"
        elif self.path == "/robots.txt":
            body = self.robots
        else:
            body = f"<html><head>{self.head}</head><body><article><h1>T</h1>{STORY}</article></body></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: Any) -> None: ...


@pytest.fixture
def outlet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Outlet]]:
    for name in list(os.environ):
        if is_foreign(name):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TRACKER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TRACKER_ALLOW_PRIVATE_ADDRESSES", "true")
    monkeypatch.setenv("TRACKER_SECONDS_BETWEEN_REQUESTS", "0")
    served = type("Served", (Outlet,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), served) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        assert cli.run(["feeds", "add", f"http://127.0.0.1:{server.server_port}/feed", "--home", CITY]) == 0
        yield served
        server.shutdown()


def entries(capfd: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    assert cli.run(["poll"]) == 0
    capfd.readouterr()
    assert cli.run(["export"]) == 0
    return list(json.loads(capfd.readouterr()[0]))


def dates(found: list[dict[str, Any]]) -> set[tuple[str, str | None, str]]:
    """(stage, date, basis) of the vote and the start."""
    told = ("adopted", "effective")
    return {(entry["stage"], entry["date"], entry["basis"]) for entry in found if entry["stage"] in told}


def bases(found: list[dict[str, Any]]) -> set[str]:
    return {item["published_basis"] for entry in found for item in entry["evidence"]}


def test_where_the_page_names_the_day_tuesday_is_the_tuesday_before_it(
    outlet: type[Outlet], capfd: pytest.CaptureFixture[str]
) -> None:
    outlet.head = DECLARED
    found = entries(capfd)
    assert dates(found) == {("adopted", "2017-07-04", "relative"), ("effective", "2017-09-01", "stated")}
    assert bases(found) == {"page"}


@pytest.mark.parametrize(("head", "robots"), [("", ""), (DECLARED, "User-agent: *\nDisallow: /")])
def test_where_nothing_names_the_day_the_vote_has_none_and_the_start_its_own(
    outlet: type[Outlet], capfd: pytest.CaptureFixture[str], tmp_path: Path, head: str, robots: str
) -> None:
    outlet.head, outlet.robots = head, robots
    found = entries(capfd)
    assert dates(found) == {("adopted", None, "reported"), ("effective", "2017-09-01", "stated")}
    assert bases(found) == {"seen"}
    assert cli.run(["report", "--out", str(tmp_path / "site")]) == 0
    page = (tmp_path / "site" / "wi" / "milwaukee" / "index.html").read_text("utf-8")
    year = f"{datetime.now(UTC):%Y}"
    assert re.search(rf"By [A-Z][a-z]+ \d+, {year}", page)
    assert "first seen" in page
    assert "nor when the report ran" in page
    assert f'"datePublished": "{year}' not in page


def test_the_moment_of_the_build_dates_no_vote(outlet: type[Outlet], capfd: pytest.CaptureFixture[str]) -> None:
    outlet.date, outlet.items, outlet.head = BUILD, 4, DECLARED
    found = entries(capfd)
    assert dates(found) == {("adopted", "2017-07-04", "relative"), ("effective", "2017-09-01", "stated")}


def test_a_date_of_another_decade_dates_no_vote(outlet: type[Outlet], capfd: pytest.CaptureFixture[str]) -> None:
    outlet.date, outlet.head = "Fri, 01 Jan 2010 00:00:00 GMT", DECLARED
    assert ("adopted", None, "reported") in dates(entries(capfd))
