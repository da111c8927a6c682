"""schemathesis asks the JSON API all that its own description allows, and much that it does not, and finds nothing."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from db.engine import migrate, open_database
from db.feeds import feeds
from db.sessions import session
from support.mail.news import MADISON, MILWAUKEE, MONDAY, add_entry, revise
from support.web.site import Site, running_site
from tracker.model import EntryStatus

SCHEMATHESIS = Path(sys.executable).parent / "st"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    # SQLite only: what is asked is tested; test_web_api.py has the same queries on both engines
    engine = open_database(f"sqlite:///{tmp_path / 'tracker.db'}")
    migrate(engine)
    for number in range(4):
        add_entry(engine, f"e{number}", MONDAY, place=(MILWAUKEE, MADISON)[number % 2])
    revise(engine, "e3", MONDAY + timedelta(days=1), "not ours", actor="dana", status=EntryStatus.REJECTED)
    with session(engine) as opened:
        feeds.add(opened, "https://a.example/feed", MONDAY, home=MILWAUKEE)
    with running_site(engine, tmp_path, structlog.get_logger()) as running:
        yield running
    engine.dispose()


def found(site: Site, folder: Path, *more: str) -> str:
    """What it reports, or nothing."""
    address = f"http://127.0.0.1:{site.port}/api/v1/openapi.json"
    asked = ["--checks", "all", "--no-color", *more]
    done = subprocess.run([SCHEMATHESIS, "run", address, *asked], cwd=folder, capture_output=True, text=True)
    assert "5 passed" in done.stdout, done.stdout + done.stderr
    return "" if done.returncode == 0 else done.stdout


def test_schemathesis_finds_nothing(site: Site, tmp_path: Path) -> None:
    assert found(site, tmp_path, "--phases", "examples,coverage", "--seed", "1") == ""


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_schemathesis_finds_nothing_in_minutes(site: Site, tmp_path: Path, seed: int) -> None:
    assert found(site, tmp_path, "--max-examples", "300", "--seed", str(seed)) == ""
