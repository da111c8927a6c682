"""One article from the screen to its reading, with all that led to it; what needs a parse is asked for."""

from collections.abc import Iterator
from dataclasses import replace

from tracker.model import Article
from tracker.read.decide import ACCEPT, decide, no_change, score_of
from tracker.read.document import document
from tracker.read.explain import Considered, Explanation
from tracker.read.findings import Candidate
from tracker.read.places.finder import MOST_MENTIONS
from tracker.read.places.resolve import PlaceReader
from tracker.read.scene import Scene, of_sentence, of_title
from tracker.read.screen import MOST_SENTENCES, Screened, likeliest, screen
from tracker.read.sentences import LONGEST_SENTENCE, Sentence
from tracker.read.together import Asking

FIRST_SENTENCES = 4
"""Parsed before the rest: the likeliest sentences of an article. Of three, eight labelled changes in 520 are lost."""
HOPELESS = 0.25
"""Where title and likeliest sentences score less, the rest is not parsed. One labelled change in 350 is lost by it, as
by any mark from 0.03 to 0.25, and none more up to 0.3; of real news a third less of the rest is parsed than at 0.2."""
MOST_OF_A_CHANGE = 120
"""Sentences read of an article that is a change: council round-ups are long, and a page may be a whole book."""
MOST_ACTS = 300
"""Acts looked at in one article, those of a last sentence more: the labelled ones tell 17 at most. Each is weighed
against the days and places around it, and its steps against each other."""


def examine(article: Article, reader: PlaceReader) -> Asking[Explanation]:
    """The reading of an article with all that led to it; most articles end at the screen and ask for nothing."""
    seen = document(article)
    found = yield from _examine(seen.read, reader)
    return replace(found, reading=seen.as_given(found.reading))


def _examine(article: Article, reader: PlaceReader) -> Asking[Explanation]:
    screened = screen(article)
    if not screened.sentences:
        return Explanation(article, no_change(article.id, 0.0, screened.reason), screened)
    if reader.home(article)[1]:
        reason = f"the outlet's home {article.source_home!r} is no place in the United States"
        return Explanation(article, no_change(article.id, 0.0, reason), screened)
    scene, candidates = yield from _candidates(article, screened, reader)
    reading, considered = decide(scene, candidates, screened.look), tuple(map(Considered, candidates))
    return Explanation(article, reading, screened, considered, scene, tuple(_bounds(scene, candidates)))


def _candidates(article: Article, screened: Screened, reader: PlaceReader) -> Asking[tuple[Scene, list[Candidate]]]:
    """Asks for the title and the likeliest sentences first, for the rest only if those leave hope of a change."""
    likely = likeliest(screened.sentences, FIRST_SENTENCES)
    headline, *docs = yield [article.title or ".", *(s.text for s in likely)]
    scene = Scene(article, screened.every, headline, lambda: reader.read(article))
    found = of_title(scene, headline)
    for sentence, doc in zip(likely, docs, strict=True):
        found += of_sentence(scene, sentence, doc)
    rest = _without(screened.sentences, likely)
    if rest and max((c.score for c in found), default=0.0) >= HOPELESS:
        found += yield from _told(scene, rest, MOST_ACTS - len(found))
    if score_of(found, screened.look) >= ACCEPT:
        found += yield from _rest_of_the_story(scene, screened.sentences, MOST_ACTS - len(found))
    return scene, sorted(found, key=lambda c: c.sentence.index)


def _rest_of_the_story(scene: Scene, read: tuple[Sentence, ...], most: int) -> Asking[list[Candidate]]:
    """The acts of the sentences that the screen left out ("It takes effect Sept. 1."): they make entries, but never a
    change of an article that was none without them."""
    found = yield from _told(scene, _without(scene.sentences[:MOST_OF_A_CHANGE], read), most)
    return [replace(candidate, late=True) for candidate in found]


def _told(scene: Scene, sentences: list[Sentence], most: int) -> Asking[list[Candidate]]:
    """The acts of sentences one after another, until there are `most`."""
    docs = yield [sentence.text for sentence in sentences]
    found: list[Candidate] = []
    for sentence, doc in zip(sentences, docs, strict=True):
        if len(found) >= most:
            break
        found += of_sentence(scene, sentence, doc)
    return found


def _bounds(scene: Scene, candidates: list[Candidate]) -> Iterator[str]:
    """What of an article was not looked at, for people."""
    if any(sentence.part for sentence in scene.sentences):
        yield f"a sentence of more than {LONGEST_SENTENCE:,} characters is read in parts"
    if len(scene.sentences) > MOST_OF_A_CHANGE:
        yield f"of {len(scene.sentences):,} sentences at most {MOST_OF_A_CHANGE + MOST_SENTENCES} are asked for acts"
    if len(candidates) >= MOST_ACTS:
        yield f"of more than {MOST_ACTS} acts the others are left out"
    if "places" in vars(scene) and len(scene.places.text) >= MOST_MENTIONS:
        yield f"of more than {MOST_MENTIONS:,} names of places the others are left out"


def _without(sentences: tuple[Sentence, ...], read: list[Sentence] | tuple[Sentence, ...]) -> list[Sentence]:
    known = {sentence.index for sentence in read}
    return [sentence for sentence in sentences if sentence.index not in known]
