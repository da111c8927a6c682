"""What servers need, written into a folder: what a container is built from and runs as, and systemd units with the
paths of this installation."""

import secrets
import shutil
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from jobs.deploy.templates import written_out
from jobs.settings import PREFIX, variables
from jobs.terminal.output import written
from tracker.errors import BadInput

if TYPE_CHECKING:
    from jobs.settings import Settings

PASSWORD_BYTES = 24
IGNORE = "*\n!install.sh\n!procedure_tracker-*.whl\n"
"""Only what the image is made of is handed to the builder: no passwords, no data."""
ENVIRONMENT = """# Passwords, for compose.yaml alone.
DATABASE_PASSWORD={password}
# SMTP_PASSWORD=
# SECOND_OPINION_KEY=
"""


def write_container(folder: Path) -> tuple[Path, ...]:
    """Writes the files that are ours to write and returns their paths. Passwords that are there stay. Raises
    StorageError."""
    values = {"version": version("procedure-tracker")}
    made = [written_out(f"{name}.j2", folder / name, values) for name in ("Containerfile", "compose.yaml")]
    made += [
        _file(folder / "install.sh", files("jobs.deploy.templates").joinpath("install.sh").read_bytes()),
        _file(folder / ".dockerignore", IGNORE.encode()),
    ]
    secret = folder / ".env"
    if not secret.exists():
        made.append(_file(secret, ENVIRONMENT.format(password=secrets.token_urlsafe(PASSWORD_BYTES)).encode()))
        secret.chmod(0o600)
    return tuple(made)


def _file(path: Path, data: bytes) -> Path:
    with written(str(path)) as file:
        file.write(data)
    return path


UNITS = ("tracker.service", "tracker-worker@.service")
STATE = Path("/var/lib")
"""Folders in it systemd makes by itself and gives to the user (`StateDirectory=`)."""
HOMES = (Path("/home"), Path("/root"), Path("/run/user"))
"""What `ProtectHome=` is about."""
SECRETS = "tracker.env"
FOLDERS = ("data_dir", "report_dir", "backup_dir")
"""Settings that say where is written to: what the environment says of them, the unit must say as well."""


def write_units(settings: "Settings", config: Path, user: str) -> tuple[Path, ...]:
    """Writes the units beside the settings file and returns their paths. Raises BadInput for a name that no user can
    have, StorageError."""
    if not user.replace("-", "").replace("_", "").isalnum() or not user.isascii():
        raise BadInput(f"--user: {user!r} is no name of a user; give one like tracker")
    values = _values(settings, config, user)
    return tuple(written_out(f"{name}.j2", config.with_name(name), values) for name in UNITS)


def _values(settings: "Settings", config: Path, user: str) -> dict[str, object]:
    data, folder = settings.data_dir, config.parent
    writable = [data, *(path for path in (settings.report_dir, settings.backup_dir) if not path.is_relative_to(data))]
    state = str(data.relative_to(STATE)) if data != STATE and data.is_relative_to(STATE) else ""
    own = program()
    at_home = any(path.is_relative_to(home) for path in (*writable, folder, own) for home in HOMES)
    given = [name for name in FOLDERS if variables().get(name)]
    return {
        "environment": [quoted(f"{PREFIX}{name.upper()}={getattr(settings, name)}") for name in given],
        "program": quoted(own),
        "config": quoted(config),
        "folder": _plain(folder),
        "secrets": _plain(folder / SECRETS),
        "state": _plain(state),
        "writable": " ".join(map(quoted, writable)),
        "user": user,
        "home": "read-only" if at_home else "true",
    }


def program() -> Path:
    """The `tracker` that runs now, as a file."""
    beside = shutil.which("tracker", path=str(Path(sys.executable).parent))
    return Path(beside or shutil.which("tracker") or "/usr/local/bin/tracker")


def quoted(path: object) -> str:
    """A word of a unit file, as systemd.syntax(7) and its specifiers have it."""
    text = _plain(path).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{text}"' if any(character in text for character in " \t\\\"'$;") else text


def _plain(path: object) -> str:
    """A value that goes to the end of its line."""
    return str(path).replace("%", "%%")
