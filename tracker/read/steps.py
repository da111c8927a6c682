"""From acts to steps: one a place, stage and date, weighed together with the other steps of the article.

An act that looks sure by itself may be told better by another one: the same day as "proposed" and "adopted", the same
stage with another day, a step of another town. `worth` weighs an act by itself (table `entry`), a step is weighed with
all around it (table `step`), and the news of the article is the step that table `news` puts first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, log2

from tracker.model import Stage
from tracker.read.findings import Candidate, merged, without_schedules
from tracker.read.scene import Scene
from tracker.read.signs import FRONT_SENTENCES, LEDE_SENTENCES
from tracker.read.starts_after import with_starts
from tracker.read.weighing import points, probability
from tracker.read.when import age, likelihood

KEEP = 0.38
"""A step of an accepted article becomes a finding from this: the best entry F1 of a cross-validation."""
HOPEFUL = 0.15
"""Acts of less worth are no steps: below it one in fifty is a labelled entry."""
MOST_ODDS = 4.0
"""Log-odds beyond this say nothing more."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step with its best-told act, how many sentences tell it, and its signs among the other steps."""

    candidate: Candidate
    told: int
    signs: dict[str, float]

    @property
    def worth(self) -> float:
        """How surely it is an entry, 0 to 1."""
        return probability(self.signs, "step")

    @property
    def news(self) -> float:
        """Points for being the news of the article."""
        return points(self.signs, "news")


def steps_of(scene: Scene, candidates: Sequence[Candidate]) -> list[Step]:
    """All steps of an article, best acts first; at least one where there is a candidate with a government."""
    ours = [c for c in candidates if c.government is not None]
    good = [c for c in ours if c.worth >= HOPEFUL] or [max(ours, key=lambda c: c.score)]
    published = scene.article.published
    best = without_schedules(merged(with_starts(good, scene.dates), published), published)
    return [Step(c, _told(c, good), _signs(scene, c, best, _told(c, good))) for c in best]


def _told(step: Candidate, candidates: Sequence[Candidate]) -> int:
    """Sentences that tell an act of the step's place and stage."""
    return len({c.sentence.index for c in candidates if _key(c) == _key(step)})


def _key(c: Candidate) -> tuple[str, Stage]:
    return (c.government.jurisdiction.id if c.government else "", c.stage)


def _odds(p: float) -> float:
    p = min(0.999, max(0.001, p))
    return max(-MOST_ODDS, min(MOST_ODDS, log(p / (1 - p))))


def _signs(scene: Scene, step: Candidate, steps: Sequence[Candidate], told: int) -> dict[str, float]:
    found = {
        "always": 1.0,
        "worth": _odds(step.worth),
        "score": _odds(step.score),
        f"stage {step.stage}": 1.0,
        f"does {step.act.does}": 1.0,
        f"mode {step.act.mode}": 1.0,
        f"rule {step.act.rule}": 1.0,
        "told often": log2(told),
        "other steps": log2(len(steps)),
    }
    flags = _place_flags(scene, step, steps) | _rivals(step, steps)
    return found | {name: 1.0 for name, holds in flags.items() if holds} | _day_signs(scene, step)


def _place_flags(scene: Scene, step: Candidate, steps: Sequence[Candidate]) -> dict[str, bool]:
    """Where the step stands, and whether it is of the same government as the surest one."""
    index = step.sentence.index
    surest = max(steps, key=lambda c: c.score)
    titled = scene.title.stages
    return {
        "in the lede": index < LEDE_SENTENCES,
        "in front": LEDE_SENTENCES <= index < FRONT_SENTENCES,
        "read late": step.late,
        "another government than the surest": _key(step)[0] != _key(surest)[0],
        "the article's government": _key(step)[0] == scene.about,
        "the surest": step is surest,
        "stage of the title": step.stage in titled,
        "not the stage of the title": bool(titled) and step.stage not in titled,
        f"{step.stage}, not the stage of the title": bool(titled) and step.stage not in titled,
        "told by the title": "told by the title" in step.signs,
        "early step": step.act.early,
        "quoted": step.act.quoted,
        "named as the doer": bool(step.government and step.government.doer),
        "start of a decision": step.stage is Stage.EFFECTIVE and any(c.stage is Stage.ADOPTED for c in steps),
    }


def _day_signs(scene: Scene, step: Candidate) -> dict[str, float]:
    """How old the step is, and how surely its date is its own."""
    when = step.date
    if when is None:
        return {"no date": 1.0, f"{step.stage}, no date": 1.0}
    old = age(when, scene.article.published)
    own = next((o for o in step.dates if o.mention is step.mention and o.date == when), None)
    found = {f"dated {old}": 1.0, f"{step.stage}, dated {old}": 1.0}
    if own is None:
        return found | {"dated from the decision": 1.0}
    found |= {f"date {sign}": 1.0 for sign in ("hangs on the act", "same sentence") if sign in own.signs}
    return found | {"doubt of the date": 1.0 - likelihood(own, step.dates)}


def _rivals(step: Candidate, steps: Sequence[Candidate]) -> dict[str, bool]:
    """Steps that may be the same one, told better."""
    better = [c for c in steps if c is not step and c.worth > step.worth and _key(c)[0] == _key(step)[0]]
    same_day = [c for c in better if c.date == step.date and Stage.EFFECTIVE not in (c.stage, step.stage)]
    return {
        "another stage of that day is told better": bool(same_day),
        **{f"{step.stage}, but {c.stage} that day is told better": True for c in same_day},
        "another day of that stage is told better": any(c.stage is step.stage for c in better),
        f"{step.stage}, another day is told better": any(c.stage is step.stage for c in better),
    }
