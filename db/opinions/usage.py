"""What asking for second opinions came to: on each day, how good each model was when it was checked, the answers of a
check under way (one that was broken off goes on from there on the same day), and how far all of it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, select, update

from db.mapping import insert_missing
from db.tables.opinions import OpinionCheckAnswerRow, OpinionCheckRow, OpinionDayRow
from db.values import storable, utc

LONGEST_FAULT = 300
"""Characters; an error may carry the text that it met."""
NUMBERS = ("asked", "answered", "refused", "input_tokens", "output_tokens")


@dataclass(frozen=True, slots=True)
class DayUsage:
    """What was asked on one day, of all models. `quiet_until`: nobody is asked before, because of the `fault`."""

    asked: int = 0
    answered: int = 0
    refused: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    quiet_until: datetime | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class ModelCheck:
    """How good a model was when it was checked, by which rules."""

    model: str
    at: datetime
    figures: Mapping[str, float] = field(default_factory=dict)
    rules: str = ""


def day_usage(session: Session, day: date) -> DayUsage:
    """What was asked on a day, of all models."""
    rows = session.exec(select(OpinionDayRow).where(OpinionDayRow.day == day)).all()
    sums = {name: sum(getattr(row, name) for row in rows) for name in NUMBERS}
    quiet = max(((utc(row.quiet_until), row.fault) for row in rows if row.quiet_until), default=(None, ""))
    return DayUsage(**sums, quiet_until=quiet[0], fault=quiet[1])


def add_usage(session: Session, day: date, model: str, **more: int) -> None:
    """Adds to the numbers of a day."""
    of = _row_of(session, day, model)
    values = {name: getattr(OpinionDayRow, name) + number for name, number in more.items()}
    session.exec(update(OpinionDayRow).where(*of).values(**values))


def end_fault(session: Session, day: date, model: str, now: datetime) -> None:
    """The server answers: its last fault is over. What it wished for is kept: this may be an answer of before."""
    of = (col(OpinionDayRow.day) == day, col(OpinionDayRow.model) == model, col(OpinionDayRow.quiet_until) <= now)
    session.exec(update(OpinionDayRow).where(*of).values(quiet_until=None, fault=""))


def note_fault(session: Session, day: date, model: str, until: datetime, fault: str) -> None:
    """Nobody is asked until then, because of the fault."""
    of = _row_of(session, day, model)
    values = {"quiet_until": until, "fault": storable(fault)[:LONGEST_FAULT]}
    session.exec(update(OpinionDayRow).where(*of).values(**values))


def save_check(session: Session, model: str, figures: Mapping[str, float], now: datetime, rules: str) -> None:
    """How good a model was, in the place of what was known."""
    row = session.get(OpinionCheckRow, model) or OpinionCheckRow(model=model, at=now, figures={})
    row.sqlmodel_update({"at": now, "figures": dict(figures), "rules": rules})
    session.add(row)


def check_of(session: Session, model: str) -> ModelCheck | None:
    """How good a model was; None: it was not checked."""
    row = session.get(OpinionCheckRow, model)
    return ModelCheck(row.model, utc(row.at), row.figures, row.rules) if row else None


def valid_check(session: Session, model: str, rules: str) -> ModelCheck | None:
    """The same by these rules; None: it was checked by others, or not."""
    check = check_of(session, model)
    return check if check and check.rules == rules else None


def _row_of(session: Session, day: date, model: str) -> tuple[ColumnElement[bool], ...]:
    """The row of a day and a model, which is there then."""
    insert_missing(session, OpinionDayRow, [OpinionDayRow(day=day, model=model).model_dump()])
    return (col(OpinionDayRow.day) == day, col(OpinionDayRow.model) == model)


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """`content`: the model's JSON, not yet checked."""

    content: str
    input_tokens: int = 0
    output_tokens: int = 0


def check_answers(session: Session, model: str, day: date) -> dict[str, CheckAnswer]:
    """What a model answered on that day, by the fingerprint of the request."""
    of = (OpinionCheckAnswerRow.model == model, OpinionCheckAnswerRow.day == day)
    rows = session.exec(select(OpinionCheckAnswerRow).where(*of))
    return {row.fingerprint: CheckAnswer(row.content, row.input_tokens, row.output_tokens) for row in rows}


def save_check_answer(session: Session, model: str, fingerprint: str, answer: CheckAnswer, day: date) -> None:
    """Keeps an answer, in the place of an earlier one."""
    row = session.get(OpinionCheckAnswerRow, (model, fingerprint))
    row = row or OpinionCheckAnswerRow(model=model, fingerprint=fingerprint, day=day, content="")
    told = {"content": storable(answer.content), "day": day}
    row.sqlmodel_update({**told, "input_tokens": answer.input_tokens, "output_tokens": answer.output_tokens})
    session.add(row)


def forget_check_answers(session: Session, model: str, *, but: date | None = None) -> None:
    """Those of a model, `but` of that day, are no longer needed."""
    of = [col(OpinionCheckAnswerRow.model) == model]
    if but is not None:
        of.append(col(OpinionCheckAnswerRow.day) != but)
    session.exec(delete(OpinionCheckAnswerRow).where(*of))
