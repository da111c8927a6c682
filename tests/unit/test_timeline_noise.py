"""Readers err: the labelled findings of the clusters, spoiled in the ways in which readings differ, still merge."""

import random
from collections.abc import Iterator

import pytest

from support.timeline.cases import fold, gold_evidence, ocd, records
from tracker.model import Basis, Entry, Evidence, Finding, Stage
from tracker.partial_date import PartialDate
from tracker.read.topics import topics
from tracker.timeline.vocabulary import tokens

ARTICLES, GOLD = records("clusters.jsonl"), records("clusters_gold.jsonl")
BY_URL = {article["url"]: article for article in ARTICLES}
SEEDS = range(10)
FRESH_DAYS = 25
"""An act of the last weeks is often told without a date."""


def other_topic(chance: random.Random, told: Finding, _: Evidence) -> dict[str, object]:
    return {"topic": chance.choice([*topics(), told.topic])}


def vague_body(chance: random.Random, told: Finding, _: Evidence) -> dict[str, object]:
    place = told.jurisdiction_name
    return {"body": chance.choice(["", f"{place} council", f"City of {place}", f"{place} officials"])}


def vague_instrument(chance: random.Random, _told: Finding, _: Evidence) -> dict[str, object]:
    return {"instrument": chance.choice(["", "ordinance", "ban", "resolution", "policy"])}


def bag_of_words(chance: random.Random, told: Finding, item: Evidence) -> dict[str, object]:
    """Two words of the subject, two of the title, two of anywhere in the article."""
    article = BY_URL[item.url]
    sources = [tokens(told.instrument), tokens(article["title"]), tokens(article["text"])]
    return {"subject": " ".join(word for words in sources for word in chance.sample(words, min(2, len(words))))}


def no_date(_chance: random.Random, told: Finding, item: Evidence) -> dict[str, object]:
    fresh = told.date and abs((told.date.first_day() - item.published).days) < FRESH_DAYS
    if not fresh or told.stage is Stage.EFFECTIVE:
        return {}
    return {"date": PartialDate.of(item.published).to_month(), "basis": Basis.REPORTED}


def only_the_month(_chance: random.Random, told: Finding, _: Evidence) -> dict[str, object]:
    return {"date": told.date.to_month()} if told.date and told.date.day else {}


SPOILED = [
    ([(other_topic, 0.4)], 0.98),
    ([(vague_body, 0.5)], 0.98),
    ([(bag_of_words, 1.0)], 0.97),
    ([(vague_instrument, 0.7)], 0.96),
    ([(bag_of_words, 1.0), (vague_instrument, 0.7)], 0.96),
    ([(no_date, 0.4)], 0.95),
    ([(only_the_month, 0.4)], 0.97),
]


@pytest.mark.parametrize(("errors", "floor"), SPOILED, ids=["-".join(e.__name__ for e, _ in s) for s, _ in SPOILED])
def test_findings_that_readers_got_wrong_still_make_the_labelled_entries(errors: list, floor: float) -> None:
    scores = [entry_f1(fold(spoiled(random.Random(seed), errors))) for seed in SEEDS]
    assert sum(f1 for f1, _ in scores) / len(scores) >= floor
    assert sum(doubled for _, doubled in scores) / len(scores) <= 0.07


def spoiled(chance: random.Random, errors: list) -> Iterator[Evidence]:
    for item in gold_evidence(ARTICLES):
        changes: dict[str, object] = {}
        for error, share in errors:
            if chance.random() < share:
                changes |= error(chance, item.finding, item)
        yield item.model_copy(update={"finding": item.finding.model_copy(update=changes)})


def entry_f1(entries: tuple[Entry, ...]) -> tuple[float, float]:
    """(F1 of place, stage and agreeing date; share of entries that double another), each labelled entry met once."""
    free = list(GOLD)
    met = doubled = 0
    for entry in sorted(entries, key=lambda entry: -len(entry.evidence)):
        hits = [gold for gold in free if reports(gold, entry)]
        if hits:
            free.remove(max(hits, key=lambda gold: gold["date"] == str(entry.date)))
            met += 1
        else:
            doubled += any(reports(gold, entry) for gold in GOLD)
    return 2 * met / (len(entries) + len(GOLD)), doubled / len(entries)


def reports(gold: dict, entry: Entry) -> bool:
    if ocd(gold["jurisdiction"]) != entry.jurisdiction or entry.date is None:
        return False
    told = [(gold["stage"], gold["date"]), *((also["stage"], also["date"]) for also in gold.get("variants", []))]
    return any(stage == entry.stage and PartialDate.parse(day).agrees(entry.date) for stage, day in told)
