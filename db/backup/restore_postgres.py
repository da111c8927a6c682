"""Restoring on PostgreSQL, by its own programs, in one transaction: what is there is kept as a schema of another name,
the copy becomes `public`, who gets mails and what they were told is taken over, and mails are held where it cannot be.
"""

import subprocess
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL

from db.backup.backup import KEPT_SCHEMAS, NEEDED, address_and_secret, client, run_client
from db.backup.carry_over import BETWEEN_LOOKS_S, CARRIED, LOOKS, DatabaseCounts, Restored, kept_name
from db.engine import migrate, open_database, reading
from db.failures import as_storage_errors, describe
from db.mail.doubtful_mails import PERHAPS_SENT
from db.sessions import session
from db.versions import refuse_unknown
from tracker.errors import StorageError

_OTHERS = """SELECT count(*), coalesce(string_agg(DISTINCT nullif(application_name, ''), ', '), '')
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
_ASIDE = 'BEGIN;\nALTER SCHEMA public RENAME TO "{kept}";\nCREATE SCHEMA public;\n'
_TAKE = """
DO $take$
DECLARE
    tables text[] := ARRAY[{tables}];
    name text; columns text; sequence text;
BEGIN
    IF to_regclass('{kept}.subscriber') IS NULL THEN
        RETURN;
    END IF;
    FOR i IN REVERSE array_length(tables, 1)..1 LOOP
        IF to_regclass('public.' || tables[i]) IS NOT NULL AND to_regclass('{kept}.' || tables[i]) IS NOT NULL THEN
            EXECUTE format('DELETE FROM public.%I', tables[i]);
        END IF;
    END LOOP;
    FOREACH name IN ARRAY tables LOOP
        SELECT string_agg(quote_ident(ours.column_name), ', ') INTO columns
        FROM information_schema.columns ours JOIN information_schema.columns theirs USING (table_name, column_name)
        WHERE ours.table_schema = 'public' AND theirs.table_schema = '{kept}' AND table_name = name;
        CONTINUE WHEN columns IS NULL;
        EXECUTE format('INSERT INTO public.%I (%s) SELECT %s FROM {kept}.%I', name, columns, columns, name);
        IF EXISTS (SELECT FROM information_schema.columns ours WHERE ours.table_schema = 'public'
                   AND ours.table_name = name AND ours.column_name = 'id' AND ours.data_type = 'integer') THEN
            sequence := pg_get_serial_sequence('public.' || name, 'id');
            EXECUTE format('SELECT setval(%L, greatest((SELECT max(id) FROM public.%I), 1))', sequence, name);
        END IF;
    END LOOP;
END
$take$;
"""
"""Takes over who gets mails and the like. What the copy does not know, being older, is left out; it is run again when
the copy was brought to this version."""
_NOTE = """
DO $note$
DECLARE
    carried boolean := to_regclass('{kept}.subscriber') IS NOT NULL;
BEGIN
    IF NOT carried THEN
        UPDATE public.message SET state = 'doubtful', next_try = NULL, error = '{doubt}'
        WHERE next_try IS NOT NULL OR state = 'sending';
    END IF;
    INSERT INTO public.restore (at, mails_wait) VALUES ('{now}', NOT carried AND EXISTS (
        SELECT FROM public.subscriber WHERE confirmed_at IS NOT NULL AND ended_at IS NULL AND suppressed_at IS NULL));
