"""The checks, listed once: the doctor, `/readyz`, `/metrics` and alerts read these lists."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from sqlalchemy import Engine

from jobs.checks import daemon, data, feeds, mail, reading, records, sources
from jobs.checks.check import Passed, Problem, Result
from jobs.checks.facts import Facts, gather
from jobs.settings import Settings
from jobs.store import open_store
from tracker.coverage import NETWORK

LASTING: tuple[Callable[[Facts, datetime], Iterator[Problem]], ...] = (
    data.away,
    data.disk,
    daemon.troubles,
    daemon.website,
    daemon.no_worker,
    feeds.polling,
    feeds.silent,
    reading.unread,
    reading.no_article,
    mail.held,
    mail.waiting,
    mail.refused,
    mail.sign_up,
    reading.not_asked,
    data.old_backup,
)
"""What lasts, and is asked every minute: facts and the moment in, problems out; pure. All four tell it, in this
order."""

EXPLAINED = {
    **dict.fromkeys(("polling-stopped", "no-article", "feeds-silent"), frozenset({NETWORK})),
    "mail-waiting": frozenset({mail.HELD}),
}
"""Kinds that follow from others: those need not be told beside them."""


def judge(facts: Facts, now: datetime) -> tuple[Problem, ...]:
    """The problems, grave ones first. What another one explains is left out: without a network nothing is heard."""
    found = [problem for check in LASTING for problem in check(facts, now)]
    kinds = {problem.kind for problem in found}
    told = [problem for problem in found if not kinds & EXPLAINED.get(problem.kind, frozenset())]
    return tuple(sorted(told, key=lambda problem: not problem.grave))


def problems(engine: Engine, settings: Settings, now: datetime) -> tuple[Problem, ...]:
    """What is wrong as of now, grave ones first; empty where all is well. A database that is damaged or away is one of
    them. A few short queries, each time anew; they block, so call it in a thread."""
    return judge(gather(engine, settings, now), now)


def lasting(settings: Settings) -> Iterator[Result]:
    """The same for the doctor, which has more to say of a database that is away than is asked every minute."""
    with open_store(settings) as engine:
        found = [one for one in problems(engine, settings, datetime.now(UTC)) if one.kind != data.DATABASE]
    yield from found
    if not found:
        yield Passed("health", "polling, reading, mail and disk do as they should; nothing keeps failing")


THOROUGH: tuple[tuple[str, Callable[[Settings], Iterator[Result]]], ...] = (
    ("model", reading.model),
    ("gazetteer", reading.gazetteer),
    ("data", data.data_dir),
    ("data", data.folders),
    ("database", data.database),
    ("backup", data.newest_copy),
    ("clock", feeds.clock),
    ("workers", daemon.workers),
    ("health", lasting),
    ("feeds", feeds.feeds),
    ("sources", sources.sources),
    ("records", records.records),
    ("items", feeds.put_aside),
    ("articles", reading.unreadable),
    ("opinions", reading.opinions),
    ("mail", mail.doubts),
    ("mail", mail.sender),
    ("mail", mail.server),
    ("alerts", mail.alerts),
)
"""What the doctor looks at, once the settings are known, in an order in which the first problem explains the later
ones. The name is told where a check cannot be made."""
