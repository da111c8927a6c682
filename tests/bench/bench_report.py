"""How fast the report is written, whole and after ten new entries, and how much memory it takes.

usage: python tests/bench/bench_report.py [ENTRIES ...]

For 2,000, 20,000 and 200,000 entries, ten a place, in a SQLite database, by `jobs.publish.report.write`, each build in
a process of its own. One line a size:

full     seconds, those of the processor, pages a second, and how many times as long as only writing the same bytes to
         the same files
again    the same where nothing changed
ten      the same after ten new entries in ten places: seconds, pages and files that were written; an entry's page that
         was written and shows nothing new is an error
memory   the largest resident size of a full build, and how many times that of the smallest site

The exit status is 1 where an untouched page was written, or where the memory of the largest site is over `GROWTH` times
that of the smallest. 200,000 entries make some 900,000 files and take half an hour and more.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert

from db import freshness
from db.engine import migrate, open_database
from db.mapping import batches
from db.sessions import session
from db.tables.timeline import ArticleRow, EntryRow, EvidenceRow, FindingRow, PolicyRow, RevisionRow
from jobs.publish.report import write
from jobs.settings import Settings
from tracker.model import Basis, Stage
from tracker.partial_date import PartialDate
from tracker.read.places import gazetteer
from tracker.read.topics import topics

SIZES = [2_000, 20_000, 200_000]
A_PLACE, A_POLICY = 10, 4
"""Entries of a place, and of each of its policies but the last, which has two: a new entry joins it, and so the pages
of those two say something new."""
NEW = 10
GROWTH = 1.5
"""How many times the memory of the smallest site the largest, a hundred times as large, may take: a few numbers a place
and a page are held, no place, page or entry is."""
NOW = datetime(2026, 1, 5, tzinfo=UTC)
QUOTE = "The council voted 5-2 on Tuesday to adopt the ordinance, which takes effect at the start of next month."
STAGES = [Stage.PROPOSED, Stage.ADOPTED, Stage.EFFECTIVE, Stage.RESCINDED, Stage.ADOPTED, Stage.BLOCKED, Stage.REJECTED]
Rows = dict[type, list[dict[str, Any]]]


def places(count: int) -> list[str]:
    """So many places, spread over all states."""
    known = gazetteer.load()
    ids = [place.id for state in known.states() for place in known.in_state(state.id[-2:].upper())]
    return sorted(ids[:: len(ids) // count][:count])


def rows_of(place: str, number: int, first: int, count: int) -> Rows:
    """The rows of `count` entries of one place, numbered from `first` in that place."""
    names, name = sorted(topics()), place.rpartition(":")[2].replace("_", " ").title()
    rows: Rows = {row: [] for row in (ArticleRow, FindingRow, PolicyRow, EntryRow, EvidenceRow, RevisionRow)}
    for index in range(first, first + count):
        key = number * 100 + index
        thread, step = divmod(index, A_POLICY)
        topic, stage = names[(number + thread) % len(names)], STAGES[(number + step) % len(STAGES)]
        day = date(1996, 1, 1) + timedelta((number * 37 + index * 211) % 11_000)
        url = f"https://outlet-{number % 500}.example/{day}/{key}"
        common = {
            "jurisdiction": place,
            "jurisdiction_name": name,
            "candidates": (),
            "body": "City Council",
            "instrument": "ordinance",
            "identifier": f"ordinance {number}-{thread}",
            "topic": topic,
            "subject": "rules",
            "stage": stage,
            "date": PartialDate.of(day) if key % 3 else PartialDate.of(day).to_month(),
            "basis": Basis.STATED,
            "score": 0.8,
        }
        if step == 0:
            policy = {"name": f"{name} ordinance {number}-{thread} on {topic}", "name_locked": False}
            rows[PolicyRow].append({"id": f"p{number}-{thread}", "jurisdiction": place, "topic": topic} | policy)
        article = {"id": key, "url": url, "title": f"{name} council acts on {topic}", "text": QUOTE, "text_hash": url}
        stored = {"published": day, "publisher": f"Outlet {number % 500}", "report": url, "stored_at": NOW}
        rows[ArticleRow].append(article | stored)
        quoted = {"quote": QUOTE, "start": 0, "end": len(QUOTE), "primary": True}
        rows[FindingRow].append({"id": key, "article_id": key, "ordinal": 0} | common | quoted)
        entry = {"id": f"e{number}-{index}", "policy": f"p{number}-{thread}", "need": 0.0, "revision": 1}
        rows[EntryRow].append(common | entry | {"title": f"{name} council {stage} rules on {topic}, step {step + 1}"})
        rows[EvidenceRow].append({"finding_id": key, "entry_id": f"e{number}-{index}"})
        opened = {"number": 1, "at": NOW, "actor": "tracker", "reason": "first report"}
        rows[RevisionRow].append({"entry_id": f"e{number}-{index}"} | opened)
    return rows


def fill(engine: Engine, wanted: list[tuple[int, str]], first: int, count: int) -> None:
    """Writes the entries of the places, numbered, in bulk."""
    for batch in batches(wanted):
        with session(engine) as opened:
            for number, place in batch:
                for table, rows in rows_of(place, number, first, count).items():
                    if rows:
                        opened.connection().execute(insert(table), rows)
            freshness.touch(opened, [place for _, place in batch])


def build(database: str, out: Path) -> dict[str, Any]:
    """One build in a process of its own: its seconds, its largest size and what it says."""
    command = [sys.executable, __file__, "--build", database, str(out)]
    return dict(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout))


def peak_mib() -> float:
    """The largest resident size of this process, by Linux; `getrusage` may count what its parent had."""
    line = next(line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def build_here(database: str, out: str) -> None:
    """The child of `build`."""
    engine = open_database(database)
    begun, worked = time.perf_counter(), time.process_time()
    result = write(engine, Settings(), Path(out), NOW)
    spent, cpu = time.perf_counter() - begun, time.process_time() - worked
    told = {"seconds": spent, "cpu": cpu, "mib": peak_mib()}
    print(json.dumps(told | {"written": result.pages_written, "entries": result.entries}))


def files(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Every file of the site, one at a time."""
    with os.scandir(folder) as items:
        for item in items:
            if item.is_dir():
                yield from files(Path(item.path))
            else:
                yield item


