"""The pages of one place: its own, one a policy, one an entry, with the files beside them."""

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from markupsafe import escape

from tracker.coverage import PlaceTimeline
from tracker.hearings import Agendas, Hearing
from tracker.model import Entry, EntryStatus, OcdId, Policy, Stage
from tracker.publish import addresses, words
from tracker.publish.exports import Format, Subject, formats_of
from tracker.publish.exports.format import place_title
from tracker.publish.geography import NamedPlace, place_of
from tracker.publish.hearings import files
from tracker.publish.report.coverage import NO_RECORD, coverage_summary, lasting_words, none_here
from tracker.publish.report.output.manifest import PlaceFiles
from tracker.publish.report.pages import documents, lengths, linked_data
from tracker.publish.report.pages.citation import citation
from tracker.publish.report.pages.documents import PlaceDocuments
from tracker.publish.report.policies import ShownPolicy, by_standing, entries_of, moment
from tracker.publish.report.render import File, Site, page
from tracker.publish.safe import plain, shorten
from tracker.publish.words import DirectionChoice, directions
from tracker.timeline.decisions.undo import merged_into
from tracker.timeline.history import is_taken_back, lost_articles

PLACE_FORMATS, POLICY_FORMATS, ENTRY_FORMATS = map(formats_of, (Subject.PLACE, Subject.POLICY, Subject.ENTRY))


HEARINGS_LISTED = 30
"""Hearings on the page of a place: those of some weeks; its calendar has all."""


def entry_files(
    site: Site, path: str, formats: Iterable[Format], entries: Iterable[Entry], title: str
) -> Iterator[File]:
    """The entries in each of the formats, as files of the folder `path`."""
    kept = list(entries)
    for form in formats:
        out = io.BytesIO()
        form.write(kept, out, site.today, public_url=site.public_url, title=title)
        yield path + form.file_name, out.getvalue()


def place_files(timeline: PlaceTimeline, shown: Sequence[ShownPolicy], mark: str) -> PlaceFiles:
    """What `place_pages` gives, without making it."""
    entries = [entry for policy in timeline.policies for entry in policy.entries]
    rejected = {entry.id for entry in entries if entry.status is EntryStatus.REJECTED}
    return PlaceFiles(
        state=timeline.jurisdiction.state,
        mark=mark,
        topics=" ".join(sorted({item.policy.topic for item in shown})),
        pages=len(lengths.of_place(shown)),
        policies={addresses.policy(item.policy.id): len(lengths.of_policy(item)) for item in shown},
        entries=" ".join(addresses.entry(entry.id) for entry in entries if entry.id not in rejected),
        rejected=" ".join(map(addresses.entry, sorted(rejected))),
        agendas=timeline.agendas is not None,
    )


def paths(place: OcdId, kept: PlaceFiles) -> Iterator[str]:
    """Every file of a place."""
    folder = addresses.place(place)
    standing = [(folder, PLACE_FORMATS, kept.pages)] if kept.pages else []
    for path, formats, pages in (*standing, *((path, POLICY_FORMATS, pages) for path, pages in kept.policies.items())):
        yield from _names(path, formats)
        yield from _further(path, pages)
        yield from _names(addresses.embed(path), ())
    if kept.agendas and kept.pages:
        yield from (folder + form.file_name for form in files.FILES)
    for path in kept.entries.split():
        yield from _names(path, ENTRY_FORMATS)
    for path in kept.rejected.split():
        yield from _names(path, ())


def _further(folder: str, pages: int) -> list[str]:
    return [name for path in lengths.folders(folder, pages)[1:] for name in _names(path, ())]


def _names(folder: str, formats: Sequence[Format]) -> list[str]:
    return [folder + "index.html", *(folder + form.file_name for form in formats)]


def place_pages(
    site: Site, timeline: PlaceTimeline, shown: Sequence[ShownPolicy], texts: PlaceDocuments | None = None
) -> Iterator[File]:
    """Every page and file that one place makes; `shown` are its threads on the day of the build. Entries come first,
    the place last: a page is there before those that lead to it."""
    place = place_of(timeline.jurisdiction)
    for policy in timeline.policies:
        yield from _rejected(site, place, policy)
    hearings = by_policy(timeline.agendas)
    for item in shown:
        its = hearings.get(item.policy.id, [])
        for entry in item.entries:
            yield from _entry(site, place, item, entry, its if entry.stage is Stage.PROPOSED else [])
        yield from _policy(site, place, item, its)
    yield from _place(site, place, shown, timeline, texts)


def _place(
    site: Site,
    place: NamedPlace,
    shown: Sequence[ShownPolicy],
    timeline: PlaceTimeline,
    texts: PlaceDocuments | None,
) -> Iterator[File]:
    """Further pages have the policies that changed longer ago; the first one has all the rest."""
    pages, latest = lengths.of_place(shown), words.last_report(entry for item in shown for entry in item.entries)
    folders = lengths.folders(place.folder, len(pages))
    common = {"place": place, "threads": shown, "latest": latest, "folders": folders, "state_of": lasting_words}
    for folder, pieces in list(zip(folders, pages, strict=True))[:0:-1]:
        values = {"whole": pieces, "directions": _directions(pieces)} | common
        yield folder + "index.html", page(site, "place.html.j2", folder, **values)
    listed = shown[: lengths.STANDING_LISTED]
    values = {"groups": by_standing(listed), "whole": pages[0], "directions": _directions(pages[0])} | common
    values |= {"here": {piece.thread.policy.id for piece in pages[0]}, "unlisted": len(shown) - len(listed)}
    evidence = (item for thread in shown for entry in thread.entries for item in entry.evidence)
    reports = (item for item in evidence if item.is_report)
    values |= {"coverage": coverage_summary(timeline.coverage, none_here(reports)), "no_record": NO_RECORD}
    agendas = timeline.agendas
    values |= {"hearings_listed": HEARINGS_LISTED, "agendas": agendas}
    values |= documents.on_place(texts)
    values |= {"downloads": (*PLACE_FORMATS, *(files.FILES if agendas else ()))}
    values |= {"snippet": snippet(site, place.folder, place_title(place.label))}
    yield from entry_files(site, place.folder, PLACE_FORMATS, entries_of(shown), place_title(place.label))
    if agendas:
        yield from hearing_files(site, place.folder, agendas.hearings, f"Hearings in {place.label}")
    yield _place_frame(site, place, shown)
    yield place.folder + "index.html", page(site, "place.html.j2", place.folder, **values)


