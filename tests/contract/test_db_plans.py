"""The hot queries step into an index; none walks through a table that grows."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from db.articles import articles, leases
from db.engine import open_database, reading
from db.feeds import feeds, items
from db.opinions import opinions
from db.ops import vitals
from db.people import decisions, remarks
from db.people.review_queue import doubtful
from db.sessions import session
from db.timeline import act_log, entries, findings, places, recorder, timelines
from db.timeline.filters import EntryFilter
from db.timeline.timelines import entries as matching_entries
from support.databases import recording
from tracker.gather.feeds.parser import FeedItem
from tracker.model import Article, Finding, Stage
from tracker.partial_date import PartialDate

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WI = "ocd-division/country:us/state:wi"
PLACE = f"{WI}/place:milwaukee"
ITEM = FeedItem(guid="a", url="https://news.example/a", title="A")
ARTICLE = Article(id="", url="https://news.example/a", text="Voted.", published=date(2026, 2, 28))
FINDING = Finding.model_validate(
    {"jurisdiction": PLACE, "jurisdiction_name": "Milwaukee", "stage": "adopted", "basis": "reported"}
    | {"quote": "Voted.", "start": 0, "end": 6, "score": 1}
)


READ_WHOLE = "FROM withholding"
"""A handful of people's decisions, all of which are wanted each time."""


@pytest.fixture
def sqlite(migrated_sqlite: str, copy_of: Callable[[str], str]) -> Engine:
    # SQLite only: plans are told in each engine's own words; small tables are always scanned by PostgreSQL
    return open_database(copy_of(migrated_sqlite))


def plans(engine: Engine, act: Callable[[Session], object]) -> list[tuple[str, str]]:
    """Each statement that `act` runs, with the steps by which SQLite would run it."""
    ran: list[tuple[str, object]] = []
    with session(engine) as opened:
        event.listen(engine, "before_cursor_execute", lambda *told: ran.append((told[2], told[3])))
        act(opened)
        explained = [statement for statement in list(ran) if statement[0].split()[0] in ("SELECT", "UPDATE", "DELETE")]
        cursor = opened.connection().connection.cursor()
        return [
            (sql, str(row[3]))
            for sql, values in explained
            if READ_WHOLE not in sql
            for row in cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
        ]


@pytest.mark.parametrize(
    "act",
    [
        lambda s: feeds.due(s, NOW),
        lambda s: feeds.add(s, "https://a.example/", NOW),
        lambda s: recording.add_items(s, feeds.add(s, "https://a.example/", NOW)[0].id, [ITEM], NOW),
        lambda s: items.items_to_fetch(s, NOW, 10),
        lambda s: items.fail_item(s, 1, "", None),
        lambda s: articles.store_article(s, ARTICLE, NOW),
        lambda s: articles.article_id(s, ARTICLE.url),
        lambda s: articles.unread(s, 10),
        lambda s: articles.reader_versions(s),
        lambda s: articles.waiting(s, "1", 10),
        lambda s: articles.unreadable(s),
        lambda s: vitals.of_articles(s),
        lambda s: vitals.waiting_mails(s),
        lambda s: leases.take(s, [articles.store_article(s, ARTICLE, NOW)[0]], "run"),
        lambda s: leases.release(s, [1, 2]),
        lambda s: opinions.queue(s, {articles.store_article(s, ARTICLE, NOW)[0]: NOW.date()}, NOW),
        lambda s: opinions.claim(s, NOW, 2, timedelta(minutes=1)),
        lambda s: opinions.begin_request(s, 1, "{}", "f", "m", NOW.date(), 5),
        lambda s: opinions.answers(s, [1, 2]),
        lambda s: opinions.answered_articles(s, "m", 10),
        lambda s: opinions.waits_since(s, NOW),
        lambda s: opinions.forget(s, [1, 2]),
        lambda s: articles.read_by(s, "1", since=date(2026, 1, 1)),
        lambda s: articles.count_read_by(s, "1"),
        lambda s: findings.replace_findings(s, articles.store_article(s, ARTICLE, NOW)[0], [FINDING]),
        lambda s: findings.evidence_by_key(s, PLACE),
        lambda s: findings.evidence_of_articles(s, [1, 2]),
        lambda s: places.load_places(s, [PLACE]),
        lambda s: recorder.record(s, articles.store_article(s, ARTICLE, NOW)[0], [FINDING], NOW),
        lambda s: timelines.latest_ids(s, lambda _row: True, NOW, 10),
        lambda s: remarks.of_entry(s, "a"),
        lambda s: remarks.due_answers(s, NOW),
        lambda s: list(doubtful(s, EntryFilter(), 10)),
        lambda s: list(doubtful(s, EntryFilter(places=(PLACE,)), 10, ["a"])),
        lambda s: decisions.policy_revisions(s, "a"),
        lambda s: act_log.by_number(s, [1, 2]),
        lambda s: act_log.last_on(s, "a"),
        lambda s: list(entries.revised_at(s, NOW)),
        lambda s: findings.evidence_of_entries(s, ["a", "b"]),
        lambda s: entries.load_entries(s, PLACE),
        lambda s: entries.load_entry(s, "a"),
        lambda s: entries.load_policies(s, PLACE),
        lambda s: list(matching_entries(s, EntryFilter(places=(PLACE,)))),
        lambda s: list(matching_entries(s, EntryFilter(places=(WI,), inside=True))),
        lambda s: list(matching_entries(s, EntryFilter(after=(PLACE, "2026-02", Stage.ADOPTED, "a")))),
        lambda s: list(matching_entries(s, EntryFilter(ids=("a",)))),
    ],
)
def test_a_hot_query_scans_no_table(sqlite: Engine, act: Callable[[Session], object]) -> None:
    found = plans(sqlite, act)
    assert found
    assert [step for step in found if step[1].startswith("SCAN")] == []


@pytest.mark.parametrize(
    "act",
    [
        lambda s: feeds.due(s, NOW),
        lambda s: items.items_to_fetch(s, NOW, 10),
        lambda s: articles.unread(s, 10),
        lambda s: list(doubtful(s, EntryFilter(), 10)),
        lambda s: list(matching_entries(s, EntryFilter())),
        lambda s: list(matching_entries(s, EntryFilter(after=(PLACE, "2026-02", Stage.ADOPTED, "a")))),
        lambda s: list(matching_entries(s, EntryFilter(places=(PLACE,)))),
        lambda s: list(matching_entries(s, EntryFilter(since=PartialDate(2026)))),
    ],
)
def test_an_ordered_query_takes_its_order_from_an_index(sqlite: Engine, act: Callable[[Session], object]) -> None:
    assert [step for step in plans(sqlite, act) if "TEMP B-TREE FOR ORDER BY" in step[1]] == []


def test_a_scan_would_be_noticed(sqlite: Engine) -> None:
    assert any(step.startswith("SCAN") for _, step in plans(sqlite, feeds.all_feeds))


def test_a_reading_session_takes_no_lock_for_writing(sqlite: Engine) -> None:
    with reading(sqlite) as one, reading(sqlite) as other:
        assert feeds.all_feeds(one) == feeds.all_feeds(other) == ()
