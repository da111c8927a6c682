"""The answers of a check of a model: one that was broken off goes on from there on the same day."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, delete, select

from db.opinions.tables import OpinionCheckAnswerRow
from db.values import storable


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """`content`: the model's JSON, not yet checked."""

    content: str
    input_tokens: int = 0
    output_tokens: int = 0


def answers(session: Session, model: str, day: date) -> dict[str, CheckAnswer]:
    """What a model answered on that day, by the fingerprint of the request."""
    of = (OpinionCheckAnswerRow.model == model, OpinionCheckAnswerRow.day == day)
    rows = session.exec(select(OpinionCheckAnswerRow).where(*of))
    return {row.fingerprint: CheckAnswer(row.content, row.input_tokens, row.output_tokens) for row in rows}


def keep(session: Session, model: str, fingerprint: str, answer: CheckAnswer, day: date) -> None:
    """Keeps an answer, in the place of an earlier one."""
    row = session.get(OpinionCheckAnswerRow, (model, fingerprint))
    row = row or OpinionCheckAnswerRow(model=model, fingerprint=fingerprint, day=day, content="")
    told = {"content": storable(answer.content), "day": day}
    row.sqlmodel_update({**told, "input_tokens": answer.input_tokens, "output_tokens": answer.output_tokens})
    session.add(row)


def forget(session: Session, model: str, *, but: date | None = None) -> None:
    """Those of a model, `but` of that day, are no longer needed."""
    of = [col(OpinionCheckAnswerRow.model) == model]
    if but is not None:
        of.append(col(OpinionCheckAnswerRow.day) != but)
    session.exec(delete(OpinionCheckAnswerRow).where(*of))
