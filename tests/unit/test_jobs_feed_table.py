"""A feed's health in a word."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from db.values import Feed
from jobs.sources.table import Brought, health, record

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({}, "new"),
        ({"heard_at": NOW, "changed_at": NOW - 29 * DAY}, "healthy"),
        ({"heard_at": NOW, "changed_at": NOW - 31 * DAY}, "quiet"),
        ({"heard_at": NOW, "added_at": NOW - 31 * DAY}, "quiet"),
        ({"heard_at": NOW, "added_at": NOW - 2 * DAY}, "healthy"),
        ({"errors": 1, "error": "no answer"}, "failing"),
        ({"errors": 1, "heard_at": NOW, "changed_at": NOW - 31 * DAY}, "failing"),
        ({"errors": 1, "retired_at": NOW}, "retired"),
    ],
)
def test_health_is_one_word(fields: dict[str, object], word: str) -> None:
    feed = Feed.model_validate({"url": "https://a.example/feed", "added_at": NOW - 90 * DAY} | fields)
    assert health(feed, NOW) == word
    told = record(feed, Brought({feed.id: 3}), NOW)
    assert (told["health"], told["entries"], told["searches"]) == (word, 3, "")
    assert "etag" not in told


def test_a_look_at_the_feeds_waits_for_nothing_that_only_the_network_needs() -> None:
    heavy = "{'aiohttp', 'feedparser', 'lxml', 'trafilatura', 'onnxruntime'}"
    others = "{'alembic', 'db.search.index', 'tracker.timeline.decisions.acts'}"
    modules = "jobs.sources.table, jobs.sources.proposals, db.feeds.feeds, db.feeds.feeds, db.search.stale"
    code = f"import sys, {modules}; print(sorted(({heavy} | {others}) & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_a_poll_of_feeds_loads_nothing_that_only_records_and_documents_need() -> None:
    code = (
        "import sys, jobs.gather.gathering; print(sorted({'numpy', 'python_calamine', 'pypdfium2'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
