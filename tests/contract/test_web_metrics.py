"""`/metrics`: read by Prometheus' own parser, and true; `/readyz` says the same problems."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog
from prometheus_client import Metric
from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine, text
from sqlmodel import Session

from db.articles import articles
from db.engine import open_database, reading
from db.feeds import feeds
from db.mail import subscribers
from db.opinions import opinions
from db.opinions import usage as opinion_days
from db.ops import vitals
from db.readings import record_readings
from db.sessions import session
from jobs.mail.link_tokens import Purpose, Tokens
from jobs.opinions.due import day_of
from jobs.process.lock import only_one
from jobs.settings import Settings
from jobs.sources.table import health
from jobs.web.metrics import DatabaseCollector
from support.mail.news import MONDAY, add_entry, add_reader
from support.timeline.cases import evidence
from support.web.site import Site, running_site
from tracker.gather.schedule import QUIET
from tracker.model import Article, Reading

NOW = datetime.now(UTC)


@pytest.fixture
def site(engine: Engine, tmp_path: Path) -> Iterator[Site]:
    with running_site(engine, tmp_path, structlog.get_logger()) as running:
        yield running


def scraped(site: Site) -> dict[str, Metric]:
    answer = site.get("/metrics")
    assert (answer.status, answer.kind) == (200, "text/plain")
    return {family.name: family for family in text_string_to_metric_families(answer.text)}


def by_label(metric: Metric) -> dict[str, float]:
    return {next(iter(sample.labels.values()), ""): sample.value for sample in metric.samples}


def feeds_of_every_kind(engine: Engine) -> None:
    days = timedelta(days=1)
    kinds: dict[str, dict[str, object]] = {
        "new": {},
        "healthy": {"heard_at": NOW, "changed_at": NOW - 2 * days},
        "quiet": {"heard_at": NOW, "changed_at": NOW - QUIET - days},
        "quiet, never changed": {"heard_at": NOW, "added_at": NOW - QUIET - days},
        "failing": {"heard_at": NOW, "errors": 2},
        "retired": {"errors": 2, "retired_at": NOW},
    }
    with session(engine) as opened:
        for name, values in kinds.items():
            key = feeds.add(opened, f"https://{name.partition(',')[0]}.example/{len(name)}", NOW - days)[0].id
            for column, value in values.items():
                opened.execute(text(f"UPDATE feed SET {column} = :value WHERE id = {key}"), {"value": value})


def test_the_figures_are_those_that_the_commands_tell(engine: Engine) -> None:
    feeds_of_every_kind(engine)
    acts: dict[str, Callable[[Session, int], object]] = {
        "ada": lambda _opened, _key: None,
        "bob": lambda opened, key: subscribers.end(opened, key, NOW),
        "eve": lambda opened, key: subscribers.suppress(opened, key, NOW, "no such address"),
        "ida": lambda opened, key: subscribers.pause(opened, key, NOW, "Eve"),
    }
    for name, does in acts.items():
        reader = add_reader(engine, f"{name}@example.org", MONDAY, confirmed=name != "ada")
        with session(engine) as opened:
            does(opened, reader.id)
    with reading(engine) as opened:
        found = vitals.load_counts(opened, quiet_before=NOW - QUIET)
        words = [health(feed, NOW) for feed in feeds.all_feeds(opened)]
        states = [reader.state for reader in subscribers.all_subscribers(opened)]
    assert found.feeds == {word: words.count(word) for word in words}
    assert set(found.feeds) == {"new", "healthy", "quiet", "failing", "retired"}
    assert found.subscribers == {state: states.count(state) for state in states}
    assert len(found.subscribers) == 4


def test_prometheus_reads_what_is_there(site: Site) -> None:
    feeds_of_every_kind(site.engine)
    for number in range(3):
        add_entry(site.engine, f"e{number}", MONDAY)
    site.meter.heard("poll", 0.2, True)
    site.meter.heard("poll", 20, False)
    found = scraped(site)
    assert by_label(found["tracker_feeds"])["quiet"] == 2
    assert by_label(found["tracker_entries"]) == {"pending": 3}
    assert by_label(found["tracker_subscribers"]) == {"active": 1}
    assert by_label(found["tracker_job_failures"])["poll"] == 1
    runs = {
        sample.name: sample.value
        for sample in found["tracker_job_duration_seconds"].samples
        if "le" not in sample.labels
    }
    assert (runs["tracker_job_duration_seconds_count"], runs["tracker_job_duration_seconds_sum"]) == (2, 20.2)
    assert found["process_resident_memory_bytes"].samples[0].value > 10**7
    assert found["tracker_database_up"].samples[0].value == 1


def test_second_opinions_are_counted_where_there_are_any(site: Site) -> None:
    assert "tracker_opinions" not in scraped(site)
    with session(site.engine) as opened:
        found = evidence(witness="both")
        key = articles.store_article(opened, Article(id="", url=found.url, text="x", published=found.published), NOW)[0]
        told = Reading(id=str(key), is_change=True, score=0.9, reason="", findings=(found.finding,))
        stored = articles.article(opened, key)
        assert stored
        record_readings(opened, [(stored, told, "r1+small")], NOW)
        opinions.queue(opened, {key: found.published}, NOW)
        numbers = {"asked": 2, "answered": 1, "refused": 1, "input_tokens": 3000, "output_tokens": 200}
        opinion_days.add_usage(opened, day_of(NOW, Settings()), "small", **numbers)
    figures_now = opinion_metrics(site)
    assert figures_now["tracker_opinions"]["waiting"] == 1
    assert figures_now["tracker_opinions_today"] == {"asked": 2, "answered": 1, "refused": 1}
    assert figures_now["tracker_opinion_tokens_today"] == {"in": 3000, "out": 200}
    assert figures_now["tracker_opinion_steps"] == {"both": 1}


def opinion_metrics(site: Site) -> dict[str, dict[str, float]]:
    """What is told at once: the site remembers its figures for some seconds."""
    found = DatabaseCollector(site.engine, Settings(data_dir=site.data)).collect()
    return {one.name: by_label(one) for one in found if one.name.startswith("tracker_opinion")}


def test_names_are_as_prometheus_wants_them(site: Site) -> None:
    accept = ("Accept", "application/openmetrics-text; version=1.0.0")
    families = list(openmetrics.text_string_to_metric_families(site.get("/metrics", accept).text))
    assert len(families) > 15
    for family in families:
        assert family.documentation, family.name
        assert family.name.startswith(("tracker", "process_")), family.name
        if "time" in family.name or "duration" in family.name:
            assert family.name.endswith("_seconds"), family.name


def test_a_problem_is_in_the_metrics_and_makes_the_daemon_not_ready(site: Site) -> None:
    answer = site.get("/readyz")
    assert (answer.status, json.loads(answer.text)["status"]) == (200, "ready")
    with session(site.engine) as opened:
        feeds.add(opened, "https://a.example/feed", NOW - timedelta(days=9))
    with only_one(site.data):  # a daemon runs, and hangs
        answer, found = site.get("/readyz"), scraped(site)
    said = json.loads(answer.text)
    assert (answer.status, said["status"]) == (503, "not ready")
    (problem,) = [one for one in said["problems"] if one["kind"] == "polling-stopped"]
    assert problem["grave"] is True
    assert "no source was polled since" in problem["what"]
    assert problem["remedy"]
    kinds = {(sample.labels["kind"], sample.labels["grave"]) for sample in found["tracker_problem"].samples}
    assert kinds == {(one["kind"], str(one["grave"]).lower()) for one in said["problems"]}


def test_without_a_database_it_lives_and_is_not_ready(tmp_path: Path) -> None:
    away = open_database("postgresql://nobody@127.0.0.1:1/nothing")
    with running_site(away, tmp_path, structlog.get_logger(), ada=False) as site:
        assert site.get("/healthz").status == 200
        answer = site.get("/readyz")
        assert (answer.status, json.loads(answer.text)["problems"][0]["kind"]) == (503, "database")
        found = scraped(site)
        assert found["tracker_database_up"].samples[0].value == 0
        assert "tracker_feeds" not in found
        link = f"/preferences/{Tokens.of(tmp_path).make(Purpose.MANAGE, 'x')}"
        assert (site.get(link).status, site.get(link).headers["Retry-After"]) == (503, "60")


def test_strangers_learn_no_more_than_whether_it_is_ready(site: Site) -> None:
    foreign = ("X-Forwarded-For", "198.51.100.7")  # what a web server in front says that is not named in the settings
    assert json.loads(site.get("/readyz", foreign).text) == {"status": "ready"}
    answer = site.get("/metrics", foreign)
    assert (answer.status, answer.text.count("\n")) == (403, 0)
