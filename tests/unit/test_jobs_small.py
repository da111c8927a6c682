"""The settings template, the lock of the daemon, the doctor's checks and the options that choose entries."""

import re
import tomllib
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import pytest

from jobs.checks import machine, mail, reading
from jobs.checks.check import Level
from jobs.deploy.init import TEMPLATE, write_settings
from jobs.mail.transports import NoConnectionError
from jobs.process.lock import is_held, only_one
from jobs.settings import Settings
from jobs.settings.errors import ENVIRONMENT_ONLY
from jobs.tally import Tally
from jobs.terminal.options import entry_filter
from tracker.errors import BadInput, StorageError, UnknownPlace
from tracker.model import Publish
from tracker.read.version import SMALL_LOOK_VERSION

TEMPLATE_TEXT = files("jobs").joinpath(TEMPLATE).read_text(encoding="utf-8")


def test_the_template_shows_every_setting_with_its_default() -> None:
    shown = tomllib.loads("\n".join(re.findall(r"^# (\w+ = .*)$", TEMPLATE_TEXT, re.M)))
    assert sorted(shown) == sorted(Settings.model_fields.keys() - ENVIRONMENT_ONLY)
    for name, value in shown.items():
        default = Settings.model_fields[name].default
        plain = default.get_secret_value() if hasattr(default, "get_secret_value") else default
        assert value == (str(plain) if isinstance(plain, Path | Publish) else plain), name


def test_an_unchanged_template_sets_nothing() -> None:
    assert tomllib.loads(TEMPLATE_TEXT) == {}


def test_settings_that_are_there_are_only_replaced_by_force(tmp_path: Path) -> None:
    path = tmp_path / "tracker.toml"
    assert write_settings(path, force=False)
    path.write_text("# mine\n")
    assert not write_settings(path, force=False)
    assert path.read_text() == "# mine\n"
    assert write_settings(path, force=True)
    assert path.read_text() == TEMPLATE_TEXT


def test_only_one_daemon_holds_a_data_folder(tmp_path: Path) -> None:
    assert not is_held(tmp_path)
    assert list(tmp_path.iterdir()) == [], "whoever looks leaves no file"
    with only_one(tmp_path):
        assert is_held(tmp_path)
        with pytest.raises(StorageError, match=r"already running here \(process \d+\)"), only_one(tmp_path):
            pass
    assert not is_held(tmp_path)


def test_the_doctor_sees_a_clock_of_the_past() -> None:
    assert machine.clock(datetime(1970, 1, 1, tzinfo=UTC)).level is Level.PROBLEM
    assert machine.clock(datetime(2030, 1, 1, tzinfo=UTC)).level is Level.OK


def test_a_mail_server_that_is_not_there_is_said() -> None:
    settings = Settings.model_construct(smtp_host="127.0.0.1", smtp_port=1, smtp_tls="none")
    with pytest.raises(NoConnectionError, match=r"127\.0\.0\.1:1 does not answer as a mail server"):
        list(mail.server(settings))


def test_the_doctor_names_the_reader_that_is_loaded() -> None:
    (check,) = reading.model(Settings.model_construct(big_look=False))
    says = f"reader {SMALL_LOOK_VERSION}, with the small look alone (`big_look` is off)"
    assert (check.level, check.says) == (Level.OK, says)


def test_the_doctor_says_what_to_do_where_the_model_cannot_be_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.read.encoder.small_look.model_folder", lambda: tmp_path)
    (check,) = reading.model(Settings.model_construct())
    assert check.level is Level.PROBLEM
    assert "install the tracker again" in check.says


def test_a_state_takes_in_its_places_and_topics_are_lower_case() -> None:
    wanted = entry_filter(["Wisconsin", "Milwaukee, WI"], ["Immigration"], "2017-06")
    assert wanted.places == (
        "ocd-division/country:us/state:wi",
        "ocd-division/country:us/state:wi/place:milwaukee",
    )
    assert wanted.inside
    assert wanted.topics == ("immigration",)
    assert str(wanted.since) == "2017-06"


def test_a_place_or_date_that_is_none_is_said_with_the_remedy() -> None:
    with pytest.raises(UnknownPlace, match="Milwaukee, WI"):
        entry_filter(["Milwakee, WI"], None, "")
    with pytest.raises(BadInput, match="write 2017, 2017-06 or 2017-07-06"):
        entry_filter(None, None, "July 2017")


def test_a_run_failed_where_a_feed_or_an_article_did_but_not_where_a_page_is_tried_again() -> None:
    assert Tally(feeds=3, failed_feeds=1).failed
    assert Tally(read=1, unreadable=1).failed
    assert not Tally(feeds=3, failed_pages=2).failed
