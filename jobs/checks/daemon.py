"""The daemon and its workers: jobs that keep failing, the website, and whether anybody is at work."""

from collections.abc import Iterator
from datetime import datetime

from db.engine import reading
from jobs.checks.check import Passed, Problem, Result
from jobs.checks.facts import Facts
from jobs.queue.schema import count_workers, ready
from jobs.settings import Settings
from jobs.store import open_store
from tracker.coverage import NETWORK, OF_WEBSITE, SLOW_WEBSITE, WEBSITE
from tracker.publish.counts import count

LINE = "check its cable or router, its name server, its firewall and its clock"
JOB = "what it says names the remedy; the log of `tracker run` has more"
PORT = "end what listens there, or set `web_host` or `web_port`; the daemon tries again by itself"
HELD_BACK = "the log of `tracker run` names clients that ask for too much; keep them out at the web server in front"


def troubles(facts: Facts, _now: datetime) -> Iterator[Problem]:
    """Jobs that keep failing, and this machine's network, of which the feeds hear nothing."""
    for trouble in facts.vitals.troubles:
        since = f"since {trouble.since:%Y-%m-%d %H:%M} UTC"
        if trouble.name == NETWORK:
            what = f"{count(facts.vitals.feeds.polled, 'feed')}, none can be asked {since}: {trouble.what}"
            yield Problem(NETWORK, what, LINE, grave=True, subject="feeds")
        elif trouble.name not in OF_WEBSITE:
            what = f"{trouble.name}: {trouble.what} ({trouble.times} times {since})"
            yield Problem(f"failing-{'-'.join(trouble.name.split())}", what, JOB, grave=True, subject="trouble")


def website(facts: Facts, _now: datetime) -> Iterator[Problem]:
    """Noted by a daemon; one that ended listens nowhere, and that is no fault."""
    for trouble in facts.vitals.troubles if facts.daemon else ():
        since = f"since {trouble.since:%Y-%m-%d %H:%M} UTC: {trouble.what}"
        if trouble.name == WEBSITE:
            yield Problem(WEBSITE, f"the website is not served {since}", PORT, grave=True, subject="web")
        elif trouble.name == SLOW_WEBSITE:
            yield Problem(SLOW_WEBSITE, f"the website is slow {since}", HELD_BACK, subject="trouble")


def no_worker(facts: Facts, _now: datetime) -> Iterator[Problem]:
    """Not grave: workers begin anew too, and what comes of it when they do not, the feeds tell within the hour."""
    if facts.workers and not facts.at_work and not facts.database:
        what = "no worker is at work, so nothing is polled or read"
        yield Problem("no-worker", what, "start `tracker worker`", subject="workers")


def workers(settings: Settings) -> Iterator[Result]:
    """Whether their queue can be used, and how many are at work; nothing where the daemon does all by itself."""
    if not settings.workers:
        return
    with open_store(settings) as engine:
        ready(engine, settings)
        with reading(engine) as opened:
            found = count_workers(opened)
    if found:
        yield Passed("workers", f"{count(found, 'worker')} at work")
