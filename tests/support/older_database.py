"""Databases of earlier versions: what came later is taken out of one of today."""

from sqlalchemy import Connection

ADDED = (
    ("0007", "article", "published_basis"),
    *(("0010", "finding", column) for column in ("effect", "direction", "policy_vector")),
    *(("0012", "finding", column) for column in ("moved", "given_up")),
    *(("0013", "entry", column) for column in ("effect", "direction")),
    ("0015", "item", "publisher"),
)
"""(version, table, column) of what migrations added to tables that were there. A new column is one line more."""


def make_older(connection: Connection, version: str) -> None:
    """Drops the columns of later versions; the database then says that it is of `version`. Tables of later versions are
    the caller's to drop."""
    for since, table, column in ADDED:
        if since > version:
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
    connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")
