"""What articles say and what is made of it: findings, policies, entries, their evidence and their revisions."""

import sqlalchemy as sa
from alembic import op

from db.migrations.first.columns import (
    EMPTY,
    FLAG,
    JSON,
    KEY,
    MOMENT,
    NUMBER,
    SCORE,
    TEXT,
    columns,
    index,
    perhaps,
    primary,
    refers,
    unique,
)


def make() -> None:
    _policy()
    _entry()
    _finding()
    _evidence()
    _act()
    _revisions()
    _moved()


def _policy() -> None:
    op.create_table(
        "policy",
        *columns(KEY, "id"),
        *columns(TEXT, "name"),
        *columns(KEY, "jurisdiction"),
        *columns(TEXT, "topic"),
        *columns(FLAG, "name_locked"),
        primary("policy", "id"),
    )
    index("policy", "jurisdiction")


def _entry() -> None:
    op.create_table(
        "entry",
        *columns(KEY, "id", "policy", "jurisdiction"),
        *columns(TEXT, "jurisdiction_name"),
        *columns(JSON, "candidates"),
        *columns(TEXT, "body", "instrument", "identifier", "topic", "subject"),
        *columns(KEY, "stage", "date", "basis"),
        *columns(TEXT, "title"),
        *columns(KEY, "status"),
        *columns(SCORE, "score"),
        *columns(NUMBER, "revision"),
        *columns(JSON, "locked"),
        *columns(SCORE, "need"),
        *columns(KEY, "effect", "direction", default=EMPTY),
        refers("entry", "policy", "policy"),
        primary("entry", "id"),
    )
    for names in (("date", "id"), ("jurisdiction", "date", "id"), ("need",), ("policy",)):
        index("entry", *names)


def _finding() -> None:
    op.create_table(
        "finding",
        *columns(TEXT, "jurisdiction_name", "body", "instrument", "identifier", "topic", "subject"),
        *perhaps(KEY, "jurisdiction"),
        *columns(JSON, "candidates"),
        *columns(KEY, "stage", "date", "basis"),
        *columns(TEXT, "quote"),
        *columns(NUMBER, "start", "end"),
        *columns(SCORE, "score"),
        *columns(FLAG, "primary"),
        *columns(NUMBER, "id", "article_id", "ordinal"),
        *columns(KEY, "effect", "direction", default=EMPTY),
        *columns(FLAG, "moved", default=sa.false()),
        *columns(TEXT, "before", "after", "marks", default=EMPTY),
        *columns(TEXT, "factuality", default="asserted"),
        *columns(TEXT, "witness", default="encoder"),
        refers("finding", "article_id", "article", "CASCADE"),
        primary("finding", "id"),
        unique("finding", "article_id", "ordinal"),
    )
    index("finding", "jurisdiction", "stage")


def _evidence() -> None:
    op.create_table(
        "evidence",
        *columns(NUMBER, "finding_id"),
        *columns(KEY, "entry_id"),
        refers("evidence", "entry_id", "entry"),
        refers("evidence", "finding_id", "finding", "CASCADE"),
        primary("evidence", "finding_id"),
    )
    index("evidence", "entry_id")


def _act() -> None:
    op.create_table(
        "act",
        *columns(NUMBER, "id"),
        *columns(MOMENT, "at"),
        *columns(TEXT, "actor"),
        *columns(KEY, "kind", "target"),
        *columns(TEXT, "reason"),
        *perhaps(NUMBER, "takes_back"),
        *columns(JSON, "before", "pieces"),
        primary("act", "id"),
    )
    index("act", "target")


def _revisions() -> None:
    for table, owner, act in (("revision", "entry", perhaps), ("policy_revision", "policy", columns)):
        op.create_table(
            table,
            *columns(NUMBER, "number"),
            *columns(MOMENT, "at"),
            *columns(TEXT, "actor", "reason"),
            *columns(JSON, "changes"),
            *columns(KEY, f"{owner}_id"),
            *act(NUMBER, "act_id"),
            refers(table, f"{owner}_id", owner),
            refers(table, "act_id", "act"),
            primary(table, f"{owner}_id", "number"),
        )
        index(table, "act_id")
    index("revision", "at", "entry_id")


def _moved() -> None:
    op.create_table(
        "moved_entry",
        *columns(KEY, "place", "entry_id"),
        refers("moved_entry", "entry_id", "entry"),
        primary("moved_entry", "place", "entry_id"),
    )
    index("moved_entry", "entry_id")
