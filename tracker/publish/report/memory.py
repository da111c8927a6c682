"""What a report remembers of itself, in a hidden SQLite file of its folder: of each place what it showed and what it
gives to other pages, and which files belong to what is about many. An incremental build loads what changed, and makes
the rest of this. It is lost without harm: then everything is looked at again.

One build is one transaction: whoever is killed leaves it as it was.
"""

import contextlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tracker.coverage import PlaceTimeline
from tracker.errors import StorageError
from tracker.model import OcdId
from tracker.publish.report.ownership import MEMORY
from tracker.publish.report.records import EntryRecord, PlaceRecord, PolicyRecord, Records

VERSION = 2
"""Of the tables below; another one is begun anew."""
PATIENCE_S = 60
"""How long a build waits for another one of the same folder."""
LEVEL = 1
"""Of zlib: a timeline is read again only where an entry of it is among the newest ones."""


def _columns(record: type) -> str:
    return ", ".join(field.name for field in fields(record))


_TABLES = f"""
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE home (id TEXT PRIMARY KEY, mark TEXT) WITHOUT ROWID;
CREATE TABLE place (
    id TEXT PRIMARY KEY, stamp INTEGER, mark TEXT, turn TEXT, listed INTEGER, {_columns(PlaceRecord)}
) WITHOUT ROWID;
CREATE TABLE absent (id TEXT PRIMARY KEY, stamp INTEGER) WITHOUT ROWID;
CREATE INDEX place_turn ON place (turn);
CREATE INDEX place_state ON place (state, id);
CREATE TABLE timeline (place TEXT PRIMARY KEY, packed BLOB);
CREATE TABLE entry (place TEXT, position INTEGER, home TEXT, {_columns(EntryRecord)}, PRIMARY KEY (place, position));
CREATE INDEX entry_new ON entry (reported DESC, date DESC, place, position, id);
CREATE INDEX entry_topic ON entry (topic, reported DESC, date DESC, place, position, id, stage);
CREATE INDEX entry_state ON entry (home, topic, reported DESC, date DESC, place, position, id, stage);
CREATE INDEX entry_comes ON entry (comes, date, id);
CREATE INDEX entry_when ON entry (year, month, stage);
CREATE TABLE policy (place TEXT, position INTEGER, home TEXT, {_columns(PolicyRecord)}, PRIMARY KEY (place, position));
CREATE INDEX policy_topic ON policy (topic, home, stage, word, entries);
CREATE TABLE file (owner TEXT, path TEXT, told TEXT, PRIMARY KEY (owner, path)) WITHOUT ROWID;
PRAGMA user_version = {VERSION};
"""
"""`absent` are places that changed once and have no page; `home` of an entry and a policy is the state of its place;
`owner` of a file what it is about: a state, a topic."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was kept of a place: its stamp and its mark."""

    stamp: int
    mark: str


