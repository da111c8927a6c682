"""One build: the pages of the places that changed, then what is about many and has to do with them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tracker.coverage import Coverage, PlaceTimeline
from tracker.model import OcdId
from tracker.publish import addresses
from tracker.publish.geography import state_code
from tracker.publish.report.catalogue import Catalogue, PolicyCount
from tracker.publish.report.coverage import CoverageSummary, coverage_summary, feed_line
from tracker.publish.report.documents import DocumentLine
from tracker.publish.report.output.file_set import FileSet
from tracker.publish.report.output.folder import Folder
from tracker.publish.report.output.manifest import Manifest, PlaceFiles
from tracker.publish.report.pages import dataset, documents, index, states, topics
from tracker.publish.report.pages.place import paths, place_files, place_pages
from tracker.publish.report.policies import threads, with_facts
from tracker.publish.report.render import Site
from tracker.publish.report.summaries import is_listed, mark


@dataclass
class Build:
    """`is_whole`: every place and every file is looked at. `changed` are the places that show something else than the
    folder did, or are gone."""

    site: Site
    folder: Folder
    manifest: Manifest
    catalogue: Catalogue
    coverage: tuple[Coverage, ...]
    is_whole: bool
    changed: set[OcdId] = field(default_factory=set)
    states_changed: set[str] = field(default_factory=set)
    """The codes of the states of those places."""
    _topics: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """What is to be made again of topics, by states."""

    @cached_property
    def _documents(self) -> dict[OcdId | None, documents.PlaceDocuments]:
        return {group.place: group for group in documents.by_place(self.catalogue.documents)}

    def run(self, coverage: CoverageSummary) -> index.Overview:
        """Writes everything, nothing takes its place yet; what it all comes to."""
        self.changed = self._changed()
        found = {self._place(timeline) for timeline in self.catalogue.timelines(sorted(self.changed))}
        for place in self.changed - found:
            self._forget(place)
        counts, known = self.catalogue.policy_counts(), self.catalogue.states()
        feeds = self._feeds_by_state(known)
        for state in sorted({*(known if self.is_whole else ()), *self._heard_otherwise(feeds), *self.states_changed}):
            self._finish_state(state, counts, feeds.get(state, []))
        for topic in sorted(set().union(*self._topics.values())):
            with self._files(f"topic/{topic}") as files:
                topics.write_topic(files, self.catalogue, counts, topic)
        split = dataset.is_split(sum(one.entries for one in counts))
        self._finish_data(known if split else ())
        self._finish_documents()
        return self._finish_site(counts, coverage, split=split)

    def _changed(self) -> set[OcdId]:
        """The places that show something else than the folder does, and those of which a file is not there."""
        marks, shown = self.catalogue.marks, self.manifest.places
        changed = {
            place for place, kept in shown.items() if kept.mark != marks.get(place) or not self._is_there(place, kept)
        }
        return changed | (marks.keys() - shown.keys())

    def _is_there(self, place: OcdId, kept: PlaceFiles) -> bool:
        return not self.is_whole or self.folder.keep_all(paths(place, kept))

    def _place(self, bare: PlaceTimeline) -> OcdId:
        """The pages of one place."""
        place = bare.jurisdiction.id
        timeline = with_facts(bare, self.site.today)
        shown = threads(timeline, self.site.today)
        for path, content in (
            place_pages(self.site, timeline, shown, self._documents.get(place)) if is_listed(bare) else ()
        ):
            self.folder.write(path, content)
        self._forget(place)
        self.manifest.places[place] = kept = (
            place_files(timeline, shown, self.catalogue.marks[place])
            if is_listed(bare)
            else PlaceFiles(bare.jurisdiction.state, self.catalogue.marks[place])
        )
        self._note(kept)
        return place

    def _forget(self, place: OcdId) -> None:
        """Its files may go."""
        if old := self.manifest.places.pop(place, None):
            self.folder.drop(paths(place, old))
            self._note(old)

    def _note(self, place: PlaceFiles) -> None:
        """Pages that tell of it are to be made again."""
        self.states_changed.add(place.state)
        self._topics[place.state].update(place.topics.split())

    def _finish_state(self, state: str, counts: Sequence[PolicyCount], feeds: Sequence[Coverage]) -> None:
        """What is about one state."""
        with self._files(f"state/{state}") as files:
            states.write_state(files, self.catalogue, counts, state, coverage_summary(feeds, states.NONE_HERE))
        if self.is_whole:
            self._topics[state].update(one.topic for one in counts if one.state == state)
        for topic in sorted(self._topics[state]):
            with self._files(f"topic/{topic}/{state}") as files:
                topics.write_in_state(files, self.catalogue, counts, topic, state)

    def _finish_site(self, counts: Sequence[PolicyCount], coverage: CoverageSummary, *, split: bool) -> index.Overview:
        with self._files("") as files:
            is_same = not (self.is_whole or self.changed)
            dataset.write(files, self.catalogue, split=split, is_same=is_same)
            lists = states.write_lists(files, self.catalogue)
            overview = index.overview(self.catalogue, counts, lists.with_entries, self.site.today)
            made_of = self.catalogue
            whole = index.Whole(
                site=self.site,
                overview=overview,
                places=lists,
                coverage=coverage,
                agreements=made_of.agreements(),
                agendas=made_of.agendas,
                documents=made_of.documents,
                has_files=not split,
            )
            files.write_all(index.pages(whole))
        return overview

    def _finish_data(self, split_by: Iterable[str]) -> None:
        """The files of the states, where the dataset is split by them; none of them where it is not."""
        known = {owner for owner in self.manifest.files if owner.startswith(dataset.OWNER)}
        now = {dataset.OWNER + state for state in split_by}
        for owner in sorted(known | now):
            state = owner.removeprefix(dataset.OWNER)
            if owner not in now or not known or self.is_whole or state in self.states_changed:
                with self._files(owner) as files:
                    if owner in now:
                        dataset.write_state(files, self.catalogue, state)

    def _finish_documents(self) -> None:
        """The pages of documents, and of places with documents, that show something else than the folder does."""
        before, now = self.manifest.documents, dict[str, str]()
        for line in self.catalogue.documents:
            home = self._home(line)
            owner, key = f"document/{line.id}", mark(line.mark, home)
            now[owner] = key
            if self.is_whole or before.get(owner) != key:
                made_of = self.catalogue.document(line)
                with self._files(owner) as files:
                    files.write_all(documents.document_pages(self.site, made_of, home, self.catalogue.document_file))
        for group in self._documents.values():
            owner, key = f"documents/{group.place}", mark(*(line.mark for line in group.lines))
            now[owner] = key
            if self.is_whole or before.get(owner) != key:
                with self._files(owner) as files:
                    files.write_all([documents.place_page(self.site, group)])
        for owner in before.keys() - now.keys():
            with self._files(owner):
                pass
        self.manifest.documents = now

    def _home(self, line: DocumentLine) -> str:
        """The folder of the page of its place; empty where there is none."""
        place = self.manifest.places.get(line.place) if line.place else None
        return addresses.place(line.place) if line.place and place and place.pages else ""

    def _feeds_by_state(self, known: Iterable[str]) -> dict[str, list[Coverage]]:
        """The feeds of each state, of its places and of all that lies around it."""
        homes = [(state_code(feed.home), feed) for feed in self.coverage if feed.home]
        return {state: [feed for code, feed in homes if code in (state, "")] for state in known}

    def _heard_otherwise(self, feeds: Mapping[str, Sequence[Coverage]]) -> set[str]:
        """States whose feeds are heard otherwise than at the last build; from now on it is known how."""
        now = {state: mark(*map(feed_line, its)) for state, its in feeds.items()}
        before, self.manifest.feeds = self.manifest.feeds, now
        return {state for state in now if before.get(state) != now[state]}

    def _files(self, owner: str) -> FileSet:
        return FileSet(self.site, self.folder, self.manifest, owner)
