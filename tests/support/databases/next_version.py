"""A program of the next version, made up: this one, with a migration more. What it knows of databases of the version
before, and how it upgrades them, is tested by it."""

import shutil
from pathlib import Path

import pytest

from db import versions

BEFORE = versions.NEWEST
NEXT = f"{int(BEFORE) + 1:04}"
MIGRATION = f'''
"""How subscribers feel, and withholdings, where a test took them out; SQLite makes the first table anew for it."""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{BEFORE}"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    anew = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("subscriber", recreate=anew) as table:
        table.add_column(sa.Column("mood", sa.String(), nullable=False, server_default="fine"))
    op.create_table(
        "withholding",
        sa.Column("id", KEY, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "text")),
        sa.Column("url", KEY, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("start", "end")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("actor", "reason")),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("released_by", "released_why")),
        sa.PrimaryKeyConstraint("id", name="pk_withholding"),
        if_not_exists=True,
    )
'''


def know_next_version(monkeypatch: pytest.MonkeyPatch, folder: Path, migration: str = MIGRATION) -> None:
    """From now on this process is a program of the next version; its migrations lie in the folder."""
    shutil.copytree(versions.MIGRATIONS, folder / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "migrations" / "versions" / f"v{NEXT}_mood.py").write_text(migration, "utf-8")
    monkeypatch.setattr(versions, "MIGRATIONS", folder / "migrations")
    monkeypatch.setattr(versions, "KNOWN", (*versions.KNOWN, NEXT))
    monkeypatch.setattr(versions, "NEWEST", NEXT)
