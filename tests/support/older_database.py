"""Databases of earlier versions: what came later is taken out of one of today."""

from sqlalchemy import Connection

ADDED = (
    ("0007", "article", "published_basis"),
    *(("0010", "finding", column) for column in ("effect", "direction", "policy_vector")),
    ("0012", "finding", "moved"),
    *(("0013", "entry", column) for column in ("effect", "direction")),
    ("0015", "item", "publisher"),
    ("0016", "item", "screened_by"),
    ("0019", "article", "byline"),
    *(("0030", "finding", column) for column in ("before", "after", "marks")),
    *(("0031", "subscriber", column) for column in ("paused_at", "paused_by")),
    ("0033", "subscription", "within"),
    ("0034", "finding", "factuality"),
    ("0035", "finding", "witness"),
    ("0038", "opinion_check", "rules"),
)
"""(version, table, column) of what migrations added to tables that were there. A new column is one line more."""

INDEXES = (("0016", "ix_item_screened_by_feed_id"),)
"""(version, index) of those on such columns; SQLite drops no column that an index holds."""

TABLES = (
    ("0017", "page"),
    ("0018", "feed_address"),
    ("0018", "article_address"),
    ("0020", "job_run"),
    ("0021", "restore"),
    ("0022", "alert"),
    ("0024", "erased_address"),
    ("0025", "withholding"),
    ("0026", "remark"),
    ("0027", "desk_session"),
    ("0027", "desk_user"),
    ("0028", "stamp"),
    ("0023", "host_turn"),
    ("0023", "host_lease"),
    ("0036", "opinion"),
    ("0036", "opinion_day"),
    ("0036", "opinion_check"),
    ("0038", "opinion_check_answer"),
)
"""(version, table) of those that came since 0016."""


SEARCH = "0029"
"""The version that brought the search: triggers, and tables that hold nothing of their own."""


def make_older(connection: Connection, version: str) -> None:
    """Drops the columns of later versions, and the tables since 0016; the database then says that it is of `version`.
    Older tables of later versions are the caller's to drop."""
    if version < SEARCH:
        _drop_search(connection)
    for since, index in INDEXES:
        if since > version:
            connection.exec_driver_sql(f"DROP INDEX IF EXISTS {index}")
    for since, table, column in ADDED:
        if since > version:
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
    for since, table in TABLES:
        if since > version:
            connection.exec_driver_sql(f"DROP TABLE {table}")
    if "0012" <= version < "0034":
        connection.exec_driver_sql("ALTER TABLE finding ADD COLUMN given_up BOOLEAN NOT NULL DEFAULT false")
    connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")


def _drop_search(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        query = "SELECT proname FROM pg_proc WHERE proname LIKE 'search\\_%%' AND prorettype = 'trigger'::regtype"
        for name in connection.exec_driver_sql(query).scalars().all():
            connection.exec_driver_sql(f"DROP FUNCTION {name} CASCADE")
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search_%'"
        for name in connection.exec_driver_sql(query).scalars().all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("DROP TABLE search_text")
    for table in ("name", "stale", "state", "doc", "word"):
        connection.exec_driver_sql(f"DROP TABLE search_{table}")
