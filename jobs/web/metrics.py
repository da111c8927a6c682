"""`/metrics` for Prometheus: how much of everything the database holds, and how long the jobs of this process take."""

import threading
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException, Request, Response
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.core import InfoMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from db.engine import reading
from db.opinions import figures
from db.ops import vitals
from jobs.checks.catalogue import problems
from jobs.checks.check import Problem
from jobs.opinions.due import day_of
from jobs.settings import Settings
from jobs.web.middleware.clients import asks_from_near
from tracker.errors import StorageError
from tracker.gather.schedule import QUIET

if TYPE_CHECKING:
    from sqlalchemy import Engine

SECONDS = (0.01, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600)
"""A look that finds nothing takes a hundredth, a poll of thousands of feeds half an hour."""
REMEMBERED_S = 15.0
"""What the database says is asked at most so often, whoever scrapes."""
NOT_HERE = "Only this machine and private networks are told; a web server in front must be named in trusted_proxies."
LABELS = {"feeds": "health", "entries": "status", "subscribers": "state", "mails": "state"}
"""By which word of theirs things are counted."""


class Meter:
    """Hears of every run of a job (`Guard`), and gathers all figures where they are asked for."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._seconds = Histogram(
            *("tracker_job_duration_seconds", "Runs of a job of the daemon.", ["job"]),
            buckets=SECONDS,
            registry=self.registry,
        )
        self._failures = Counter(
            "tracker_job_failures_total", "Runs of a job that failed.", ["job"], registry=self.registry
        )

    def heard(self, job: str, seconds: float, well: bool) -> None:
        """One run of a job ended."""
        self._seconds.labels(job).observe(seconds)
        if not well:
            self._failures.labels(job).inc()


class DatabaseCollector(Collector):
    """What the database holds, asked when it is scraped. Where it is away, that is one of the figures."""

    def __init__(self, engine: "Engine", settings: Settings) -> None:
        self._engine, self._settings, self._lock = engine, settings, threading.Lock()
        self._known: tuple[Metric, ...] = ()
        self._known_at = float("-inf")

    def describe(self) -> Iterable[Metric]:
        """Nothing: registering must not ask the database."""
        return ()

    def collect(self) -> Iterable[Metric]:
        with self._lock:
            if time.monotonic() - self._known_at > REMEMBERED_S:
                self._known, self._known_at = tuple(self._asked()), time.monotonic()
            return self._known

    def _asked(self) -> Iterator[Metric]:
        now = datetime.now(UTC)
        yield InfoMetricFamily("tracker", "This program.", {"version": version("procedure-tracker")})
        yield _problems(problems(self._engine, self._settings, now))
        try:
            with reading(self._engine) as opened:
                found = vitals.load_counts(opened, quiet_before=now - QUIET)
                heard = figures.load_figures(opened, day_of(now, self._settings))
        except StorageError:
            yield Gauge("tracker_database_up", "Whether the database answers.", 0)
        else:
            yield Gauge("tracker_database_up", "Whether the database answers.", 1)
            yield from _figures(found)
            yield from _opinions(heard)


def router(engine: "Engine", settings: Settings, meter: Meter) -> APIRouter:
    """`/metrics`."""
    routes = APIRouter()
    meter.registry.register(DatabaseCollector(engine, settings))

    @routes.get("/metrics")
    def metrics(request: Request) -> Response:
        """In the form that is asked for: Prometheus' own text, or OpenMetrics."""
        if not asks_from_near(request):
            raise HTTPException(403, NOT_HERE)
        encode, kind = choose_encoder(request.headers.get("accept", ""))
        return Response(encode(meter.registry), headers={"Content-Type": kind, "Cache-Control": "no-store"})

    return routes


def _figures(found: vitals.StateCounts) -> Iterator[Metric]:
    for name, label in LABELS.items():
        yield _gauge_by(f"tracker_{name}", f"{name.capitalize()} by {label}.", label, getattr(found, name))
    yield Gauge("tracker_policies", "Policies.", found.policies)
    yield Gauge("tracker_articles", "Articles stored: the highest number given to one.", found.newest_article)
    yield Gauge("tracker_items_waiting", "Items of feeds whose pages wait to be fetched.", found.items_waiting)
    yield Gauge("tracker_articles_waiting", "Articles that wait to be read.", found.articles.waiting)
    yield from _moment("tracker_last_poll", "When a feed was polled last.", found.polled_at)
    yield from _moment("tracker_last_read", "When an article was read last.", found.articles.read_at)
    ended = {job: ended_at.timestamp() for job, (ended_at, _) in found.jobs.items()}
    yield _gauge_by("tracker_job_last_success_timestamp_seconds", "When a job last came to a good end.", "job", ended)


def _opinions(found: figures.OpinionFigures) -> Iterator[Metric]:
    """Nothing where no language model was ever to be asked."""
    if not any(found.states.values()):
        return
    day, by_state = found.day, {str(state): count for state, count in found.states.items()}
    yield _gauge_by("tracker_opinions", "Articles for a second opinion by state.", "state", by_state)
    today = {"asked": day.asked, "answered": day.answered, "refused": day.refused}
    yield _gauge_by("tracker_opinions_today", "Second opinions of today.", "what", today)
    tokens = {"in": day.input_tokens, "out": day.output_tokens}
    yield _gauge_by("tracker_opinion_tokens_today", "Tokens of today, as the server counts them.", "way", tokens)
    says = "Steps of articles in which a model was heard by who reads them: both alike, or one alone."
    yield _gauge_by("tracker_opinion_steps", says, "witness", found.witnesses)


def _problems(found: Iterable[Problem]) -> Metric:
    metric = Gauge(
        "tracker_problem", "1 for each problem that `tracker doctor` and /readyz tell.", labels=["kind", "grave"]
    )
    for problem in found:
        metric.add_metric([problem.kind, str(problem.grave).lower()], 1)
    return metric


def _gauge_by(name: str, says: str, label: str, values: dict[str, int] | dict[str, float]) -> Metric:
    metric = Gauge(name, says, labels=[label])
    for word, value in sorted(values.items()):
        metric.add_metric([word], value)
    return metric


def _moment(name: str, says: str, at: datetime | None) -> Iterator[Metric]:
    if at:
        yield Gauge(f"{name}_timestamp_seconds", says, at.timestamp())
