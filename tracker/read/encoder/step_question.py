"""What is asked about a marked sentence: the same of the small look and of the big one, whatever row it stands in."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from tracker.read.encoder.features import (
    Floats,
    MentionUnits,
    date_features,
    mention_units,
    nearest_of_each,
    place_features,
    word_features,
)
from tracker.read.encoder.graphs import Run, log_softmax
from tracker.read.encoder.rows import ArticleTokens, TokenRow, inside_of, tokens
from tracker.read.mentions import Mentions, Span, unit_span
from tracker.read.scorer import STAGES, StepScores, softmax
from tracker.read.text.document import Document

NEVER = -30.0
"""Log-probability of a mention that the encoders were not taught."""


class StepQuestion:
    """Asks about the sentences of one article. `mentions`: those that the encoders were taught to choose among."""

    def __init__(self, document: Document, mentions: Mentions, pieces: Any) -> None:
        self._document, self._all, self.mentions = document, mentions, mentions.likely()
        self.tokens: ArticleTokens = tokens(document, self.mentions, pieces)
        self._stands: MentionUnits = mention_units(self.mentions)

    def span(self, unit: int) -> Span:
        """Where a unit stands."""
        return unit_span(self._document, self.mentions, unit)

    def inputs(self, unit: int, asked: Span, row: TokenRow, hidden: Floats) -> Run:
        """What the heads of a step take: of the marked span in a row, and its hidden vectors [tokens, width]."""
        found, published = self.mentions, self._document.read.published

        def mean(spans: Sequence[Span]) -> Floats:
            at = [inside_of(row, span, self.tokens) for span in spans]
            told = [hidden[each.start : each.stop].mean(0) if len(each) else np.zeros(hidden.shape[1]) for each in at]
            return np.array(told, np.float32).reshape(-1, hidden.shape[1])

        return {
            "sentence": mean([asked])[0], "mean": hidden.mean(0),
            "dates": mean([m.span for m in found.dates]),
            "dates_features": date_features(unit, found, self._stands, published),
            "places": self._places(unit, mean([m.span for m in found.places])),
            "places_features": place_features(unit, found, self._stands),
            "bodies": mean([m.span for m in found.bodies]),
            "bodies_features": word_features(unit, found.bodies, self._stands),
            "instruments": mean([m.span for m in found.instruments]),
            "instruments_features": word_features(unit, found.instruments, self._stands),
        }  # fmt: skip

    def scores(self, unit: int, answers: Sequence[Floats]) -> StepScores:
        """The heads' answers as scores of all mentions."""
        stage, news, date, place, body, instrument, effect, direction = answers
        further_dates = _never(self._all.further_dates, len(STAGES))
        date = np.concatenate([(told := log_softmax(date))[:-1], further_dates, told[-1:]])
        place = np.concatenate([log_softmax(place), _never(self._all.further_places, len(STAGES))])
        return StepScores(
            unit, stage, news, date, place, log_softmax(body), log_softmax(instrument),
            softmax(effect, 1), softmax(direction, 1),
        )  # fmt: skip

    def _places(self, unit: int, mentioned: Floats) -> Floats:
        """For each jurisdiction the vector of its nearest mention and the mean of all, zeros for one that is not
        named."""
        found = np.zeros((len(self.mentions.jurisdictions), 2 * mentioned.shape[1]), np.float32)
        for number, closest, of in nearest_of_each(unit, self.mentions, self._stands):
            found[number] = np.concatenate([mentioned[closest], mentioned[of].mean(0)])
        return found


def _never(count: int, columns: int) -> Floats:
    """The log-probabilities of what the encoders were not taught."""
    return np.full((count, columns), NEVER, np.float32)
