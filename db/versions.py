"""Which versions of the schema this program knows. Databases of any other are refused, in one line that says why."""

from pathlib import Path

from tracker.errors import StorageError

MIGRATIONS = Path(__file__).parent / "migrations"
KNOWN = tuple(sorted(path.name[1:5] for path in (MIGRATIONS / "versions").glob("v[0-9]*.py")))
"""`0100` of `v0100_first_tables.py`, and what came after it."""
NEWEST = KNOWN[-1]
"""The version of the schema that this program writes."""
MIGRATION_LOCK = 7_321_654_870
"""Held by whoever upgrades a PostgreSQL database; any number that no other program takes for an advisory lock there."""


def refuse_unknown(what: str, version: str) -> None:
    """Raises StorageError for a version that only a newer program knows, and for those from before the first release,
    which no program reads any more. `what` is a database or a copy of one."""
    if version in KNOWN:
        return
    if version > NEWEST:
        raise StorageError(
            f"{what}: a newer version of the tracker wrote it ({version}, this one knows {NEWEST}): "
            "upgrade this program"
        )
    raise StorageError(
        f"{what}: its version {version} is from before the first release and cannot be read: begin with a new data_dir "
        "or database_url; feeds come along by `tracker feeds export` of the program that wrote it, and then "
        "`tracker feeds import`"
    )
