"""The data folder, its space and the database in it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from jobs.settings import Settings

LITTLE_SPACE = 1_000_000_000
"""Bytes. Below it: a warning. A busy year of a few hundred feeds takes about this much."""
NO_SPACE = 50_000_000
"""Bytes. Below it: a problem. SQLite needs room for its write-ahead log beside the data."""


def data_dir(settings: "Settings") -> Iterator[Check]:
    from jobs.store import make_data_dir

    folder = settings.data_dir
    make_data_dir(settings)
    try:
        with tempfile.NamedTemporaryFile(dir=folder) as file:
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        yield Check(
            Level.PROBLEM, "data", f"{folder}: cannot be written ({error.strerror}); check its permissions and space"
        )
        return
    yield space(shutil.disk_usage(folder).free, str(folder))


def space(free: int, folder: str) -> Check:
    says = f"{folder}: {free / 1e9:.1f} GB free"
    if free < NO_SPACE:
        return Check(Level.PROBLEM, "data", f"{says}; make room, or name another folder with TRACKER_DATA_DIR")
    if free < LITTLE_SPACE:
        return Check(Level.WARNING, "data", f"{says}; make room soon")
    return Check(Level.OK, "data", says)


def database(settings: "Settings") -> Iterator[Check]:
    from jobs.store import open_store

    with open_store(settings) as engine:
        yield Check(Level.OK, "database", engine.url.render_as_string())
