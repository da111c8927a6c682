"""Where results go: a file that is there whole or not at all, or standard output."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import typer

from db.backup.partial_files import new_draft
from tracker.errors import StorageError

STDOUT = "-"


def named(path: str) -> str:
    """The `parser` of options and arguments that name a file or a folder, of all that say where to write. An empty one,
    as a script gives it whose variable is not set, would be the current folder, or no option at all: BadParameter."""
    if not path.strip():
        raise typer.BadParameter("it is empty; name a file or a folder")
    return path


def make_dir(folder: Path) -> None:
    """Makes a folder where there is none. Raises StorageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{folder}: the folder cannot be made ({error.strerror}); name another with --out") from None


@contextmanager
def written(out: str) -> Iterator[BinaryIO]:
    """A file to write to, put in its place at the end; `-` is standard output. Raises StorageError."""
    if out == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(out)
    special = path.exists() and not path.is_file()  # /dev/null or a pipe, which nothing can take the place of
    with _guarded(path), path.open("wb") if special else _in_one_step(path) as file:
        yield file


@contextmanager
def _in_one_step(path: Path) -> Iterator[BinaryIO]:
    handle, draft = new_draft(path)
    with open(handle, "wb") as file:
        try:
            yield file
            file.flush()
            os.fchmod(handle, 0o666 & ~_umask())
            os.replace(draft, path)
        except BaseException:
            os.unlink(draft)
            raise


@contextmanager
def _guarded(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise StorageError(
            f"{path}: cannot be written ({error.strerror}); check the folder and the disk's space"
        ) from None


def _umask() -> int:
    """The permissions that a new file would not get; reading it means setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
