"""What is piped is never cut: each table whole, a row a line, nothing in it that steers a terminal.

On a terminal, which is narrow, an address goes on in the next line.
"""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import migrate, open_database
from db.feeds import feeds
from db.mail import subscribers
from db.sessions import session
from jobs.demo import run as demo
from support.commands.environment import TRACKER
from support.commands.shell import Shell
from support.databases.recording import NOW, arrive, live
from support.timeline.cases import evidence, fold
from tracker.model import Entry
from tracker.publish.mail.subscribers import Rhythm, Subscription

ADDRESS = f"{'a' * 60}@{'mail.' * 27}example.org"
URL = f"https://news.example/{'long/' * 36}feed.xml"
TITLE = f"A rule on {'very ' * 40}long titles"
OUTLET = f"The {'Old ' * 45}Ledger"
STEERING = "\x1b[31mred\x07\u202e"
"""A colour, a bell, and a turn of the direction of writing."""
NARROW = 64
"""Columns of the terminal."""


@pytest.fixture
def engine(shell: Shell) -> Engine:
    """One feed, one subscriber and two entries, all with long names."""
    (shell.folder / "data").mkdir()
    engine = open_database(f"sqlite:///{shell.folder}/data/tracker.db")
    migrate(engine)
    arrive(engine, evidence(outlet=OUTLET, score=0.3, subject=TITLE.lower(), url=URL.replace("feed.xml", "story")))
    arrive(engine, evidence("effective", "2017-07-06", outlet=f"{OUTLET} {STEERING}", score=0.2, url=f"{URL}/2"))
    with session(engine) as opened:
        feed, _ = feeds.add(opened, URL, NOW, title=f"{TITLE} {STEERING}")
        feeds.retire(opened, feed.id, NOW, "gone\nfor good")
        subscribers.add(opened, ADDRESS, Rhythm(timezone="America/Chicago"), [Subscription()], NOW)
    return engine


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, monkeypatch, capfd)


@pytest.fixture
def entries(engine: Engine) -> list[Entry]:
    return live(engine)


def table(shell: Shell, *arguments: str) -> list[list[str]]:
    """The cells of a table that is piped, where everything asks for colours and a narrow screen."""
    result = shell.run(*arguments, COLUMNS="40", FORCE_COLOR="1", TTY_COMPATIBLE="1")
    assert result.status == 0
    assert_plain(result.out)
    rows = [line.split("\t") for line in result.out.splitlines() if "\t" in line]
    assert len({len(row) for row in rows}) == 1, "each row has all columns"
    return rows


def assert_plain(text: str) -> None:
    assert all(mark.isprintable() or mark in "\n\t" for mark in text)
    assert "…" not in text


def test_feeds(shell: Shell, engine: Engine) -> None:
    header, row = table(shell, "sources", "list")
    names = ["Id", "Kind", "Health", "Heard (UTC)", "Home", "Entries", "Source", "Address", "Brought"]
    assert header == [*names, "Next poll (UTC)", "Error"]
    assert row[:9] == ["1", "feed", "retired", "never", "-", "0", f"{TITLE} [31mred", URL, "0 items"]
    assert row[9:] == ["-", "gone for good"]
    shown = shell.run("sources", "show", "1", COLUMNS="40").out
    assert_plain(shown)
    assert ["url", URL] in [line.split() for line in shown.splitlines()]


def test_subscribers(shell: Shell, engine: Engine) -> None:
    header, row = table(shell, "subscribers", "list")
    assert header == ["State", "Address", "Follows", "When", "Last mail", "Problem"]
    assert row[1] == ADDRESS
    assert row[3] == "Mondays at 7:00 (America/Chicago)"


def test_entries_that_need_a_person(shell: Shell, entries: list[Entry]) -> None:
    header, *rows = table(shell, "review", "list")
    assert header == ["Need", "Entry", "When", "Stage", "Sure", "Place and title", "Its policy stands", "Why"]
    assert {row[1] for row in rows} == {entry.id for entry in entries}
    assert {row[5] for row in rows} == {f"Milwaukee, WI: {entry.title}" for entry in entries}


def test_an_entry_and_a_policy(shell: Shell, engine: Engine, entries: list[Entry]) -> None:
    for entry in entries:
        shown = shell.run("review", "show", entry.id, COLUMNS="40", FORCE_COLOR="1").out
        assert_plain(shown)
        assert f"\n{entry.evidence[0].url}\n" in shown
        assert any(line.startswith(f"[1] {OUTLET}") and line.endswith("score 0.30") for line in shown.splitlines()) or (
            "score 0.20" in shown
        )
    shell.run("review", "edit", entries[0].id, "--title", TITLE)
    shown = shell.run("review", "show", entries[0].policy, COLUMNS="40", FORCE_COLOR="1").out
    assert_plain(shown)
    assert [line for line in shown.splitlines() if line.startswith(entries[0].id) and TITLE in line]


def test_the_timeline(shell: Shell, entries: list[Entry], capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    demo.print_timeline(entries, date(2026, 1, 5))
    out = capfd.readouterr().out
    assert_plain(out)
    header, *rows = [line.split("\t") for line in out.splitlines()]
    assert header == ["Place", "When", "Stage", "What", "Reported by"]
    assert {row[0] for row in rows} == {"Milwaukee, WI"}
    assert OUTLET in {row[4] for row in rows}
    assert len(rows) == len(entries)


def test_steps_of_one_day_stand_in_the_timeline_as_they_are_taken(capfd: pytest.CaptureFixture[str]) -> None:
    stages = ("rescinded", "effective", "adopted", "proposed")
    entries = [fold([evidence(stage, quote=f"It was {stage}.")])[0] for stage in stages]
    capfd.readouterr()
    demo.print_timeline(entries, date(2026, 1, 5))
    rows = [line.split("\t") for line in capfd.readouterr().out.splitlines()[1:]]
    assert [row[2] for row in rows] == ["Proposed", "Adopted", "Took effect", "Ended"]


def on_a_terminal(*arguments: str) -> list[str]:
    """The lines that a person sees on a terminal of NARROW columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, NARROW, 0, 0))
    env = {name: value for name, value in os.environ.items() if name != "COLUMNS"} | {"TERM": "xterm"}
    process = subprocess.Popen([TRACKER, *arguments], stdout=theirs, stderr=theirs, stdin=theirs, env=env)
    os.close(theirs)
    seen = b""
    while chunk := read(ours):
        seen += chunk
    assert process.wait(60) == 0
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen.decode()).replace("\r", "").splitlines()


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # what Linux says when the other side is closed
        return b""


CELLS = [
    (("sources", "list"), "Source", None, (URL, TITLE)),
    (("subscribers", "list"), "Address", "Follows", (ADDRESS,)),
]


@pytest.mark.parametrize(("arguments", "column", "following", "whole"), CELLS, ids=[cell[1] for cell in CELLS])
def test_on_a_terminal_a_cell_goes_on_in_the_next_line(
    engine: Engine, arguments: tuple[str, ...], column: str, following: str | None, whole: tuple[str, ...]
) -> None:
    header, *lines = on_a_terminal(*arguments)
    assert max(map(len, lines)) <= NARROW
    start, end = header.index(column), header.index(following) if following else None
    told = "".join("".join(line[start:end].split()) for line in lines)
    for text in whole:
        assert "".join(text.split()) in told


def test_an_id_is_in_one_piece_on_a_terminal(entries: list[Entry]) -> None:
    seen = "\n".join(on_a_terminal("review", "list"))
    assert "…" not in seen
    assert all(entry.id in seen for entry in entries)
