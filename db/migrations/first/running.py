"""How the tracker runs: troubles and alerts, jobs, restores, what the report shows anew; and second opinions."""

import sqlalchemy as sa
from alembic import op

from db.migrations.first.columns import (
    BYTES,
    DAY,
    EMPTY,
    FLAG,
    JSON,
    KEY,
    LARGE,
    MOMENT,
    NUMBER,
    SCORE,
    TEXT,
    columns,
    index,
    perhaps,
    primary,
    refers,
)


def make() -> None:
    _health()
    _jobs()
    _fresh()
    _opinion()
    _days_and_checks()


def _health() -> None:
    op.create_table(
        "trouble",
        *columns(KEY, "name"),
        *columns(TEXT, "what"),
        *columns(MOMENT, "since"),
        *columns(NUMBER, "times"),
        primary("trouble", "name"),
    )
    op.create_table(
        "alert",
        *columns(KEY, "kind"),
        *columns(TEXT, "what", "remedy"),
        *columns(FLAG, "grave"),
        *columns(MOMENT, "began_at"),
        *perhaps(MOMENT, "gone_at", "told_at"),
        *columns(KEY, "state"),
        primary("alert", "kind"),
    )


def _jobs() -> None:
    op.create_table(
        "job_run",
        *columns(KEY, "name"),
        *columns(MOMENT, "ended_at"),
        *columns(SCORE, "seconds"),
        primary("job_run", "name"),
    )
    op.create_table(
        "restore",
        *columns(NUMBER, "id"),
        *columns(MOMENT, "at"),
        *columns(FLAG, "mails_wait"),
        primary("restore", "id"),
    )


def _fresh() -> None:
    op.create_table("freshness", *columns(NUMBER, "id", "number"), primary("freshness", "id"))
    op.execute("INSERT INTO freshness (id, number) VALUES (1, 0)")
    op.create_table("stamp", *columns(KEY, "place"), *columns(LARGE, "stamp"), primary("stamp", "place"))


def _opinion() -> None:
    op.create_table(
        "opinion",
        *columns(NUMBER, "article_id"),
        *columns(KEY, "state"),
        *columns(DAY, "published"),
        *columns(MOMENT, "queued_at"),
        *perhaps(MOMENT, "next_try"),
        *columns(NUMBER, "tries"),
        *columns(TEXT, "reason", "model"),
        *columns(FLAG, "from_file"),
        *perhaps(MOMENT, "answered_at"),
        *columns(NUMBER, "input_tokens", "output_tokens"),
        *columns(TEXT, "fingerprint", "content", "raw"),
        *columns(BYTES, "request"),
        *columns(TEXT, "encoder_reading", "model_reading", default=EMPTY),
        *columns(FLAG, "differ", default=sa.false()),
        refers("opinion", "article_id", "article", "CASCADE"),
        primary("opinion", "article_id"),
    )
    index("opinion", "published", "article_id", where="next_try IS NOT NULL")
    index("opinion", "state", "published", "article_id")


def _days_and_checks() -> None:
    op.create_table(
        "opinion_day",
        *columns(DAY, "day"),
        *columns(KEY, "model"),
        *columns(NUMBER, "asked", "answered", "refused", "input_tokens", "output_tokens"),
        *perhaps(MOMENT, "quiet_until"),
        *columns(TEXT, "fault"),
        primary("opinion_day", "day", "model"),
    )
    op.create_table(
        "opinion_check",
        *columns(KEY, "model"),
        *columns(MOMENT, "at"),
        *columns(JSON, "figures"),
        *columns(TEXT, "rules", default=EMPTY),
        primary("opinion_check", "model"),
    )
    op.create_table(
        "opinion_check_answer",
        *columns(KEY, "model", "fingerprint"),
        *columns(DAY, "day"),
        *columns(TEXT, "content"),
        *columns(NUMBER, "input_tokens", "output_tokens"),
        primary("opinion_check_answer", "model", "fingerprint"),
    )
