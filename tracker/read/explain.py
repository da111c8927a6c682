"""Why an article was read as it was: the screen, the places, every act with its signs, the outcome."""

from dataclasses import dataclass

from tracker.model import Article, Reading
from tracker.read.findings import Candidate
from tracker.read.places import Places
from tracker.read.scene import Scene
from tracker.read.screen import Screened
from tracker.read.signs import strongest
from tracker.read.steps import KEEP

SHOWN = 160
"""Characters of a sentence that are enough to find it."""


@dataclass(frozen=True, slots=True)
class Considered:
    """One act that was looked at."""

    candidate: Candidate

    @property
    def verdict(self) -> str:
        """Whether it was worth a finding, for people."""
        return "kept" if self.candidate.government is not None and self.candidate.worth >= KEEP else "below the mark"

    def lines(self) -> list[str]:
        """Three or four lines: score, place and rule; doer and object; the signs that counted most; the sentence."""
        c = self.candidate
        where = f"{c.government.jurisdiction.label}, {c.government.how}" if c.government else "no local government"
        signs = ", ".join(f"{name} {points:+.1f}" for name, points in strongest(c.signs))
        found = [
            f"  {c.score:.2f}/{c.worth:.2f} {c.stage} {c.date or 'no date'} — {where} — {self.verdict}",
            f"       {c.act.how}; doer {c.act.doer} “{c.act.doer_text}”; object {c.act.rule} “{c.act.rule_text[:60]}”",
        ]
        return [*found, *([f"       {signs}"] if signs else []), f"       “{c.sentence.text[:SHOWN]}”"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that decided.

    The two figures of an act are how surely it is a local change, and, if the article reports one, how surely it is one
    of its entries.
    """

    article: Article
    reading: Reading
    screened: Screened
    places: Places | None = None
    considered: tuple[Considered, ...] = ()
    scene: Scene | None = None

    def lines(self) -> list[str]:
        """The explanation as plain lines for a terminal."""
        out = [self.article.title, f"screen: {self.screened.reason}"]
        if self.screened.look:
            out.append(self.screened.look.line())
        if self.places:
            focus = self.places.focus(None)
            out.append(f"about: {focus.jurisdiction.label if focus else 'no place that is known'}")
        for item in self.considered:
            out += item.lines()
        verdict = "change" if self.reading.is_change else "no change"
        return [*out, f"{verdict} ({self.reading.score:.2f}): {self.reading.reason}"]
