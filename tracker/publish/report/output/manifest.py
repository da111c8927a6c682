"""What the folder of a report shows, in a hidden file of it: of each place a mark and its files, of what is about many
its files. A build makes again what shows something else. Lost or damaged, everything is made again."""

import fcntl
import json
import os
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass, field, replace
from pathlib import Path

from tracker.errors import StorageError
from tracker.model import OcdId
from tracker.publish.report.output.folder import MANIFEST

LOOKS, BETWEEN_LOOKS_S = 600, 0.1
"""How long a build waits for another one of the same folder: a minute."""
Files = dict[str, str]
"""By their paths, those that are joined from others with what they hold (`file_set.Measured`)."""


@dataclass(frozen=True, slots=True)
class PlaceFiles:
    """The state of a place, its mark, the topics of its policies, on how many pages it stands itself and each of its
    policies (by folder), and the folders of its entries; texts have a blank between. `agendas`: files of hearings lie
    beside its page."""

    state: str
    mark: str
    topics: str = ""
    pages: int = 0
    policies: dict[str, int] = field(default_factory=dict)
    entries: str = ""
    rejected: str = ""
    agendas: bool = False


@dataclass(slots=True)
class Manifest:
    """`base` is the mark of code and settings, `feeds` of how the feeds of each state are heard, `documents` of what is
    shown of documents, by the owner of their files; `files` by what they are about. `is_finished`: the last build came
    to its end."""

    base: str = ""
    places: dict[OcdId, PlaceFiles] = field(default_factory=dict)
    files: dict[str, Files] = field(default_factory=dict)
    feeds: dict[str, str] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    is_finished: bool = False

    @classmethod
    def read(cls, root: Path) -> "Manifest":
        """That of a folder; an empty one where it cannot be read."""
        try:
            stored = json.loads((root / MANIFEST).read_bytes())
            places = {place: PlaceFiles(*values) for place, values in stored.pop("places").items()}
            return cls(places=places, **stored)
        except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
            return cls()

    def write(self, root: Path) -> None:
        """Takes the place of what is there in one step."""
        stored = asdict(replace(self, places={})) | {
            "places": {name: astuple(one) for name, one in self.places.items()}
        }
        waiting = root / f"{MANIFEST}.new"
        waiting.write_text(json.dumps(stored, separators=(",", ":")), "ascii")
        os.replace(waiting, root / MANIFEST)

    def begin(self, root: Path, changed: Collection[OcdId]) -> None:
        """Called before the first file takes its place: of these places nobody knows how they look until the end."""
        kept = {name: one for name, one in self.places.items() if name not in changed}
        replace(self, places=kept, is_finished=False).write(root)


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """While no other build works in the folder. The system lets go of it however the process ends. Raises
    StorageError."""
    handle = os.open(root, os.O_RDONLY)
    try:
        for _ in range(LOOKS):
            if _is_taken(handle):
                break
            time.sleep(BETWEEN_LOOKS_S)
        else:
            raise StorageError(f"{root}: another build of this report is at work; try again when it is done")
        yield
    finally:
        os.close(handle)


def _is_taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
