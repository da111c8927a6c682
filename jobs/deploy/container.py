"""What a container is built from and runs as, written into a folder."""

import secrets
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from jobs.deploy.templates import written_out
from jobs.output import written

PASSWORD_BYTES = 24
IGNORE = "*\n!install.sh\n!procedure_tracker-*.whl\n"
"""Only what the image is made of is handed to the builder: no passwords, no data."""
ENVIRONMENT = """# Passwords, for compose.yaml alone.
DATABASE_PASSWORD={password}
# SMTP_PASSWORD=
# SECOND_OPINION_KEY=
"""


def write(folder: Path) -> tuple[Path, ...]:
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
