"""Why an official record is the step that it is, or why a matter has none."""

import pytest
from sqlalchemy import Engine

from db.articles import articles
from db.engine import reading
from db.sources import records
from jobs.reading import record_explanation
from support.sources.recorded import BASE, PAGE, record_council


@pytest.fixture
def source(engine: Engine) -> int:
    return record_council(engine)


def lines(engine: Engine, url: str) -> list[str]:
    with reading(engine) as opened:
        key = articles.known_article(opened, url)
        held = records.held_record(opened, key) if key else None
        if key and held:
            return list(record_explanation.of_record(opened, key, held))
        return list(record_explanation.of_matter(opened, url))


def test_the_row_the_line_of_the_table_and_the_step(engine: Engine, source: int) -> None:
    assert lines(engine, f"{PAGE}#history-12") == [
        "24-1: An ordinance to require lamps on carts at night",
        "official record, matter 24-1, row 12, of Oakford Common Council",
        f"fetched on March 9, 2024: {PAGE}/Histories",
        "row as fetched: “ADOPTED”, 2024-03-05, Common Council",
        "table: “adopted” by council is adopted (actions.toml)",
        "step: adopted 2024-03-05 (stated), Madison",
    ]


def test_a_matter_by_its_page_has_its_records_or_says_why_it_has_none(engine: Engine, source: int) -> None:
    followed, aside = lines(engine, PAGE), lines(engine, f"{BASE}/Matters/2")
    assert followed[1:] == [
        "about a standing rule (Streets), and followed",
        f"       {PAGE}#history-11",
        f"       {PAGE}#history-12",
    ]
    assert aside[1:] == ["put aside: by title, type and summary it is about no standing rule"]
    assert lines(engine, f"{BASE}/Matters/3") == lines(engine, "https://news.example/story") == []
