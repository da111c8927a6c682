"""Plays a council's record from its server day by day into a database, and measures what the timeline says of it.

    uv run python tests/eval/replay_council.py http://127.0.0.1:8801/v1/nyc GOLD.jsonl --home "New York, NY"

The server shows the record as of a moment that `POST /_clock?now=…` sets, and counts what it is asked (`GET /_log`). A
line of GOLD has `matter_id`, `is_change`, `topic`, `topic_alt`, `steps` (`stage`, `date`) and perhaps `doubt`.
"""

import argparse
import asyncio
import json
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import Request, urlopen

from sqlalchemy import Engine
from sqlmodel import Session, select

from db.engine import migrate, open_database, reading
from db.feeds import feeds
from db.sessions import session
from db.tables.sources import MatterRow, RecordRow
from db.tables.timeline import EntryRow, EvidenceRow, FindingRow
from jobs.gather.gathering import Gatherer
from jobs.gather.source_context import SourceOptions
from jobs.reader import open_reader
from jobs.settings import Settings
from jobs.tally import Tally
from tracker.gather.http.client import Client
from tracker.model import EntryStatus, SourceKind, Stage
from tracker.read.places import gazetteer


def ask(url: str, *, post: bool = False) -> bytes:
    """The body of an answer."""
    with urlopen(Request(url, method="POST", data=b"") if post else url) as answer:
        return bytes(answer.read())


async def play(engine: Engine, base: str, days: Iterable[datetime]) -> list[int]:
    """Polls once on each of the days; how many requests each took."""
    root, options, requests = (
        base.partition("/v1/")[0],
        SourceOptions.of(Settings(), cache(partial(open_reader, Settings()))),
        [],
    )
    async with Client(allow_private=True, gap_s=0) as client:
        for day in days:
            ask(f"{root}/_clock?now={day:%Y-%m-%dT%H:%M:%S}", post=True)
            before = json.loads(ask(f"{root}/_log"))["requests"]
            gatherer = Gatherer(engine, client, lambda at=day: at.replace(tzinfo=UTC), print, options=options)
            await gatherer.poll(gatherer.due(everything=True), Tally())
            requests.append(json.loads(ask(f"{root}/_log"))["requests"] - before)
    return requests


def told(opened: Session) -> dict[int, Counter[tuple[str, str]]]:
    """(stage, date) of the entries that each matter's actions prove; starts by a law's own text left out."""
    files = dict(opened.exec(select(MatterRow.file, MatterRow.number)).all())
    query = (
        select(RecordRow.matter, EntryRow.stage, EntryRow.date, EntryRow.id)
        .join(FindingRow, FindingRow.article_id == RecordRow.article_id)  # type: ignore[arg-type]
        .join(EvidenceRow, EvidenceRow.finding_id == FindingRow.id)  # type: ignore[arg-type]
        .join(EntryRow, EntryRow.id == EvidenceRow.entry_id)  # type: ignore[arg-type]
        .where(EntryRow.status != EntryStatus.REJECTED, EntryRow.stage != Stage.EFFECTIVE)
    )
    found: dict[int, set[tuple[str, str, str]]] = {}
    for file, stage, date, entry in opened.exec(query):
        found.setdefault(files[file], set()).add((stage.value, str(date), entry))
    return {number: Counter((stage, date) for stage, date, _ in steps) for number, steps in found.items()}


def f1(right: int, wrong: int, missed: int) -> str:
    """The figure with what it is made of."""
    score = 2 * right / max(1, 2 * right + wrong + missed)
    return f"F1 {score:.3f} ({right} right, {wrong} wrong, {missed} missed)"


def measure(engine: Engine, gold: list[dict[str, object]], last: str, *, errors: bool) -> list[str]:
    """Lines of figures, and of what is wrong; matters that are doubtful are left out."""
    with reading(engine) as opened:
        known = {row.number: (row.counts, row.topic) for row in opened.exec(select(MatterRow))}
        steps = told(opened)
    gold = [line for line in gold if line["matter_id"] in known and not line.get("doubt")]
    pairs = Counter((bool(line["is_change"]), known[line["matter_id"]][0]) for line in gold)  # type: ignore[index]
    lines = [f"change or not: {f1(pairs[True, True], pairs[False, True], pairs[True, False])}"]
    both = [line for line in gold if line["is_change"] and known[line["matter_id"]][0]]  # type: ignore[index]
    hits = sum(known[line["matter_id"]][1] in (line["topic"], *line["topic_alt"]) for line in both)  # type: ignore
    lines.append(f"topic: {hits / max(1, len(both)):.3f} of {len(both)}")
    right = wrong = missed = 0
    for line in both:
        want = Counter((s["stage"], s["date"]) for s in line["steps"] if s["date"] <= last)  # type: ignore
        found = steps.get(line["matter_id"], Counter())  # type: ignore[call-overload]
        right += (want & found).total()
        wrong, missed = wrong + (found - want).total(), missed + (want - found).total()
        if errors and want != found:
            lines.append(f"{line['file']}: missed {dict(want - found)}, wrong {dict(found - want)}")
    return [*lines, f"steps of matters that count: {f1(right, wrong, missed)}"]


def main() -> None:
    parser = argparse.ArgumentParser(description="Plays a council's record day by day and measures the timeline.")
    parser.add_argument("base", help="address of the API, as http://127.0.0.1:8801/v1/nyc")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--home", default="New York, NY")
    parser.add_argument("--first", type=datetime.fromisoformat, default=datetime(2018, 1, 2))  # noqa: DTZ001
    parser.add_argument("--last", type=datetime.fromisoformat, default=datetime(2022, 12, 31))  # noqa: DTZ001
    parser.add_argument("--every", type=int, default=1, help="days between polls")
    parser.add_argument("--errors", action="store_true", help="also which steps are wrong")
    options = parser.parse_args()
    days = range(0, (options.last - options.first).days + 1, options.every)
    with TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/tracker.db")
        migrate(engine)
        with session(engine) as opened:
            home = gazetteer.load().parse_home(options.home).id
            feeds.add(opened, options.base, datetime.now(UTC), home=home, kind=SourceKind.LEGISTAR)
        requests = asyncio.run(play(engine, options.base, (options.first + timedelta(days=day) for day in days)))
        gold = [json.loads(line) for line in options.gold.read_text("utf-8").splitlines()]
        print("\n".join(measure(engine, gold, f"{options.last:%Y-%m-%d}", errors=options.errors)))
    mean = sum(requests) / len(requests)
    print(f"requests a poll: {mean:.1f} on average, {max(requests)} at most, {len(requests)} polls")


if __name__ == "__main__":
    main()