END
$note$;
COMMIT;
"""


def restore(url: URL, file: Path, now: datetime) -> Restored:
    """See `db.backup.restore.restore`. The role must own the database: it renames `public`."""
    _check(file, url)
    engine = open_database(url.render_as_string(hide_password=False))
    try:
        before, carried = _before(engine)
        kept = kept_name(now).replace("-", "_")
        assert kept.startswith(KEPT_SCHEMAS)
        _replace(url, file, kept, now)
        migrate(engine)
        with session(engine) as opened:
            opened.connection().exec_driver_sql(_take(kept).replace("%", "%%"))
        with reading(engine) as opened:
            after = _holds(opened.connection())
            waits = bool(opened.connection().exec_driver_sql("SELECT bool_or(mails_wait) FROM restore").scalar())
    finally:
        engine.dispose()
    return Restored(before, after, f"the schema {kept}", carried, waits)


def _check(file: Path, url: URL) -> None:
    """Reads all of the archive, and which version it is of."""
    listed = run_client(["pg_restore", "--list", str(file)], {}, f"{file}: the copy is damaged")
    missing = [table for table in NEEDED if f" TABLE DATA public {table} " not in listed]
    if missing:
        raise StorageError(f"{file}: not a copy of a tracker's database (no table {missing[0]}); name another")
    run_client(["pg_restore", "--file=/dev/null", str(file)], {}, f"{file}: the copy is damaged")
    command = ["pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(file)]
    rows = run_client(command, {}, f"{file}: the copy is damaged").partition("FROM stdin;\n")[2]
    refuse_unknown(str(file), rows.split("\n", 1)[0])
    client("psql")


def _before(engine: Engine) -> tuple[DatabaseCounts | None, bool]:
    """(what is there now, whether it knows who gets mails). Raises StorageError where others are connected."""
    with as_storage_errors(engine.url), engine.connect() as connection:
        _refuse_others(connection)
        known = {name for name in (*NEEDED, "subscriber") if connection.dialect.has_table(connection, name)}
        return (_holds(connection) if {"article", "entry"} <= known else None), "subscriber" in known


def _refuse_others(connection: Connection) -> None:
    """Whoever was ended just now is given a moment: the server notices a little later."""
    for _ in range(LOOKS):
        number, names = connection.exec_driver_sql(_OTHERS).one()
        if not number:
            return
        connection.rollback()  # within a transaction the server shows who was there when it began
        time.sleep(BETWEEN_LOOKS_S)
    who = f" ({names})" if names else ""
    where = describe(connection.engine.url)
    raise StorageError(f"database {where}: others are connected{who}; end the daemon and all workers first")


def _holds(connection: Connection) -> DatabaseCounts:
    counts = connection.exec_driver_sql("SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM entry)").one()
    return DatabaseCounts(*counts)


def _replace(url: URL, file: Path, kept: str, now: datetime) -> None:
    """Whoever is killed here leaves everything as it was: without its last line nothing of the script is done."""
    plain, secret = address_and_secret(url)
    command = [client("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={plain}"]
    read = [client("pg_restore"), "--no-owner", "--no-privileges", "--schema=public", "--file=-", str(file)]
    last = _take(kept) + _NOTE.format(kept=kept, now=now.isoformat(), doubt=PERHAPS_SENT)
    with (
        subprocess.Popen(  # noqa: S603 - a fixed program, no shell
            command, env=secret, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        ) as writer,
        subprocess.Popen(read, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reader,  # noqa: S603
    ):
        assert writer.stdin
        assert writer.stderr
        with suppress(BrokenPipeError):  # psql has ended, and says why
            _feed(writer.stdin, _ASIDE.format(kept=kept), reader, last)
        told = " ".join(writer.stderr.read().decode(errors="replace").split())
    if writer.returncode or reader.returncode:
        why = told or "pg_restore cannot read it"
        raise StorageError(f"database {describe(url)}: {file} was not restored, nothing was changed: {why}")


def _take(kept: str) -> str:
    return _TAKE.format(kept=kept, tables=", ".join(f"'{name}'" for name in CARRIED))


def _feed(into: IO[bytes], first: str, reader: "subprocess.Popen[bytes]", last: str) -> None:
    """The last lines, which make it count, only after a whole copy."""
    assert reader.stdout
    with into:
        into.write(first.encode())
        while chunk := reader.stdout.read(1 << 16):
            into.write(chunk)
        if reader.wait() == 0:
            into.write(last.encode())
