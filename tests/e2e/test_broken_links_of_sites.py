"""Sites as the commands build them, and as the daemon serves one: no link leads nowhere."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog

from db.articles.articles import store_article
from db.engine import migrate, open_database
from db.sessions import session
from db.timeline.recorder import record_all
from jobs.publish import report
from jobs.settings import Settings
from support.mail.news import MADISON, MILWAUKEE, MONDAY, add_entry
from support.timeline.cases import gold_evidence, records
from support.web.crawler import crawl, served
from support.web.site import running_site
from tracker.model import Article, Finding

# SQLite only: what is read here are pages, not the database.
CLUSTERS = ("clusters.jsonl", "clusters_2.jsonl", "clusters_3.jsonl")


def test_the_site_that_the_daemon_serves(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'tracker.db'}")
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
def test_the_site_of_the_labelled_stories(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'tracker.db'}")
    migrate(engine)
    now = datetime.now(UTC)
    articles = [article for name in CLUSTERS for article in records(name)]
    with session(engine) as opened:
        keys = {one["url"]: store_article(opened, Article.model_validate(one), now)[0] for one in articles}
        said: dict[int, list[Finding]] = {key: [] for key in keys.values()}
        for item in gold_evidence(articles):
            said[keys[item.url]].append(item.finding)
        record_all(opened, said, now)
    report.write(engine, Settings(data_dir=tmp_path), tmp_path / "site", now)
    engine.dispose()
    with served(tmp_path / "site") as base:
        found = crawl(base)
    assert found.broken == []
    assert len(found.pages) > 500
