"""How values become columns, and failures become sentences, without any database."""

import sqlite3
from datetime import UTC, datetime

import pytest
from sqlalchemy import UniqueConstraint, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError

from db.columns import AsJson, AsText
from db.failures import describe, explain
from db.mapping import Fields
from db.tables.timeline import EntryRow, EvidenceRow, FindingRow, PolicyRow, RevisionRow, TableRow
from db.values import Feed
from tracker.model import Change, Direction, Effect, Entry, Finding, Policy, Revision, Stage, Value
from tracker.partial_date import PartialDate

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("column", "value", "stored"),
    [
        (AsText(PartialDate.parse), PartialDate(2017), "2017"),
        (AsText(PartialDate.parse), PartialDate(2017, 6), "2017-06"),
        (AsText(PartialDate.parse), PartialDate(2017, 7, 6), "2017-07-06"),
        (AsText(PartialDate.parse), None, ""),
        (AsText(Stage), Stage.ADOPTED, "adopted"),
        (AsText(Effect), Effect.BANS, "bans"),
        (AsText(Direction), None, ""),
        (AsJson(tuple[str, ...]), ("b", "a"), ["b", "a"]),
        (AsJson(tuple[str, ...]), (), []),
        (AsJson(frozenset[str]), frozenset({"title", "date"}), ["date", "title"]),
        (AsJson(tuple[Change, ...]), (Change(field="f", old="", new="n"),), [{"field": "f", "old": "", "new": "n"}]),
    ],
)
def test_a_value_is_stored_plainly_and_comes_back(column: AsText | AsJson, value: object, stored: object) -> None:
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        assert column.process_bind_param(value, dialect) == stored
        assert column.process_result_value(stored, dialect) == value


@pytest.mark.parametrize(
    ("table", "value", "told_elsewhere"),
    [
        (FindingRow, Finding, set()),
        (EntryRow, Entry, {"evidence", "revisions", "policy_name", "standing", "standing_line"}),
        (PolicyRow, Policy, {"entries"}),
        (RevisionRow, Revision, {"act"}),
    ],
)
def test_every_field_of_a_value_has_a_column(
    table: type[TableRow], value: type[Value], told_elsewhere: set[str]
) -> None:
    assert set(Fields(table, value).names) == set(value.model_fields) - told_elsewhere


def test_every_constraint_has_a_name_by_which_a_migration_can_drop_it() -> None:
    tables = EvidenceRow.metadata.sorted_tables
    assert [c for table in tables for c in (*table.constraints, *table.indexes) if not c.name] == []


def test_every_foreign_key_leads_an_index_so_that_deleting_what_it_names_scans_nothing() -> None:
    bare = []
    for table in EvidenceRow.metadata.sorted_tables:
        keys = [table.primary_key, *table.indexes, *(c for c in table.constraints if isinstance(c, UniqueConstraint))]
        leading = {next(iter(key.columns)).name for key in keys}
        bare += [f"{table}.{key.parent.name}" for key in table.foreign_keys if key.parent.name not in leading]
    assert bare == []


@pytest.mark.parametrize(
    ("told", "state"),
    [({}, "active"), ({"errors": 1}, "failing"), ({"errors": 3, "retired_at": NOW}, "retired")],
)
def test_the_state_of_a_feed_in_a_word(told: dict[str, object], state: str) -> None:
    assert Feed.model_validate({"url": "https://a.example/", "added_at": NOW} | told).state == state


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:////var/lib/tracker.db", "/var/lib/tracker.db"),
        ("sqlite://", ":memory:"),
        ("postgresql+psycopg://me:secret@h:5433/news", "postgresql://me:***@h:5433/news"),
    ],
)
def test_a_database_is_named_without_its_password(url: str, shown: str) -> None:
    assert describe(make_url(url)) == shown


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (sqlite3.SQLITE_FULL, "disk is full"),
        (sqlite3.SQLITE_READONLY, "cannot be written"),
        (sqlite3.SQLITE_IOERR_WRITE, "disk cannot be read or written"),
        (sqlite3.SQLITE_CORRUPT, "damaged: end the daemon and put your newest backup in its place"),
        (sqlite3.SQLITE_NOTADB, "not a database, or its beginning is damaged"),
    ],
)
def test_a_failure_of_sqlite_is_explained_by_its_code(code: int, said: str) -> None:
    cause = sqlite3.OperationalError("anything")
    cause.sqlite_errorcode = code
    assert said in (explain(OperationalError("", {}, cause)) or "")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        *(("53100", "out of disk"), ("25006", "accepts no writes"), ("57P01", "stopping"), ("XX001", "damaged")),
        *(("XX002", "REINDEX"), ("XX000", ""), ("23505", ""), ("42601", "")),
    ],
)
def test_a_failure_of_postgresql_is_explained_by_its_state_and_a_bug_is_not(state: str, said: str) -> None:
    cause = type("Failed", (Exception,), {"sqlstate": state})()
    explained = explain(OperationalError("", {}, cause))
    assert said in explained if said and explained else explained is None
