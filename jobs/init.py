"""`tracker init`: a commented settings file and an empty database."""

import os
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from jobs.console import state
from tracker.errors import StorageError

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
    """Writes the template and returns True; an existing file is only replaced with `force`. Raises StorageError."""
    text = files("jobs").joinpath(TEMPLATE).read_bytes()
    try:
        if force:
            _replace(path, text)
        else:
            with path.open("xb") as file:
                file.write(text)
    except FileExistsError:
        return False
    except OSError as error:
        raise StorageError(
            f"{path}: cannot be written ({error.strerror}); run `tracker init` in a folder of yours"
        ) from None
    return True


def _replace(path: Path, text: bytes) -> None:
    """All or nothing: a full disk must not cost somebody's settings."""
    draft = path.with_name(path.name + ".new")
    draft.write_bytes(text)
    os.replace(draft, path)
