"""How the first tables are written down. The types are SQLAlchemy's own: what a migration makes must not change when
ours do. Shared only by the modules beside this one; a later migration brings its own."""

from typing import Any

import sqlalchemy as sa
from alembic import op

TEXT = sa.String()
KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
NUMBER, LARGE, SCORE, FLAG, DAY, JSON, BYTES = (
    sa.Integer(),
    sa.BigInteger(),
    sa.Float(),
    sa.Boolean(),
    sa.Date(),
    sa.JSON(),
    sa.LargeBinary(),
)
EMPTY = sa.text("''")


def columns(kind: Any, *names: str, default: Any = None) -> list[sa.Column[Any]]:
    """Columns that hold something in every row; `default` is the database's own."""
    return [sa.Column(name, kind, nullable=False, server_default=default) for name in names]


def perhaps(kind: Any, *names: str) -> list[sa.Column[Any]]:
    """Columns that may be NULL."""
    return [sa.Column(name, kind, nullable=True) for name in names]


def primary(table: str, *names: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*names, name=f"pk_{table}")


def unique(table: str, *names: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*names, name=f"uq_{table}_{'_'.join(names)}")


def refers(table: str, name: str, other: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    """To the key `id` of the other table."""
    return sa.ForeignKeyConstraint([name], [f"{other}.id"], name=f"fk_{table}_{name}_{other}", ondelete=ondelete)


def index(table: str, *names: str, where: str | None = None) -> None:
    """Of those rows alone that `where` names, if given."""
    some: dict[str, Any] = {} if where is None else {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}
    op.create_index(f"ix_{table}_{'_'.join(names)}", table, list(names), **some)
