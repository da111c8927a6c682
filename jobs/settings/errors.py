"""What is wrong with settings, in one line that says where each stands and what to do."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from tracker.errors import SettingsError
from tracker.nearest import remedy

DATABASES = ("sqlite", "postgresql", "postgres")
ADDRESS = "not an address like sqlite:///tracker.db or postgresql://host/name"
ENVIRONMENT_ONLY = frozenset({"second_opinion_key"})
"""Refused in a file: files are copied, backed up and shown to others."""
_SIGNING = "the tracker signs no mails (let your mail server sign, with DKIM)"
GONE = {"dkim_selector": _SIGNING, "dkim_key": _SIGNING}
"""Settings of earlier versions, and why they are needless."""
_TWICE = "Cannot overwrite a value"
"""How Python's reader of TOML says it; it names only a line, and not always that."""
_NAME = re.compile(r'^[ \t]*"?([\w-]+)"?[ \t]*=', re.MULTILINE)


def not_toml(path: Path, text: str, error: Exception) -> str:
    """A file that cannot be read as settings."""
    if str(error).startswith(_TWICE) and (told := _given_twice(text)):
        return f"{path}: {told}; remove all but one"
    return f'{path}: not TOML: {error}; write a setting as name = "value"'


def no_secrets(path: Path, file: dict[str, Any]) -> dict[str, Any]:
    """The settings of a file. Raises SettingsError for one that must not stand in a file."""
    for name in ENVIRONMENT_ONLY & file.keys():
        remedy = f"remove the line and set TRACKER_{name.upper()} in the environment"
        raise SettingsError(f"{path}: `{name}` is a secret and not read from a file; {remedy}")
    return file


def _given_twice(text: str) -> str:
    lines: dict[str, list[int]] = {}
    for found in _NAME.finditer(text):
        lines.setdefault(found[1], []).append(text.count("\n", 0, found.start(1)) + 1)
    twice = (f"`{name}` is there more than once, in lines {_listed(at)}" for name, at in lines.items() if len(at) > 1)
    return "; ".join(twice)


def _listed(numbers: list[int]) -> str:
    *most, last = map(str, numbers)
    return f"{', '.join(most)} and {last}"


def explain(error: ValidationError, path: Path, known: Mapping[str, FieldInfo], given: Callable[[str], str]) -> str:
    """All settings that are wrong; `given` says of one by which environment variable it came, if by one."""
    found = error.errors(include_url=False, include_context=False)
    return ". Also ".join(_explained(one, path, known, given) for one in found)


def _explained(one: Any, path: Path, known: Mapping[str, FieldInfo], given: Callable[[str], str]) -> str:
    name = str(one["loc"][0]) if one["loc"] else "settings"
    if one["type"] == "extra_forbidden" and isinstance(one["input"], dict):
        return f"{path}: there are no tables like [{name}]; write the settings as lines, for example `smtp_host`"
    if one["type"] == "extra_forbidden" and name in GONE:
        return f"{path}: `{name}` means nothing any more, since {GONE[name]}; remove the line"
    if one["type"] == "extra_forbidden":
        otherwise = "remove the line; `tracker init` writes a file that lists all settings"
        return (
            f"{path}: there is no setting `{name}`; {remedy(f'`{name}`', [f'`{field}`' for field in known], otherwise)}"
        )
    variable = given(name)
    where = f"environment variable {variable}" if variable else f"{path}: `{name}`"
    return f"{where}: {_problem(one, known.get(name))}"


def _problem(one: Any, field: FieldInfo | None) -> str:
    message = str(one["msg"]).removeprefix("Value error, ")
    message = message[0].lower() + message[1:]
    if one["type"] == "value_error" or field is None or "SecretStr" in str(field.annotation):
        return message
    return f"{message}, not {_toml(one['input'])}; correct it or remove it (default: {_toml(field.default)})"


def _toml(value: Any) -> str:
    """A value as it stands in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else f'"{value}"'


def database(address: str) -> str:
    """What can be told wrong with an address without loading what opens it; never the address, which may hold a
    password."""
    scheme, is_one, _ = address.partition("://")
    backend = scheme.partition("+")[0]
    if not is_one or not backend:
        return ADDRESS
    return "" if backend in DATABASES else f"{backend} is not supported: use sqlite or postgresql"
