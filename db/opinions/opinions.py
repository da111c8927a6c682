"""Second opinions: which articles wait for one, who asks about which, what was answered, and what a day has cost.

An article is asked about by one run at a time: it takes the article with `claim`, and where it ends without a word the
article is free again after a while. The number of the day grows before a server is asked (`begin_request`).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zlib import compress, decompress

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, delete, func, select, update

from db.locks import OPINION_LOCK, hold
from db.mapping import insert_missing
from db.opinions import usage
from db.tables.opinions import OpinionRow
from db.values import OpinionState, storable, utc
from tracker.model import Readings
from tracker.timeline.provenance import differ

LONGEST_REASON = 300
"""Characters; an error may carry the text that it met."""
MOST_RAW = 200_000
"""Characters of a server's answer that are kept; a good one has some thousands."""
TO_BE_ASKED = (OpinionState.WAITING, OpinionState.ASKED, OpinionState.PUT_OFF)
NO_ANSWER = {"content": "", "raw": "", "answered_at": None, "input_tokens": 0, "output_tokens": 0, "from_file": False}


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """What was answered to the request of this `fingerprint` about an article. `model`: as it is configured, or as a
    file names it; `raw`: the whole answer of the server."""

    model: str
    fingerprint: str
    content: str
    at: datetime
    raw: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    from_file: bool = False


@dataclass(frozen=True, slots=True)
class OpinionStatus:
    """How far an article is, for people: its state, why it was refused or put off, what was sent and what came back."""

    state: OpinionState
    reason: str
    tries: int
    request: str
    answer: ModelAnswer | None


def queue(session: Session, published: Mapping[int, date], now: datetime) -> None:
    """These articles (by key, with their day) wait to be asked about. One that a run is asking about stays with it: it
    looks whether the article is still the same. An answer that is there is kept, and serves if it is asked the same."""
    rows = [_new(key, day, now) for key, day in published.items()]
    insert_missing(session, OpinionRow, rows)
    free = (col(OpinionRow.state) != OpinionState.ASKED) | (col(OpinionRow.next_try) <= now)
    for key, day in published.items():
        values = {"state": OpinionState.WAITING, "published": day, "queued_at": now, "next_try": now, "tries": 0}
        session.exec(update(OpinionRow).where(col(OpinionRow.article_id) == key, free).values(**values, reason=""))


def _new(key: int, day: date, now: datetime) -> dict[str, object]:
    row = OpinionRow(article_id=key, state=OpinionState.WAITING, published=day, queued_at=now, next_try=now)
    return row.model_dump()


def forget(session: Session, article_ids: Collection[int]) -> None:
    """These are not asked about, or no more; what was answered stays, and decides nothing."""
    if article_ids:
        of = col(OpinionRow.article_id).in_(article_ids)
        session.exec(delete(OpinionRow).where(of, col(OpinionRow.content) == ""))
        _set(session, of, state=OpinionState.PAST, next_try=None)


def claim(session: Session, now: datetime, at_once: int, lease: timedelta) -> int | None:
    """Takes the newest article that waits, for as long as `lease`; None where none does, or `at_once` are asked about
    already, by whomever."""
    hold(session, OPINION_LOCK)
    under_way = select(func.count()).where(OpinionRow.state == OpinionState.ASKED, col(OpinionRow.next_try) > now)
    if session.exec(under_way).one() >= at_once:
        return None
    newest = (col(OpinionRow.published).desc(), col(OpinionRow.article_id).desc())
    key = session.exec(select(OpinionRow.article_id).where(_due(now)).order_by(*newest).limit(1)).one_or_none()
    if key is not None:
        _set(session, _of(key), state=OpinionState.ASKED, next_try=now + lease)
    return key


def begin_request(
    session: Session, key: int, request: str, fingerprint: str, model: str, day: date, per_day: int
) -> bool:
    """Counts one more article of the day, before it is asked about, and notes the request; False where `per_day` are
    asked about already."""
    hold(session, OPINION_LOCK)
    if usage.day_usage(session, day).asked >= per_day:
        return False
    note_request(session, key, request, fingerprint)
    usage.add_usage(session, day, model, asked=1)
    return True


