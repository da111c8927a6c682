"""`verify` finds what no longer matches, on both engines, and nothing where all is well."""

from datetime import date

import pytest
from sqlalchemy import Engine, text

from db.articles.articles import store_article
from db.ops.audit import Mismatch, MismatchKind, check_entries, check_findings, count
from db.people import decisions
from db.sessions import session
from support.databases.recording import NOW, arrive, live, recorded
from support.timeline.cases import evidence
from tracker.model import Article
from tracker.partial_date import PartialDate
from tracker.timeline.decisions.acts import Act

QUOTE = "The council passed the ordinance."
ITEMS = [
    evidence(outlet="Journal", quote=QUOTE, start=10),
    evidence(outlet="Post", quote=QUOTE, start=10, published="2017-06-23"),
    evidence("effective", "2017-07-06", outlet="Radio", quote=QUOTE, start=10),
]


@pytest.fixture
def well(engine: Engine) -> Engine:
    """Three articles, two entries, all in order."""
    for item in ITEMS:
        article = Article(id="", url=item.url, text=f"Tonight:  {QUOTE} More.", published=item.published)
        with session(engine) as opened:
            store_article(opened, article, NOW)
    arrive(engine, *ITEMS)
    return engine


def problems(engine: Engine) -> list[Mismatch]:
    with session(engine) as opened:
        batches = [*check_findings(opened), *check_entries(opened)]
        assert (batches[0][0], batches[1][0]) == count(opened)
    return [problem for _, found in batches for problem in found]


def test_where_all_is_well_nothing_is_said(well: Engine) -> None:
    assert problems(well) == []


def test_what_people_decided_is_in_order_too(well: Engine) -> None:
    act = Act("Ada", NOW)
    with session(well) as opened:
        (one, stage), (other, _) = ((entry.id, entry.stage) for entry in live(well))
        decisions.edit(opened, one, {"date": PartialDate(2001), "body": "Clerk"}, act)
        decisions.edit(opened, other, {"stage": stage}, act)
        decisions.merge_entries(opened, one, [other], act)
    assert problems(well) == []


def test_a_report_without_a_day_that_may_be_of_several_entries_is_of_none(well: Engine) -> None:
    again = evidence("adopted", "2017-10-03", outlet="Courier", published="2017-10-04", quote=QUOTE, start=10)
    loose = evidence("adopted", "2017", outlet="Weekly", published="2018-03-01", quote=QUOTE, start=10)
    for item in (again, loose):
        article = Article(id="", url=item.url, text=f"Tonight:  {QUOTE} More.", published=item.published)
        with session(well) as opened:
            store_article(opened, article, NOW)
    arrive(well, again, loose)
    assert sorted(str(entry.date) for entry in live(well)) == ["2017-06-21", "2017-07-06", "2017-10-03"]
    assert problems(well) == []


HARM = [
    (
        "UPDATE article SET text = replace(text, 'council', 'Council') WHERE url = :url",
        {MismatchKind.TEXT, MismatchKind.QUOTE},
    ),
    ("UPDATE article SET text_hash = 'x' WHERE url = :url", {MismatchKind.TEXT}),
    ('UPDATE finding SET start = 9, "end" = 42', {MismatchKind.QUOTE}),
    ("DELETE FROM evidence WHERE finding_id = (SELECT min(finding_id) FROM evidence)", {MismatchKind.LOOSE}),
    ("DELETE FROM evidence", {MismatchKind.LOOSE, MismatchKind.EMPTY}),
    ("UPDATE entry SET body = 'Zoning Board'", {MismatchKind.FIELD}),
    ("UPDATE entry SET date = '2003'", {MismatchKind.FIELD}),
    ("UPDATE entry SET revision = 7", {MismatchKind.REVISIONS}),
    ("DELETE FROM revision", {MismatchKind.REVISIONS}),
]


@pytest.mark.parametrize(("harm", "faults"), HARM, ids=[harm for harm, _ in HARM])
def test_harm_is_found_and_the_place_named(well: Engine, harm: str, faults: set[MismatchKind]) -> None:
    with session(well) as opened:
        opened.connection().execute(text(harm), {"url": ITEMS[0].url} if ":url" in harm else {})
    found = problems(well)
    assert {problem.fault for problem in found} == faults
    assert {problem.where for problem in found} <= {item.url for item in ITEMS} | {entry.id for entry in recorded(well)}


def test_a_text_that_was_replaced_waits_to_be_read(well: Engine) -> None:
    changed = Article(id="", url=ITEMS[0].url, text="Corrected.", published=date(2017, 6, 22))
    with session(well) as opened:
        store_article(opened, changed, NOW, replace_text=True)
    (problem,) = problems(well)
    assert (problem.fault, problem.where) == (MismatchKind.QUOTE, ITEMS[0].url)
    assert "the next poll reads its new text" in problem.words
