"""Which versions of the schema this program knows."""

from pathlib import Path

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = max(path.name[1:5] for path in (MIGRATIONS / "versions").glob("v[0-9]*.py"))
"""The version of the schema that this program writes: `0014` of `v0014_what_it_does.py`."""
MIGRATION_LOCK = 7_321_654_870
"""Held by whoever upgrades a PostgreSQL database; any number that no other program takes for an advisory lock there."""