def note_request(session: Session, key: int, request: str, fingerprint: str) -> None:
    """Notes the request that is sent about an article, by the network or in a file."""
    packed = compress(request.encode())
    _set(session, _of(key), fingerprint=fingerprint, request=packed, **NO_ANSWER)


def note_request_in_file(session: Session, key: int, request: str, fingerprint: str) -> None:
    """The same for a file. What was sent already, or is asked by a run just now, is left as it is."""
    row = session.get(OpinionRow, key)
    if row and row.state is not OpinionState.ASKED and row.fingerprint != fingerprint:
        note_request(session, key, request, fingerprint)


def save_answer(session: Session, key: int, answer: ModelAnswer, day: date) -> None:
    """Keeps an answer; it decides nothing yet."""
    _set(
        session,
        _of(key),
        state=OpinionState.ANSWERED,
        next_try=None,
        reason="",
        model=storable(answer.model),
        from_file=answer.from_file,
        answered_at=answer.at,
        input_tokens=answer.input_tokens,
        output_tokens=answer.output_tokens,
        fingerprint=answer.fingerprint,
        content=storable(answer.content),
        raw=storable(answer.raw)[:MOST_RAW],
    )
    tokens = {"input_tokens": answer.input_tokens, "output_tokens": answer.output_tokens}
    usage.add_usage(session, day, answer.model, answered=1, **tokens)
    if not answer.from_file:
        usage.end_fault(session, day, answer.model, answer.at)


def refuse(session: Session, key: int, model: str, reason: str, next_try: datetime | None, day: date) -> None:
    """An answer that cannot be used; the article is asked about again at `next_try`, if ever."""
    _set(
        session,
        _of(key),
        state=OpinionState.REFUSED,
        reason=storable(reason)[:LONGEST_REASON],
        tries=OpinionRow.tries + 1,
        next_try=next_try,
        fingerprint="",  # the same answer is not to be used again
    )
    usage.add_usage(session, day, model, refused=1)


def postpone(session: Session, key: int, reason: str, next_try: datetime) -> None:
    """The server failed, which is no fault of the article; it is asked about again at `next_try`."""
    told = storable(reason)[:LONGEST_REASON]
    _set(session, _of(key), state=OpinionState.PUT_OFF, reason=told, next_try=next_try)


def release(session: Session, key: int, now: datetime) -> None:
    """It was taken, and not asked about."""
    asked = (_of(key), col(OpinionRow.state) == OpinionState.ASKED)
    _set(session, *asked, state=OpinionState.WAITING, next_try=now)


def mark_answered(session: Session, key: int) -> None:
    """The answer that is there is the answer to what would be asked; it decides nothing yet."""
    _set(session, _of(key), state=OpinionState.ANSWERED, next_try=None)


def mark_recorded(session: Session, article_ids: Collection[int]) -> None:
    """Entries rest on the answers about these."""
    if article_ids:
        of = col(OpinionRow.article_id).in_(article_ids)
        _set(session, of, state=OpinionState.RECORDED, next_try=None, reason="")


def save_readings(session: Session, key: int, told: Readings) -> None:
    """Keeps what each witness reads in an article by itself."""
    _set(session, _of(key), encoder_reading=told.encoder, model_reading=told.model, differ=differ(told))


def readings(session: Session, article_ids: Collection[int]) -> dict[int, Readings]:
    """What each witness reads in these articles by itself, as far as both were heard."""
    query = select(OpinionRow.article_id, OpinionRow.encoder_reading, OpinionRow.model_reading)
    found = session.exec(query.where(col(OpinionRow.article_id).in_(article_ids)))
    return {key: Readings(encoder=encoder, model=model) for key, encoder, model in found if encoder or model}


def answers(session: Session, article_ids: Collection[int]) -> dict[int, ModelAnswer]:
    """The answers about these articles that are there, by key."""
    query = select(OpinionRow).where(col(OpinionRow.article_id).in_(article_ids), OpinionRow.content != "")
    return {row.article_id: _answer(row) for row in session.exec(query)}


