"""The whole site: what changed since the last build of the same folder, or everything."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files as resources
from pathlib import Path

from tracker.coverage import Coverage, PlaceTimeline, Trouble
from tracker.publish.report import fingerprints
from tracker.publish.report.build import Build, changed_places, marks_of_homes
from tracker.publish.report.coverage import NONE_AT_ALL, heard
from tracker.publish.report.files import Folder, storage
from tracker.publish.report.memory import Memory
from tracker.publish.report.ownership import is_report
from tracker.publish.report.pending import Pending
from tracker.publish.report.render import Site
from tracker.publish.report.shares import Damaged
from tracker.publish.report.sources import Given, Places

ASSETS = ("style.css", "search.js", "filter.js", "find.js")
BASE, BASIS, DAY = "base", "basis", "day"
"""What is kept of a build as a whole: code and settings, what its source rests on, its day."""


@dataclass(frozen=True)
class SiteResult:
    """What one build did, and what the report shows by now; places without entries are not counted. A file is a page or
    a data file; unchanged ones were left alone, and those are counted that the build looked at."""

    places: int
    policies: int
    entries: int
    pages_written: int
    pages_unchanged: int
    pages_removed: int
    states_changed: tuple[str, ...] = ()
    """Codes of the states (`WI`) in which this build made pages of places anew, or took some away: what is derived from
    those pages follows."""


@dataclass(frozen=True)
class Around:
    """What is told besides the places: how feeds are heard, what is out of order."""

    coverage: tuple[Coverage, ...]
    troubles: tuple[Trouble, ...]


def write_site(
    timelines: Iterable[PlaceTimeline],
    out: Path,
    *,
    now: datetime,
    public_url: str = "",
    contact: str = "",
    licence: str = "",
    coverage: Iterable[Coverage] = (),
    troubles: Iterable[Trouble] = (),
    remark_url: str = "",
    sign_up_url: str = "",
) -> SiteResult:
    """Writes the static site into `out`: only files whose bytes changed, each in one step, all of them at the end.

    `timelines` come in the order of their OCD ids. `public_url` is where the folder is published, `contact` (an e-mail
    or web address) where errors are reported, `licence` that of the dataset; `troubles` are told on the coverage page.
    `remark_url` and `sign_up_url` are forms (`Site`).
    StorageError if `out` cannot be written: what stood there before still stands, whatever ended the build before its
    last step.
    """
    forms = {"remark_url": remark_url, "sign_up_url": sign_up_url}
    told = {"public_url": public_url.rstrip("/"), "contact": contact, "licence": licence, **forms}
    site = Site(today=now.date(), built=now, **told)
    return update_site(Given(timelines), out, site, coverage=coverage, troubles=troubles, whole=True)


def update_site(
    source: Places,
    out: Path,
    site: Site,
    *,
    coverage: Iterable[Coverage] = (),
    troubles: Iterable[Trouble] = (),
    whole: bool = False,
) -> SiteResult:
    """The same from a source that can say what changed: only that is loaded and made again, where the folder remembers
    the last build. `whole`: every place is looked at, and every file of the folder."""
    around = Around(tuple(coverage), tuple(troubles))
    try:
        return _update(source, out, site, around, whole=whole)
    except (Damaged, sqlite3.DatabaseError):
        if whole:
            raise
    # Outside of that block: the error holds queries of the first try, and those hold the memory.
    return _update(source, out, site, around, whole=True)


def _update(source: Places, out: Path, site: Site, around: Around, *, whole: bool) -> SiteResult:
    folder, pending = Folder(out), Pending(out)
    with closing(folder), storage(out), Memory(out) as memory:
        base, homes = fingerprints.base(site), marks_of_homes(around.coverage)
        left = pending.left()
        memory.void(left)
        is_known = (memory.fact(BASE), memory.fact(BASIS)) == (base, source.basis) and left == [] and is_report(out)
        whole = whole or not is_known or memory.fact(DAY) > site.today.isoformat()
        wanted = None if whole else changed_places(memory, source, homes, site.today.isoformat())
        _write_assets(folder)
        build = Build(site, folder, memory, source, wanted, base, around.coverage)
        build.run(heard(around.coverage, NONE_AT_ALL, around.troubles))
        for name, value in ((BASE, base), (BASIS, source.basis), (DAY, site.today.isoformat())):
            memory.keep(name, value)
        memory.keep_homes(homes)
        return _commit(build, pending)


def _commit(build: Build, pending: Pending) -> SiteResult:
    """Everything takes its place, then the memory knows of it."""
    folder, removed = build.folder, 0
    if folder.is_changed or build.is_whole:
        touched = {place for places in build.changed.values() for place in places}
        pending.begin(None if build.is_whole else touched)
        removed = folder.commit(whole=build.is_whole)
    build.memory.commit()
    pending.end()
    sums = "SELECT coalesce(sum(entries > 0), 0), coalesce(sum(policies), 0), coalesce(sum(entries), 0)"
    numbers = f"{sums} FROM place WHERE listed"
    places, policies, entries = next(build.memory.all(numbers))
    changed = tuple(sorted(build.changed))
    return SiteResult(places, policies, entries, folder.written, folder.unchanged, removed, changed)


def _write_assets(folder: Folder) -> None:
    for name in ASSETS:
        folder.write(f"assets/{name}", (resources("tracker.publish.report") / "static" / name).read_bytes())
