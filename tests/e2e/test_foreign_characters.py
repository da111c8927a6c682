"""No command prints or writes what steers a terminal, turns a line around or hides: neither out of a feed of today nor
out of a database that holds it already."""

import json
import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine, text

from db.engine import migrate, open_database
from db.feeds import feeds
from db.ops import incidents
from db.sessions import session
from jobs import cli
from support.commands.environment import is_foreign
from support.databases.recording import NOW, arrive
from support.timeline.cases import evidence
from tracker.publish.exports import FORMATS

NASTY = "\x1b]0;pwned\x07\x9b2J\u202egnp.\u2066x\u200f\u2028"
CODES = (*range(32), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, 0x2028, 0x2029, *range(0x202A, 0x202F))
STEERING = {chr(code) for code in (*CODES, *range(0x2066, 0x206A))} - {"\n"}
STORY = (
    "The Dane County Board voted 28-6 Thursday to forbid the sheriff's office to charge for phone calls from the jail. "
)
FILLER = "Neighbors spoke for an hour before the vote, and most of them asked the board for a clear rule. "
COMMANDS = (
    ("feeds", "list"),
    ("feeds", "list", "--json"),
    ("feeds", "show", "{feed}"),
    ("feeds", "export"),
    ("feeds", "check"),
    ("review", "list"),
    ("review", "list", "--json"),
    ("review", "show", "{entry}"),
    ("review", "show", "{entry}", "--json"),
    ("review", "show", "{policy}"),
    ("review", "show", "{policy}", "--json"),
    ("explain", "{article}"),
    ("verify",),
    ("verify", "--json"),
    ("doctor",),
    ("doctor", "--json"),
    ("digest", "preview"),
    *(("export", "--format", form) for form in FORMATS),
    ("feeds", "remove", "{feed}"),
)
"""Every command that shows what came from outside."""


def steering(out: bytes) -> set[str]:
    """But for the ends of lines of CSV and ICS, and the tabs between the cells of a table."""
    return STEERING & set(out.decode("utf-8").replace("\r\n", "\n").replace("\t", " "))


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    for name in list(os.environ):
        if is_foreign(name):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TRACKER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TRACKER_ALLOW_PRIVATE_ADDRESSES", "true")
    monkeypatch.setenv("TRACKER_SECONDS_BETWEEN_REQUESTS", "0")
    engine = open_database(f"sqlite:///{tmp_path}/tracker.db")
    migrate(engine)
    yield engine
    engine.dispose()


class Bugle(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        title = f"Dane County {NASTY} bans jail phone fees"
        told = "".join(f"<p>{part}</p>" for part in (NASTY + STORY, FILLER * 4, FILLER * 5, FILLER * 6))
        item = f"<item><title>{title}</title><link>http://{self.headers['Host']}/story\u202e</link><guid>1</guid>"
        item += (
            f"<pubDate>Fri, 07 Feb 2020 12:00:00 -0600</pubDate><description><![CDATA[{told}]]></description></item>"
        )
        feed = f"<rss version='2.0'><channel><title>The {NASTY} Bugle</title>{item}</channel></rss>"
        found = {"/feed": feed.encode(), "/bad": f"<html><body>{NASTY}".encode()}.get(self.path)
        self.send_response(200 if found else 404, f"O{NASTY[:4]}K")
        self.send_header("Content-Type", f"text/{NASTY[:4]}xml")
        self.end_headers()
        self.wfile.write(found or b"")

    def log_message(self, format: str, *args: Any) -> None: ...


@pytest.fixture
def bugle() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Bugle) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def shown(capfd: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Standard output of a command that steers nothing; a status of 2 is a mistake of this test."""
    capfd.readouterr()
    assert cli.run(arguments) != 2
    out, err = capfd.readouterr()
    for stream in (out, err):
        assert not steering(stream.encode("utf-8", "surrogateescape")), (arguments, stream)
    return out


def names(capfd: pytest.CaptureFixture[str]) -> dict[str, str]:
    entry, *_ = json.loads(shown(capfd, "export"))
    feed = json.loads(shown(capfd, "feeds", "list", "--json").splitlines()[0])["url"]
    return {
        "entry": entry["id"],
        "policy": entry["policy"],
        "article": entry["evidence"][0]["url"],
        "feed": feed,
    }


def test_what_a_feed_of_today_brings_is_printed_without(
    engine: Engine, bugle: str, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("feed", "bad", "missing"):
        shown(capfd, "feeds", "add", f"{bugle}/{name}", "--no-check", "--home", "Dane County, WI")
    shown(capfd, "poll")
    named = names(capfd)
    named["feed"] = f"{bugle}/feed"
    for command in COMMANDS:
        shown(capfd, *(part.format(**named) for part in command))


OLD = ("feed.title", "feed.error", "article.title", "article.publisher", "entry.title", "entry.body", "entry.subject")
OLD += ("entry.instrument", "policy.name", "finding.body", "revision.reason", "revision.actor", "trouble.what")


def test_what_an_earlier_version_stored_is_printed_without(
    engine: Engine, bugle: str, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    arrive(engine, evidence(quote=f"The{NASTY}measure was approved."))
    with session(engine) as opened:
        feeds.add(opened, f"{bugle}/feed", NOW)
        incidents.note(opened, "read", "stuck", NOW)
        opened.connection().execute(text("UPDATE trouble SET times = 9"))
        opened.connection().execute(text("UPDATE feed SET errors = 1"))
        for column in OLD:
            table, name = column.split(".")
            query = f"UPDATE {table} SET {name} = 'The ' || :nasty || {name}"
            opened.connection().execute(text(query), {"nasty": NASTY})
    named = names(capfd)
    for command in COMMANDS:
        shown(capfd, *(part.format(**named) for part in command))
    shown(capfd, "report", "--out", str(tmp_path / "site"))
    feed = next((tmp_path / "site").rglob("*.csv")).read_bytes()
    assert not steering(feed)
    quote = json.loads(shown(capfd, "export"))[0]["evidence"][0]["quote"]
    assert NASTY in quote, "JSON says exactly what is stored, escaped"


def test_titles_of_an_archive_are_stored_without_and_its_text_as_it_was_given(
    engine: Engine, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    given = {"id": "1", "url": "https://bugle.example/1", "published": "2020-02-07", "source_home": "Dane County, WI"}
    told = {"title": f"Dane{NASTY} County", "publisher": f"The{NASTY} Bugle", "text": f"{STORY}{NASTY}{FILLER * 3}"}
    (tmp_path / "archive.jsonl").write_text(json.dumps(given | told))
    shown(capfd, "ingest", str(tmp_path / "archive.jsonl"))
    with engine.connect() as connection:
        title, publisher, stored = connection.execute(text("SELECT title, publisher, text FROM article")).one()
    assert not steering(f"{title}{publisher}".encode())
    assert title.startswith("Dane]0;pwned")
    assert stored == told["text"]
