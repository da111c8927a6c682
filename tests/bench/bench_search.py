"""How long a search takes among 200,000 entries: in the database, and until the page stands in Chromium.

usage: python tests/bench/bench_search.py [ENTRIES] [--keep DATABASE_URL]

The entries are those of `bench_report.py`, in a SQLite file, or in a database that was filled before (`--keep`; one
that is empty is filled). One line a question: milliseconds of `db.search.query.search` (the median of seven), processor
time of the same, and milliseconds from the click to the page's end (the median of five) as the daemon serves it. The
exit status is 1 where a page takes more than 300 ms. The load of the machine is printed: beside other work the figures
are no better than it.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import structlog
from bench_report import A_PLACE, NOW, fill, places
from sqlalchemy import Engine

sys.path.insert(0, str(Path(__file__).parents[1]))

from db.engine import migrate, open_database, reading
from db.search import query, stale
from jobs.publish.search_terms import params_of, query_of
from tracker.model import Publish

MOST_MS = 300
QUESTIONS: dict[str, list[tuple[str, str]]] = {
    "no word": [],
    "a word that few have": [("q", "murdock")],
    "a word that all have": [("q", "council")],
    "two words": [("q", "council immigration")],
    "a phrase that all have": [("q", '"the council voted"')],
    "without a word": [("q", "council -housing")],
    "a state and a topic": [("state", "il"), ("topic", "immigration")],
    "all of it": [("q", "council"), ("state", "il"), ("topic", "immigration"), ("stage", "adopted"), ("year", "2019")],
    "16 words that all have": [("q", "the council voted 5 2 on tuesday to adopt the ordinance which takes effect at")],
    "the hundredth page": [("q", "council"), ("page", "100")],
    "nothing": [("q", "councl imigration milwakee")],
}


def timed(act: Callable[[], object], times: int) -> tuple[float, float]:
    """(wall, processor) milliseconds, medians."""
    walls, cpus = [], []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        act()
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    return median(walls), median(cpus)


def in_database(engine: Engine, params: list[tuple[str, str]]) -> tuple[float, float, int]:
    wanted, _ = query_of(params_of(params))
    totals = []

    def ask() -> None:
        with reading(engine) as session:
            totals.append(query.search(session, wanted, Publish.ALL, NOW.date()).total)

    return *timed(ask, 7), totals[0]


def in_browser(engine: Engine) -> dict[str, float]:
    """Milliseconds of each question."""
    from playwright.sync_api import sync_playwright

    from support.web.site import running_site

    found = {}
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with (
        tempfile.TemporaryDirectory() as folder,
        running_site(engine, Path(folder), structlog.get_logger(), ada=False) as site,
    ):
        assets = Path(folder) / "report" / "assets"
        assets.mkdir()
        shutil.copy(Path(__file__).parents[2] / "tracker/publish/report/static/style.css", assets)
        with sync_playwright() as playwright:
            chromium = shutil.which("chromium") or "/usr/bin/chromium"
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            for name, params in QUESTIONS.items():
                times = []
                for _ in range(5):
                    page.goto(f"http://127.0.0.1:{site.port}/search/?{urlencode(params)}")
                    times.append(page.evaluate("performance.getEntriesByType('navigation')[0].domComplete"))
                    time.sleep(0.5)  # as fast as one client may ask
                found[name] = median(times)
            browser.close()
    return found


def main() -> int:
    """Prints the lines; see above."""
    parser = argparse.ArgumentParser()
    parser.add_argument("entries", nargs="?", type=int, default=200_000)
    parser.add_argument("--keep", default="")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(told.keep or f"sqlite:///{folder}/bench.db")
        migrate(engine)
        stale.ensure_index(engine)
        with reading(engine) as session:
            is_empty = not query.names(session, "place")
        if is_empty:
            fill(engine, list(enumerate(places(told.entries // A_PLACE), start=1)), 0, A_PLACE)
        pages = in_browser(engine)
        for name, params in QUESTIONS.items():
            wall, cpu, total = in_database(engine, params)
            print(f"{name:24} {total:8,d} found  database {wall:6.0f} ms (cpu {cpu:4.0f})  page {pages[name]:6.0f} ms")
        engine.dispose()
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return int(max(pages.values()) > MOST_MS)


if __name__ == "__main__":
    sys.exit(main())
