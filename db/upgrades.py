"""Upgrades of the schema, by Alembic: loaded only where there is one to make (`db.engine.migrate`)."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from db import versions
from db.failures import describe
from db.schema import SCHEMA
from tracker.errors import StorageError


def upgrade(engine: Engine, reader: Engine) -> None:
    """Brings the schema to this program's version, in one transaction; `reader` is the same engine, but that its
    transactions take no lock for writing. Raises StorageError where another program, or a version that is not known,
    wrote the database."""
    config = Config()
    config.set_main_option("script_location", str(versions.MIGRATIONS).replace("%", "%%"))
    with reader.connect() as connection:
        current = _is_current(connection, config)
    if not current:
        with engine.connect() as connection:
            _upgrade(connection, config)


def _is_current(connection: Connection, config: Config) -> bool:
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.walk_revisions()}
    found = set(MigrationContext.configure(connection).get_current_heads())
    for version in sorted(found - known):
        versions.refuse_unknown(f"database {describe(connection.engine.url)}", version)
    return found == set(scripts.get_heads())


def _upgrade(connection: Connection, config: Config) -> None:
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        # Rebuilding a table (all that SQLite offers) drops it; with foreign keys on, that would delete what refers
        # to it. The pragma works only before BEGIN, so it goes past SQLAlchemy.
        connection.connection.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            if not sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({versions.MIGRATION_LOCK})")
            _refuse_foreign_tables(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise StorageError(f"database {describe(connection.engine.url)}: rows refer to rows that are gone")
    finally:
        # The pool must not hand this connection on with foreign keys off.
        connection.invalidate()


def _refuse_foreign_tables(connection: Connection) -> None:
    """Another program's database is left alone. Run under the lock: the tables of a migration come with its version."""
    taken = set(inspect(connection).get_table_names()) & set(SCHEMA.tables)
    if taken and not MigrationContext.configure(connection).get_current_heads():
        where, tables = describe(connection.engine.url), ", ".join(sorted(taken))
        raise StorageError(f"database {where}: another program made its tables {tables}: name an empty database")
