"""`tracker init`: a commented settings file and an empty database."""

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from jobs.console import state

TEMPLATE = "tracker.toml.example"


def command(
    ctx: typer.Context,
    force: Annotated[bool, typer.Option("--force", help="Write the settings file anew, even if there is one.")] = False,
) -> None:
    """Write a commented tracker.toml and the database, and say what to do next.

    Run it once in the folder where the tracker shall live. A settings file that is there is kept.

    Example: mkdir watch && cd watch && tracker init
    """
    from jobs.settings import config_path, load
    from jobs.store import open_store

    path = config_path(state(ctx).config)
    written = write_settings(path, force=force)
    settings = load(path)
    with open_store(settings) as engine:
        database = engine.url.render_as_string()
    print(f"Settings: {path}{'' if written else ' (kept as it was; --force writes it anew)'}")
    print(f"Database: {database}")
    print("Next:")
    print("  tracker doctor                             check that everything is in place")
    print("  tracker feeds import --starter --state WI  subscribe to the feeds of a state")
    print("  tracker poll                               fetch, read and record what they bring")
    print("  tracker report --out site                  write the timeline as pages")


def write_settings(path: Path, *, force: bool) -> bool:
    """Writes the template and returns True; an existing file is only replaced with `force`. All or nothing: a full disk
    leaves no half of it, and costs nobody's settings. Raises StorageError."""
    from jobs.output import written

    if path.exists() and not force:
        return False
    with written(str(path)) as file:
        file.write(files("jobs").joinpath(TEMPLATE).read_bytes())
    return True
