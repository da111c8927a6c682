"""What recording one more article costs against 10,000, 100,000, … findings; 50 findings a place.

usage: python tests/bench/bench_record.py [FINDINGS ...]

Prints milliseconds (median and 95th percentile of 100): `match` is one finding against the entries of its place and
stage, loaded and compared; `record` is the whole transaction: findings replaced, the place folded anew, entries and
revisions written. First, how long it takes to fold a large place from nothing.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, insert
from sqlmodel import col

from db.articles import text_hash
from db.convert import values_of
from db.engine import migrate, open_database, reading, session
from db.entries import completed, select_entries
from db.insert import batches
from db.record import record
from db.tables import ArticleRow, EntryRow, EvidenceRow, FindingRow, PolicyRow, RevisionRow
from tracker.model import Basis, Evidence, Finding, Revision, Stage
from tracker.partial_date import PartialDate
from tracker.timeline.copies import signature
from tracker.timeline.describe import evidence_key
from tracker.timeline.fold import fold
from tracker.timeline.merge import merge
from tracker.timeline.policies import by_policy

A_PLACE, A_LARGE_PLACE, RUNS = 50, 5_000, 100
NOW = datetime(2026, 1, 5, tzinfo=UTC)
SUBJECTS = ["detainers", "bags", "scooters", "cameras", "chokeholds", "curfew", "noise", "rentals", "cannabis", "wages"]
QUOTE = "The council passed the ordinance."


def place_name(number: int) -> str:
    return f"ocd-division/country:us/state:wi/place:place_{number}"


def findings(place: int, count: int = A_PLACE) -> Iterator[Evidence]:
    """The news of one place over eleven years, each act told by about four articles."""
    chance = random.Random(place)
    acts = [
        (chance.choice(list(Stage)), date(2012, 1, 1) + timedelta(chance.randrange(4_000)), chance.sample(SUBJECTS, 2))
        for _ in range(count // 4)
    ]
    for number in range(count):
        stage, day, subject = chance.choice(acts)
        yield told(place, number, stage, day, " ".join(subject), chance.choice(["day", "day", "month", "none"]))


def told(place: int, number: int, stage: Stage, day: date, subject: str, precision: str) -> Evidence:
    when = PartialDate.of(day) if precision == "day" else PartialDate.of(day).to_month()
    finding = Finding(
        jurisdiction=place_name(place),
        jurisdiction_name=f"Place {place}",
        body="City Council",
        instrument="ordinance",
        topic="other",
        subject=subject,
        stage=stage,
        date=when,
        basis=Basis.REPORTED if precision == "none" else Basis.STATED,
        quote=QUOTE,
        start=0,
        end=len(QUOTE),
        score=0.8,
    )
    url = f"https://outlet.example/{place}/{number}"
    return Evidence(finding=finding, url=url, publisher="Outlet", published=day + timedelta(number % 20), report=url)


def article_row(key: int, item: Evidence) -> dict[str, object]:
    text = f"{QUOTE} {item.url}"
    row = {"id": key, "url": item.url, "text": text, "text_hash": text_hash(text), "published": item.published}
    return row | {"report": item.report, "signature": signature(text), "stored_at": NOW, "reader_version": "bench"}


def fill(engine: Engine, places: int) -> None:
    """Writes the places as recording one article after another would have, in bulk."""
    key = 0
    for batch in batches(range(places)):
        tables: dict[type, list[dict[str, object]]] = {
            row: [] for row in (ArticleRow, FindingRow, PolicyRow, EntryRow, EvidenceRow, RevisionRow)
        }
        for place in batch:
            keys = {}
            for item in findings(place):
                key += 1
                keys[evidence_key(item)] = key
                tables[ArticleRow].append(article_row(key, item))
                found = values_of(item.finding, FindingRow) | {"id": key, "article_id": key, "ordinal": 0}
                tables[FindingRow].append(found)
            entries = fold(findings(place))
            tables[PolicyRow] += [values_of(item, PolicyRow) | {"name_locked": False} for item in by_policy(entries)]
            for entry in entries:
                tables[EntryRow].append(values_of(entry, EntryRow))
                revision = Revision(number=1, at=NOW, actor="tracker", reason="filled")
                tables[RevisionRow].append(values_of(revision, RevisionRow) | {"entry_id": entry.id})
                tables[EvidenceRow] += [
                    {"finding_id": keys[evidence_key(item)], "entry_id": entry.id} for item in entry.evidence
                ]
        with session(engine) as opened:
            for table, rows in tables.items():
                opened.connection().execute(insert(table), rows)


def timed(act: Callable[[int], None], places: list[int]) -> str:
    spent = []
    for place in places:
        begun = time.perf_counter()
        act(place)
        spent.append(1000 * (time.perf_counter() - begun))
    return f"{statistics.median(spent):7.1f} {statistics.quantiles(spent, n=20)[-1]:7.1f}"


def measure(engine: Engine, places: int) -> None:
    chance = random.Random(1)
    chosen = [chance.randrange(places) for _ in range(RUNS)]
    new = {place: told(place, 1_000, Stage.ADOPTED, date(2016, 5, 1), "wages masks", "day") for place in chosen}

    def match(place: int) -> None:
        alike = (col(EntryRow.jurisdiction) == place_name(place), col(EntryRow.stage) == Stage.ADOPTED)
        with reading(engine) as opened:
            merge(completed(opened, opened.execute(select_entries().where(*alike)).all()), new[place])

    def add(place: int) -> None:
        with session(engine) as opened:
            key = opened.connection().execute(insert(ArticleRow), article_row(None, fresh(place)))  # type: ignore[arg-type]
            record(opened, key.inserted_primary_key[0], [new[place].finding], NOW)

    def fresh(place: int) -> Evidence:
        return new[place].model_copy(update={"url": f"{new[place].url}/{chance.random()}", "report": ""})

    print(f"{places * A_PLACE:9,d} findings  match {timed(match, chosen)}  record {timed(add, chosen)}  ms", flush=True)


def measure_fold(count: int) -> None:
    items = list(findings(0, count))
    begun = time.process_time()
    entries = fold(items)
    print(
        f"{count:9,d} findings of one place folded to {len(entries):,} entries in {time.process_time() - begun:.2f} s"
    )


def main() -> None:
    measure_fold(A_LARGE_PLACE)
    for count in [int(argument) for argument in sys.argv[1:]] or [10_000, 100_000]:
        with tempfile.TemporaryDirectory() as folder:
            engine = open_database(f"sqlite:///{Path(folder) / 'bench.db'}")
            migrate(engine)
            fill(engine, count // A_PLACE)
            measure(engine, count // A_PLACE)
            engine.dispose()


if __name__ == "__main__":
    main()
