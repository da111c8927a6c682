"""The encoder, asked once about the same article with the same mentions: many tests of a process read the same stories
again. That it would say the same a second time is shown in `tests/reading/test_read_encoder.py`."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from tracker.model import Article
from tracker.read.document import Document
from tracker.read.encoder import Encoder
from tracker.read.mentions import Mentions
from tracker.read.scorer import Scores

Known = dict[Article, list[tuple[Mentions, Scores]]]
"""What was said of an article as it is read; mentions cannot be keys."""

_KNOWN: defaultdict[tuple[Path, str], Known] = defaultdict(dict)
"""By the folder of the model and what was asked."""


class Remembering(Encoder):
    """The same scores as the encoder's."""

    def score(self, document: Document, mentions: Mentions) -> Scores:
        return _once(_KNOWN[self._folder, "score"], document, mentions, super().score)

    def at_first_sight(self, document: Document, mentions: Mentions) -> Scores:
        return _once(_KNOWN[self._folder, "at first sight"], document, mentions, super().at_first_sight)


def _once(known: Known, document: Document, mentions: Mentions, ask: Callable[[Document, Mentions], Scores]) -> Scores:
    heard = known.setdefault(document.read, [])
    for asked, scores in heard:
        if asked == mentions:
            return scores
    heard.append((mentions, ask(document, mentions)))
    return heard[-1][1]
