"""What `tracker doctor` says of the data folder, its files, the clock, the feeds and the settings file."""

import errno
import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db.articles.articles import store_article
from db.feeds import feeds
from db.opinions import opinions as asked
from db.opinions import usage
from db.sessions import session
from db.values import Feed, PollResult
from jobs.checks import data, mail
from jobs.checks import feeds as feed_checks
from jobs.checks import reading as reading_checks
from jobs.checks.check import Level, Result
from jobs.checks.settings import settings as settings_given
from jobs.deploy.init import write_settings
from jobs.opinions.due import day_of
from jobs.settings import Settings, load
from jobs.store import open_store
from jobs.terminal.console import State
from support.databases import recording
from support.mail.news import add_reader
from tracker.model import Article
from tracker.read.opinions.labelled import rules_version

NOW = datetime.now(UTC)


def feed(number: int, **told: object) -> Feed:
    return Feed.model_validate({"url": f"https://{number}.example/feed", "added_at": NOW} | told)


WELL, FAILING = feed(1), feed(2, errors=3, error="no answer in 30 s")
GONE = feed(3, errors=1, retired_at=NOW)
FEEDS = [
    ([], Level.WARNING, "none; `tracker sources import"),
    ([WELL, GONE], Level.OK, "2"),
    ([WELL, FAILING], Level.WARNING, "1 of 2 fail, https://2.example/feed among them"),
    ([GONE], Level.OK, "1"),
]


@pytest.mark.parametrize(("known", "level", "says"), FEEDS)
def test_some_feeds_that_fail_are_a_warning(known: Sequence[Feed], level: Level, says: str) -> None:
    (check,) = feed_checks.some_failing(known)
    assert check.level is level
    assert check.says.startswith(says)


def test_that_all_feeds_fail_is_told_as_a_problem_and_not_here_too() -> None:
    assert list(feed_checks.some_failing([FAILING, FAILING])) == list(feed_checks.some_failing([FAILING, GONE])) == []


def only_problem(found: Sequence[Result]) -> str:
    (says,) = [check.says for check in found if check.level is Level.PROBLEM]
    return says


