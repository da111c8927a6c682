"""Whether PostgreSQL's `pg_dump` is here and can copy the server: it copies none that is newer than itself."""

import re
import shutil
import subprocess

from sqlalchemy import Engine

from db.failures import as_storage_errors
from tracker.errors import StorageError

_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
"""`pg_dump (PostgreSQL) 17.2 (Debian 17.2-1)`: the number that counts is the first."""


def flaw(engine: Engine) -> str:
    """Why no copy can be made, and what to install; nothing where one can, and of SQLite."""
    if engine.dialect.name == "sqlite":
        return ""
    server, program = _server(engine), shutil.which("pg_dump")
    if program is None:
        return f"pg_dump is not installed; {_install(server)}"
    own = _own(program)
    if own and own < server:
        return f"pg_dump of PostgreSQL {own} cannot copy a server of version {server}; {_install(server)}"
    return ""


def _install(server: int) -> str:
    version = f"-{server}" if server else ""
    what = "or PostgreSQL's client programs of that version" if server else "or PostgreSQL's client programs"
    return f"install the package postgresql-client{version} ({what}), or make the copy on the server"


def _server(engine: Engine) -> int:
    """0 where it does not answer, which others say better."""
    try:
        with as_storage_errors(engine.url), engine.connect() as connection:
            told = connection.dialect.server_version_info or (0,)
    except StorageError:
        return 0
    return int(told[0])


def _own(program: str) -> int:
    """0 where it does not tell: then it is tried."""
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - fixed
    found = _VERSION.search(done.stdout)
    return int(found[1]) if found else 0
