"""Readers and their mails, what they may ask for, and who uses the desk."""

from alembic import op

from db.migrations.first.columns import (
    EMPTY,
    FLAG,
    JSON,
    KEY,
    MOMENT,
    NUMBER,
    TEXT,
    columns,
    index,
    perhaps,
    primary,
    refers,
    unique,
)


def make() -> None:
    _subscriber()
    _subscription()
    _message()
    _ledger()
    _bounce()
    _wishes()
    _remark()
    _desk()


def _subscriber() -> None:
    op.create_table(
        "subscriber",
        *columns(NUMBER, "id"),
        *columns(TEXT, "address"),
        *columns(KEY, "folded", "key", "frequency"),
        *columns(NUMBER, "weekday", "hour"),
        *columns(TEXT, "timezone"),
        *columns(MOMENT, "added_at"),
        *perhaps(MOMENT, "confirmed_at", "ended_at", "suppressed_at"),
        *columns(TEXT, "problem", "last_slot"),
        *perhaps(MOMENT, "last_at", "paused_at"),
        *columns(TEXT, "paused_by", default=EMPTY),
        primary("subscriber", "id"),
        unique("subscriber", "folded"),
        unique("subscriber", "key"),
    )


def _subscription() -> None:
    op.create_table(
        "subscription",
        *columns(NUMBER, "id", "subscriber_id"),
        *perhaps(KEY, "place"),
        *columns(FLAG, "inside"),
        *columns(JSON, "topics", "stages"),
        *columns(NUMBER, "within", default="0"),
        refers("subscription", "subscriber_id", "subscriber", "CASCADE"),
        primary("subscription", "id"),
    )
    index("subscription", "subscriber_id")


def _message() -> None:
    op.create_table(
        "edition",
        *columns(KEY, "id"),
        *columns(TEXT, "subject", "html", "text"),
        *columns(FLAG, "bulk"),
        *columns(MOMENT, "created_at"),
        primary("edition", "id"),
    )
    index("edition", "created_at")
    op.create_table(
        "message",
        *columns(NUMBER, "id"),
        *columns(KEY, "message_id"),
        *columns(NUMBER, "subscriber_id"),
        *perhaps(KEY, "edition_id"),
        *columns(KEY, "slot", "state"),
        *columns(MOMENT, "composed_at"),
        *columns(NUMBER, "tries", "unclear"),
        *perhaps(MOMENT, "tried_at", "next_try", "sent_at"),
        *columns(TEXT, "error"),
        refers("message", "subscriber_id", "subscriber", "CASCADE"),
        refers("message", "edition_id", "edition", "SET NULL"),
        primary("message", "id"),
        unique("message", "message_id"),
        unique("message", "subscriber_id", "slot"),
    )
    for names in (("edition_id",), ("next_try", "id"), ("state",)):
        index("message", *names)


def _ledger() -> None:
    op.create_table(
        "ledger",
        *columns(NUMBER, "subscriber_id"),
        *columns(KEY, "entry_id"),
        *columns(NUMBER, "revision", "message_id"),
        *columns(FLAG, "in_full"),
        refers("ledger", "subscriber_id", "subscriber", "CASCADE"),
        refers("ledger", "message_id", "message", "CASCADE"),
        primary("ledger", "subscriber_id", "entry_id", "revision"),
        sqlite_with_rowid=False,
    )
    index("ledger", "message_id")


def _bounce() -> None:
    op.create_table(
        "bounce",
        *columns(NUMBER, "id", "subscriber_id"),
        *columns(KEY, "key"),
        *columns(MOMENT, "at"),
        *columns(TEXT, "status", "reason"),
        *columns(FLAG, "hard"),
        refers("bounce", "subscriber_id", "subscriber", "CASCADE"),
        primary("bounce", "id"),
        unique("bounce", "key"),
    )
    index("bounce", "subscriber_id")


def _wishes() -> None:
    op.create_table(
        "erased_address",
        *columns(KEY, "hash"),
        *columns(MOMENT, "erased_at"),
        *columns(TEXT, "was"),
        primary("erased_address", "hash"),
    )
    op.create_table(
        "withholding",
        *columns(KEY, "id"),
        *columns(TEXT, "kind", "text"),
        *columns(KEY, "url"),
        *columns(NUMBER, "start", "end"),
        *columns(MOMENT, "at"),
        *columns(TEXT, "actor", "reason"),
        *perhaps(MOMENT, "released_at"),
        *columns(TEXT, "released_by", "released_why"),
        primary("withholding", "id"),
    )


def _remark() -> None:
    op.create_table(
        "remark",
        *columns(NUMBER, "id"),
        *columns(KEY, "entry"),
        *columns(NUMBER, "revision"),
        *columns(KEY, "about"),
        *columns(TEXT, "text", "source", "address"),
        *columns(MOMENT, "at"),
        *perhaps(MOMENT, "closed_at"),
        *columns(TEXT, "closed_by"),
        *columns(KEY, "outcome"),
        *columns(TEXT, "why"),
        *perhaps(MOMENT, "next_try"),
        primary("remark", "id"),
    )
    for name in ("entry", "closed_at", "next_try"):
        index("remark", name)


def _desk() -> None:
    op.create_table(
        "desk_user",
        *columns(NUMBER, "id"),
        *columns(TEXT, "name"),
        *columns(KEY, "folded", "role"),
        *columns(TEXT, "password"),
        *columns(MOMENT, "added_at", "password_at"),
        primary("desk_user", "id"),
        unique("desk_user", "folded"),
    )
    op.create_table(
        "desk_session",
        *columns(KEY, "hash"),
        *columns(NUMBER, "user_id"),
        *columns(MOMENT, "began_at", "seen_at"),
        refers("desk_session", "user_id", "desk_user", "CASCADE"),
        primary("desk_session", "hash"),
    )
    index("desk_session", "user_id")