def floor(site: Path, copy: Path) -> float:
    """Seconds for writing the bytes of the site to as many files in as many folders, and nothing else."""
    spent = 0.0
    for item in files(site):
        content = Path(item.path).read_bytes()
        target = str(copy / Path(item.path).relative_to(site))
        begun = time.perf_counter()
        try:
            out = open(target, "wb")  # noqa: SIM115 - closed below
        except FileNotFoundError:
            os.makedirs(os.path.dirname(target))
            out = open(target, "wb")  # noqa: SIM115
        out.write(content)
        out.close()
        spent += time.perf_counter() - begun
    return spent


def count_pages(site: Path) -> int:
    """HTML pages of the site."""
    return sum(item.name == "index.html" for item in files(site))


def untouched(site: Path, since_ns: int, numbers: list[int]) -> tuple[int, int, list[str]]:
    """Pages and files written after a moment; and those of entries, policies and places that show nothing new."""
    thread = range(A_PLACE // A_POLICY * A_POLICY, A_PLACE + 1)
    shown = {f"entry/e{number}-{index}" for number in numbers for index in thread}
    pages = written = 0
    wrong = []
    for item in files(site):
        if item.stat().st_mtime_ns <= since_ns:
            continue
        written += 1
        pages += item.name == "index.html"
        folder = Path(item.path).parent.relative_to(site).as_posix()
        if folder.startswith("entry/") and folder not in shown:
            wrong.append(folder)
    return pages, written, wrong


def measure(count: int, folder: Path) -> dict[str, Any]:
    """Everything for one size."""
    database, site = f"sqlite:///{folder / 'bench.db'}", folder / "site"
    engine = open_database(database)
    migrate(engine)
    wanted = list(enumerate(places(count // A_PLACE), start=1))
    fill(engine, wanted, 0, A_PLACE)
    full = build(database, site)
    pages, least = count_pages(site), floor(site, folder / "copy")
    again = build(database, site)
    new = list(islice(wanted, 0, None, len(wanted) // NEW))[:NEW]
    fill(engine, new, A_PLACE, 1)
    engine.dispose()
    before = time.time_ns()
    ten = build(database, site)
    ten_pages, ten_files, wrong = untouched(site, before, [number for number, _ in new])
    return locals()


def main() -> int:
    """Prints the lines; see above."""
    first, failed = 0.0, False
    for count in [int(argument) for argument in sys.argv[1:]] or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            found = measure(count, Path(folder))
        full, again, ten, least, pages = (found[name] for name in ("full", "again", "ten", "least", "pages"))
        first = first or full["mib"]
        told = f"(processor {full['cpu']:.0f} s, x{full['seconds'] / least:.1f} of writing)"
        print(
            f"{count:8,d} entries  full {full['seconds']:7.1f} s {told} {pages / full['seconds']:6,.0f} pages/s"
            f"  again {again['seconds']:.1f} s (processor {again['cpu']:.1f} s)"
            f"  ten {ten['seconds']:6.1f} s (processor {ten['cpu']:.1f} s), {found['ten_pages']} pages,"
            f" {found['ten_files']} files  memory {full['mib']:.0f} MiB (x{full['mib'] / first:.2f})",
            flush=True,
        )
        for path in found["wrong"]:
            print(f"written without need: {path}")
        failed = failed or bool(found["wrong"]) or full["mib"] > GROWTH * first
    return int(failed)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        build_here(*sys.argv[2:4])
    else:
        sys.exit(main())
