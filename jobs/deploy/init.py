"""`tracker init`: a commented settings file and an empty database."""

import json
from importlib.resources import files
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.terminal.console import state
from jobs.terminal.output import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jobs.settings import Settings

TEMPLATE = "tracker.toml.example"
DATA_DIR = '# data_dir = "tracker-data"'
"""Its line about the data folder."""


def command(
    ctx: typer.Context,
    force: Annotated[bool, typer.Option("--force", help="Write the settings file anew, even if there is one.")] = False,
    data_dir: Annotated[
        str | None,
        typer.Option("--data-dir", metavar="DIR", parser=named, help="The data folder, for a new settings file."),
    ] = None,
    systemd: Annotated[bool, typer.Option("--systemd", help="Write units for systemd beside the settings.")] = False,
    container: Annotated[
        bool,
        typer.Option("--container", help="Write a Containerfile, and a compose file with PostgreSQL and workers."),
    ] = False,
    user: Annotated[str, typer.Option(metavar="NAME", help="Who the units run as.")] = "tracker",
) -> None:
    """Write a commented tracker.toml and the database, and say what to do next.

    Run it once in the folder where the tracker shall live. A settings file that is there is kept.

    With --systemd it writes units with the paths of this installation: the daemon, and workers for PostgreSQL. They
    may write nothing but the folders of the settings. With --container it writes what an image is built from and how
    it runs beside PostgreSQL, with a password of its own. Neither touches a database.

    Example: mkdir watch && cd watch && tracker init
    """
    from jobs.settings import config_path, load
    from jobs.store import open_store

    path = config_path(state(ctx).config)
    if data_dir and path.exists() and not force:
        raise typer.BadParameter(f"{path} is there already; change data_dir in it, or write it anew with --force")
    written = write_settings(path, force=force, data_dir=data_dir or "")
    if systemd:
        _systemd(path, user)
    if container:
        _container(path)
    if systemd or container:
        return
    settings = load(path)
    with open_store(settings) as engine:
        database = engine.url.render_as_string()
    print(f"Settings: {path}{'' if written else ' (kept as it was; --force writes it anew)'}")
    print(f"Database: {database}")
    print("Next:")
    print("  tracker doctor                             check that everything is in place")
    print("  tracker sources import --starter --state WI  subscribe to the feeds of a state")
    print("  tracker poll                               fetch, read and record what they bring")
    print("  tracker report --out site                  write the timeline as pages")


def _systemd(path: Path, user: str) -> None:
    """Writes units; the database is the daemon's to make, as its user."""
    from jobs.deploy import server_files
    from jobs.settings import load

    settings = load(path)
    written = server_files.write_units(settings, path, user)
    print(f"Settings: {path}")
    print(f"Units: {', '.join(map(str, written))}")
    print("Next, as root:")
    for line in _steps(path, settings, written[0], user):
        print(f"  {line}")
    print("Other commands run as that user too:")
    print(f"  sudo -u {user} {quote(str(server_files.program()))} --config {quote(str(path))} doctor")


def _container(path: Path) -> None:
    from importlib.metadata import version

    from jobs.deploy import server_files

    made = server_files.write_container(path.parent)
    print(f"Settings: {path}")
    print(f"Written: {', '.join(map(str, made))}")
    print(f"Next, in {path.parent} (docker does the same as podman):")
    print(f"  put procedure_tracker-{version('procedure-tracker')}-py3-none-any.whl there")
    print("  podman compose up --build --detach")
    print("  podman compose exec tracker tracker doctor")


def _steps(path: Path, settings: "Settings", unit: Path, user: str) -> "Iterator[str]":
    folder, config, data = (quote(str(path)) for path in (path.parent, path, settings.data_dir))
    yield f"id {user} || useradd --system --home-dir {folder} --shell /usr/sbin/nologin {user}"
    yield f"mkdir -p -m 750 {data} && chown -R {user}: {data} && chgrp {user} {config} && chmod 640 {config}"
    yield f"cp {quote(str(unit))} /etc/systemd/system/ && systemctl daemon-reload && systemctl enable --now tracker"
    yield "systemctl status tracker; journalctl -u tracker"


def write_settings(path: Path, *, force: bool, data_dir: str = "") -> bool:
    """Writes the template, with that data folder, and returns True; an existing file is only replaced with `force`. All
    or nothing: a full disk leaves no half of it, and costs nobody's settings. Raises StorageError."""
    from jobs.terminal.output import written

    if path.exists() and not force:
        return False
    text = files("jobs").joinpath(TEMPLATE).read_text("utf-8")
    if data_dir:
        text = text.replace(DATA_DIR, f"data_dir = {json.dumps(str(Path(data_dir).expanduser().absolute()))}")
    with written(str(path)) as file:
        file.write(text.encode())
    return True
