"""The reader: one article in, one reading out, or many. spaCy is imported with the first article, and the parser's
model is loaded with the first that passes the screen: who only wants to know what the reader is does not wait."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tracker.model import Article, Reading
from tracker.read.places.gazetteer import Gazetteer, load
from tracker.read.places.resolve import PlaceReader

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from tracker.read.explain import Explanation
    from tracker.read.together import Asking

READER_VERSION = "4"
"""Goes up whenever the same article may be read differently; `tracker reread` takes what is older."""
TOGETHER = 64
"""Articles read at once: a good ten of them pass the screen, which fills the parser's batch."""
TOGETHER_CHARACTERS = 400_000
"""Characters of text in them at most, an article more or less: a page may be a megabyte."""


class Reader:
    """Reads articles. `model` is a package that spaCy can load; without one it is the model that comes with us."""

    def __init__(self, gazetteer: Gazetteer | None = None, model: str = "") -> None:
        self._gazetteer = gazetteer
        self._places: PlaceReader | None = None
        self._model = model

    def read(self, article: Article) -> Reading:
        """What the article reports; never raises for odd text."""
        return self.explain(article).reading

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading | Exception]:
        """The same of each, in order, faster than one by one; a bug that an article meets is given in its place.

        Takes up to TOGETHER articles before it gives the first reading.
        """
        from tracker.read.together import together

        for batch in batches(articles):
            for told in together([self._examine(article) for article in batch], self._parse):
                yield told if isinstance(told, Exception) else told.reading

    def explain(self, article: Article) -> "Explanation":
        """The reading with all that led to it."""
        from tracker.read.together import alone

        return alone(self._examine(article), self._parse)

    def warm(self) -> None:
        """Loads now what is else loaded with the first article that needs it."""
        self._place_reader()
        self._parse(["."])

    def _examine(self, article: Article) -> "Asking[Explanation]":
        from tracker.read.examine import examine

        return examine(article, self._place_reader())

    def _place_reader(self) -> PlaceReader:
        if self._places is None:
            self._places = PlaceReader(self._gazetteer or load())
        return self._places

    def _parse(self, texts: list[str]) -> "list[Doc]":
        from tracker.read.parser import DEFAULT_MODEL, parse

        return parse(texts, self._model or DEFAULT_MODEL)


def batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Articles in lists of TOGETHER, or of fewer that are long; none is taken before the list before it is used."""
    batch: list[Article] = []
    characters = 0
    for article in articles:
        batch.append(article)
        characters += len(article.text)
        if len(batch) == TOGETHER or characters >= TOGETHER_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
