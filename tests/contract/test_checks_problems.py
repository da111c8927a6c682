"""Health as it is gathered from a real database: the figures, and that a database which is away is a problem too."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from db.articles import articles
from db.engine import open_database, reading
from db.feeds import feeds
from db.mail import doubtful_mails, ledger
from db.ops import incidents, vitals
from db.sessions import session
from db.values import MessageState, PollResult, SendResult
from jobs.checks.catalogue import problems
from jobs.checks.facts import SILENT, gather
from jobs.mail.outbox import MailsWaitError
from jobs.settings import Settings
from support.databases import recording
from support.mail.news import add_entry, add_reader
from tracker.model import Article, Reading

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=30)


def article(number: int) -> Article:
    return Article(id="", url=f"https://news.example/{number}", text=f"Text {number}.", published=date(2026, 11, 1))


def load(engine: Engine) -> vitals.Vitals:
    with reading(engine) as opened:
        return vitals.load(opened, silent_since=NOW - SILENT, tried_since=NOW - timedelta(days=1))


def test_an_empty_database_has_no_vitals_and_no_problem(engine: Engine, tmp_path: Path) -> None:
    assert load(engine) == vitals.Vitals()
    assert problems(engine, Settings(data_dir=tmp_path), NOW) == ()


def polled(at: datetime, error: str = "") -> PollResult:
    return PollResult(
        at=at, next_poll=at + timedelta(hours=1), interval_s=3600, error=error, error_kind="hard" * bool(error)
    )


def test_feeds_are_counted_as_they_were_heard(engine: Engine) -> None:
    with session(engine) as opened:
        ids = [feeds.add(opened, f"https://{number}.example/feed", LONG_AGO)[0].id for number in range(4)]
        recording.save_poll(opened, ids[0], polled(NOW - timedelta(minutes=9)))
        recording.save_poll(opened, ids[1], polled(NOW - timedelta(hours=20)))
        recording.save_poll(opened, ids[1], polled(NOW - timedelta(hours=9), "no answer"))
        recording.save_poll(opened, ids[2], polled(NOW - timedelta(hours=8), "404 gone"))
        feeds.retire(opened, ids[3], NOW, "410")
    found = load(engine).feeds
    assert (found.polled, found.failing, found.silent) == (3, 2, 1)
    assert found.example == ("https://1.example/feed", "no answer")
    assert found.first_added == LONG_AGO
    assert (found.polled_at, found.due_since) == (NOW - timedelta(minutes=9), NOW - timedelta(hours=8))


def test_articles_that_wait_and_the_last_that_was_read(engine: Engine) -> None:
    with session(engine) as opened:
        keys = [
            articles.store_article(opened, article(number), LONG_AGO + timedelta(days=number))[0] for number in range(4)
        ]
        for number in (0, 1):
            nothing = Reading(id="", is_change=False, score=0.0, reason="")
            articles.mark_read(opened, keys[number], nothing, f"v{number}", NOW - timedelta(hours=number))
    found = load(engine).articles
    assert (found.read_at, found.waiting, found.waiting_since) == (NOW, 2, LONG_AGO + timedelta(days=2))


def test_mails_that_wait_and_those_that_were_refused(engine: Engine) -> None:
    add_entry(engine, "e", LONG_AGO)
    readers = [add_reader(engine, f"{name}@example.org", LONG_AGO).id for name in ("ada", "bob", "cyd", "dan")]
    hours = dict(zip(readers, (1, 2, 3, 48), strict=True))
    with session(engine) as opened:
        drafts = [
            ledger.ComposedMail(reader, "2026-11-23", date(2026, 11, 23), f"<{reader}@x>", "text") for reader in readers
        ]
        ledger.add_editions(opened, [("text", ledger.EditionText(subject="s", html="h", text="t"))], NOW)
        ledger.store(opened, drafts, NOW - timedelta(hours=49))
        for state, later in (("sent", None), ("failed", None), ("composed", NOW), ("failed", None)):
            message = ledger.claim(opened, NOW - timedelta(hours=hours[readers[0]]))
            assert message
            at = NOW - timedelta(hours=hours.pop(readers.pop(0)))
            ledger.finish(
                opened, message, SendResult(state=MessageState(state), at=at, next_try=later, error="451 later")
            )
    found = load(engine).mails
    assert (found.tried, found.refused) == (2, 1), "the fourth was two days ago, the third is to be tried again"
    assert (found.waiting, found.waiting_since, found.error) == (1, NOW - timedelta(hours=49), "451 later")


def test_a_job_that_keeps_failing_and_silent_feeds_are_problems(engine: Engine, tmp_path: Path) -> None:
    with session(engine) as opened:
        for number in range(3):
            feed = feeds.add(opened, f"https://{number}.example/feed", NOW - timedelta(days=3))[0]
            recording.save_poll(opened, feed.id, polled(NOW, "404 gone"))
            incidents.note(opened, "job report", "no room", NOW)
    told = {problem.kind: problem.grave for problem in problems(engine, Settings(data_dir=tmp_path), NOW)}
    assert told == {"failing-job-report": True, "feeds-silent": True}


def test_a_database_that_is_away_or_none_is_a_grave_problem(tmp_path: Path) -> None:
    # SQLite only: PostgreSQL stands beside it in the loop
    (tmp_path / "noise.db").write_bytes(b"no database" * 1000)
    for url in (f"sqlite:///{tmp_path / 'noise.db'}", "postgresql://nobody@127.0.0.1:1/none"):
        (problem,) = problems(open_database(url), Settings(data_dir=tmp_path), NOW)
        assert (problem.kind, problem.grave) == ("database", True)
        assert problem.what.startswith("database ")
    assert gather(open_database(url), Settings(data_dir=tmp_path), NOW).disks[0].folder == tmp_path


def test_a_backup_that_is_old_is_a_problem_until_a_new_one_is_made(engine: Engine, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with session(engine) as opened:
        feeds.add(opened, "https://a.example/feed", NOW - timedelta(days=4))
    settings.backup_dir.mkdir()
    copy = settings.backup_dir / "tracker-2026-11-23.db"
    told = {}
    for age in (None, timedelta(days=4), timedelta(days=1)):
        if age:
            copy.touch()
            os.utime(copy, ((NOW - age).timestamp(),) * 2)
        told[age] = [problem.what for problem in problems(engine, settings, NOW) if problem.kind == "backup-old"]
    assert list(told.values()) == [["there is no backup yet"], ["the newest backup is of 2026-11-19 12:00 UTC"], []]
    copy.unlink()
    none_wanted = settings.model_copy(update={"backup_keep_days": 0})
    assert "backup-old" not in {problem.kind for problem in problems(engine, none_wanted, NOW)}


def test_mails_that_wait_since_a_restore_are_one_problem(engine: Engine, tmp_path: Path) -> None:
    with session(engine) as opened:
        doubtful_mails.note_restore(opened, NOW, mails_wait=True)
    (problem,) = problems(engine, Settings(data_dir=tmp_path), NOW)
    assert (problem.kind, problem.grave) == ("mail-held", False)
    assert str(MailsWaitError(NOW)) == f"{problem.what}: {problem.remedy}", "the same words everywhere"
