"""The whole site from a stream of places. Memory holds one place, the list of its state, and counts."""

from collections.abc import Iterable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files as resources
from pathlib import Path

from tracker.coverage import Coverage, PlaceTimeline, Trouble
from tracker.publish.report import dataset, index
from tracker.publish.report.coverage import NONE_AT_ALL, heard
from tracker.publish.report.files import Folder, storage
from tracker.publish.report.fingerprints import Fingerprints
from tracker.publish.report.overview import Overview
from tracker.publish.report.pages import paths, place_pages
from tracker.publish.report.places import PlaceLists, is_listed
from tracker.publish.report.render import Site
from tracker.publish.report.threads import threads, with_facts
from tracker.publish.report.topics import Topics
from tracker.publish.report.whole import Texts, WholeSite

ASSETS = ("style.css", "search.js")


@dataclass(frozen=True)
class SiteResult:
    """What one build did. A file is a page or a data file; unchanged ones were left alone."""

    places: int
    policies: int
    entries: int
    pages_written: int
    pages_unchanged: int
    pages_removed: int
    states_changed: tuple[str, ...] = ()
    """Codes of the states (`WI`) in which this build made pages of places anew: what is derived from those pages
    follows."""


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
    folder = Folder(out)
    with closing(folder), storage(out):
        fingerprints = Fingerprints(site, folder.root)
        _write_assets(folder)
        overview, places, changed = _write_places(site, folder, fingerprints, timelines)
        dataset.write(site, folder)
        index.write(site, folder, overview, places, heard(coverage, NONE_AT_ALL, troubles))
        fingerprints.forget()
        removed = folder.commit()
        fingerprints.save()
    counts = (places.count, overview.policies, overview.entries, folder.written, folder.unchanged, removed)
    return SiteResult(*counts, states_changed=tuple(sorted(changed)))


def _write_places(
    site: Site, folder: Folder, fingerprints: Fingerprints, timelines: Iterable[PlaceTimeline]
) -> tuple[Overview, PlaceLists, set[str]]:
    """The pages of all places, policies, entries, states and topics, and the files of the whole site; the states in
    which a place is not what it was."""
    overview, texts, changed = Overview(site.today), Texts(site), set[str]()
    with ExitStack() as stack:
        whole = stack.enter_context(WholeSite(site, folder, texts))
        places = stack.enter_context(PlaceLists(site, folder))
        topics = stack.enter_context(Topics(site, folder, texts))
        for bare in timelines:
            timeline = with_facts(bare, site.today)
            shown = threads(timeline, site.today)
            known = fingerprints.is_same(timeline, shown)
            if is_listed(timeline) and not (known and folder.keep_all(paths(timeline))):
                for path, content in place_pages(site, timeline, shown):
                    folder.write(path, content)
                changed.add(timeline.jurisdiction.state)
            places.add(overview.add(timeline), timeline)
            whole.add(timeline)
            topics.add(timeline.jurisdiction, shown)
            texts.forget()
    return overview, places, changed


def _write_assets(folder: Folder) -> None:
    for name in ASSETS:
        folder.write(f"assets/{name}", (resources("tracker.publish.report") / "static" / name).read_bytes())
