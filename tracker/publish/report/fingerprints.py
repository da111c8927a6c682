"""What decides how pages look, as short marks: what a place showed at the last build, and the code and the settings."""

import hashlib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from tracker.coverage import PlaceTimeline
from tracker.publish import words
from tracker.publish.report.coverage import feed_line
from tracker.publish.report.records import comes
from tracker.publish.report.render import Site
from tracker.publish.report.threads import Thread

SOURCES = (".py", ".j2", ".toml", ".json", ".csv", ".gz", ".css", ".js")


def mark(*parts: str | bytes) -> str:
    """64 bits of a hash in hexadecimal: two states of one place share a mark once in 10^19 changes."""
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        said = part.encode("utf-8", "replace") if isinstance(part, str) else part
        digest.update(len(said).to_bytes(8, "big") + said)
    return digest.hexdigest()


def sources(package: str) -> str:
    """The mark of a package's code, templates and small data."""
    return mark(*_contents(files(package)))


def _contents(folder: Traversable) -> Iterator[bytes]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir() and item.name != "__pycache__":
            yield from _contents(item)
        elif item.name.endswith(SOURCES):
            yield item.read_bytes()


def base(site: Site) -> str:
    """Whatever else decides the bytes of a page: the settings, the templates and the code."""
    constants = repr({**vars(site), "today": "", "built": ""})
    return mark(constants, *map(sources, ("tracker.publish", "tracker.timeline", "tracker.read.data")))


def of_place(base: str, bare: PlaceTimeline, shown: Iterable[Thread], site: Site) -> str:
    """The place as it stands on the build's day."""
    said: list[str] = []
    for item in shown:
        said += [item.words, *(words.stage(entry, site.today) for entry in item.entries)]
        said += ["comes" for entry in item.entries if comes(entry) >= site.today.isoformat()]
    heard = map(feed_line, bare.coverage)
    return mark(base, content(bare), "\n".join(said), "\n".join(heard))


def content(bare: PlaceTimeline) -> str:
    """What is recorded of a place, without how its feeds are heard."""
    return bare.model_dump_json(exclude={"coverage"})
