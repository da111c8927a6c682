"""`verify` holds each official record against its row as it was fetched, and against today's table of actions."""

import json
import zlib
from hashlib import sha256

import pytest
from sqlalchemy import Engine, text
from sqlmodel import col, select, update

from db.engine import reading
from db.ops import record_audit
from db.ops.audit import check_entries, check_findings, check_pages
from db.sessions import session
from db.tables.sources import ActionMeaningRow
from db.tables.timeline import ArticleRow, PageRow
from support.sources.recorded import ACTIONS, NOW, PAGE, record_council
from tracker.read.records.kept_rows import NOT_IN_ROW, discrepancy

ADOPTED = f"{PAGE}#history-12"


@pytest.fixture
def source(engine: Engine) -> int:
    return record_council(engine)


def problems(engine: Engine) -> list[tuple[str, str]]:
    with reading(engine) as opened:
        batches = list(record_audit.check_records(opened))
        assert sum(count for count, _ in batches) == record_audit.count(opened) == 2
    return [(one.where, one.words) for _, found in batches for one in found]


def keep(engine: Engine, **changed: object) -> None:
    """Puts another row in the place of the adoption's, as sound as it was fetched."""
    body = json.dumps(ACTIONS[1] | changed).encode()
    values = {"packed": zlib.compress(body), "sha256": sha256(body).hexdigest(), "size": len(body)}
    with session(engine) as opened:
        key = opened.exec(select(ArticleRow.id).where(ArticleRow.url == ADOPTED)).one()
        opened.exec(update(PageRow).where(col(PageRow.article_id) == key).values(**values))


def test_where_all_is_well_nothing_is_said(engine: Engine, source: int) -> None:
    assert problems(engine) == []
    with reading(engine) as opened:
        whole = [*check_findings(opened), *check_entries(opened), *check_pages(opened)]
        assert [count for count, _ in whole] == [2, 2, 2]
        assert not any(found for _, found in whole)
        assert record_audit.without_row(opened) == ()


def test_a_record_whose_row_is_gone_is_named(engine: Engine, source: int) -> None:
    with session(engine) as opened:
        opened.connection().execute(text("DELETE FROM page WHERE url LIKE '%Histories'"))
    assert problems(engine) == [(f"{PAGE}#history-{n}", record_audit.NO_ROW) for n in (11, 12)]
    with reading(engine) as opened:
        assert record_audit.without_row(opened) == (f"{PAGE}#history-11", ADOPTED)


@pytest.mark.parametrize(
    "changed",
    [
        {"MatterHistoryActionDate": "2024-03-06T18:30:00"},
        {"MatterHistoryActionBodyName": "Plan Commission"},
        {"MatterHistoryActionName": "Withdrawn"},
    ],
    ids=str,
)
def test_a_row_that_says_something_else_is_named(engine: Engine, source: int, changed: dict[str, object]) -> None:
    keep(engine, **changed)
    assert problems(engine) == [(ADOPTED, NOT_IN_ROW)]


def test_a_vote_that_did_not_carry_is_no_adoption(engine: Engine, source: int) -> None:
    keep(engine, MatterHistoryPassedFlagName="Fail")
    ((where, words),) = problems(engine)
    assert where == ADOPTED
    assert words.startswith("its action 'ADOPTED' is rejected by today's table, not adopted; its matter is read anew")


def test_what_a_person_says_of_an_action_counts(engine: Engine, source: int) -> None:
    with session(engine) as opened:
        opened.add(ActionMeaningRow(source_id=source, words="adopted", name="Adopted", first_seen=NOW, meaning="none"))
    ((where, words),) = problems(engine)
    assert (where, words[:58]) == (ADOPTED, "its action 'ADOPTED' is no step by today's table, not adop")


@pytest.mark.parametrize(
    ("said", "row", "is_right"),
    [
        (
            "Oak County Sheriff, Ohio: Jail Enforcement Model, signed 2024-03-01",
            '["OHIO", "Oak  County Sheriff"]',
            True,
        ),
        ("Oak County Sheriff, Ohio: Jail Enforcement Model, signed 2024-03-01", '["OHIO", "Elm Police"]', False),
        ("24-1. Lamps\n\nIt starts in 30 days.", "Section 3. It starts in\n30 days.", True),
        ("24-1. Lamps\n\nIt starts in 30 days.", "Section 3. It starts in 60 days.", False),
    ],
)
def test_rows_of_the_sheet_and_texts_of_laws(said: str, row: str, is_right: bool) -> None:
    assert discrepancy(said, row, ()) == ("" if is_right else NOT_IN_ROW)
