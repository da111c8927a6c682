"""What an article has of a council's file is found whether the article or the record came first, and nothing of it is
left when the record changes or the article is read again."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Engine, select

from db.articles import articles
from db.desk import browsing
from db.engine import reading
from db.ops import audit
from db.readings import record_readings
from db.sessions import session
from db.sources import records
from db.tables.sources import RecordRow
from db.timeline.findings import findings_of
from db.timeline.timelines import entries
from support.timeline.cases import MILWAUKEE, recorded
from tracker.model import Article, Entry, Evidence, Finding, Reading, Record, Witness
from tracker.read.records.findings import ReadRecord

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
TELLS = "At the same meeting members chose to turn away detainer requests of federal immigration officers."
NEWS = Article(
    id="", url="https://lake.example/1", title="Boat slips cost more", published=date(2017, 6, 22),
    text=f"The Common Council raised fees for boat slips on Wednesday.\n\n{TELLS}", source_home=MILWAUKEE,
)  # fmt: skip


def council(engine: Engine, *items: Evidence) -> None:
    """The rows of a council come."""
    found = [
        ReadRecord(
            Record(
                id="", url=item.url, title=item.title, text=item.finding.quote, published=item.published,
                publisher=item.publisher, source_home=MILWAUKEE, matter=item.matter, record=item.record,
            ),
            (item.finding,), "", item.url,
        )
        for item in items
    ]  # fmt: skip
    with session(engine) as opened:
        records.record_rows(opened, None, found, NOW)  # type: ignore[arg-type]  # whose they are is no matter here


def news(engine: Engine, findings: Sequence[Finding] = (), score: float = 0.3) -> int:
    """The article is read, with these findings."""
    with session(engine) as opened:
        key, _ = articles.store_article(opened, NEWS, NOW)
    with session(engine) as opened:
        found = articles.article(opened, key)
        assert found
        told = Reading(id=str(key), is_change=bool(findings), score=score, reason="read", findings=tuple(findings))
        record_readings(opened, [(found, told, "r1")], NOW)
    return key


def told(engine: Engine) -> list[tuple[str, str, list[str]]]:
    """Stage, date and the quotes of each entry."""
    with reading(engine) as opened:
        found: list[Entry] = list(entries(opened))
    return [(one.stage.value, str(one.date), [item.finding.quote for item in one.evidence]) for one in found]


def test_record_and_article_come_together_in_either_order(engine: Engine) -> None:
    council(engine, recorded())
    news(engine)
    ((stage, day, quotes),) = told(engine)
    assert (stage, day, quotes[1:]) == ("adopted", "2017-06-21", [TELLS])
    with reading(engine) as opened:
        assert not [wrong for _, found in audit.check_findings(opened) for wrong in found]


def test_an_article_that_was_there_before_its_record_joins_it(engine: Engine) -> None:
    news(engine)
    assert told(engine) == []
    council(engine, recorded())
    assert [quotes[1:] for _, _, quotes in told(engine)] == [[TELLS]]
    council(engine, recorded())
    assert [quotes[1:] for _, _, quotes in told(engine)] == [[TELLS]]


def test_another_file_that_fits_as_well_takes_it_away_again(engine: Engine) -> None:
    council(engine, recorded())
    key = news(engine)
    council(engine, recorded(file="170399"))
    assert [len(quotes) for _, _, quotes in told(engine)] == [1, 1]
    with reading(engine) as opened:
        assert findings_of(opened, key) == {}


def test_reading_again_doubles_nothing_and_a_record_that_is_taken_back_leaves_nothing(engine: Engine) -> None:
    council(engine, recorded())
    for _ in range(2):
        key = news(engine)
    assert [len(quotes) for _, _, quotes in told(engine)] == [2]
    with session(engine) as opened:
        records.take_back(opened, list(opened.scalars(select(RecordRow.article_id))), NOW)
    with reading(engine) as opened:
        shown = browsing.article(opened, key)
        assert shown
        assert not shown[2]
        assert not [entry for entry in entries(opened) if entry.evidence]
        assert [one.witness for one in findings_of(opened, key).values()] == [Witness.RECORD]


def test_an_article_that_hardly_tells_of_a_change_is_not_looked_at(engine: Engine) -> None:
    council(engine, recorded())
    news(engine, score=0.02)
    assert [len(quotes) for _, _, quotes in told(engine)] == [1]
