"""How many documents a second `find_dates` reads on one core: `python tests/bench/bench_dates.py`.

Documents are 2,500 characters, made of the marked paragraphs of tests/golden/dates and of sentences without dates in
the proportion of local news. Where dateparser is installed, its search runs on the same documents in the same run.
Exits with 1 below the floor that issue 3 sets.
"""

import importlib.util
import random
import re
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from tracker.read.dates import find_dates

GOLDEN = Path(__file__).parents[1] / "golden" / "dates"
LENGTH = 2500
"""Characters of one document: the median of local news articles is a little under it."""
DOCUMENTS = 400
FLOOR = 200
"""Documents a second, from issue 3."""
PEER_DOCUMENTS = 10
"""dateparser's search takes seconds a document."""
PLAIN = (
    "Residents who spoke were divided over the plan, and several asked for a study of its cost.",
    "The department did not respond to a request for comment from a local newspaper.",
    '"We want officers to be able to do their work, and we want people to trust them," she said.',
    "Opponents said that the measure would hurt small shops, which have few other ways to draw customers.",
    "The ordinance would set a fine of $250 for a first offense and $500 for each one after that.",
    "Supporters filled the chamber, some of them holding signs, while others watched from the lobby.",
)


def documents(count: int) -> list[tuple[str, date]]:
    """Texts with their publication days, the same in every run."""
    rng = random.Random(7)
    blocks = [
        (date.fromisoformat(day), re.sub(r"\{([^{}=]*)=[^{}]*\}", r"\1", text))
        for path in sorted(GOLDEN.glob("*.txt"))
        for day, text in re.findall(r"^@ (\S+)\n(.+)$", path.read_text(encoding="utf-8"), re.M)
    ]
    return [_document(rng, blocks) for _ in range(count)]


def _document(rng: random.Random, blocks: list[tuple[date, str]]) -> tuple[str, date]:
    published, text = rng.choice(blocks)
    while len(text) < LENGTH:
        text += "\n\n" + " ".join(rng.choices(PLAIN, k=4))
    return text[:LENGTH], published


def rate(read: Callable[[str, date], object], docs: list[tuple[str, date]]) -> float:
    """Documents a second of processor time."""
    read(*docs[0])
    start = time.process_time()
    for text, published in docs:
        read(text, published)
    return len(docs) / (time.process_time() - start)


def peer() -> Callable[[str, date], object] | None:
    """dateparser's search, where it is installed."""
    if not importlib.util.find_spec("dateparser"):
        return None
    from dateparser.search import search_dates  # type: ignore[import-untyped,import-not-found,unused-ignore]

    def read(text: str, published: date) -> object:
        base = datetime(published.year, published.month, published.day)  # noqa: DTZ001
        return search_dates(text, languages=["en"], settings={"RELATIVE_BASE": base})

    return read


def main() -> int:
    """Prints the rates; 1 if ours is under the floor."""
    docs = documents(DOCUMENTS)
    ours = rate(find_dates, docs)
    print(f"find_dates: {ours:.0f} documents of {LENGTH} characters a second, {ours / FLOOR:.1f} times the floor")
    other = peer()
    if other:
        theirs = rate(other, docs[:PEER_DOCUMENTS])
        print(f"dateparser: {theirs:.1f} documents a second; ours is {ours / theirs:.0f} times as fast")
    return 0 if ours >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
