"""The queries that run for every mail, or every minute, step into an index."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event
from sqlmodel import Session

from db.engine import open_database, writing
from db.mail import doubtful_mails, ledger, subscribers
from db.timeline.news import NewsWindow, candidates, last_change
from db.values import Message, MessageState, SendResult

NOW = datetime(2026, 11, 23, 13, tzinfo=UTC)
WINDOW = NewsWindow(since=NOW, today=NOW.date())
MESSAGE = Message(
    id=1, message_id="<a@b>", subscriber_id=1, address="", key="", edition_id="", slot="", state=MessageState.COMPOSED,
    composed_at=NOW,
)  # fmt: skip
FAILED = SendResult(state=MessageState.FAILED, at=NOW)
HOT: list[Callable[[Session], object]] = [
    lambda s: ledger.claim(s, NOW),
    lambda s: ledger.finish(s, MESSAGE, FAILED),
    lambda s: ledger.unclaim(s, MESSAGE, NOW),
    lambda s: ledger.recover_unsent(s, NOW),
    lambda s: ledger.count_open(s, NOW),
    lambda s: ledger.told_lines(s, [1, 2], WINDOW),
    lambda s: ledger.done_days(s, [1, 2], date(2026, 11, 1), date(2026, 12, 1)),
    lambda s: ledger.sent_as(s, "<a@b>"),
    lambda s: ledger.messages_of(s, 1),
    lambda s: doubtful_mails.doubtful(s, NOW),
    lambda s: doubtful_mails.tell_again(s, 1),
    lambda s: subscribers.by_address(s, "a@b"),
    lambda s: subscribers.by_key(s, "k"),
    lambda s: subscribers.some(s, [1, 2]),
    lambda s: subscribers.knows_bounce(s, "k"),
    lambda s: subscribers.strikes(s, 1, NOW),
    lambda s: list(candidates(s, WINDOW)),
    last_change,
]


@pytest.mark.parametrize("act", HOT)
def test_a_hot_query_scans_no_table(
    migrated_sqlite: str, copy_of: Callable[[str], str], act: Callable[[Session], object]
) -> None:
    # SQLite only: plans are told in each engine's own words
    engine = open_database(copy_of(migrated_sqlite))
    ran: list[tuple[str, object]] = []
    with writing(engine) as opened:
        event.listen(engine, "before_cursor_execute", lambda *told: ran.append((told[2], told[3])))
        act(opened)
        cursor = opened.connection().connection.cursor()
        steps = [
            (sql, str(row[3]))
            for sql, values in list(ran)
            if sql.split()[0] in ("SELECT", "UPDATE", "DELETE")
            for row in cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
        ]
        opened.rollback()
    assert steps
    tables = ("message", "ledger", "subscriber", "subscription", "bounce", "edition", "entry", "revision", "article")
    assert [step for step in steps if any(step[1] == f"SCAN {table}" for table in tables)] == []
