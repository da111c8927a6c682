"""Settings: one name each, the environment over the file, and one line that says what to do about a wrong one."""

from pathlib import Path

import pytest

from jobs.settings import Settings, defaults, load, unknown_variables
from support.commands.environment import leave_foreign_out
from tracker.errors import SettingsError


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    leave_foreign_out(monkeypatch)
    monkeypatch.chdir(tmp_path)


def test_without_a_file_everything_has_a_default(tmp_path: Path) -> None:
    settings = load()
    assert settings.data_dir == tmp_path / "tracker-data"
    assert settings.database == f"sqlite:///{tmp_path}/tracker-data/tracker.db"
    assert settings.report_dir == tmp_path / "tracker-data" / "report"
    assert settings.allow_private_addresses is False
    assert (settings.web_host, settings.web_port) == ("127.0.0.1", 8321)


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tracker.toml").write_text('contact = "file@example.org"\nsmtp_port = 25\n')
    monkeypatch.setenv("TRACKER_CONTACT", "environment@example.org")
    assert load().contact == "environment@example.org"
    assert load().smtp_port == 25


def test_an_empty_variable_counts_as_unset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tracker.toml").write_text("smtp_port = 25\n")
    monkeypatch.setenv("TRACKER_SMTP_PORT", "")
    assert load().smtp_port == 25


@pytest.mark.parametrize(
    ("word", "is_on"), [("off", False), ("f", False), ("N", False), ("0", False), ("yes", True), ("", True)]
)
def test_the_defaults_take_what_the_environment_says_of_the_settings_that_are_named(
    monkeypatch: pytest.MonkeyPatch, word: str, is_on: bool
) -> None:
    monkeypatch.setenv("TRACKER_BIG_LOOK", word)
    monkeypatch.setenv("TRACKER_SMTP_PORT", "25")
    assert (defaults("big_look").big_look, defaults("big_look").smtp_port) == (is_on, 587)
    assert defaults().big_look


def test_a_default_that_cannot_be_understood_is_said_as_any_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_BIG_LOOK", "perhaps")
    with pytest.raises(SettingsError, match="environment variable TRACKER_BIG_LOOK: input should be a valid boolean"):
        defaults("big_look")


def test_the_file_is_named_by_option_before_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text(f'contact = "{name}@example.org"\n')
    monkeypatch.setenv("TRACKER_CONFIG", str(tmp_path / "two.toml"))
    assert load().contact == "two@example.org"
    assert load(tmp_path / "one.toml").contact == "one@example.org"


def test_a_relative_data_folder_lies_beside_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "my.toml").write_text('data_dir = "data"\n')
    assert load(tmp_path / "etc" / "my.toml").data_dir == tmp_path / "etc" / "data"
    monkeypatch.setenv("TRACKER_DATA_DIR", "here")
    assert load(tmp_path / "etc" / "my.toml").data_dir == tmp_path / "here"


WEB, PAGES = "https://tracker.example.org/", "https://pages.example.org/report/"
ADDRESSES = [
    ("neither", {}, "", ""),
    ("the daemon's alone", {"web_url": WEB}, WEB, WEB),
    ("the report's alone", {"public_url": PAGES}, PAGES, PAGES),
    ("both", {"web_url": WEB, "public_url": PAGES}, PAGES, WEB),
]


@pytest.mark.parametrize(
    ("given", "report", "readers"), [row[1:] for row in ADDRESSES], ids=[row[0] for row in ADDRESSES]
)
def test_one_web_address_will_do_and_of_two_each_has_its_own(given: dict[str, str], report: str, readers: str) -> None:
    settings = Settings(**given)
    assert (settings.report_url, settings.readers_url) == (report.rstrip("/"), readers.rstrip("/"))


def test_secrets_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_SMTP_PASSWORD", "hunter2")
    monkeypatch.setenv("TRACKER_DATABASE_URL", "postgresql+psycopg://me:hunter2@db.example.org/tracker")
    assert "hunter2" not in repr(load())
    assert "hunter2" not in str(load().model_dump())


