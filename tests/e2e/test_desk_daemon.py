"""What is decided at the desk is in the published report within a minute, by the real daemon."""

import re
import subprocess
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from db.engine import migrate, open_database
from db.sessions import session
from jobs.web.metrics import Meter
from support.commands.environment import TRACKER
from support.databases.recording import arrive, live
from support.processes.daemon import PATIENCE_S, running, settings
from support.timeline.cases import evidence
from support.web.desk import PASSWORD, Browser
from support.web.site import Site, free_port

A_MINUTE_S = 60


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    (tmp_path / "data").mkdir()
    engine = open_database(f"sqlite:///{tmp_path / 'data' / 'tracker.db'}")
    migrate(engine)
    arrive(engine, evidence(outlet="Journal"))
    with session(engine) as opened:  # the daemon need not read it, and find what it says
        opened.execute(text("UPDATE article SET reader_version = 'earlier'"))
    return engine


@pytest.mark.slow
def test_a_decision_of_the_desk_and_one_of_a_command_are_published_within_a_minute(
    engine: Engine, tmp_path: Path
) -> None:
    port = free_port()
    env = settings(tmp_path, desk="true", web_port=port, log_format="json")
    add = [TRACKER, "desk", "user", "add", "Eve"]
    subprocess.run(add, env=env, input=PASSWORD, text=True, check=True, timeout=PATIENCE_S)
    (entry,) = live(engine)
    with running(env, tmp_path) as daemon:
        daemon.wait_for(lambda events: any(event["event"] == "reported" for event in events))
        report = tmp_path / "data" / "report"
        browser = Browser(Site(port, engine, tmp_path, report, Meter())).sign_in("Eve")
        browser.get(f"entry/{entry.id}")
        browser.post(f"entry/{entry.id}/edit", title="A title of the desk", reason="clearer")
        assert (browser.status, "Edited." in browser.page) == (200, True), browser.page
        assert shown_within_a_minute(report / "entry" / entry.id / "index.html", "A title of the desk", "Eve")
        edit = [TRACKER, "review", "edit", entry.id, "--title", "A title of the command", "--by", "Ada"]
        subprocess.run(edit, env=env, check=True, timeout=PATIENCE_S, capture_output=True)
        assert shown_within_a_minute(report / "entry" / entry.id / "index.html", "A title of the command", "Ada")
        assert "A title of the command" in browser.get(f"entry/{entry.id}")
        assert not [event for event in daemon.events() if event["level"] == "error"]


def shown_within_a_minute(page: Path, *words: str) -> bool:
    deadline = time.monotonic() + A_MINUTE_S
    while time.monotonic() < deadline:
        shown = re.sub(r"<[^>]+>", "", page.read_text("utf-8"))
        if all(word in shown for word in words):
            return True
        time.sleep(0.5)
    return False
