"""Recording articles: one transaction each, on both engines. Order, repetition and re-reading do not matter."""

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import col

from db.articles.articles import store_article
from db.engine import reading
from db.sessions import session
from db.tables.timeline import ArticleRow, EvidenceRow, FindingRow, RevisionRow
from db.timeline.entries import load_entries, load_policies, save_entry
from db.timeline.findings import evidence_by_key
from db.timeline.recorder import EntryChanges, record, record_all
from db.timeline.timelines import entries
from support.timeline.cases import MILWAUKEE, evidence, fold, gold_evidence, records
from tracker.model import Article, Entry, EntryStatus, Evidence, Finding
from tracker.partial_date import PartialDate
from tracker.timeline.entry_fields import evidence_key

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
COUNTY = "ocd-division/country:us/state:wi/county:milwaukee"
WIRE = " ".join(f"The council heard speaker number {n} before it voted on the matter." for n in range(30))


def arrive(engine: Engine, items: Sequence[Evidence], text: str = "") -> EntryChanges:
    """Stores the article of the evidence and records its findings."""
    first = items[0]
    article = Article(
        id="", url=first.url, text=text or first.url, published=first.published, publisher=first.publisher
    )
    with session(engine) as opened:
        key, _ = store_article(opened, article, NOW)
        return record(opened, key, [item.finding for item in items], NOW)


def say(engine: Engine, url: str, findings: Sequence[Finding]) -> EntryChanges:
    """Records that the stored article says something else."""
    with session(engine) as opened:
        key = opened.scalars(select(col(ArticleRow.id)).where(col(ArticleRow.url) == url)).one()
        return record(opened, key, findings, NOW)


def all_entries(engine: Engine) -> list[Entry]:
    with reading(engine) as opened:
        return list(entries(opened))


def content(found: Iterable[Entry]) -> list[tuple[Any, ...]]:
    """What entries show and rest on, without ids and histories."""
    told = [
        (e.jurisdiction, e.stage, str(e.date), e.title, e.score, e.status, tuple(map(evidence_key, e.evidence)))
        for e in found
        if e.evidence
    ]
    return sorted(told, key=str)


JOURNAL, SENTINEL = evidence(outlet="Journal"), evidence(on="2017-06", published="2017-06-23")


def test_two_reports_of_one_act_make_one_entry_with_a_revision_each(engine: Engine) -> None:
    assert arrive(engine, [SENTINEL]) == EntryChanges(opened=1)
    assert arrive(engine, [JOURNAL]) == EntryChanges(corrected=1)
    (entry,) = all_entries(engine)
    assert (str(entry.date), entry.revision, len(entry.evidence)) == ("2017-06-21", 2, 2)
    assert [(item.number, item.at, item.actor, item.reason) for item in entry.revisions] == [
        (1, NOW, "tracker", "first reported by Sentinel on 2017-06-23"),
        (2, NOW, "tracker", "a more precise date according to Journal, 2017-06-22"),
    ]
    with reading(engine) as opened:
        assert [policy.id for policy in load_policies(opened, MILWAUKEE)] == [entry.policy]


def test_recording_the_same_article_again_changes_nothing(engine: Engine) -> None:
    for item in (JOURNAL, SENTINEL):
        arrive(engine, [item])
    before = all_entries(engine)
    assert arrive(engine, [JOURNAL]) == arrive(engine, [SENTINEL]) == EntryChanges()
    assert all_entries(engine) == before


def test_reading_again_replaces_findings_and_doubles_nothing(engine: Engine) -> None:
    other = evidence("effective", "2017-07-06", outlet="Journal", start=40)
    arrive(engine, [JOURNAL, other])
    better = JOURNAL.finding.model_copy(update={"date": PartialDate(2017, 6, 20), "start": 7, "end": 32})
    assert say(engine, JOURNAL.url, [better, other.finding]) == EntryChanges(corrected=1)
    found = all_entries(engine)
    assert [(e.stage.value, str(e.date), e.revision, len(e.evidence)) for e in found] == [
        ("adopted", "2017-06-20", 2, 1),
        ("effective", "2017-07-06", 1, 1),
    ]


