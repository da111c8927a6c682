"""The recipes hold: a topic, an export format, a page of the report, a job and a check are each added to a copy of the
house as the READMEs of its packages tell it, a table, a row or a file each, and are then everywhere.

Recipes: tracker/read/README.md, tracker/publish/README.md, jobs/daemon/README.md, jobs/checks/README.md.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOPIC = """
[kite-flying]
strong = ["kite"]
search_words = ["kites", "kite ban", "kite flying", "kite ordinance"]
"""
FORMAT = '''"""Plain text: a line an entry."""

from tracker.model import Entry
from tracker.publish.exports.format import Export
from tracker.publish.exports.json import record
from tracker.publish.safe import plain

KEYS = ("jurisdiction_name", "topic", "date", "policy_name", "policy", "standing", "effect", "direction")


class LinesExport(Export):
    """One line an entry."""

    def head(self) -> str:
        return f"{self.title}\\n"

    def item(self, entry: Entry) -> str:
        values = record(entry)
        return ", ".join(plain(str(values[key])) for key in KEYS) + "\\n"

    def tail(self) -> str:
        return ""
'''
FORMAT_ROW = (
    '        Format("lines", "txt", "text/plain", "Plain lines", "lines:LinesExport", extract=Extract.NEWEST),\n'
)
PAGE = """{% extends "base.html.j2" %}
{% block title %}In short{% endblock %}
{% block main %}
<h1>In short</h1>
<p>{{ count(overview.entries, "step") }}. <a href="{{ link('entries.txt') }}">As plain lines</a></p>
{% endblock %}
"""
PAGE_ROW = '    SitePage("short/", "short.html.j2", "In short"),\n'
JOB = '''"""The daemon's job of kites."""

from typing import TYPE_CHECKING

from jobs.process.job import Cron, job

if TYPE_CHECKING:
    from jobs.process.context import JobContext


@job(Cron("30 16 * * fri"), "tracker sources check")
async def kites(context: "JobContext") -> None:
    """Flies them."""
'''
CHECK = """

def kites(facts: Facts, _now: datetime) -> Iterator[Problem]:
    if not facts.daemon:
        yield Problem("no-kites", "no kite flies", "start `tracker run`", subject="feeds")
"""
ARTICLE = {
    "id": "a1",
    "url": "https://news.example/kites",
    "title": "Dayton bans kites in city parks",
    "text": (
        "DAYTON, Ohio — The Dayton City Commission voted 4-1 on Tuesday to ban kites in city parks.\n\n"
        "The ordinance takes effect July 1. Whoever flies a kite near a power line pays a fine of $50.\n\n"
        "Commissioners heard an hour of comment before the vote."
    ),
    "published": "2026-05-13",
    "publisher": "Dayton Courier",
    "source_home": "Dayton, OH",
}
RUN = "import json, sys; from jobs import cli; print([cli.run(each) for each in json.loads(sys.argv[1])])"


class House:
    """A copy of the program, of links to its files but for those that are written anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for storey in ("tracker", "db", "jobs"):
            shutil.copytree(ROOT / storey, folder / storey, copy_function=os.symlink)

    def write(self, name: str, text: str) -> None:
        """A file of its own in the place of a link."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_text(text, "utf-8")

    def add_row(self, name: str, row: str, end: str) -> None:
        """A row before the end of the one table of a file."""
        text = (ROOT / name).read_text("utf-8")
        assert text.count(end) == 1
        self.write(name, text.replace(end, f"\n{row}{end[1:]}"))

    def run(self, *commands: list[str], cwd: Path, status: int = 0) -> str:
        """What the commands print; all end with this status."""
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(self.folder), "COLUMNS": "300"}
        env |= {"HOME": str(cwd), "TRACKER_DATA_DIR": str(cwd / "data"), "TRACKER_TIMEZONE": "America/Chicago"}
        made = [sys.executable, "-c", RUN, json.dumps(commands)]
        done = subprocess.run(made, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=300)
        assert (done.returncode, done.stdout.splitlines()[-1:]) == (0, [str([status] * len(commands))]), done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder in which the commands of a house ran that has all of them, and what they printed."""
    house, cwd = House(tmp_path_factory.mktemp("house")), tmp_path_factory.mktemp("work")
    topics = "tracker/read/data/topics.toml"
    house.write(topics, (ROOT / topics).read_text("utf-8") + TOPIC)
    house.write("tracker/publish/exports/lines.py", FORMAT)
    house.add_row("tracker/publish/exports/__init__.py", FORMAT_ROW, "\n    )\n}\n")
    house.write("tracker/publish/report/templates/short.html.j2", PAGE)
    house.add_row("tracker/publish/report/site_pages.py", PAGE_ROW, "\n)\n")
    house.write("jobs/kites/jobs.py", JOB)
    house.write("jobs/checks/feeds.py", (ROOT / "jobs/checks/feeds.py").read_text("utf-8") + CHECK)
    house.add_row("jobs/checks/catalogue.py", "    feeds.kites,\n", "\n    feeds.polling,\n")
    (cwd / "articles.jsonl").write_text(json.dumps(ARTICLE) + "\n", "utf-8")
    told = house.run(
        ["export", "--help"],
        ["run", "--jobs"],
        ["ingest", "articles.jsonl"],
        ["export", "--topic", "kite-flying", "--format", "lines", "--out", "kites.txt"],
        ["report", "--out", "site"],
        cwd=cwd,
    )
    return cwd, told + house.run(["alerts", "list"], cwd=cwd, status=1)


def read(folder: Path, name: str) -> str:
    return (folder / name).read_text("utf-8")


def test_a_topic_is_told_of_an_article_chosen_by_and_shown(printed: tuple[Path, str]) -> None:
    folder, _ = printed
    assert "Dayton, kite-flying, 2026-05-12" in read(folder, "kites.txt")
    assert "Kite flying" in read(folder, "site/topics/index.html")
    assert "<h1" in read(folder, "site/topic/kite-flying/index.html")


def test_a_format_is_offered_written_and_beside_the_pages(printed: tuple[Path, str]) -> None:
    folder, told = printed
    assert "timelinejs|lines" in told
    for page in ("oh/dayton/", "topic/kite-flying/", ""):
        assert '<a href="entries.txt">Plain lines</a>' in read(folder, f"site/{page}index.html")
        assert "Dayton, kite-flying" in read(folder, f"site/{page}entries.txt")


def test_a_page_is_in_the_menu_of_every_page_and_offers_the_format(printed: tuple[Path, str]) -> None:
    folder, _ = printed
    assert '<a href="short/index.html">In short</a>' in read(folder, "site/index.html")
    assert '<a href="../../short/index.html">In short</a>' in read(folder, "site/oh/dayton/index.html")
    page = read(folder, "site/short/index.html")
    assert "2 steps" in page
    assert 'href="../entries.txt"' in page


def test_a_job_is_found_with_its_schedule_and_its_command(printed: tuple[Path, str]) -> None:
    _, told = printed
    (row,) = (line for line in told.splitlines() if line.split()[:1] == ["kites"])
    assert row.split() == ["kites", "at", *["30", "16", "*", "*", "fri"], "tracker", "sources", "check"]


def test_a_check_is_told_wherever_problems_are(printed: tuple[Path, str]) -> None:
    _, told = printed
    assert "problem  no kite flies; start `tracker run` (not told yet)" in told