class Memory:
    """Open for one build; what it did counts from `commit` on. Raises StorageError; sqlite3.DatabaseError where the
    file is damaged."""

    def __init__(self, root: Path) -> None:
        self._path = root / MEMORY
        try:
            self.connection = self._opened()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise self._said(error) from error
            self.forget()
            self.connection = self._opened()

    def _opened(self) -> sqlite3.Connection:
        opened = sqlite3.connect(self._path, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False)
        try:
            opened.execute("PRAGMA secure_delete = ON")  # what was withheld since is not in its free pages either
            opened.execute("BEGIN IMMEDIATE")
            (version,) = opened.execute("PRAGMA user_version").fetchone()
            if version != VERSION:
                for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    opened.execute(f'DROP TABLE "{name}"')
                for statement in _TABLES.split(";\n"):
                    opened.execute(statement)
        except BaseException:
            opened.close()
            raise
        return opened

    def _said(self, error: sqlite3.OperationalError) -> StorageError:
        if "locked" in str(error):
            return StorageError(f"{self._path}: another build of this report is at work; try again when it is done")
        return StorageError(f"cannot write {self._path}: {error}; free some space or name another folder")

    def forget(self) -> None:
        """Removes the file: the next build looks at everything."""
        for suffix in ("", "-journal"):
            Path(f"{self._path}{suffix}").unlink(missing_ok=True)

    def commit(self) -> None:
        """From now on it is so."""
        try:
            self.connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise self._said(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(sqlite3.Error):
            self.connection.execute("ROLLBACK")  # closing alone keeps the lock while a query is held by somebody
        self.connection.close()
        if self._path.is_file() and not self._path.stat().st_size:
            self.forget()  # nothing was ever kept: a folder that is somebody else's stays as it was
        if isinstance(error, sqlite3.OperationalError):
            raise self._said(error) from error

    def all(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, one at a time."""
        return self.connection.execute(query, values)

    def one(self, query: str, *values: object) -> Any:
        """The first value of the first row, or None."""
        row = self.connection.execute(query, values).fetchone()
        return row[0] if row else None

    def fact(self, name: str) -> str:
        """A single thing that was kept, empty where it was not."""
        return str(self.one("SELECT value FROM fact WHERE name = ?", name) or "")

    def keep(self, name: str, value: str) -> None:
        """Keeps a single thing."""
        self.connection.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))

    def homes(self) -> dict[OcdId, str]:
        """How the feeds of each home were heard."""
        return dict(self.all("SELECT id, mark FROM home"))

    def keep_homes(self, homes: Mapping[OcdId, str]) -> None:
        """How they are heard now."""
        self.connection.execute("DELETE FROM home")
        self.connection.executemany("INSERT INTO home VALUES (?, ?)", homes.items())

    def void(self, places: Iterable[OcdId] | None) -> None:
        """Nobody knows how the pages of these places look, or of any."""
        self.connection.execute("UPDATE place SET mark = ''" if places is None else "SELECT 1")
        for place in places or ():
            self.connection.execute("UPDATE place SET mark = '' WHERE id = ?", (place,))

    def known(self, place: OcdId) -> Known | None:
        """What was kept of a place."""
        row = self.connection.execute("SELECT stamp, mark FROM place WHERE id = ?", (place,)).fetchone()
        return Known(*row) if row else None

    def timeline(self, place: OcdId) -> PlaceTimeline | None:
        """The place as it was recorded when its pages were made, without how its feeds were heard."""
        packed = self.one("SELECT packed FROM timeline WHERE place = ?", place)
        return PlaceTimeline.model_validate_json(zlib.decompress(packed)) if packed else None

    def put(self, place: OcdId, known: Known, turn: str, timeline: PlaceTimeline, given: Records) -> None:
        """The place as it is now, in the place of what was kept of it."""
        self.drop(place)
        insert, home = self.connection.execute, given.place.state
        row = (place, known.stamp, known.mark, turn, given.is_listed, *astuple(given.place))
        insert(_insert("place", 5, PlaceRecord), row)
        packed = zlib.compress(timeline.model_dump_json().encode("utf-8", "replace"), LEVEL)
        insert("INSERT INTO timeline VALUES (?, ?)", (place, packed))
        entries = ((place, number, home, *astuple(item)) for number, item in enumerate(given.entries))
        self.connection.executemany(_insert("entry", 3, EntryRecord), entries)
        policies = ((place, number, home, *astuple(item)) for number, item in enumerate(given.policies))
        self.connection.executemany(_insert("policy", 3, PolicyRecord), policies)

    def same(self, place: OcdId, stamp: int, turn: str) -> None:
        """The place shows what it showed."""
        self.connection.execute("UPDATE place SET stamp = ?, turn = ? WHERE id = ?", (stamp, turn, place))

    def drop(self, place: OcdId) -> None:
        """The place is there no more."""
        for table in ("place", "absent"):
            self.connection.execute(f"DELETE FROM {table} WHERE id = ?", (place,))  # noqa: S608 - names of ours
        for table in ("timeline", "entry", "policy"):
            self.connection.execute(f"DELETE FROM {table} WHERE place = ?", (place,))  # noqa: S608 - names of ours

    def absent(self, place: OcdId, stamp: int) -> None:
        """It is not asked for again before its stamp is another."""
        self.connection.execute("INSERT OR REPLACE INTO absent VALUES (?, ?)", (place, stamp))

    def files(self, owner: str) -> dict[str, str]:
        """The files of an owner, each with what is told of it."""
        return dict(self.all("SELECT path, told FROM file WHERE owner = ?", owner))

    def own(self, owner: str, files: Mapping[str, str]) -> None:
        """An owner has these files from now on."""
        self.connection.execute("DELETE FROM file WHERE owner = ?", (owner,))
        rows = ((owner, path, told) for path, told in files.items())
        self.connection.executemany("INSERT INTO file VALUES (?, ?, ?)", rows)


def _insert(table: str, keys: int, record: type) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * (keys + len(fields(record))))})"  # noqa: S608 - names of ours
