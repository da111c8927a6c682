"""What one new finding costs against 10,000, 100,000 and 1,000,000 recorded ones on SQLite.

usage: python tests/bench/bench_matching.py [FINDINGS ...]

Prints milliseconds, median and 95th percentile, and how many times as much the median is as with the fewest findings:

match    what a finding does to the timeline: its place loaded, its place and stage folded, entries reconciled, policies
         threaded; nothing is written
record   the whole transaction: article stored, findings replaced, copies looked for, matched, entries and revisions
         written
large    the same for a place that has 5,000 findings of its own, as a big city may have after years

The million takes some minutes to fill and 2 GB of disk. One line for each number; the exit status is 1 where the median
of `match` is over the 5 ms that it must stay under.
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

from db.articles.articles import text_hash
from db.engine import migrate, open_database, reading
from db.mapping import batches, values_of
from db.sessions import session
from db.tables.timeline import ArticleRow, EntryRow, EvidenceRow, FindingRow, PolicyRow, RevisionRow
from db.timeline.findings import StoredEvidence
from db.timeline.places import load_places
from db.timeline.recorder import actions_for, record
from tracker.model import Basis, Evidence, Finding, Revision, Stage
from tracker.partial_date import PartialDate
from tracker.timeline.copies import PERMUTATIONS
from tracker.timeline.entry_fields import evidence_key
from tracker.timeline.merging.across_stages import folded_with
from tracker.timeline.merging.merge import merge
from tracker.timeline.policies import by_policy

SIZES = [10_000, 100_000, 1_000_000]
A_PLACE, A_LARGE_PLACE, AN_ACT = 50, 5_000, 5
"""Findings of a place, of a large one, and reports of one act."""
RUNS, WARM = 200, 20
LIMIT_MS = 5.0
NOW = datetime(2026, 1, 5, tzinfo=UTC)
SUBJECTS = ["detainers", "bags", "scooters", "cameras", "chokeholds", "curfew", "noise", "rentals", "cannabis", "wages"]
QUOTE = "The council passed the ordinance."
FILLER = "Members heard from residents before they voted, and will hear from more of them next month. " * 6


def place_name(number: int) -> str:
    return f"ocd-division/country:us/state:wi/place:place_{number}"


def findings(place: int, count: int = A_PLACE) -> Iterator[Evidence]:
    """The news of one place over eleven years, each act told by about five articles."""
    chance = random.Random(place)
    acts = [
        (chance.choice(list(Stage)), date(2012, 1, 1) + timedelta(chance.randrange(4_000)), chance.sample(SUBJECTS, 2))
        for _ in range(count // AN_ACT)
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


def article_row(key: int | None, item: Evidence, sketch: bytes) -> dict[str, object]:
    text = f"{QUOTE} {item.url} {FILLER}"
    row = {"id": key, "url": item.url, "text": text, "text_hash": text_hash(text), "published": item.published}
    return row | {"report": item.report, "signature": sketch, "stored_at": NOW, "reader_version": "bench"}


def fill(engine: Engine, sizes: list[int]) -> int:
    """Writes places of these many findings as recording one article after another would have, in bulk; how many entries
    they have. Signatures are random: no text is a copy of another, and making them would take most of the time."""
    chance, key, count = random.Random(0), 0, 0
    for batch in batches(enumerate(sizes)):
        tables: dict[type, list[dict[str, object]]] = {
            row: [] for row in (ArticleRow, FindingRow, PolicyRow, EntryRow, EvidenceRow, RevisionRow)
        }
        for place, size in batch:
            keys = {}
            items = list(findings(place, size))
            for item in items:
                key += 1
                keys[evidence_key(item)] = key
                tables[ArticleRow].append(article_row(key, item, chance.randbytes(4 * PERMUTATIONS)))
                found = values_of(item.finding, FindingRow) | {"id": key, "article_id": key, "ordinal": 0}
                tables[FindingRow].append(found)
            entries = [action.entry for action in merge([], items).actions]
            count += len(entries)
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
    return count


class Measure:
    """One filled database; `new` is another report of an act of a place."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._chance = engine, random.Random(1)

    def new(self, place: int) -> Evidence:
        """A finding that no article has told yet, on one of the acts of the place or on another one."""
        known = self._chance.choice(list(findings(place, A_PLACE)))
        url = f"{known.url}/{self._chance.random()}"
        return known.model_copy(update={"url": url, "report": "", "published": known.published + timedelta(1)})

    def match(self, item: Evidence) -> None:
        """What the finding does, up to the writing."""
        with reading(self._engine) as opened:
            known = load_places(opened, {item.finding.jurisdiction or ""})
            held = known.held | {0: StoredEvidence(item, 0, None)}
            assert actions_for(known, held, {(item.finding.jurisdiction or "", folded_with(item.finding.stage))})[0]

    def record(self, item: Evidence) -> None:
        """The whole transaction."""
        with session(self._engine) as opened:
            row = article_row(None, item, b"") | {"signature": None}
            del row["id"]
            key = opened.connection().execute(insert(ArticleRow), row).inserted_primary_key
            assert key
            record(opened, key[0], [item.finding], NOW)

    def timed(self, act: Callable[[Evidence], None], places: list[int]) -> list[float]:
        """Milliseconds for one new finding in each of the places."""
        spent = []
        for item in [self.new(place) for place in places]:
            begun = time.perf_counter()
            act(item)
            spent.append(1000 * (time.perf_counter() - begun))
        return spent


def measure(count: int) -> dict[str, list[float]]:
    """Milliseconds by what is measured, in a database of so many findings. Place 0 is the large one."""
    sizes = [A_LARGE_PLACE, *[A_PLACE] * ((count - A_LARGE_PLACE) // A_PLACE)]
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate(engine)
        begun = time.monotonic()
        entries = fill(engine, sizes)
        print(f"{count:,} findings, {entries:,} entries, filled in {time.monotonic() - begun:.0f} s", file=sys.stderr)
        chance, one = random.Random(2), Measure(engine)
        places = [chance.randrange(1, len(sizes)) for _ in range(RUNS)]
        one.timed(one.match, places[:WARM])
        found = {
            "match": one.timed(one.match, places),
            "record": one.timed(one.record, places),
            "large": one.timed(one.record, [0] * WARM),
        }
        engine.dispose()
    return found


def main() -> int:
    first: dict[str, float] = {}
    slow = False
    for count in [int(argument) for argument in sys.argv[1:]] or SIZES:
        cells = []
        for name, spent in measure(count).items():
            median, high = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
            first.setdefault(name, median)
            cells.append(f"{name} {median:6.1f} {high:6.1f} (x{median / first[name]:.1f})")
            slow = slow or (name == "match" and median > LIMIT_MS)
        print(f"{count:9,d}  {'  '.join(cells)}  ms", flush=True)
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
