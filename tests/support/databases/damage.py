"""Ways in which disks, copies and people damage an SQLite file; each takes the path of one that nobody has open."""

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

PAGE = 4096
UNFINISHED = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA wal_autocheckpoint=0")
for number in range(40):
    connection.execute("UPDATE article SET score = ?", (number / 100,))
os._exit(0)
"""
"""Commits, and dies before anything of it reaches the file itself."""


def noise(path: Path, pages: Iterable[int]) -> None:
    """Pages, counted from 1, in which nothing is what it was."""
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE)
            file.write(random.Random(page).randbytes(PAGE))


def roots(path: Path, kind: str) -> list[int]:
    """The first page of every table, or of every index."""
    with closing(sqlite3.connect(path)) as connection:
        return [
            row[0]
            for row in connection.execute(
                "SELECT rootpage FROM sqlite_master WHERE type = ? AND rootpage > 0 ORDER BY name", (kind,)
            )  # a virtual table has none
        ]


def middle(path: Path) -> None:
    pages = path.stat().st_size // PAGE
    noise(path, range(pages // 3, pages - pages // 3))


def tables(path: Path) -> None:
    noise(path, roots(path, "table"))


def indexes(path: Path) -> None:
    noise(path, roots(path, "index"))


def header(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(100))


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 + 100)


def letters(path: Path) -> None:
    """Text that is none, in the middle of a page that is well formed."""
    path.write_bytes(path.read_bytes().replace(b"Lakefront", b"\xff\xfe\xfdefront"))


def row_gone(path: Path) -> None:
    """By another program, which looks after no foreign keys."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM article WHERE id = (SELECT min(article_id) FROM finding)")


def cut_log(path: Path) -> None:
    """The write-ahead log of a program that was killed, of which the second half never reached the disk."""
    subprocess.run([sys.executable, "-c", UNFINISHED, str(path)], check=True)
    log = path.with_name(path.name + "-wal")
    os.truncate(log, log.stat().st_size // 2 + 77)


DAMAGES: dict[str, Callable[[Path], None]] = {
    one.__name__: one for one in (middle, tables, indexes, header, truncated, letters, row_gone)
}
