"""A disk that takes no more: one line, exit status 1, no half of anything, and what stood there before still stands.

The limit on the size of a file stands for the end of the disk: it needs no disk of one's own, and writes fail alike.
"""

import resource
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import migrate, open_database
from db.search import stale
from support.commands.environment import SMALL_LOOK, TRACKER
from support.databases.recording import NOW
from support.mail.news import add_entry, add_reader
from tracker.read.places import gazetteer

PLACES = 100
LITTLE = 1_000
"""Bytes. Less than any result takes."""
OLDER = "PGDMP older"
"""Looks like a copy of a database: nothing else is written over by `backup`."""
A_PAGE = 24_000
"""Bytes. The style sheet has room, and so have most pages; the files of all entries, several of them open, have not."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A database with an entry of each of many places, and a subscriber. It stays open meanwhile, so that commands that
    only read find all that SQLite keeps beside it, and need not write there."""
    folder = tmp_path_factory.mktemp("full")
    engine = open_database(f"sqlite:///{folder}/tracker.db")
    migrate(engine)
    stale.ensure_index(engine)
    for place in [one for one in gazetteer.load().in_state("WI") if "/place:" in one.id][:PLACES]:
        add_entry(engine, place.name, NOW, place=place.id)
    add_reader(engine, "ada@example.org", NOW)
    with engine.connect():
        yield engine
    engine.dispose()


def run(engine: Engine, cwd: Path, room: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, which can write no more than `room` bytes into any file."""
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    folder = Path(engine.url.database or "").parent
    env = {
        "TRACKER_DATA_DIR": str(folder),
        "TRACKER_MAIL_FROM": "desk@example.org",
        "PATH": "/usr/bin:/bin",
        **SMALL_LOOK,
    }
    env["PYTHONDONTWRITEBYTECODE"] = "1"  # Python does not notice that it wrote half a module, and fails on it for ever
    command = [TRACKER, *arguments]
    return subprocess.run(command, cwd=cwd, env=env, preexec_fn=limit, capture_output=True, text=True, check=False)


def assert_one_line(result: subprocess.CompletedProcess[str], *says: str) -> None:
    assert result.returncode == 1, result.stdout
    assert result.stderr.count("\n") == 1, result.stderr
    for words in ("error: ", *says):
        assert words in result.stderr


def test_the_first_opening_is_one_line(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/tracker.db")
    migrate(engine)
    with engine.connect():
        assert_one_line(run(engine, tmp_path, LITTLE, "feeds", "list"), "tracker.db", "disk")
    engine.dispose()


@pytest.mark.long
def test_a_report_is_one_line_though_many_files_are_open(engine: Engine, tmp_path: Path) -> None:
    assert run(engine, tmp_path, resource.RLIM_INFINITY, "report", "--out", "site").returncode == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    add_entry(engine, "one more", NOW)
    assert_one_line(run(engine, tmp_path, A_PAGE, "report", "--out", "site"), "site", "free some space")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert_one_line(run(engine, tmp_path, LITTLE, "report", "--out", "new"), "new", "free some space")
    assert list((tmp_path / "new").iterdir()) == []


RESULTS = [
    (("export", "--out", "result"), "result: cannot be written"),
    (("export", "--format", "csv", "--out", "result"), "result: cannot be written"),
    (("backup", "result"), "result: the copy cannot be written"),
]


@pytest.mark.parametrize(("arguments", "says"), RESULTS, ids=[" ".join(arguments) for arguments, _ in RESULTS])
def test_a_result_is_there_whole_or_not_at_all(
    engine: Engine, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    (tmp_path / "result").write_text(OLDER)
    assert_one_line(run(engine, tmp_path, LITTLE, *arguments), says, "the disk's space")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("result", OLDER)]


def test_a_dry_run_of_the_digest_leaves_no_half_mail(engine: Engine, tmp_path: Path) -> None:
    dry_run = ("digest", "send", "--now", "--dry-run", "mails")
    assert_one_line(run(engine, tmp_path, LITTLE, *dry_run), ".eml: cannot be written", "the disk's space")
    assert list((tmp_path / "mails").iterdir()) == []
    assert run(engine, tmp_path, resource.RLIM_INFINITY, *dry_run).returncode == 0
    assert len(list((tmp_path / "mails").iterdir())) == 1


def test_init_leaves_no_half_settings_that_the_next_one_would_keep(engine: Engine, tmp_path: Path) -> None:
    assert_one_line(run(engine, tmp_path, LITTLE, "init"), "tracker.toml: cannot be written", "the disk's space")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "tracker.toml").write_text("# mine")
    assert_one_line(run(engine, tmp_path, LITTLE, "init", "--force"), "tracker.toml: cannot be written")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("tracker.toml", "# mine")]
