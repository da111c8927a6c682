"""What the big look is shown: of each article its proven sentences, parts of them, and sentences that state nothing, each
marked in a short row. Drawn anew each time: which places and years an article tells, and which quiet sentence."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from tracker.read.encoder.rows import window
from tracker.read.mentions import Span
from tracker.read.thresholds import sigmoid
from tracker.read.training.corpus import Record, is_contrast, original_of
from tracker.read.training.examples import Example, example
from tracker.read.training.passes import MOST_STEPS, Task, parts_of
from tracker.read.training.variations import redrawn

SHORT_ROW, LONGEST_ROW = 112, 160
"""Tokens of a row in the first part of a run, and after it: short rows go faster, as BERT's did (Devlin et al. 2019)."""
SEVERAL = 2
"""More times that a sentence of two stages is shown."""
QUIET = 0.9
"""Chance that an article adds a sentence that states nothing."""
TELLING, SUSPECT = 3.0, 25.0
"""How much likelier a quiet sentence is shown that has a date or a body, or that was surely taken for a step."""

Suspected = Mapping[str, Sequence[float]]
"""An article's address → for each unit the highest log-odds of a stage at first sight."""


class Shown:
    """The rows of labelled articles. `of`: the articles by address, so that of a changed one only what differs from its
    original is shown."""

    def __init__(self, of: Mapping[str, Record], suspected: Suspected, redraw: float) -> None:
        self._of, self._suspected, self._redraw = of, suspected, redraw

    def rows(self, record: Record, chance: Random, longest: int) -> Iterator[Task]:
        """The rows of at most `longest` tokens that an article gives this time."""
        drawn = redrawn(record, chance) if chance.random() < self._redraw else record
        made, own = example(drawn), self._own_units(record)
        units = [unit for unit in made.steps if own is None or unit in own]
        chance.shuffle(units)
        asked: list[tuple[int, Span | None]] = [(unit, None) for unit in units[:MOST_STEPS]]
        asked += [(unit, None) for unit in units if len({step.stage for step in made.steps[unit]}) > 1] * SEVERAL
        asked += [(unit, None) for unit in self._quiet(made, own, chance)]
        asked += [(unit, task.part) for unit in units[:MOST_STEPS] for task in parts_of(made, unit)]
        for unit, part in asked:
            row = window(made.tokens, made.mentions, part or made.span(unit), longest)
            yield Task(made, row, unit, part)

    def _own_units(self, record: Record) -> set[int] | None:
        """Of an article that was made from another one, the units that the other has not; None of an original."""
        original = self._of.get(original_of(record))
        if not is_contrast(record) or original is None:
            return None
        known = {_words(text) for text in example(original).sentences()}
        return {number for number, text in enumerate(example(record).sentences()) if _words(text) not in known}

    def _quiet(self, made: Example, own: set[int] | None, chance: Random) -> list[int]:
        """A sentence that states no step."""
        first = 1 if made.record["is_change"] else 0
        free = [unit for unit in range(first, len(made.mentions.units)) if unit not in made.steps]
        if not made.quoted or not free or chance.random() >= QUIET:
            return []
        telling = {made.stands.unit(m.span) for m in (*made.mentions.dates, *made.mentions.bodies)}
        odds = dict(enumerate(self._suspected.get(made.record["url"], ())))
        weights = [
            (1.0 + TELLING * (unit in telling) + SUSPECT * sigmoid(odds.get(unit, -9.0)))
            * (20.0 if own and unit in own else 1.0)
            for unit in free
        ]
        return chance.choices(free, weights)


def _words(text: str) -> str:
    return " ".join(text.split())
