"""What each place gives to the report's pages about many (`db.report`): it was kept in the folder of the report."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
INDEXES = (
    ("report_place", "state", ["state", "id"]),
    ("report_policy", "topic", ["topic", "state", "stage", "word", "place", "entries"]),
    ("report_entry", "reported", ["reported", "date"]),
    ("report_entry", "topic", ["topic", "reported", "date", "stage"]),
    ("report_entry", "state", ["state", "topic", "reported", "date"]),
    ("report_entry", "comes", ["comes"]),
    ("report_entry", "year", ["year", "month", "stage"]),
)


def tables() -> dict[str, tuple[sa.Column[Any], ...]]:
    return {
        "report_place": (
            sa.Column("id", KEY, primary_key=True),
            sa.Column("stamp", sa.BigInteger()),
            *(sa.Column(name, sa.String()) for name in ("basis", "day", "until")),
            sa.Column("has_feed", sa.Boolean()),
            sa.Column("mark", sa.String()),
            sa.Column("listed", sa.Boolean()),
            *(sa.Column(name, KEY) for name in ("state", "name", "kind", "address")),
            *(sa.Column(name, sa.Integer()) for name in ("policies", "entries")),
            sa.Column("latest", sa.String()),
            *(sa.Column(name, sa.Float()) for name in ("latitude", "longitude")),
            *(sa.Column(name, sa.String()) for name in ("standings", "topics", "sureness")),
        ),
        "report_policy": (
            sa.Column("place", KEY, primary_key=True),
            sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
            *(sa.Column(name, KEY) for name in ("state", "id", "topic")),
            sa.Column("name", sa.String()),
            *(sa.Column(name, KEY) for name in ("stage", "word")),
            *(sa.Column(name, sa.String()) for name in ("details", "directions")),
            sa.Column("entries", sa.Integer()),
        ),
        "report_entry": (
            sa.Column("place", KEY, primary_key=True),
            sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
            *(sa.Column(name, KEY) for name in ("state", "id", "policy", "topic", "stage")),
            *(sa.Column(name, sa.Integer()) for name in ("year", "month")),
            *(sa.Column(name, KEY) for name in ("reported", "date", "comes")),
        ),
    }


def upgrade() -> None:
    for table in ("revision", "policy_revision"):  # the first tables had none for a day
        op.create_index(f"ix_{table}_act_id", table, ["act_id"], if_not_exists=True)
    for table, columns_of in tables().items():
        op.create_table(table, *columns_of)
    for table, name, columns in INDEXES:
        op.create_index(f"ix_{table}_{name}", table, columns)
