"""The only reader of the environment and of tracker.toml.

A setting has one name: `smtp_port` in tracker.toml is `TRACKER_SMTP_PORT` in the environment, and the environment wins.
"""

import os
import tomllib
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import (
    Field,
    PlainValidator,
    SecretStr,
    ValidationError,
    ValidationInfo,
    create_model,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from jobs.settings.errors import database, explain, no_secrets, not_toml
from jobs.settings.opinions import OpinionSettings
from tracker.errors import BadInput, SettingsError
from tracker.model import Publish
from tracker.nearest import remedy
from tracker.publish.licences import DEFAULT as DEFAULT_LICENCE
from tracker.publish.licences import KNOWN, licence
from tracker.publish.mail.subscribers import checked_address, is_channel

PREFIX = "TRACKER_"
CONFIG_VARIABLE = "TRACKER_CONFIG"
CONFIG_FILE = "tracker.toml"
SECRET_FILE = "mail.secret"  # noqa: S105 - the name of the file, not what is in it


class Settings(OpinionSettings):
    """All settings. Paths are absolute; secrets show as `**********` wherever they are printed."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True)

    data_dir: Path = Path("tracker-data")
    """The folder of the database, the lock and the report."""
    database_url: SecretStr = SecretStr("")
    """SQLAlchemy address; a secret, since it may hold a password. Empty: SQLite in the data folder."""
    workers: bool = False
    """Whether polling, fetching and reading are left to `tracker worker` processes; PostgreSQL only."""
    report_dir: Path = Path("report")
    """Where the daemon writes the report; a relative path is taken from the data folder."""
    big_look: bool = True
    """Whether the larger model reads again what may state a step: fewer errors, and 200 MB more memory."""
    backup_dir: Path = Path("backups")
    """Where the nightly backups are kept; a relative path is taken from the data folder."""
    backup_keep_days: int = Field(default=14, ge=0, le=36500)
    """After which nightly backups go; 0: none are made."""
    allow_private_addresses: bool = False
    contact: str = ""
    """A mail or web address for the User-Agent, so that a site's owner can reach whoever polls it."""
    timezone: str = "America/Chicago"
    """IANA name. Chicago: the middle of the country that the tracker reads about."""
    data_licence: str = DEFAULT_LICENCE
    """Of the dataset that the report offers: an SPDX identifier, the address of another licence, or empty."""
    serve_documents: bool = False
    """Whether the report offers the kept files of published policies (PDF, text). Off: they may be protected, or have
    names in them that nobody looked at; the page gives their address, size and SHA-256."""
    public_url: str = ""
    """Where the report is published; read `report_url`."""
    publish: Annotated[Publish, NoDecode] = Publish.ALL
    """Which entries the report shows, and the digest where `digest_publish` says nothing."""
    digest_publish: Annotated[Publish | Literal[""], NoDecode, PlainValidator(Publish.or_nothing)] = ""
    """Which entries the digest tells; read `mailed`."""
    legistar_tokens: dict[str, SecretStr] = Field(default={})
    """Tokens of councils whose Legistar Web API asks for one, by client: `{ seattle = "…" }`."""
    seconds_between_requests: float = Field(default=5.0, ge=0, le=3600)
    """Per host, between the starts of two requests."""
    requests_per_host: int = Field(default=2, ge=1, le=16)
    """At once."""
    keep_pages_days: int = Field(default=90, ge=0)
    """After which pages that prove nothing are deleted; 0: never."""
    screen: bool = True
    """Whether headline and summary decide which pages are fetched."""
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_tls: Literal["none", "starttls", "tls"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_timeout: float = Field(default=60.0, gt=0, le=3600)
    """Seconds without an answer; five times as long after the text, when hanging up early sends it twice."""
    smtp_connections: int = Field(default=2, ge=1, le=20)
    """At once, each for many mails."""
    mail_from: str = ""
    mail_per_minute: int = Field(default=300, ge=0)
    """0: as fast as the server takes them."""
    alert_to: SecretStr = SecretStr("")
    """Who is told of problems: mail addresses and addresses of Apprise, with spaces between; read `alert_addresses`. A
    secret, since channels hold passwords."""
    web_url: str = ""
    """The web server of `tracker run`, as seen from outside; read `report_url` and `readers_url`."""
    sign_up: bool = True
    """Whether anybody may ask for the mails; read `sign_up_url`."""
    remarks: bool = True
    """Whether anybody may say what is wrong with an entry; read `remark_url`."""
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=8321, ge=1, le=65535)
    trusted_proxies: str = ""
    """Addresses or networks of the web servers in front, whose X-Forwarded-For is believed; commas between them."""
    desk: bool = False
    """Whether the daemon serves the desk, at `/desk/`, to whom `tracker desk user add` let in."""
    log_format: Literal["auto", "console", "json"] = "auto"
    """Of the daemon's log; auto: console on a terminal, else JSON."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then what the file gave (handed over as arguments)."""
        return env_settings, init_settings

    @field_validator("database_url")
    @classmethod
    def _database(cls, given: SecretStr) -> SecretStr:
        if given.get_secret_value() and (problem := database(given.get_secret_value())):
            raise ValueError(problem)
        return given

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            otherwise = 'write a name like "America/Chicago"'
            raise ValueError(
                f'there is no time zone "{name}"; {remedy(name, available_timezones(), otherwise)}'
            ) from None
        return name

    @field_validator("data_dir", "report_dir", "backup_dir", mode="before")
    @classmethod
    def _named(cls, folder: Any) -> Any:
        """An empty path would be the folder that it is taken from."""
        if isinstance(folder, str) and not folder.strip():
            raise ValueError("it is empty; name a folder or remove the line")
        return folder

    @field_validator("report_dir")
    @classmethod
    def _no_secrets_in_it(cls, folder: Path, info: ValidationInfo) -> Path:
        """What is in the folder of the report, the daemon shows to everybody."""
        data_dir = info.data.get("data_dir", Path()).expanduser().absolute()
        shown = os.path.realpath(data_dir / folder.expanduser())
        if Path(os.path.realpath(data_dir)).is_relative_to(shown):
            raise ValueError("the data folder lies in it, with its secrets; name a folder of its own")
        return folder

    @field_validator("backup_dir")
    @classmethod
    def _no_backups_shown(cls, folder: Path, info: ValidationInfo) -> Path:
        """Backups hold the addresses of all subscribers."""
        data_dir = info.data.get("data_dir", Path()).expanduser().absolute()
        shown = os.path.realpath(data_dir / info.data.get("report_dir", Path("report")).expanduser())
        if Path(os.path.realpath(data_dir / folder.expanduser())).is_relative_to(shown):
            raise ValueError("it lies in `report_dir`, which everybody is shown; name a folder of its own")
        return folder

    @field_validator("public_url", "web_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ValueError(f'not a web address: "{url}"; write one like "https://tracker.example.org/"')
        return url

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, given: str) -> str:
        for one in filter(None, (one.strip() for one in given.split(","))):
            try:
                ip_network(one, strict=False)
            except ValueError:
                raise ValueError(f'not an address: "{one}"; write addresses like "127.0.0.1, 10.0.0.0/8"') from None
        return given

    @field_validator("contact", "mail_from", "smtp_host", "smtp_user")
    @classmethod
    def _one_line(cls, value: str, info: ValidationInfo) -> str:
        """These go into headers, where a line break would start another header."""
        if any(ord(character) < ord(" ") for character in value):
            raise ValueError("it must be one line without control characters")
        return value.strip()

    @field_validator("data_licence")
    @classmethod
    def _known_licence(cls, told: str) -> str:
        if told.strip() and not licence(told):
            raise ValueError(
                f'no licence that is known here: "{told}"; write one of {", ".join(KNOWN)}, or its address'
            )
        return told.strip()

    @field_validator("alert_to")
    @classmethod
    def _addresses(cls, given: SecretStr) -> SecretStr:
        checked = []
        for number, address in enumerate(given.get_secret_value().split(), 1):
            try:
                checked.append(checked_address(address.rstrip(",")))
            except BadInput:  # its text repeats the address, which may hold a password
                says = 'neither a mail address nor one of Apprise like "slack://…"'
                raise ValueError(f"address {number} is {says}; put spaces between several") from None
        return SecretStr(" ".join(checked))

    @model_validator(mode="after")
    def _absolute_paths(self) -> Self:
        """A path from the environment is taken from the current folder; `load` already placed those of the file."""
        data_dir = self.data_dir.expanduser().absolute()
        object.__setattr__(self, "data_dir", data_dir)
        object.__setattr__(self, "report_dir", data_dir / self.report_dir.expanduser())
        object.__setattr__(self, "backup_dir", data_dir / self.backup_dir.expanduser())
        return self

    @property
    def alert_addresses(self) -> tuple[str, ...]:
        """Who is told of problems, each once."""
        return tuple(dict.fromkeys(self.alert_to.get_secret_value().split()))

    @property
    def mailed(self) -> Publish:
        """Which entries mails tell."""
        return self.digest_publish or self.publish

    @property
    def report_url(self) -> str:
        """Where the report is seen, without a slash at its end: what mails, exports and the report's own pages lead to.
        The daemon serves it, so `web_url` alone will do. Empty: nowhere."""
        return (self.public_url or self.web_url).rstrip("/")

    @property
    def readers_url(self) -> str:
        """Where readers confirm, choose and unsubscribe: the daemon's own pages. `public_url` alone will do where the
        daemon is what serves it. Empty: nowhere."""
        return (self.web_url or self.public_url).rstrip("/")

    @property
    def sign_up_url(self) -> str:
        """Where anybody can ask for the mails; empty where it is turned off, where the address of these pages is not
        known, or where nobody could be asked for their confirmation."""
        return self._page("subscribe/") if self.sign_up and self.smtp_host and self.mail_from else ""

    @property
    def remark_url(self) -> str:
        """Where anybody can say what is wrong with an entry; empty where it is turned off or the address is not
        known."""
        return self._page("report-error/") if self.remarks else ""

    def _page(self, path: str) -> str:
        return f"{self.web_url.rstrip('/')}/{path}" if self.web_url else ""

    @property
    def secret_file(self) -> Path:
        """What the links in mails are signed with."""
        return self.data_dir / SECRET_FILE

    @property
    def database(self) -> str:
        """The SQLAlchemy address in the clear: for opening the database only, never for printing."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.data_dir / 'tracker.db'}"


def load(config: Path | None = None) -> Settings:
    """Reads the settings; `config` is what --config said. Raises SettingsError with one line that names the remedy."""
    path, required = find_config(config)
    file = no_secrets(path, read_toml(path, required=required))
    values = dict(file)
    _place_data_dir(values, path)
    try:
        return Settings(**values)
    except ValidationError as error:
        raise SettingsError(explain(error, path, Settings.model_fields, _variable)) from None


def defaults(*but: str) -> Settings:
    """The defaults, but for settings of these names that the environment gives. Raises SettingsError."""
    given = {name: value for name, value in variables().items() if name in but and value}
    fields: Any = {name: (Settings.model_fields[name].annotation, Settings.model_fields[name]) for name in given}
    try:
        return Settings.model_construct(**create_model("Given", **fields)(**given).model_dump())
    except ValidationError as error:
        raise SettingsError(explain(error, config_path(), Settings.model_fields, _variable)) from None


def config_path(config: Path | None = None) -> Path:
    """The settings file that `load` would look at, there or not."""
    return find_config(config)[0]


def variables() -> dict[str, str]:
    """The environment, by setting."""
    mine = ((name, value) for name, value in os.environ.items() if name.upper().startswith(PREFIX))
    return {name.upper().removeprefix(PREFIX).lower(): value for name, value in mine}


def find_config(config: Path | None) -> tuple[Path, bool]:
    """(path, whether it must be there): a file that somebody named must be."""
    named = config or os.environ.get(CONFIG_VARIABLE)
    return Path(named or CONFIG_FILE).expanduser().absolute(), bool(named)


def read_toml(path: Path, *, required: bool) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        if required:
            raise SettingsError(f"{path}: there is no such settings file; `tracker init` writes one") from None
        return {}
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}); check its permissions") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(not_toml(path, path.read_text("utf-8", "replace"), error)) from None


def _place_data_dir(values: dict[str, Any], path: Path) -> None:
    """A relative data folder lies beside the settings file, wherever the command is run (cron runs it anywhere)."""
    folder = values.get("data_dir", Settings.model_fields["data_dir"].default)
    if path.exists() and isinstance(folder, (str, Path)) and str(folder).strip():
        values["data_dir"] = path.parent / Path(folder).expanduser()


def _variable(name: str) -> str:
    """The environment variable by which a setting is given; empty where it is not."""
    variable = PREFIX + name.upper()
    return variable if os.environ.get(variable) else ""


def unknown_variables() -> list[str]:
    """TRACKER_ variables in the environment that are no setting: most likely misspelt."""
    known = {PREFIX + name.upper() for name in Settings.model_fields} | {CONFIG_VARIABLE}
    return sorted(name for name in os.environ if name.startswith(PREFIX) and name.upper() not in known)


def secrets_in(path: Path) -> list[str]:
    """The secrets that the settings file gives, by name; an address is one where it has a password. Raises
    SettingsError."""
    given = read_toml(path, required=False)
    secret = [name for name, field in Settings.model_fields.items() if field.annotation is SecretStr]
    values = {name: str(given.get(name, "")) for name in secret}
    return [name for name, value in values.items() if _is_secret(name, value)]


def _is_secret(name: str, value: str) -> bool:
    if name == "alert_to":
        return is_channel(value)
    return bool(urlsplit(value).password if "://" in value else value)
