"""Why an article was read as it was: the screen, the sentences that raised and lowered its score, each event with its
rivals, and what the decision made of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

import numpy as np

from tracker.kinds import Witness
from tracker.model import Article, Factuality, Reading
from tracker.read.decode import Decision, Event
from tracker.read.mentions import Mentions
from tracker.read.scorer import STAGES, Floats, Scores
from tracker.read.screen import Screened
from tracker.read.text.document import Document
from tracker.read.thresholds import sigmoid

if TYPE_CHECKING:
    from tracker.read.opinions.opinion import Opinion

SHOWN = 160
"""Characters of a sentence that are enough to find it."""
MOST_SENTENCES = 40
"""Sentences that are left out one after another, the first ones: each costs a reading."""
MOST_MOVING = 3
"""Sentences shown that raised, and that lowered the score."""
RIVALS = 3
"""Other choices shown of a stage, a date and a place."""

READ_BY = {
    Witness.ENCODER: "read by the encoder alone",
    Witness.MODEL: "read by the model alone",
    Witness.BOTH: "read alike by both",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that decided. All from `mentions` on is None for an article that ended before it was scored. `odds`:
    the log-odds at first sight of another text; None where asking the scorer costs. `others`: the page's other briefs,
    where it has several. `opinion`: a language model's, where one was heard."""

    document: Document
    reading: Reading
    screened: Screened
    mentions: Mentions | None = None
    scores: Scores | None = None
    decision: Decision | None = None
    odds: Callable[[Article], float] | None = None
    others: tuple["Explanation", ...] = ()
    opinion: "Opinion | None" = None

    def lines(self) -> list[str]:
        """The explanation as plain lines for a terminal."""
        aside = (f"page furniture, not read: “{paragraph[:SHOWN]}”" for paragraph in self.document.furniture)
        out = [self.document.title.text, *aside, *self._account()]
        for other in self.others:
            out += ["", f"another brief of the page: “{other.document.read.text[:SHOWN]}”", *other._account()]
        return out

    def _account(self) -> list[str]:
        out = [f"screen: {self.screened.reason}"]
        out += [f"       for it: {self.screened.strongest(True) or 'nothing'}"]
        out += [f"       against it: {self.screened.strongest(False) or 'nothing'}"]
        if self.decision and self.scores and self.mentions:
            out.append(f"score of being a change: {self.decision.chance:.2f}")
            if self.opinion:
                number = len(self.opinion.choices)
                says = f"a change, {number} {'step' if number == 1 else 'steps'}" if number else "no change"
                out.append(f"       a language model, which read it too, says: {says}")
            out += self._moving()
            left_out = self.decision.left_out + self.decision.undatable
            for told, events in (("an entry", self.decision.events), ("left out", left_out)):
                for number, event in enumerate(events):
                    out += self._event(event, "the news" if told == "an entry" and number == 0 else told)
        verdict = "change" if self.reading.is_change else "no change"
        return [*out, f"{verdict} ({self.reading.score:.2f}): {self.reading.reason}"]

    def _moving(self) -> Iterator[str]:
        """The sentences without which the score would be lower, or higher, most first."""
        assert self.scores
        if self.odds is None:
            yield "  which sentences raised and lowered it is not told: each would have to be asked about, which costs"
            return
        moved = sorted(((self.scores.change - odds, unit) for unit, odds in self._without()), key=lambda item: -item[0])
        for sign, told in ((1, "raised"), (-1, "lowered")):
            for by, unit in moved[::sign][:MOST_MOVING]:
                if sign * by > 0:
                    yield f"  {told} by {abs(by):.2f}: “{self._sentence(unit)}”"

    def _without(self) -> Iterator[tuple[int, float]]:
        """The log-odds of the article without each of its first sentences."""
        assert self.mentions
        assert self.odds
        article = self.document.read
        for number, unit in enumerate(self.mentions.units[: MOST_SENTENCES + 1]):
            if unit is not None:
                less = article.text[: unit.start] + article.text[unit.end :]
                yield number, self.odds(article.model_copy(update={"text": less}))

    def _event(self, event: Event, verdict: str) -> Iterator[str]:
        said = f"“{event.chosen.mention.text}”" if event.chosen else "no day is told"
        by = f" — {READ_BY[event.witness]}" if self.opinion else ""
        yield f"{event.sure:.2f} {event.stage} {event.date or 'no date'} ({said}) — {event.place.label} — {verdict}{by}"
        yield f"       “{self._sentence(event.unit)}”"
        if against := self._factuality(event):
            yield f"       its words say that this is {against}"
        assert self.scores
        assert self.mentions
        number = STAGES.index(event.stage)
        told = [step for step in self.scores.steps if (step.unit, step.part) == (event.unit, event.part)]
        if not told:
            yield "       the encoder did not take this sentence for one that may tell a step"
            return
        step = max(told, key=lambda step: float(step.stage[number]))
        stages = [(str(stage), sigmoid(float(odds))) for stage, odds in zip(STAGES, step.stage, strict=True)]
        whose = "the encoder's " if self.opinion else ""
        yield f"       {whose}stage: {_ranked(stages)}"
        yield f"       {whose}date: {_ranked(self._dates(step.date[:, number]))}"
        places = [
            (place.label, exp(float(log)))
            for place, log in zip(self.mentions.jurisdictions, step.place[:, number], strict=True)
        ]
        yield f"       {whose}place: {_ranked(places)}"

    def _factuality(self, event: Event) -> str:
        """`denied`, `postponed`; empty for a step that is asserted."""
        same = (found for found in self.reading.findings if (found.stage, found.date) == (event.stage, event.date))
        told = next((found.factuality for found in same if found.jurisdiction == event.place.id), Factuality.ASSERTED)
        return "" if told is Factuality.ASSERTED else told.value

    def _dates(self, told: Floats) -> list[tuple[str, float]]:
        assert self.mentions
        chances: dict[str, float] = {}
        for number, log in enumerate(told):
            choice = self.mentions.dates[number] if number < len(self.mentions.dates) else None
            name = "none" if choice is None else f"{choice.value or 'a distance'} (“{choice.mention.text}”)"
            chances[name] = chances.get(name, 0.0) + float(np.exp(log))
        return list(chances.items())

    def _sentence(self, unit: int) -> str:
        assert self.mentions
        found = self.mentions.units[unit]
        return (found.text if found else self.document.read.title)[:SHOWN]


def _ranked(chances: list[tuple[str, float]]) -> str:
    """The likeliest, and its rivals."""
    best = sorted(chances, key=lambda item: -item[1])[: RIVALS + 1]
    return ", ".join(f"{name} {chance:.2f}" for name, chance in best)
