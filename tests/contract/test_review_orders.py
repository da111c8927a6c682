"""The order of arrival does not matter: the story clusters as the real reader reads them, recorded in many orders."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from db.articles.articles import store_article
from db.engine import migrate, open_database
from db.sessions import session
from db.timeline.recorder import record
from support.databases.recording import NOW, live
from support.timeline.cases import records
from tracker.model import Article, Entry, Reading
from tracker.read.reader import Reader

pytestmark = pytest.mark.slow
ORDERS = 10
AGREEING = 0.95
"""The share of the entries that must agree at least; the rules themselves do not depend on the order at all."""


@pytest.fixture(scope="module")
def read() -> list[tuple[Article, Reading]]:
    """The articles in the order of their publication, each read once."""
    reader = Reader(big_look=False)
    articles = [Article.model_validate(record) for record in records("clusters.jsonl")]
    return [(article, reader.read(article)) for article in sorted(articles, key=lambda a: (a.published, a.url))]


def recorded(folder: Path, read: Sequence[tuple[Article, Reading]]) -> list[Entry]:
    """The entries after the articles came one by one."""
    # SQLite only: hundreds of databases are made, and the rules that are tested are pure
    engine = open_database(f"sqlite:///{folder}/tracker.db")
    migrate(engine)
    for article, reading in read:
        with session(engine) as opened:
            record(opened, store_article(opened, article, NOW)[0], reading.findings, NOW)
    found = live(engine)
    engine.dispose()
    return found


def shown(entries: Sequence[Entry]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """What each entry shows, by the evidence that it rests on; its policy by the first entry of it."""
    policies: dict[str, list[str]] = {}
    for entry in entries:
        policies.setdefault(entry.policy, []).extend(item.url for item in entry.evidence)
    return {
        tuple(sorted((item.url, item.finding.start, item.finding.stage) for item in entry.evidence)): (
            *(entry.jurisdiction, entry.stage, str(entry.date), entry.basis, entry.title, entry.score, entry.status),
            tuple(sorted(policies[entry.policy])),
        )
        for entry in entries
    }


def test_entries_agree_whatever_comes_first(tmp_path: Path, read: list[tuple[Article, Reading]]) -> None:
    (tmp_path / "dates").mkdir()
    in_order = shown(recorded(tmp_path / "dates", read))
    assert len(in_order) > 30
    shares = []
    for seed in range(ORDERS):
        (tmp_path / str(seed)).mkdir()
        other = shown(recorded(tmp_path / str(seed), random.Random(seed).sample(read, len(read))))
        agree = sum(in_order.get(key) == value for key, value in other.items())
        shares.append(agree / max(len(in_order), len(other)))
    print(f"{len(in_order)} entries; of {ORDERS} orders the worst agrees in {min(shares):.1%}")
    assert min(shares) >= AGREEING
