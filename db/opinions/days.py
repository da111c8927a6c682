"""What asking for second opinions came to on each day, and how good each model was when it was checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select, update

from db.insert import insert_missing
from db.opinions.tables import OpinionCheckRow, OpinionDayRow
from db.values import storable, utc

LONGEST_FAULT = 300
"""Characters; an error may carry the text that it met."""
NUMBERS = ("asked", "answered", "refused", "input_tokens", "output_tokens")


@dataclass(frozen=True, slots=True)
class Day:
    """What was asked on one day, of all models. `quiet_until`: nobody is asked before, because of the `fault`."""

    asked: int = 0
    answered: int = 0
    refused: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    quiet_until: datetime | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """How good a model was when it was checked, by which rules."""

    model: str
    at: datetime
    figures: Mapping[str, float] = field(default_factory=dict)
    rules: str = ""


def day_of(session: Session, day: date) -> Day:
    """What was asked on a day, of all models."""
    rows = session.exec(select(OpinionDayRow).where(OpinionDayRow.day == day)).all()
    sums = {name: sum(getattr(row, name) for row in rows) for name in NUMBERS}
    quiet = max(((utc(row.quiet_until), row.fault) for row in rows if row.quiet_until), default=(None, ""))
    return Day(**sums, quiet_until=quiet[0], fault=quiet[1])


def add_to_day(session: Session, day: date, model: str, **more: int) -> None:
    """Adds to the numbers of a day."""
    of = _day(session, day, model)
    values = {name: getattr(OpinionDayRow, name) + number for name, number in more.items()}
    session.exec(update(OpinionDayRow).where(*of).values(**values))


def goes_well(session: Session, day: date, model: str, now: datetime) -> None:
    """The server answers: its last fault is over. What it wished for is kept: this may be an answer of before."""
    of = (col(OpinionDayRow.day) == day, col(OpinionDayRow.model) == model, col(OpinionDayRow.quiet_until) <= now)
    session.exec(update(OpinionDayRow).where(*of).values(quiet_until=None, fault=""))


def quieten(session: Session, day: date, model: str, until: datetime, fault: str) -> None:
    """Nobody is asked until then, because of the fault."""
    of = _day(session, day, model)
    values = {"quiet_until": until, "fault": storable(fault)[:LONGEST_FAULT]}
    session.exec(update(OpinionDayRow).where(*of).values(**values))


def keep_check(session: Session, model: str, figures: Mapping[str, float], now: datetime, rules: str) -> None:
    """How good a model was, in the place of what was known."""
    row = session.get(OpinionCheckRow, model) or OpinionCheckRow(model=model, at=now, figures={})
    row.sqlmodel_update({"at": now, "figures": dict(figures), "rules": rules})
    session.add(row)


def check_of(session: Session, model: str) -> Check | None:
    """How good a model was; None: it was not checked."""
    row = session.get(OpinionCheckRow, model)
    return Check(row.model, utc(row.at), row.figures, row.rules) if row else None


def holding_check(session: Session, model: str, rules: str) -> Check | None:
    """The same by these rules; None: it was checked by others, or not."""
    check = check_of(session, model)
    return check if check and check.rules == rules else None


def checks(session: Session) -> tuple[Check, ...]:
    """All models that were checked, the latest first."""
    rows = session.exec(select(OpinionCheckRow).order_by(col(OpinionCheckRow.at).desc())).all()
    return tuple(Check(row.model, utc(row.at), row.figures, row.rules) for row in rows)


def _day(session: Session, day: date, model: str) -> tuple[ColumnElement[bool], ...]:
    """The row of a day and a model, which is there then."""
    insert_missing(session, OpinionDayRow, [OpinionDayRow(day=day, model=model).model_dump()])
    return (col(OpinionDayRow.day) == day, col(OpinionDayRow.model) == model)
