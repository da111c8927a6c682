"""The whole site: what changed since the last build of the same folder, or everything."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import files as resources
from pathlib import Path

from tracker.coverage import Coverage, Trouble
from tracker.publish.report.build import Build
from tracker.publish.report.catalogue import Catalogue
from tracker.publish.report.coverage import NONE_AT_ALL, CoverageSummary, coverage_summary
from tracker.publish.report.output.file_set import Damaged
from tracker.publish.report.output.folder import Folder, is_report, storage
from tracker.publish.report.output.manifest import Manifest, alone
from tracker.publish.report.render import Site
from tracker.publish.report.summaries import mark, mark_of_code

ASSETS = ("style.css", "search.js", "filter.js", "find.js")
CODE = ("tracker.publish", "tracker.hearings", "tracker.timeline", "tracker.read.data", "tracker.read.branches")
"""What else decides how a page looks, besides what it shows and the settings."""


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


def update_site(
    catalogue: Catalogue,
    out: Path,
    site: Site,
    *,
    coverage: Iterable[Coverage] = (),
    troubles: Iterable[Trouble] = (),
    whole: bool = False,
) -> SiteResult:
    """Writes the static site into `out`: only files whose bytes changed, each in one step, all of them at the end. Only
    places that show something else than the folder does are loaded; `whole`: every file of the folder is looked at.
    `coverage` are all feeds; `troubles` stand on the coverage page.

    StorageError if `out` cannot be written: what stood there before still stands, whatever ended the build before its
    last step.
    """
    feeds = tuple(coverage)
    summary = coverage_summary(feeds, NONE_AT_ALL, troubles)
    try:
        return _update(catalogue, out, site, feeds, summary, whole=whole)
    except Damaged:
        if whole:
            raise
    return _update(catalogue, out, site, feeds, summary, whole=True)


def _update(
    catalogue: Catalogue, out: Path, site: Site, feeds: tuple[Coverage, ...], summary: CoverageSummary, *, whole: bool
) -> SiteResult:
    folder = Folder(out)
    with closing(folder), storage(out), alone(out):
        manifest, base = Manifest.read(out), base_of(site)
        if manifest.base != base:
            manifest.places.clear()
        is_known = manifest.base == base and manifest.is_finished and is_report(out)
        manifest.base = base
        _write_assets(folder)
        build = Build(site, folder, manifest, catalogue, feeds, is_whole=whole or not is_known)
        shown = build.run(summary)
        removed = _commit(build, out)
        states = tuple(sorted(build.states_changed))
        return SiteResult(
            shown.places, shown.policies, shown.entries, folder.written, folder.unchanged, removed, states
        )


def _commit(build: Build, out: Path) -> int:
    """Everything takes its place, then the folder knows of it; how many pages went."""
    removed = 0
    if build.folder.is_changed or build.is_whole:
        build.manifest.begin(out, build.changed)
        removed = build.folder.commit(whole=build.is_whole)
    build.manifest.is_finished = True
    build.manifest.write(out)
    return removed


def base_of(site: Site) -> str:
    """The mark of whatever else decides the bytes of a page: the settings, the templates and the code."""
    return mark(repr({**vars(site), "today": "", "built": ""}), mark_of_code(*CODE))


def _write_assets(folder: Folder) -> None:
    for name in ASSETS:
        folder.write(f"assets/{name}", (resources("tracker.publish.report") / "static" / name).read_bytes())