def _directions(pieces: Iterable[lengths.PolicyPiece]) -> DirectionChoice:
    return directions(entry for piece in pieces for entry in piece.entries)


def by_policy(agendas: Agendas | None) -> dict[str, list[Hearing]]:
    """The hearings of each policy, soonest first."""
    found: dict[str, list[Hearing]] = {}
    for one in agendas.hearings if agendas else ():
        found.setdefault(one.policy, []).append(one)
    return found


def hearing_files(site: Site, folder: str, hearings: Sequence[Hearing], title: str) -> Iterator[File]:
    """The hearings as a calendar and a feed beside the page in a folder."""
    page_address = f"{site.public_url}/{folder}" if site.public_url else ""
    for name, content in files.write(hearings, title, page_address):
        yield folder + name, content


def _policy(site: Site, place: NamedPlace, item: ShownPolicy, hearings: Sequence[Hearing]) -> Iterator[File]:
    path, pages = addresses.policy(item.policy.id), lengths.of_policy(item)
    title = f"{place.label}: {item.policy.name}"
    folders = lengths.folders(path, len(pages))
    common = {"place": place, "thread": item, "folders": folders, "directions": directions(item.entries)}
    for folder, entries in list(zip(folders, pages, strict=True))[:0:-1]:
        values = {"entries": entries, "linked_data": linked_data.policy(item.policy, entries, place.label)} | common
        yield folder + "index.html", page(site, "policy.html.j2", folder, **values)
    data = linked_data.policy(item.policy, pages[0], place.label)
    values = {"entries": pages[0], "downloads": POLICY_FORMATS, "linked_data": data} | common
    values |= {"snippet": snippet(site, path, title), "hearings": hearings}
    yield from entry_files(site, path, POLICY_FORMATS, entries_of([item]), title)
    yield _policy_frame(site, place, item)
    yield path + "index.html", page(site, "policy.html.j2", path, **values)


def _entry(
    site: Site, place: NamedPlace, item: ShownPolicy, entry: Entry, hearings: Sequence[Hearing]
) -> Iterator[File]:
    path = addresses.entry(entry.id)
    data = linked_data.entry(entry, place.label)
    values = {"place": place, "thread": item, "entry": entry, "linked_data": data}
    values |= {"citation": citation(site, place, entry), "hearings": hearings}
    yield from entry_files(site, path, ENTRY_FORMATS, [entry], entry.title)
    yield path + "index.html", page(site, "entry.html.j2", path, downloads=ENTRY_FORMATS, **values)


def _rejected(site: Site, place: NamedPlace, policy: Policy) -> Iterator[File]:
    """A permalink that was cited must not lead nowhere: it says that the entry no longer stands, and why."""
    for entry in policy.entries:
        if entry.status is EntryStatus.REJECTED:
            path = addresses.entry(entry.id)
            lost = not entry.evidence and bool(lost_articles(entry))
            copy = bool(entry.evidence) and is_taken_back(entry)
            values = {"place": place, "entry": entry, "lost": lost, "copy": copy, "merged_into": merged_into(entry)}
            yield path + "index.html", page(site, "rejected.html.j2", path, **values)


STEPS = 6
"""Entries that a frame shows: what is 420 pixels high, and a little to scroll."""
HEIGHT = 420
TITLE_LENGTH = 120


def _place_frame(site: Site, place: NamedPlace, shown: Sequence[ShownPolicy]) -> File:
    """The latest steps of a place."""
    entries = chain.from_iterable(item.entries for item in shown)
    latest = sorted(entries, key=moment, reverse=True)
    return _frame(site, place.folder, place.label, "", latest)


def _policy_frame(site: Site, place: NamedPlace, item: ShownPolicy) -> File:
    """The latest steps of a policy, under how it stands."""
    name = f"{item.policy.name} ({place.label})"
    return _frame(site, addresses.policy(item.policy.id), name, item.words, item.entries)


def _frame(site: Site, folder: str, heading: str, standing: str, entries: Sequence[Entry]) -> File:
    path = addresses.embed(folder)
    values = {"heading": heading, "standing": standing, "entries": entries[:STEPS], "more": len(entries) > STEPS}
    return path + "index.html", page(site, "embed.html.j2", path, whole=folder, **values)


def snippet(site: Site, folder: str, title: str) -> str:
    """HTML that shows the small page of the page in `folder` on any site; empty where this one has no address."""
    if not site.public_url:
        return ""
    address = escape(f"{site.public_url}/{addresses.embed(folder)}index.html")
    return (
        f'<iframe src="{address}" title="{escape(shorten(plain(title), TITLE_LENGTH))}" width="100%" height="{HEIGHT}" '
        'loading="lazy" style="border:1px solid #ccc"></iframe>'
    )
