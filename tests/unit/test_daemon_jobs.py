"""The daemon's jobs: when a nightly one is due, and that all who name jobs name the same."""

import re
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
import typer

from jobs import cli
from jobs.daemon.catalogue import JOBS
from jobs.daemon.job import Every, Nightly

ZONE = "America/Chicago"
README = Path(__file__).parents[2] / "jobs" / "daemon" / "README.md"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, "2026-03-01T12:00", True),
        ("2026-03-01T09:59", "2026-03-01T10:00", True),  # 4:00 in Chicago
        ("2026-03-01T10:00", "2026-03-01T12:00", False),
        ("2026-03-01T10:00", "2026-03-02T09:59", False),
        ("2026-02-20T10:00", "2026-03-01T09:00", True),  # nights in which nothing ran
        ("2027-01-01T00:00", "2026-03-01T12:00", True),  # the clock was set back
        ("2026-03-08T09:30", "2026-03-08T09:40", False),  # the night in which an hour is skipped: done after 4:00 CDT
        ("2026-03-08T08:30", "2026-03-08T09:00", True),
        ("2026-11-01T09:30", "2026-11-01T10:00", True),  # the night in which an hour comes twice: 3:30 CST, then 4:00
        ("2026-11-01T10:00", "2026-11-01T23:00", False),
    ],
)
def test_a_nightly_job_is_due_when_its_hour_struck_since_it_was_done(last: str | None, now: str, due: bool) -> None:
    assert Nightly(4).is_due(last and at(last), at(now), ZONE) is due  # type: ignore[arg-type]


def test_in_a_whole_year_a_nightly_job_is_done_once_a_day() -> None:
    from datetime import timedelta

    last, done, now = None, [], at("2026-01-01T12:00")
    while now < at("2027-01-01T12:00"):
        if Nightly(4).is_due(last, now, ZONE):
            last = now
            done.append(now)
        now += timedelta(minutes=10)
    assert len(done) == 366  # at the start, and then every night
    assert all(timedelta(hours=22) < b - a < timedelta(hours=26) for a, b in pairwise(done[1:]))


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_every_job_has_its_work_and_a_command_that_does_the_same(job: "object") -> None:
    from jobs.daemon.job import Job

    assert isinstance(job, Job)
    assert callable(job.function())
    words = job.command.partition(" --")[0].split()
    assert words[0] == "tracker"
    known = typer.main.get_command(cli.app)
    for word in words[1:]:
        known = known.commands[word]  # type: ignore[attr-defined]


def test_the_list_names_the_folder_into_which_the_daemon_writes_its_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRACKER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TRACKER_REPORT_DIR", "our pages")
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.chdir(tmp_path)
    assert cli.run(["run", "--jobs"]) == 0
    assert f"tracker report --out '{tmp_path}/our pages'" in capfd.readouterr().out


def test_the_page_about_jobs_lists_them_all_in_their_order() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| `([^`]+)` \|", README.read_text("utf-8"), re.MULTILINE)
    assert rows == [(job.name, str(job.when), job.command) for job in JOBS]


def test_names_are_unique_and_seconds_are_positive() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)
    assert all(job.when.seconds > 0 for job in JOBS if isinstance(job.when, Every))