def test_a_clock_behind_what_is_stored_is_a_problem(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    for ahead, told in ((timedelta(minutes=30), 0), (timedelta(days=400), 1)):
        with open_store(settings) as engine, session(engine) as opened:
            known, _ = feeds.add(opened, WELL.url, NOW)
            recording.save_poll(opened, known.id, PollResult(at=NOW + ahead, next_poll=NOW + ahead, interval_s=900))
        assert len(list(feed_checks.clock(settings))) == told
    assert "but a source was polled at" in only_problem(list(feed_checks.clock(settings)))


@pytest.fixture
def folder_of_another() -> Settings:
    """A data folder that everybody may write into, with a database and a report that only their owner may write."""
    folder = Path(tempfile.mkdtemp(prefix="tracker-shared-"))
    settings = Settings(data_dir=folder)
    with open_store(settings):
        settings.report_dir.mkdir()
    folder.chmod(0o777)
    return settings


def test_files_that_another_user_owns_are_named(folder_of_another: Settings, unprivileged: None) -> None:
    found = list(data.foreign_files(folder_of_another))
    assert {check.level for check in found} == {Level.PROBLEM}
    assert [check.says.partition(":")[0] for check in found] == [
        str(folder_of_another.data_dir / name) for name in ("tracker.db", "report")
    ]
    assert "may not write it" in found[0].says


def test_files_of_ones_own_are_well(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with open_store(settings):
        assert list(data.foreign_files(settings)) == []


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder into which everybody may look, under a umask that lets everybody read what is made."""
    folder = Path(tempfile.mkdtemp(prefix="tracker-open-"))
    folder.chmod(0o755)
    before = os.umask(0o022)
    yield folder
    os.umask(before)


def test_what_we_make_is_its_owners_alone_and_the_doctor_tells_what_is_not(open_to_all: Path) -> None:
    settings = Settings(data_dir=open_to_all / "data")
    with open_store(settings) as engine, session(engine) as opened:
        feeds.add(opened, WELL.url, NOW)
        made = [path for path in settings.data_dir.iterdir() if path.name.startswith("tracker.db")]
        assert len(made) == 3
        assert {mode(path) for path in made} == {0o600}
    assert mode(settings.data_dir) == 0o700
    path = settings.data_dir / "tracker.db"
    path.chmod(0o644)
    assert list(data.open_files(settings)) == [], "nobody gets into the folder"
    settings.data_dir.chmod(0o755)
    (check,) = data.open_files(settings)
    assert (check.level, f"`chmod o= {path}`" in check.says) == (Level.WARNING, True)
    with open_store(settings):
        assert (mode(settings.data_dir), mode(path)) == (0o755, 0o644), "what is there stays as it is"
    path.chmod(0o640)
    assert list(data.open_files(settings)) == [], "a group is meant"


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.EROFS, "mount its file system for writing"),
        (errno.ENOSPC, "make room"),
        (errno.EACCES, "check who owns it"),
    ],
)
def test_the_remedy_for_a_folder_fits_what_the_system_said(number: int, says: str) -> None:
    assert data.remedy(OSError(number, "refused")).startswith(says)


CLEAR: list[tuple[dict[str, Any], bool]] = [
    ({}, False),
    ({"desk": False, "web_url": "http://tracker.example/"}, False),
    ({"web_url": "http://tracker.example/"}, True),
    ({"web_url": "https://tracker.example/"}, False),
    ({"web_url": "http://127.0.0.2:8321/"}, False),
    ({"web_url": "http://[::1]/"}, False),
    ({"web_url": "http://localhost:8321/"}, False),
    ({"web_url": "http://localhost.example/"}, True),
    ({"web_host": "0.0.0.0"}, True),
    ({"trusted_proxies": "10.0.0.1"}, True),
]


@pytest.mark.parametrize(("given", "is_told"), CLEAR)
def test_a_desk_without_https_is_a_warning(given: dict[str, Any], is_told: bool, tmp_path: Path) -> None:
    settings = Settings(**{"data_dir": tmp_path, "desk": True} | given)
    found = settings_given(settings, State(config=tmp_path / "tracker.toml"))
    told = [check for check in found if "passwords may go in the clear" in check.says]
    assert [check.level for check in told] == [Level.WARNING] * is_told


def test_a_password_that_everybody_may_read_is_a_warning(tmp_path: Path) -> None:
    # SQLite only: the address is only a setting here
    path = tmp_path / "tracker.toml"

    def told() -> list[str]:
        return [check.says for check in settings_given(load(path), State(config=path)) if "chmod 600" in check.says]

    write_settings(path, force=False)
    path.chmod(0o644)
    assert told() == []
    path.write_text('smtp_password = "p"\ndatabase_url = "postgresql://me:secret@h/name"\n')
    assert "holds database_url and smtp_password, and everybody here may read it" in told()[0]
    path.chmod(0o640)
    assert told() == []
    path.write_text('database_url = "sqlite:///tracker.db"\n')
    path.chmod(0o644)
    assert told() == []


def test_who_was_never_asked_for_a_yes_is_counted_where_no_mail_can_go_out(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with open_store(settings) as engine:
        add_reader(engine, "ada@example.org", NOW, confirmed=False)
        add_reader(engine, "bob@example.org", NOW)
    (_, warning) = mail.server(settings)
    assert warning.level is Level.WARNING
    assert warning.says.startswith("1 subscriber was never asked for a yes and gets nothing")


HEARD = [
    (None, "llama was not checked, so that what its server answers decides nothing yet"),
    (0.4, "it is not listened to: entry F1 0.40, no better than the encoder's 0.50; nothing more is asked"),
    (0.9, "it is listened to: entry F1 0.90, the encoder's 0.50"),
]


@pytest.mark.parametrize(("goodness", "says"), HEARD)
def test_whether_a_model_is_listened_to_and_how_many_articles_wait_longer_than_today(
    goodness: float | None, says: str, tmp_path: Path
) -> None:
    """SQLite only: the numbers are those of the database's own tests."""
    named = {"second_opinion_url": "https://models.example/v1", "second_opinion_model": "llama"}
    settings = Settings(data_dir=tmp_path, **named, second_opinion_per_day=3)  # type: ignore[arg-type]
    assert list(reading_checks.opinions(Settings(data_dir=tmp_path))) == [], "nothing is said where none is asked"
    with open_store(settings) as engine, session(engine) as opened:
        for number in range(4):
            article = Article(id="", url=f"https://a.example/{number}", text="x", published=NOW.date())
            asked.queue(opened, {store_article(opened, article, NOW)[0]: article.published}, NOW)
        usage.add_usage(opened, day_of(NOW, settings), "llama", asked=1, refused=1, input_tokens=2900)
        if figures := {"entry_f1": goodness, "encoder_entry_f1": 0.5} if goodness else {}:
            usage.save_check(opened, "llama", figures, NOW, rules_version())
    key, model, waiting = reading_checks.opinions(settings)
    assert key.says.startswith("no key is set")
    assert says in model.says
    assert model.level is (Level.OK if goodness == 0.9 else Level.WARNING)
    assert waiting.says.startswith("4 articles wait: 1 of today's 3 asked about, 1 answers refused, 2,900 tokens; 2 of")
