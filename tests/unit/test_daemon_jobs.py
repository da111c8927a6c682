"""The daemon's jobs: when one with hours of its own is due, and that each has its work and its command."""

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
import typer

from jobs import cli
from jobs.daemon.scheduler import JOBS
from jobs.process.job import NIGHTLY, REGISTRY, Cron, Job, job

ZONE = "America/Chicago"


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
    assert NIGHTLY.is_due(last and at(last), at(now), ZONE) is due  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expression", "last", "now", "due"),
    [
        ("30 16 * * fri", "2026-03-05T23:00", "2026-03-06T22:29", False),  # Thursday evening; Friday 4:29 p.m.
        ("30 16 * * fri", "2026-03-05T23:00", "2026-03-06T22:30", True),
        ("30 16 * * fri", "2026-03-06T22:30", "2026-03-13T21:29", False),  # by then in daylight-saving time
        ("30 16 * * fri", "2026-03-06T22:30", "2026-03-13T21:30", True),
        ("0 6-18/6 * * *", "2026-03-06T12:00", "2026-03-06T18:00", True),
        ("0 4 1 * *", "2026-03-01T10:00", "2026-03-31T12:00", False),
    ],
)
def test_a_job_is_due_when_its_cron_expression_struck_since_it_was_done(
    expression: str, last: str, now: str, due: bool
) -> None:
    assert Cron(expression).is_due(at(last), at(now), ZONE) is due


def test_days_of_the_week_are_named_since_their_numbers_differ_from_cron_to_cron() -> None:
    with pytest.raises(ValueError, match="name the days of the week"):
        Cron("0 4 * * 1")
    assert str(Cron("0 4 * * mon")) == "at 0 4 * * mon"


def test_in_a_whole_year_a_nightly_job_is_done_once_a_day() -> None:
    from datetime import timedelta

    last, done, now = None, [], at("2026-01-01T12:00")
    while now < at("2027-01-01T12:00"):
        if NIGHTLY.is_due(last, now, ZONE):
            last = now
            done.append(now)
        now += timedelta(minutes=10)
    assert len(done) == 366  # at the start, and then every night
    assert all(timedelta(hours=22) < b - a < timedelta(hours=26) for a, b in pairwise(done[1:]))


@pytest.mark.parametrize("each", JOBS, ids=lambda each: each.name)
def test_every_job_has_its_work_and_a_command_that_does_the_same(each: Job) -> None:
    assert callable(each.work)
    words = each.command.partition(" --")[0].split()
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


def test_names_are_unique_and_seconds_are_positive() -> None:
    with pytest.raises(ValueError, match="two jobs backup: jobs"):
        job(NIGHTLY, "tracker backup")(REGISTRY["backup"].work)
    assert all(each.look_s > 0 for each in JOBS)
