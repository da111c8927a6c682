"""Reading, and writing what a model would be asked about the same articles."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from jobs.opinions.files import LONGEST_ID, request_line
from tracker.publish.counts import count
from tracker.read.reader import Reader, each_by_itself

if TYPE_CHECKING:
    from jobs.tally import Report
    from tracker.model import Article, Reading


class AskingReader:
    """Reads articles as the reader does, and writes a request for each that is worth asking about, once an id."""

    def __init__(self, reader: Reader, file: BinaryIO, model: str, report: "Report") -> None:
        self._reader, self._file, self._model, self._report = reader, file, model, report
        self._ids: set[str] = set()
        self._size = 0

    def read(self, article: "Article") -> "Reading":
        """What the article reports. Raises ScorerFault."""
        reading, request = self._reader.read(article), self._reader.request(article)
        if request and article.id in self._ids:
            self._report(f"{article.id}: the id stands twice; nothing is asked about the later article")
        elif request:
            line = request_line(article.id, request, self._model).encode() + b"\n"
            self._file.write(line)
            self._ids.add(article.id)
            self._size += len(line)
        return reading

    def read_many(self, articles: "Iterable[Article]") -> "Iterator[Reading | Exception]":
        """The same of each; a bug that one meets is given in its place. Raises ScorerFault."""
        return each_by_itself(self.read, articles)

    def summary(self) -> str:
        """How much would be asked. What providers may refuse is reported."""
        if self._ids and not self._model:
            self._report("the requests name no model; name one with --opinion-model")
        if long := sum(not 0 < len(name) <= LONGEST_ID for name in self._ids):
            self._report(
                f"{count(long, 'id')} longer than {LONGEST_ID} characters, or empty: not all providers take such"
            )
        return f"{count(len(self._ids), 'request')}, {self._size:,} bytes"
