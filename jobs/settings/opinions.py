"""The settings of a second opinion, and the address of the model's server as it is asked."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings

ENDPOINT = "/chat/completions"
LONGEST_NAME = 200
"""Characters of a model's name. The longest met are near 100."""


class OpinionSettings(BaseSettings):
    """Part of `jobs.settings.Settings`."""

    second_opinion_url: str = ""
    """Of an OpenAI-compatible server, up to `/v1`; read `second_opinion_address`. Empty: no model is asked."""
    second_opinion_model: Annotated[str, Field(validate_default=True)] = ""
    second_opinion_key: SecretStr = SecretStr("")
    """Empty: the server wants none."""
    second_opinion_at_once: int = Field(default=2, ge=1, le=64)
    """Requests."""
    second_opinion_seconds: float = Field(default=120.0, gt=0, le=3600)
    """To wait for one answer."""
    second_opinion_per_day: int = Field(default=500, ge=0)
    """Articles; 0: none."""
    second_opinion_mail_hours: int = Field(default=6, ge=0, le=168)
    """How long mails wait for articles that are asked about; 0: not at all."""

    @field_validator("second_opinion_url")
    @classmethod
    def _model_server(cls, url: str) -> str:
        return checked_server(url)

    @field_validator("second_opinion_model")
    @classmethod
    def _with_its_server(cls, name: str, info: ValidationInfo) -> str:
        name = name.strip()
        if not name.isprintable() or len(name) > LONGEST_NAME:
            raise ValueError(
                f"it must be one line of at most {LONGEST_NAME} characters; write the name that the server has"
            )
        url = info.data.get("second_opinion_url")  # None: wrong itself, and said so
        if url and not name:
            raise ValueError(
                "`second_opinion_url` is set and no model; name one that this server has, or remove the address"
            )
        if name and url == "":
            raise ValueError("a model is named and no server; set `second_opinion_url`, or remove the model")
        return name

    @field_validator("second_opinion_key")
    @classmethod
    def _fit_for_a_header(cls, given: SecretStr) -> SecretStr:
        key = given.get_secret_value().strip()
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise ValueError("it has blanks or characters that no key has; set it again, the key alone")
        return SecretStr(key)

    @property
    def second_opinion_address(self) -> str:
        """Where a model is asked, whole. Empty: none is."""
        return completions(self.second_opinion_url)


def checked_server(url: str) -> str:
    """The address without blanks around it. Raises ValueError, whose text never repeats what may be a password."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        parts = urlsplit("")
    if "@" in parts.netloc:
        raise ValueError("it holds a user name or password; remove it, and set the key in TRACKER_SECOND_OPINION_KEY")
    if "?" in url or "#" in url:
        raise ValueError('it has more behind the path; write the address alone, like "http://127.0.0.1:11434/v1"')
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or not url.isprintable()):
        raise ValueError('not the web address of a server; write one like "http://127.0.0.1:11434/v1"')
    return url


def completions(url: str) -> str:
    """The address with its endpoint, whether or not it was written there; empty stays empty."""
    bare = url.rstrip("/")
    return bare if not bare or bare.endswith(ENDPOINT) else bare + ENDPOINT
