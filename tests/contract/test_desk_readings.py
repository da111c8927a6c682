"""Where the encoder and a language model read a step differently, the desk shows both, and a person takes one."""

import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
import structlog
from sqlalchemy import Engine

from db.articles.articles import article, article_id
from db.engine import reading
from db.opinions import opinions
from db.readings import record_readings
from db.sessions import session
from support.databases.recording import NOW, arrive, recorded
from support.sources.recorded import PAGE, record_council
from support.timeline.cases import evidence
from support.web.desk import Browser, add_users
from support.web.site import running_site
from tracker.model import Entry, EntryStatus, Finding, Reading, Readings, Stage, Witness
from tracker.partial_date import PartialDate

COUNCIL, RADIO = evidence(score=0.9, outlet="Journal"), evidence(score=0.2, outlet="Radio", subject="library cards")
TOLD = COUNCIL.finding
OTHER = TOLD.model_copy(update={"stage": Stage.REJECTED, "witness": Witness.MODEL})


@pytest.fixture
def eve(engine: Engine, tmp_path: Path) -> Iterator[Browser]:
    add_users(engine)
    arrive(engine, COUNCIL, RADIO)
    with running_site(engine, tmp_path, structlog.get_logger(), ada=False, desk=True) as site:
        yield Browser(site).sign_in("Eve")


def heard(engine: Engine, encoder: tuple[Finding, ...], model: tuple[Finding, ...]) -> Entry:
    """The council's article is read by both; the entry that rests on it."""
    with session(engine) as opened:
        key = article_id(opened, COUNCIL.url)
        assert key
        opinions.queue(opened, {key: COUNCIL.published}, NOW)
        found = article(opened, key)
        assert found
        alone = Readings(encoder=encoder, model=model)
        told = Reading(id=str(key), is_change=True, score=0.9, reason="", findings=encoder or model, alone=alone)
        record_readings(opened, [(found, told, "r1+small")], NOW)
    return next(e for e in recorded(engine) if any(item.url == COUNCIL.url for item in e.evidence))


TAKEN = [
    ("model", (TOLD,), (OTHER,), (Stage.REJECTED, EntryStatus.PENDING), "as the language model reads it", "Taken"),
    ("encoder", (TOLD,), (OTHER,), (Stage.ADOPTED, EntryStatus.PENDING), "as the encoder reads it", "Taken"),
    ("model", (TOLD,), (), (Stage.ADOPTED, EntryStatus.REJECTED), "as the language model reads it", "Rejected"),
]


@pytest.mark.parametrize(
    ("witness", "encoder", "model", "becomes", "why", "said"), TAKEN, ids=["model", "encoder", "none"]
)
def test_what_two_witnesses_read_differently_comes_first_and_one_key_takes_a_reading(
    engine: Engine,
    eve: Browser,
    witness: str,
    encoder: tuple[Finding],
    model: tuple[Finding],
    becomes: object,
    why: str,
    said: str,
) -> None:
    entry = heard(engine, encoder, model)
    assert "<b>1</b> of them is read differently" in eve.get()
    page = eve.get("review")
    html5lib.HTMLParser(strict=True).parse(page)
    assert f"Entry {entry.id}," in page, "it comes first"
    assert "Read so by the encoder only, not by small" in page
    assert f'value="{witness}" data-key="{witness[0]}"' in page
    assert ("It reads no such step there." in page) is not bool(model)
    eve.post(f"entry/{entry.id}/take", number=1, witness=witness, queue="", reason="")
    after = next(one for one in recorded(engine) if one.id == entry.id)
    assert (after.stage, after.status) == becomes
    assert after.revisions[-1].reason.endswith(why)
    assert f"{said}:" in eve.page
    assert f"Entry {entry.id}," not in eve.page, "the next one is shown"


def test_readings_that_agree_are_told_so_and_ask_nothing(engine: Engine, eve: Browser) -> None:
    entry = heard(engine, (TOLD.model_copy(update={"witness": Witness.BOTH}),), (TOLD,))
    page = eve.get(f"entry/{entry.id}")
    assert "read alike by the encoder and by small" in page
    assert "Two readings" not in page
    assert "read differently" not in eve.get()
    eve.get(f"entry/{entry.id}")
    eve.post(f"entry/{entry.id}/take", number=1, witness="nobody")
    assert eve.status == 400


def test_an_article_s_page_has_both_readings_side_by_side(engine: Engine, eve: Browser) -> None:
    heard(engine, (TOLD.model_copy(update={"stage": Stage.EFFECTIVE, "date": PartialDate(2099)}),), (OTHER,))
    with session(engine) as opened:
        key = article_id(opened, COUNCIL.url)
    page = eve.get(f"article/{key}")
    html5lib.HTMLParser(strict=True).parse(page)
    assert page.count("Read so by this one only.") == 2
    assert page.count("Takes effect 2099") == 2, "what was found, and the encoder's reading"
    assert "Took effect" not in page
    assert "Second opinion" in page
    assert articles_of(eve, "only=differ") == {f"article/{key}"}
    assert len(articles_of(eve, "only=changes&only=differ")) == 1
    heard(engine, (TOLD,), (TOLD,))
    assert articles_of(eve, "only=differ") == set()
    assert 'value="differ"' not in eve.page


def articles_of(eve: Browser, query: str) -> set[str]:
    return set(re.findall(r"article/\d+", eve.get(f"articles?{query}")))


def test_an_official_record_is_shown_as_one(engine: Engine, eve: Browser) -> None:
    record_council(engine)
    with reading(engine) as opened:
        key = article_id(opened, f"{PAGE}#history-12")
    page = eve.get(f"article/{key}")
    assert "<bdi>Official record, matter 24-1</bdi>, row <bdi>12</bdi>, of <bdi>Oakford Common Council</bdi>" in page
    assert "the row and the line of the table" in page
    assert "version" not in page
