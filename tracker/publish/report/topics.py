"""Topic pages: each policy of a topic, with its state today, place by place. The rows wait on disk."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import IO, Self

from tracker.model import Jurisdiction, Stage
from tracker.publish import addresses, words
from tracker.publish.geography import Place, place_of
from tracker.publish.report.files import Folder
from tracker.publish.report.overview import FEED_LENGTH, Newest
from tracker.publish.report.pages import downloads, files
from tracker.publish.report.render import Site, pieces
from tracker.publish.report.threads import Thread
from tracker.publish.report.whole import WHOLE_FORMATS, EntryFiles

TOPIC_FORMATS = (*WHOLE_FORMATS, "atom")


@dataclass(frozen=True, slots=True)
class Row:
    """One policy on a topic page."""

    state: str
    place: str
    place_folder: str
    policy: str
    policy_folder: str
    stage: Stage
    status: str
    latest: str


def row(place: Place, item: Thread) -> Row:
    """The line of one policy."""
    return Row(
        state=place.state,
        place=place.name,
        place_folder=place.folder,
        policy=item.policy.name,
        policy_folder=addresses.policy(item.policy.id),
        stage=item.stage,
        status=item.words,
        latest=words.when(item.entries[0]),
    )


class Topic:
    """What is gathered of one topic."""

    def __init__(self, name: str, files: EntryFiles, spool: IO[str]) -> None:
        self.name = name
        self.files = files
        self.newest = Newest(FEED_LENGTH)
        self.standing: Counter[tuple[Stage, str]] = Counter()
        """How many policies are in each state today, with the shape that shows it."""
        self._spool = spool

    def add(self, place: Place, item: Thread) -> None:
        """One policy."""
        line = row(place, item)
        self.standing[item.stage, item.status.state] += 1
        self._spool.write(json.dumps(asdict(line)) + "\n")
        for entry in item.entries:
            self.files.add(entry)
            self.newest.add(entry)

    def rows(self) -> Iterator[Row]:
        """All rows, in the order in which they came."""
        self._spool.seek(0)
        for text in self._spool:
            values = json.loads(text)
            yield Row(**values | {"stage": Stage(values["stage"])})


class TopicRows:
    """All topics of one build."""

    def __init__(self, site: Site, folder: Folder) -> None:
        self._site, self._folder = site, folder
        self._stack = ExitStack()
        self._topics: dict[str, Topic] = {}

    def add(self, jurisdiction: Jurisdiction, shown: Iterable[Thread]) -> None:
        """The policies of one place."""
        place = place_of(jurisdiction)
        for item in shown:
            self._topic(item.policy.topic).add(place, item)

    def write_pages(self) -> None:
        """A page, with its files, for each topic that was met."""
        for topic in self._topics.values():
            topic.files.end()
            path = addresses.topic(topic.name)
            feed = files(self._site, path, ("atom",), topic.newest.entries(), _title(topic.name))
            for name, content in feed:
                self._folder.write(name, content)
            values = {"topic": topic, "rows": topic.rows(), "downloads": downloads(TOPIC_FORMATS)}
            with self._folder.stream(path + "index.html") as out:
                out.writelines(pieces(self._site, "topic.html.j2", path, **values))

    def _topic(self, name: str) -> Topic:
        if name not in self._topics:
            opened = EntryFiles(self._site, self._folder, addresses.topic(name), _title(name), self._stack)
            spool = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - the stack closes it
            self._stack.enter_context(spool)
            self._topics[name] = Topic(name, opened, spool)
        return self._topics[name]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)


def _title(name: str) -> str:
    return f"{words.topic(name)}: changes to local government procedures"
