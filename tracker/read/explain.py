"""Why an article was read as it was: the screen, the places, every act with its signs, the outcome."""

from dataclasses import dataclass

from tracker.model import Article, Reading
from tracker.read.decide import kept
from tracker.read.findings import Candidate
from tracker.read.scene import Scene
from tracker.read.screen import Screened
from tracker.read.steps import Step, steps_of
from tracker.read.verdict import article_signs, witness, words_against
from tracker.read.weighing import strongest

SHOWN = 160
"""Characters of a sentence that are enough to find it."""


@dataclass(frozen=True, slots=True)
class Considered:
    """One act that was looked at."""

    candidate: Candidate

    def lines(self) -> list[str]:
        """Three or four lines: score, place and rule; doer and object; the signs that counted most; the sentence."""
        c = self.candidate
        where = f"{c.government.jurisdiction.label}, {c.government.how}" if c.government else "no local government"
        signs = ", ".join(f"{name} {points:+.1f}" for name, points in strongest(c.signs))
        found = [
            f"  {c.score:.2f}/{c.worth:.2f} {c.stage} {c.date or 'no date'} — {where}",
            f"       {c.act.how}; doer {c.act.doer} “{c.act.doer_text}”; object {c.act.rule} “{c.act.rule_text[:60]}”",
        ]
        return [*found, *([f"       {signs}"] if signs else []), f"       “{c.sentence.text[:SHOWN]}”"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that decided.

    The two figures of an act are how surely it is a local change, and, if the article reports one, how surely it is one
    of its entries. Acts of one place, stage and date are one step; its figures are how surely it is an entry among the
    others, and its points for being the news. `article` is as it was read; `bounds` tell what of it was not looked at.
    """

    article: Article
    reading: Reading
    screened: Screened
    considered: tuple[Considered, ...] = ()
    scene: Scene | None = None
    bounds: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """The explanation as plain lines for a terminal."""
        out = [self.article.title, f"screen: {self.screened.reason}"]
        if self.screened.look:
            out.append(self.screened.look.line())
        if self.scene:
            focus = self.scene.places.focus(None)
            out.append(f"about: {focus.jurisdiction.label if focus else 'no place that is known'}")
        out += [f"bound: {bound}" for bound in self.bounds]
        for item in self.considered:
            out += item.lines()
        out += self._decision()
        verdict = "change" if self.reading.is_change else "no change"
        return [*out, f"{verdict} ({self.reading.score:.2f}): {self.reading.reason}"]

    def _decision(self) -> list[str]:
        """What the acts say together, and each step with whether it was kept."""
        if self.scene is None or not any(item.candidate.government for item in self.considered):
            return []
        candidates = [item.candidate for item in self.considered]
        together = article_signs([witness(c) for c in candidates if not c.late], words_against(self.screened.look))
        named = ", ".join(f"{name} {points:+.1f}" for name, points in strongest(together, "article"))
        out = [f"together: {named}"]
        if self.reading.is_change:
            steps = steps_of(self.scene, candidates)
            told = kept(steps)
            for step in steps:
                out += _step(step, any(step is other for other in told))
        return out


def _step(step: Step, is_entry: bool) -> list[str]:
    c = step.candidate
    place = c.government.jurisdiction.label if c.government else ""
    day = next((o for o in c.dates if o.mention is c.mention and o.date == c.date), None)
    told = (
        f"“{day.mention.text}”" if day and day.mention else "no day is told" if c.date is None else "from the decision"
    )
    verdict = "an entry" if is_entry else "left out"
    signs = ", ".join(f"{name} {points:+.1f}" for name, points in strongest(step.signs, "step"))
    return [
        f"step: {step.worth:.2f}, news {step.news:+.1f}: {place} {c.stage} {c.date or ''} ({told}) — {verdict}",
        f"       {signs}",
    ]
