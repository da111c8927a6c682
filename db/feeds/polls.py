"""How polls ended, stored: whole batches by plain statements, since a poll of ten thousand feeds is mostly this."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, and_, bindparam, case, func
from sqlmodel import Session, col, select, update

from db import freshness
from db.mapping import batches
from db.tables.timeline import FeedRow
from db.values import PollResult

_OF = col(FeedRow.id) == bindparam("of")
_CHANGED = bindparam("changed", type_=Boolean())
_EARLY = bindparam("early", type_=Boolean())
_COUNTED = case((and_(_EARLY, col(FeedRow.errors) > 0), col(FeedRow.errors)), else_=col(FeedRow.errors) + 1)
"""A poll before its time tells nothing new of a feed that is failing already: the wait grows by the tries of the
daemon, not by those of whoever mends it."""
_FAILED = update(FeedRow).where(_OF).values(errors=_COUNTED)
_HEARD = (
    update(FeedRow)
    .where(_OF)
    .values(
        errors=0,
        unchanged=case((_CHANGED, 0), else_=col(FeedRow.unchanged) + 1),
        changed_at=case((_CHANGED, bindparam("at")), else_=col(FeedRow.changed_at)),
        **{
            name: func.coalesce(bindparam(f"new_{name}"), col(getattr(FeedRow, name)))
            for name in ("etag", "modified", "body_hash")
        },
        **{
            name: func.coalesce(func.nullif(col(getattr(FeedRow, name)), ""), bindparam(f"new_{name}"), "")
            for name in ("title", "site")
        },
    )
)
"""A title or site that is there stays: a person may have given it."""


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """How a feed stands before its poll is stored: whether it failed the last time, and whether it was ever polled."""

    failing: bool
    polled: bool


def lock_feeds(session: Session, feed_ids: Iterable[int]) -> dict[int, FeedStatus]:
    """How those of the feeds stand that are polled; one that was removed or retired meanwhile is left out. Another
    writer waits until this transaction ends, so that two polls of one feed are stored one after the other."""
    query = select(FeedRow.id, FeedRow.errors, FeedRow.polled_at).order_by(col(FeedRow.id))
    held = query.where(col(FeedRow.retired_at).is_(None)).with_for_update(key_share=True)
    found: dict[int, FeedStatus] = {}
    for batch in batches(sorted(feed_ids)):
        rows = session.exec(held.where(col(FeedRow.id).in_(batch)))
        found |= {feed_id or 0: FeedStatus(errors > 0, at is not None) for feed_id, errors, at in rows}
    return found


def save_results(session: Session, ended: Mapping[int, PollResult], held: Mapping[int, FeedStatus]) -> None:
    """Notes how polls of feeds that are locked (`lock_feeds`) ended, by their ids."""
    heard = [_heard(feed_id, outcome) for feed_id, outcome in ended.items() if not outcome.error]
    failed = [_told(feed_id, outcome) | {"early": outcome.early} for feed_id, outcome in ended.items() if outcome.error]
    for statement, rows in ((_HEARD, heard), (_FAILED, failed)):
        if rows:
            session.connection().execute(statement, rows)
    if any(
        bool(outcome.error) != held[feed_id].failing or not held[feed_id].polled for feed_id, outcome in ended.items()
    ):
        freshness.touch(session)


def _told(feed_id: int, outcome: PollResult) -> dict[str, Any]:
    """What every outcome says."""
    values = outcome.model_dump(include={"next_poll", "interval_s", "error", "error_kind"})
    return values | {"of": feed_id, "polled_at": outcome.at}


def _heard(feed_id: int, outcome: PollResult) -> dict[str, Any]:
    given = outcome.model_dump(include={"title", "site", "etag", "modified", "body_hash"})
    values = _told(feed_id, outcome) | {f"new_{name}": value for name, value in given.items()}
    return values | {"heard_at": outcome.at, "at": outcome.at, "changed": outcome.changed}
