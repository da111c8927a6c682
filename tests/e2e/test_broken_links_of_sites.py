"""Sites as the commands build them, and as the daemon serves one: no link leads nowhere."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog
from command_shell import Shell
from crawler import crawl, served
from mail_world import MADISON, MILWAUKEE, MONDAY, add_entry
from web_world import running_site

from db.engine import migrate, open_database
from jobs.publish import report
from jobs.settings import Settings

CLUSTERS = Path(__file__).parents[1] / "eval"


def test_the_site_that_the_daemon_serves(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'tracker.db'}")  # what is read here are pages, not the database
    migrate(engine)
    for number in range(4):
        add_entry(engine, f"e{number}", MONDAY, place=(MILWAUKEE, MADISON)[number % 2])
    with running_site(engine, tmp_path, structlog.get_logger()) as site:
        shutil.rmtree(site.report)
        report.write(engine, Settings(data_dir=tmp_path), site.report, datetime.now(UTC))
        found = crawl(f"http://127.0.0.1:{site.port}/", ("", "api/v1/", site.link("preferences").lstrip("/")))
    engine.dispose()
    assert found.broken == []
    assert "api/v1/" in found.pages
    assert {"entries.json", "api/v1/openapi.json"} <= found.files


@pytest.mark.slow
def test_the_site_of_the_labelled_stories(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(tmp_path, monkeypatch, capfd)
    lines = [
        json.dumps({key: value for key, value in json.loads(line).items() if key != "findings"})
        for name in ("clusters", "clusters_2", "clusters_3")
        for line in (CLUSTERS / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    (tmp_path / "articles.jsonl").write_text("\n".join(lines), "utf-8")
    for command in (["ingest", str(tmp_path / "articles.jsonl")], ["report", "--out", str(tmp_path / "site")]):
        assert shell.run(*command).status == 0
    with served(tmp_path / "site") as base:
        found = crawl(base)
    assert found.broken == []
    assert len(found.pages) > 500