def answered_articles(session: Session, model: str, limit: int) -> tuple[int, ...]:
    """At most `limit` articles whose answers by this model decide nothing yet, newest first."""
    query = select(OpinionRow.article_id).where(OpinionRow.state == OpinionState.ANSWERED, OpinionRow.model == model)
    newest = (col(OpinionRow.published).desc(), col(OpinionRow.article_id).desc())
    return tuple(session.exec(query.order_by(*newest).limit(limit)).all())


def of_article(session: Session, key: int) -> OpinionStatus | None:
    """How far an article is; None where it is not asked about."""
    row = session.get(OpinionRow, key)
    if row is None:
        return None
    request = decompress(row.request).decode() if row.request else ""
    return OpinionStatus(row.state, row.reason, row.tries, request, _answer(row) if row.content else None)


def refusals(session: Session, key: int) -> int:
    """How many answers about an article were refused since it was queued."""
    return session.exec(select(OpinionRow.tries).where(_of(key))).one_or_none() or 0


def queued_at(session: Session, key: int) -> datetime | None:
    """Since when an article waits."""
    return utc(session.exec(select(OpinionRow.queued_at).where(_of(key))).one_or_none())


def fingerprint(session: Session, key: int) -> str:
    """Of the request that was last sent about an article; empty: none was."""
    return session.exec(select(OpinionRow.fingerprint).where(_of(key))).one_or_none() or ""


def articles_to_ask(session: Session, limit: int, after: int = 0) -> tuple[int, ...]:
    """At most `limit` articles that are to be asked about, now or later, by key, with keys above `after`."""
    query = select(OpinionRow.article_id).where(col(OpinionRow.next_try).is_not(None), OpinionRow.article_id > after)
    return tuple(session.exec(query.order_by(col(OpinionRow.article_id)).limit(limit)).all())


def count_due(session: Session, now: datetime, most: int) -> int:
    """How many articles may be asked about now, counted up to `most`."""
    return _count(session, most, _due(now))


def waits_since(session: Session, moment: datetime, *, only_asked: bool = False) -> bool:
    """Whether an article that was queued up to a moment is still to be asked about, or (`only_asked`) is just now."""
    states = (OpinionState.ASKED,) if only_asked else TO_BE_ASKED
    of = (col(OpinionRow.state).in_(states), col(OpinionRow.queued_at) <= moment)
    query = select(OpinionRow.article_id).where(*of)
    return session.exec(query.limit(1)).first() is not None


def counts(session: Session) -> dict[OpinionState, int]:
    """How many articles are in each state; walks through an index, so not for every minute."""
    query = select(OpinionRow.state, func.count()).group_by(OpinionRow.state)
    found = dict(session.exec(query).all())
    return {state: found.get(state, 0) for state in OpinionState}


def count_to_ask(session: Session, most: int) -> int:
    """How many articles are to be asked about, now or later, counted up to `most`."""
    return _count(session, most, col(OpinionRow.next_try).is_not(None))


def count_in(session: Session, states: Collection[OpinionState], most: int) -> int:
    """How many articles are in one of these states, counted up to `most`."""
    return _count(session, most, col(OpinionRow.state).in_(states))


def _count(session: Session, most: int, which: ColumnElement[bool]) -> int:
    some = select(OpinionRow.article_id).where(which).limit(most).subquery()
    return session.exec(select(func.count()).select_from(some)).one()


def _due(now: datetime) -> ColumnElement[bool]:
    """In the order of the index of those that are to be asked, which it is read by."""
    return and_(col(OpinionRow.next_try) <= now, col(OpinionRow.published) > date.min)


def _of(key: int) -> ColumnElement[bool]:
    return col(OpinionRow.article_id) == key


def _set(session: Session, *where: ColumnElement[bool], **values: object) -> None:
    session.exec(update(OpinionRow).where(*where).values(**values))


def _answer(row: OpinionRow) -> ModelAnswer:
    return ModelAnswer(
        model=row.model,
        fingerprint=row.fingerprint,
        content=row.content,
        at=utc(row.answered_at or row.queued_at),
        raw=row.raw,
        input_tokens=row.input_tokens,
        output_tokens=row.output_tokens,
        from_file=row.from_file,
    )
