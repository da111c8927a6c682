"""What an article costs that grows without end, in each way of `support.articles.hostile`: linear, then no more.

usage: uv run python tests/bench/bench_hostile.py [--sizes 12500,50000,200000,2000000] [--only WORDS]

A row each way and place (text, title): seconds of processor time at each size. Every article begins with news, so that
it is read to the bottom. Exit status 1 where four times the text costs more than eight times the time, or the longest
more than MOST_S seconds.
"""

import argparse
import resource
import sys
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.articles.hostile import ENDLESS, in_text, in_title

SIZES = "12500,50000,200000,2000000"
LEAST_S = 0.25
"""Seconds below which chance decides."""
TIMES, MOST_S = 8.0, 30.0
"""How much more four times the text may cost; the longest reading."""


def article(text: str, title: str = "") -> "object":
    from tracker.model import Article

    return Article(id="", url="", title=title, text=text, published=date(2023, 5, 10), source_home="Dayton, OH")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default=SIZES, help="characters, by commas")
    parser.add_argument("--only", default="", help="ways whose name holds this")
    args = parser.parse_args()
    sizes = [int(size) for size in args.sizes.split(",")]
    from tracker.read.reader import Reader

    reader = Reader()
    reader.warm()
    print(f"{'':32} {'':6}" + "".join(f"{size:>11,}" for size in sizes))
    bad = 0
    for name, piece in ENDLESS.items():
        for where in (in_text, in_title):
            if args.only not in name:
                continue
            times = []
            for size in sizes:
                each = where(article, piece, size)
                start = time.process_time()
                reader.read(each)
                times.append(time.process_time() - start)
            grows = any(more > TIMES * max(LEAST_S, less) for less, more in pairwise(times)) or times[-1] > MOST_S
            bad += grows
            shown = "".join(f"{seconds:10.2f}s" for seconds in times)
            print(f"{name:32} {where.__name__[3:]:6}{shown}{'  grows too fast' if grows else ''}", flush=True)
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
