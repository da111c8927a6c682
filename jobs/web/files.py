"""Which file of the report an address means."""

from pathlib import Path

INDEX = "index.html"


def find(folder: Path, wanted: str) -> Path | None:
    """The file, resolved, that the path of an address means in a folder; the index of a folder stands for it.

    None where there is none that may be read, whatever `wanted` is: a name that no file can have, a way out of the
    folder, a pipe. Reads the file system.
    """
    try:
        root = folder.resolve()
        path = (root / wanted.strip("/")).resolve()
        if path.is_dir():
            path = (path / INDEX).resolve()
        if path.is_relative_to(root) and not is_hidden(path.relative_to(root)) and path.is_file():
            path.open("rb").close()  # raises where it may not be read
            return path
    except (OSError, ValueError, RuntimeError):  # too long, not permitted; a NUL; links in a circle
        pass
    return None


def is_hidden(path: Path) -> bool:
    """True for what a folder keeps for itself, like the memory of a report. Well-known addresses are for all (RFC
    8615)."""
    return any(part.startswith(".") and part != ".well-known" for part in path.parts)