def test_an_entry_that_loses_its_last_article_is_marked_and_comes_back(engine: Engine) -> None:
    arrive(engine, [JOURNAL])
    assert say(engine, JOURNAL.url, []) == EntryChanges(retired=1)
    (entry,) = all_entries(engine)
    assert (entry.status, entry.evidence, entry.revisions[-1].reason) == (
        EntryStatus.REJECTED,
        (),
        "no article supports this any longer",
    )
    assert say(engine, JOURNAL.url, []) == EntryChanges()
    say(engine, JOURNAL.url, [JOURNAL.finding])
    (back,) = all_entries(engine)
    assert (back.id, back.status, back.revision) == (entry.id, EntryStatus.PENDING, 3)


def test_a_finding_without_a_place_is_kept_and_opens_nothing(engine: Engine) -> None:
    nowhere = JOURNAL.finding.model_copy(update={"jurisdiction": None})
    assert arrive(engine, [JOURNAL.model_copy(update={"finding": nowhere})]) == EntryChanges()
    with reading(engine) as opened:
        assert len(evidence_by_key(opened, None)) == 1


def test_copies_are_one_report_whichever_comes_first(engine: Engine) -> None:
    wire = [evidence(outlet=name, published=f"2017-06-2{n}") for n, name in enumerate(("Post", "Gazette", "News"), 2)]
    arrive(engine, [wire[2]], WIRE + " The Post first had the story.")
    arrive(engine, [evidence(outlet="Own")], "A reporter of our own was there and saw it all.")
    arrive(engine, [wire[0]], WIRE)
    arrive(engine, [wire[1]], "GAZETTE CITY - " + WIRE[: len(WIRE) // 2])
    (entry,) = all_entries(engine)
    assert len(entry.evidence) == 4
    assert len({item.report for item in entry.evidence}) == 2
    assert entry.score == 0.96


def test_a_late_copy_corrects_the_score_of_entries_elsewhere(engine: Engine) -> None:
    """A copies B and C, which are no copies of each other; B and C also tell of the county, A does not."""
    words = WIRE.split()
    county = [evidence(outlet=name, place=COUNTY, name="Milwaukee County", start=50) for name in ("B", "C")]
    city = [evidence(outlet=name) for name in ("B", "C")]
    arrive(engine, [city[0], county[0]], " ".join(words[: len(words) * 5 // 9]))
    arrive(engine, [city[1], county[1]], " ".join(words[len(words) * 4 // 9 :]))
    before = {entry.jurisdiction: entry.score for entry in all_entries(engine)}
    arrive(engine, [evidence(outlet="A")], WIRE)
    after = {entry.jurisdiction: entry.score for entry in all_entries(engine)}
    assert (before[COUNTY], after[COUNTY], after[MILWAUKEE]) == (0.96, 0.8, 0.8)


def a_person_decides(engine: Engine, place: str, **fields: Any) -> Entry:
    """Sets fields of the only entry of a place, as a reviewer does."""
    with session(engine) as opened:
        (entry,) = load_entries(opened, place)
        decided = entry.model_copy(update={**fields, "locked": entry.locked | frozenset(fields)})
        query = select(col(EvidenceRow.finding_id)).where(col(EvidenceRow.entry_id) == entry.id)
        save_entry(opened, decided, list(opened.scalars(query)), None)
        return decided


def test_a_rejected_entry_takes_in_its_later_copies(engine: Engine) -> None:
    arrive(engine, [SENTINEL])
    a_person_decides(engine, MILWAUKEE, status=EntryStatus.REJECTED)
    assert arrive(engine, [JOURNAL]) == EntryChanges(corrected=1)
    (entry,) = all_entries(engine)
    assert (entry.status, len(entry.evidence)) == (EntryStatus.REJECTED, 2)


def test_a_field_that_a_person_set_stays(engine: Engine) -> None:
    arrive(engine, [SENTINEL])
    a_person_decides(engine, MILWAUKEE, date=PartialDate(2017, 6, 30))
    arrive(engine, [JOURNAL])
    (entry,) = all_entries(engine)
    assert (str(entry.date), len(entry.evidence)) == ("2017-06-30", 2)


def test_an_entry_that_a_person_moved_to_another_place_is_not_opened_again(engine: Engine) -> None:
    arrive(engine, [SENTINEL])
    a_person_decides(engine, MILWAUKEE, jurisdiction=COUNTY, jurisdiction_name="Milwaukee County")
    arrive(engine, [JOURNAL])
    arrive(engine, [evidence("effective", "2017-07-06", place=COUNTY, name="Milwaukee County", outlet="Herald")])
    found = all_entries(engine)
    assert [(entry.jurisdiction, entry.stage.value, len(entry.evidence)) for entry in found] == [
        (COUNTY, "adopted", 2),
        (COUNTY, "effective", 1),
    ]


def test_nothing_is_written_where_the_transaction_fails(engine: Engine) -> None:
    arrive(engine, [SENTINEL])
    before = all_entries(engine)

    def killed() -> None:
        with session(engine) as opened:
            article = Article(id="", url=JOURNAL.url, text="text", published=date(2017, 6, 22))
            record(opened, store_article(opened, article, NOW)[0], [JOURNAL.finding], NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        killed()
    assert all_entries(engine) == before


ARTICLES = records("clusters.jsonl")


@pytest.fixture
def stories() -> dict[str, list[Evidence]]:
    """The labelled findings of the clusters by article."""
    found: dict[str, list[Evidence]] = {article["url"]: [] for article in ARTICLES}
    for item in gold_evidence(ARTICLES):
        found[item.url].append(item)
    return found


def ingest(engine: Engine, stories: dict[str, list[Evidence]], articles: Sequence[dict[str, Any]]) -> list[Entry]:
    for article in articles:
        with session(engine) as opened:
            key, _ = store_article(opened, Article.model_validate(article), NOW)
            record(opened, key, [item.finding for item in stories[article["url"]]], NOW)
    return all_entries(engine)


@pytest.fixture
def in_order(stories: dict[str, list[Evidence]], engine: Engine) -> list[Entry]:
    return ingest(engine, stories, sorted(ARTICLES, key=lambda article: article["published"]))


@pytest.mark.parametrize("seed", range(2))
def test_the_clusters_give_the_same_timeline_in_any_order(
    engine: Engine, stories: dict[str, list[Evidence]], seed: int
) -> None:
    shuffled = random.Random(seed).sample(ARTICLES, len(ARTICLES))
    found = ingest(engine, stories, shuffled)
    with reading(engine) as opened:
        places = {entry.jurisdiction for entry in found}
        stored = [item for place in sorted(places) for item in evidence_by_key(opened, place).values()]
    assert content(found) == content(fold(stored))
    wages = {item.report for item in stored if item.finding.topic == "labor"}
    assert len(wages) == 5, "six articles on the wage, two of them one wire story"


def test_every_finding_supports_one_entry_and_every_revision_is_numbered(engine: Engine, in_order: list[Entry]) -> None:
    with reading(engine) as opened:
        findings = opened.scalar(select(func.count()).select_from(FindingRow))
        placed = opened.scalar(select(func.count()).select_from(EvidenceRow))
        numbered = opened.execute(
            select(col(RevisionRow.entry_id), func.count(), func.max(RevisionRow.number)).group_by(RevisionRow.entry_id)
        ).all()
    assert findings == placed == sum(len(entry.evidence) for entry in in_order)
    assert all(count == last for _, count, last in numbered)
    assert {entry.id: entry.revision for entry in in_order} == {name: last for name, _, last in numbered}


def test_many_articles_at_once_give_the_same_as_one_after_another(
    engine: Engine, stories: dict[str, list[Evidence]]
) -> None:
    with session(engine) as opened:
        keys = {article["url"]: store_article(opened, Article.model_validate(article), NOW)[0] for article in ARTICLES}
        record_all(opened, {keys[url]: [item.finding for item in items] for url, items in stories.items()}, NOW)
    at_once = all_entries(engine)
    assert {entry.revision for entry in at_once} == {1}
    assert content(ingest(engine, stories, ARTICLES)) == content(at_once)
    assert all_entries(engine) == at_once