WRONG = [
    ('smtp_port = "many"', "smtp_port", "default: 587"),
    ("smtp_port = 70000", "smtp_port", "default: 587"),
    ('smtp_tls = "ssl"', "smtp_tls", "'starttls'"),
    ('timezone = "Milwaukee"', "timezone", "America/Chicago"),
    ('timezone = "America/Chicgo"', "timezone", "did you mean America/Chicago"),
    ('timezone = "../../etc/passwd"', "timezone", "America/Chicago"),
    ('public_url = "tracker.example.org"', "public_url", "https://"),
    ('contact = "a@example.org\\nBcc: b@example.org"', "contact", "one line"),
    ("alow_private_addresses = true", "alow_private_addresses", "did you mean `allow_private_addresses`?"),
    (
        'dkim_selector = "mail"',
        "`dkim_selector` means nothing",
        "mail server sign, with DKIM); remove",
    ),
    ("data_dir = 7", "data_dir", "tracker-data"),
    ("publish = 0.555", "publish", "two decimals"),
    ('digest_publish = "sure"', "digest_publish", "a chance from 0 to 1"),
    ('data_dir = ""', "data_dir", "name a folder"),
    ('report_dir = ""', "report_dir", "name a folder"),
    ('report_dir = " \\t"', "report_dir", "name a folder"),
    ('report_dir = "."', "report_dir", "a folder of its own"),
    ('report_dir = "site/../.."', "report_dir", "a folder of its own"),
    ('report_dir = "/"', "report_dir", "a folder of its own"),
    ("smtp_password = 7", "smtp_password", "string"),
    ('second_opinion_url = "http://127.0.0.1:11434/v1"', "second_opinion_model", "name one that this server has"),
    ('second_opinion_model = "qwen3:8b"', "second_opinion_model", "set `second_opinion_url`"),
    ('second_opinion_url = "localhost:11434"', "second_opinion_url", "http://127.0.0.1:11434/v1"),
    ('second_opinion_url = "https://me:s3cret@h/v1"', "second_opinion_url", "TRACKER_SECOND_OPINION_KEY"),
    ('second_opinion_url = "https://h/v1?key=s3cret"', "second_opinion_url", "the address alone"),
    ('second_opinion_key = "s3cret"', "second_opinion_key", "set TRACKER_SECOND_OPINION_KEY in the environment"),
    ("second_opinion_at_once = 65", "second_opinion_at_once", "default: 2"),
    ("second_opinion_per_day = -1", "second_opinion_per_day", "default: 500"),
    ("contact = ", "not TOML", "name ="),
    ('[smtp]\nhost = "x"', "smtp", "smtp_host"),
]


@pytest.mark.parametrize(("line", "names", "remedy"), WRONG, ids=[line for line, _, _ in WRONG])
def test_a_wrong_setting_gives_one_line_with_the_remedy(tmp_path: Path, line: str, names: str, remedy: str) -> None:
    (tmp_path / "tracker.toml").write_text(line)
    with pytest.raises(SettingsError) as caught:
        load()
    message = str(caught.value)
    assert str(tmp_path / "tracker.toml") in message
    assert names in message
    assert remedy in message
    assert "\n" not in message.strip()
    assert "s3cret" not in message


SAID = [
    (
        "smtp_port = 1\ncontact = 'a'\n  smtp_port = 2\n",
        "`smtp_port` is there more than once, in lines 1 and 3; remove",
    ),
    (
        'smtp_host = "a"\n"smtp_host" = """b\n"""\nsmtp_host="c"',
        "`smtp_host` is there more than once, in lines 1, 2 and 4",
    ),
    ('desk = "perhaps"', '`desk`: input should be a valid boolean, unable to interpret input, not "perhaps"; '),
    ('desk = "perhaps"', "(default: false)"),
    ("smtp_port = 70000", "less than or equal to 65535, not 70000; correct it or remove it (default: 587)"),
    ("smtp_tls = true", 'not true; correct it or remove it (default: "starttls")'),
    ('database_url = "tracker.db"', "tracker.toml: `database_url`: not an address like sqlite:///tracker.db"),
    ('database_url = "mysql://me:s3cret@h/x"', "tracker.toml: `database_url`: mysql is not supported: use sqlite"),
]


