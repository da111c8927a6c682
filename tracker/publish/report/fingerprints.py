"""What each place looked like at the last complete build, so that an unchanged one is not made again."""

import hashlib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from tracker.coverage import PlaceTimeline
from tracker.publish import words
from tracker.publish.report.ownership import FINGERPRINTS
from tracker.publish.report.render import Site
from tracker.publish.report.threads import Thread


def number(*parts: bytes) -> int:
    """64 bits of a hash: two places of one site share a number once in 10^11 sites of 20,000 places."""
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return int.from_bytes(digest.digest(), "big")


def _sources(folder: Traversable) -> Iterator[bytes]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir() and item.name != "__pycache__":
            yield from _sources(item)
        elif item.name.endswith((".py", ".j2", ".toml")):
            yield item.read_bytes()


class Fingerprints:
    """Reads what the last build left; `forget` empties it before files change, `save` leaves what this one knows. Where
    it is not there, or empty since a build was killed while files took their places, everything is made again."""

    def __init__(self, site: Site, root: Path) -> None:
        self._site = site
        self._path = root / FINGERPRINTS
        self._old = self._load()
        self._new: dict[int, int] = {}
        constants = f"{site.public_url} {site.contact} {site.name}"
        self._base = b"%d" % number(
            constants.encode("utf-8", "replace"),
            *_sources(files("tracker.publish")),
            *_sources(files("tracker.timeline")),
        )
        """Whatever else decides the bytes of a page: the settings, the templates and the code."""

    def is_same(self, timeline: PlaceTimeline, shown: Sequence[Thread]) -> bool:
        """True where the place, as it stands on the build's day, is what it was."""
        place = number(timeline.jurisdiction.id.encode())
        said = [item.words for item in shown]
        said += [words.stage(entry, self._site.today) for item in shown for entry in item.entries]
        mark = number(self._base, timeline.model_dump_json().encode("utf-8", "replace"), "\n".join(said).encode())
        self._new[place] = mark
        return self._old.get(place) == mark

    def forget(self) -> None:
        """Called before the first page takes its place."""
        self._path.write_bytes(b"")

    def save(self) -> None:
        """Called when every page is in its place."""
        with self._path.open("w", encoding="ascii") as out:
            out.writelines(f"{place:x} {mark:x}\n" for place, mark in self._new.items())

    def _load(self) -> dict[int, int]:
        try:
            lines = self._path.read_text("ascii").splitlines()
            return {int(place, 16): int(mark, 16) for place, mark in (line.split() for line in lines)}
        except (FileNotFoundError, ValueError):
            return {}
