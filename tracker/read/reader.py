"""The reader: one article in, one reading out. Screen, places, parse, acts, governments, dates, scores."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from tracker.model import Article, Reading
from tracker.read import screen as screening
from tracker.read.decide import ACCEPT, decide, no_change, score_of
from tracker.read.explain import Considered, Explanation
from tracker.read.findings import Candidate
from tracker.read.gazetteer import Gazetteer, load
from tracker.read.parser import DEFAULT_MODEL, parse
from tracker.read.places import PlaceReader, Places
from tracker.read.scene import Scene, of_sentence, of_title, scene_of
from tracker.read.sentences import Sentence
from tracker.read.together import Asking, alone, together

READER_VERSION = "2"
"""Goes up whenever the same article may be read differently; `tracker reread` takes what is older."""
FIRST_SENTENCES = 4
"""Parsed before the rest: the likeliest sentences of an article."""
HOPELESS = 0.25
"""Where title and likeliest sentences score less, the rest is not parsed. One labelled change in 350 is lost by it, as
by any mark from 0.03 to 0.25, and none more up to 0.3; of real news a third less of the rest is parsed than at 0.2."""
MOST_OF_A_CHANGE = 120
"""Sentences read of an article that is a change: council round-ups are long, and a page may be a whole book."""
TOGETHER = 64
"""Articles read at once: a good ten of them pass the screen, which fills the parser's batch."""
TOGETHER_CHARACTERS = 400_000
"""Characters of text in them at most, an article more or less: a page may be a megabyte."""

__all__ = ["READER_VERSION", "Explanation", "Reader"]


class Reader:
    """Reads articles; the parser's model loads at the first article that passes the screen."""

    def __init__(self, gazetteer: Gazetteer | None = None, model: str = DEFAULT_MODEL) -> None:
        self._gazetteer = gazetteer
        self._places: PlaceReader | None = None
        self._parse = partial(parse, model=model)

    def read(self, article: Article) -> Reading:
        """What the article reports; never raises for odd text."""
        return self.explain(article).reading

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading | Exception]:
        """The same of each, in order, faster than one by one; a bug that an article meets is given in its place.

        Takes up to TOGETHER articles before it gives the first reading.
        """
        for batch in _batches(articles):
            for told in together([self._explain(article) for article in batch], self._parse):
                yield told if isinstance(told, Exception) else told.reading

    def explain(self, article: Article) -> Explanation:
        """The reading with all that led to it."""
        return alone(self._explain(article), self._parse)

    def _explain(self, article: Article) -> Asking[Explanation]:
        screened = screening.screen(article)
        if not screened.sentences:
            return Explanation(article, no_change(article.id, 0.0, screened.reason), screened)
        if self._places is None:
            self._places = PlaceReader(self._gazetteer or load())
        places = self._places.read(article)
        if places.home_unknown:
            reason = f"the outlet's home {article.source_home!r} is no place in the United States"
            return Explanation(article, no_change(article.id, 0.0, reason), screened, places)
        scene, candidates = yield from _candidates(article, screened.sentences, places)
        considered = tuple(map(Considered, candidates))
        return Explanation(article, decide(scene, candidates), screened, places, considered, scene)


def _candidates(
    article: Article, sentences: tuple[Sentence, ...], places: Places
) -> Asking[tuple[Scene, list[Candidate]]]:
    """Asks for the title and the likeliest sentences first, for the rest only if those leave hope of a change."""
    likely = screening.likeliest(sentences, FIRST_SENTENCES)
    headline, *docs = yield [article.title or ".", *(s.text for s in likely)]
    scene = scene_of(article, places, headline)
    found = of_title(scene, headline)
    for sentence, doc in zip(likely, docs, strict=True):
        found += of_sentence(scene, sentence, doc)
    rest = [sentence for sentence in sentences if sentence not in likely]
    if rest and max((c.score for c in found), default=0.0) >= HOPELESS:
        found += yield from _told(scene, rest)
    if score_of(found) >= ACCEPT:
        found += yield from _rest_of_the_story(scene, sentences)
    return scene, sorted(found, key=lambda c: c.sentence.index)


def _rest_of_the_story(scene: Scene, read: tuple[Sentence, ...]) -> Asking[list[Candidate]]:
    """The acts of the sentences that the screen left out ("It takes effect Sept. 1."): they make entries, but never a
    change of an article that was none without them."""
    left = [s for s in scene.sentences[:MOST_OF_A_CHANGE] if s not in read]
    found = yield from _told(scene, left)
    return [replace(candidate, late=True) for candidate in found]


def _told(scene: Scene, sentences: list[Sentence]) -> Asking[list[Candidate]]:
    docs = yield [sentence.text for sentence in sentences]
    return [c for sentence, doc in zip(sentences, docs, strict=True) for c in of_sentence(scene, sentence, doc)]


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
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
