"""Which places' files are taking their places just now: after a build that was killed meanwhile, nobody knows how their
pages look."""

from collections.abc import Iterable
from pathlib import Path

from tracker.model import OcdId
from tracker.publish.report.ownership import FINGERPRINTS

ALL = "*"
"""Of a build that looks at every place: too many to be named."""


class Pending:
    """The file of the folder that tells it."""

    def __init__(self, root: Path) -> None:
        self._path = root / FINGERPRINTS

    def left(self) -> list[OcdId] | None:
        """What a killed build left: None for any place, no place where the last one came to its end. Lines of other
        versions name places that are none, and with them no memory is there."""
        try:
            lines = self._path.read_text("utf-8", "replace").splitlines()
        except FileNotFoundError:
            return None
        return None if ALL in lines else lines

    def begin(self, places: Iterable[OcdId] | None) -> None:
        """Called before the first file takes its place."""
        lines = [ALL] if places is None else sorted(places)
        self._path.write_text("".join(f"{line}\n" for line in lines), "utf-8")

    def end(self) -> None:
        """Called when every file is in its place, and the memory tells so."""
        if self.left() != []:
            self._path.write_bytes(b"")
