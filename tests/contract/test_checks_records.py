"""The doctor on official records: each has its row as it was fetched."""

from sqlalchemy import Engine, text

from db.engine import reading
from db.sessions import session
from jobs.checks.check import Passed, Problem, Result
from jobs.checks.records import check_rows
from support.sources.recorded import PAGE, record_council


def found(engine: Engine) -> list[Result]:
    with reading(engine) as opened:
        return list(check_rows(opened))


def test_where_there_is_no_record_nothing_is_said(engine: Engine) -> None:
    assert found(engine) == []


def test_records_are_counted_and_those_without_their_row_named(engine: Engine) -> None:
    record_council(engine)
    assert found(engine) == [Passed("records", "2 official records with the row as fetched")]
    with session(engine) as opened:
        opened.connection().execute(text("DELETE FROM page"))
    (problem,) = found(engine)
    assert isinstance(problem, Problem)
    assert problem.what.startswith(f"2 of 2 official records without the row as fetched, {PAGE}#history-11")
