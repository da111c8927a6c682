"""Which problems people are told of now. Pure: what they know, what is wrong, and the moment → what to say.

A problem that lasts is told once when it begins, once a day while it lasts, and once when it is over; several in one
message. What comes and goes within minutes is never told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from db.values import Alert, AlertState
from jobs.checks.check import Problem

GRACE = timedelta(minutes=10)
"""How long a problem lasts before it is told, and is gone before that is: a restart, a full minute of the network or a
lock is over by then, and nobody reads a message sooner."""
AGAIN = timedelta(days=1)
"""After which a problem that lasts is told again: often enough not to be forgotten, seldom enough to be read."""
GAP = timedelta(minutes=10)
"""Between two messages, whatever happens: so six an hour at most. What begins meanwhile comes in the next."""
KEEP = timedelta(days=1)
"""How long it is remembered that a problem is over: longer than GAP needs, and `tracker alerts list` shows it."""


class Phase(StrEnum):
    """What a message says of a problem."""

    BEGAN = "began"
    LASTS = "lasts"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One problem in a message."""

    phase: Phase
    alert: Alert


def updated(known: Mapping[str, Alert], found: Sequence[Problem], now: datetime) -> dict[str, Alert]:
    """What is known, with what is wrong now: new ones open, those that are gone are marked, old ones are forgotten."""
    here = {problem.kind: _here(known.get(problem.kind), problem, now) for problem in found}
    rest = (alert for kind, alert in known.items() if kind not in here)
    gone = (alert if alert.gone_at else alert.model_copy(update={"gone_at": now}) for alert in rest)
    return here | {alert.kind: alert for alert in gone if not _is_forgotten(alert, now)}


def _here(alert: Alert | None, problem: Problem, now: datetime) -> Alert:
    text = {"what": problem.what, "remedy": problem.remedy, "grave": problem.grave}
    if alert is None or alert.state is AlertState.CLOSED:
        before = alert.told_at if alert else None
        return Alert(kind=problem.kind, **text, began_at=now, told_at=before)
    return alert.model_copy(update={**text, "gone_at": None})


def _is_forgotten(alert: Alert, now: datetime) -> bool:
    if alert.state is AlertState.WAITING:
        return (alert.gone_at or now) - alert.began_at < GRACE
    return alert.state is AlertState.CLOSED and not _within(alert.told_at, KEEP, now)


def due_lines(alerts: Mapping[str, Alert], now: datetime) -> tuple[AlertLine, ...]:
    """What is to be told now, grave ones first and what is over last; empty for nothing, or too soon after the last
    message."""
    if any(_within(alert.told_at, GAP, now) for alert in alerts.values()):
        return ()
    found = [line for alert in alerts.values() for line in _lines(alert, now)]
    return tuple(sorted(found, key=lambda line: (line.phase is Phase.OVER, not line.alert.grave, line.alert.began_at)))


def _lines(alert: Alert, now: datetime) -> Iterator[AlertLine]:
    if alert.state is AlertState.CLOSED:
        return
    if alert.gone_at:
        if not _within(alert.gone_at, GRACE, now):
            yield AlertLine(Phase.OVER, alert)
    elif alert.state is AlertState.WAITING:
        if not _within(alert.began_at, GRACE, now):
            yield AlertLine(Phase.BEGAN, alert)
    elif not _within(alert.told_at, AGAIN, now):
        yield AlertLine(Phase.LASTS, alert)


def delivered(alerts: Mapping[str, Alert], lines: Sequence[AlertLine], now: datetime) -> dict[str, Alert]:
    """What people know once a message with these lines has gone out."""
    states = {line.alert.kind: AlertState.CLOSED if line.phase is Phase.OVER else AlertState.TOLD for line in lines}
    marked = {kind: alerts[kind].model_copy(update={"state": state, "told_at": now}) for kind, state in states.items()}
    return {**alerts, **marked}


def _within(moment: datetime | None, span: timedelta, now: datetime) -> bool:
    """Whether that was less than `span` ago. A moment that is yet to come was of a clock that went wrong: it is not."""
    return moment is not None and timedelta(0) <= now - moment < span