@pytest.mark.parametrize(("text", "said"), SAID)
def test_what_is_wrong_is_said_as_it_stands_in_the_file(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "tracker.toml").write_text(text)
    with pytest.raises(SettingsError) as caught:
        load()
    assert said in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tracker.toml").write_text('desk = "perhaps"\nsmtp_prt = 25\nweb_port = 0\n')
    monkeypatch.setenv("TRACKER_DATABASE_URL", "nowhere")
    with pytest.raises(SettingsError) as caught:
        load()
    told = str(caught.value).split(". Also ")
    assert len(told) == 4
    assert any(one.startswith("environment variable TRACKER_DATABASE_URL: not an address") for one in told)
    assert any("there is no setting `smtp_prt`; did you mean" in one for one in told)


@pytest.mark.parametrize(
    "url", ["https://h.example/v1", "https://h.example/v1/", "https://h.example/v1/chat/completions"]
)
def test_the_model_is_asked_at_the_same_address_however_much_of_it_is_written(url: str) -> None:
    settings = Settings(second_opinion_url=url, second_opinion_model="m")
    assert settings.second_opinion_address == "https://h.example/v1/chat/completions"
    assert Settings().second_opinion_address == ""


def test_the_key_of_the_model_comes_by_the_environment_and_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_SECOND_OPINION_KEY", " s3cret\n")
    assert load().second_opinion_key.get_secret_value() == "s3cret"
    assert "s3cret" not in repr(load())
    monkeypatch.setenv("TRACKER_SECOND_OPINION_KEY", "s3cret\nHost: elsewhere")
    with pytest.raises(SettingsError, match="TRACKER_SECOND_OPINION_KEY: it has blanks") as refused:
        load()
    assert "s3cret" not in str(refused.value)


def test_a_wrong_variable_is_named_as_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_WEB_PORT", "http")
    with pytest.raises(SettingsError, match="environment variable TRACKER_WEB_PORT"):
        load()


def test_a_variable_of_blanks_names_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_REPORT_DIR", " ")
    with pytest.raises(SettingsError, match="environment variable TRACKER_REPORT_DIR: it is empty; name a folder"):
        load()


def test_a_report_is_not_shown_from_a_folder_that_leads_to_the_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").symlink_to(tmp_path)
    monkeypatch.setenv("TRACKER_REPORT_DIR", str(tmp_path / "elsewhere"))
    with pytest.raises(SettingsError, match="a folder of its own"):
        load()
    monkeypatch.setenv("TRACKER_REPORT_DIR", str(tmp_path / "site"))
    assert load().report_dir == tmp_path / "site"


def test_a_wrong_secret_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "tracker.toml").write_text("smtp_password = [424242]\n")
    with pytest.raises(SettingsError) as caught:
        load()
    assert "424242" not in str(caught.value)


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such settings file"):
        load(tmp_path / "missing.toml")


def test_a_folder_in_place_of_the_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "tracker.toml").mkdir()
    with pytest.raises(SettingsError, match="cannot be read"):
        load()


def test_misspelt_variables_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_CONTCAT", "x")
    monkeypatch.setenv("TRACKER_CONTACT", "x")
    assert unknown_variables() == ["TRACKER_CONTCAT"]


def test_who_is_told_of_problems_is_a_list_and_a_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_ALERT_TO", " Ops@Example.ORG, slack://s3cret/token\nOps@example.org ")
    settings = load()
    assert settings.alert_addresses == ("Ops@example.org", "slack://s3cret/token")
    assert "s3cret" not in repr(settings)
    monkeypatch.setenv("TRACKER_ALERT_TO", "slack//s3cret")
    with pytest.raises(SettingsError, match="TRACKER_ALERT_TO: address 1 is neither a mail address") as refused:
        load()
    assert "s3cret" not in str(refused.value)


def test_a_licence_that_nobody_knows_is_refused_with_those_that_are(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().data_licence == "CC-BY-4.0"
    monkeypatch.setenv("TRACKER_DATA_LICENCE", "GPL")
    with pytest.raises(SettingsError, match=r"DATA_LICENCE: no licence .*GPL.; write one of CC-BY-4"):
        load()
