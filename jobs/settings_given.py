"""What the settings file and the environment hold besides settings: misspelt names, former ones, secrets."""

import os
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from jobs.former_settings import FORMER, Former
from jobs.settings import CONFIG_VARIABLE, PREFIX, Settings, find_config, read_toml, variables
from tracker.publish.mail.subscribers import is_channel


def unknown_variables() -> list[str]:
    """TRACKER_ variables in the environment that are no setting: most likely misspelt."""
    known = {PREFIX + name.upper() for name in (*Settings.model_fields, *FORMER)} | {CONFIG_VARIABLE}
    return sorted(name for name in os.environ if name.startswith(PREFIX) and name.upper() not in known)


def former_given(config: Path | None = None) -> list[str]:
    """A line for each setting of an earlier version that the file or the environment still has, one for those of which
    the same became. Raises SettingsError."""
    path, required = find_config(config)
    file, environment = read_toml(path, required=required), variables()
    in_file = _alike(name for name in FORMER if name in file)
    in_environment = _alike(name for name in FORMER if environment.get(name))
    told = [f"{path}: {former.told(*names)}" for former, names in in_file]
    for former, names in in_environment:
        called = " and ".join(PREFIX + name.upper() for name in names)
        told.append(f"environment variable {called}: {former.told(*names)}")
    return told


def _alike(names: Iterable[str]) -> Iterator[tuple[Former, list[str]]]:
    for former, alike in groupby(names, FORMER.__getitem__):
        yield former, list(alike)


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
