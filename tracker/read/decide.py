"""From the candidates of an article to its reading: is it a change, what are its entries, which one is the news."""

from collections.abc import Sequence

from tracker.model import Finding, PublishedBasis, Reading, Stage
from tracker.read.findings import Candidate, finding
from tracker.read.glance import Glance
from tracker.read.scene import Scene
from tracker.read.steps import KEEP, Step, steps_of
from tracker.read.topics import topic_of
from tracker.read.unsure import without_days
from tracker.read.verdict import article_score, witness, words_against

ACCEPT = 0.45
"""An article is a change from this score: the best F1 of a cross-validation over all labelled articles."""

NO_DAY = "nothing tells on which day the article ran, so the day of what it announces cannot be worked out"


def score_of(candidates: list[Candidate], look: Glance | None) -> float:
    """The article's score, from the acts that were read for it and from the look at its words."""
    return article_score([witness(c) for c in candidates if not c.late], words_against(look))


def decide(scene: Scene, candidates: list[Candidate], look: Glance | None) -> Reading:
    """The reading of an article whose acts are known."""
    score = score_of(candidates, look)
    if score < ACCEPT:
        return no_change(scene.article.id, score, _doubt(candidates, score))
    steps = kept(steps_of(scene, candidates))
    primary = steps[0].candidate
    topic = topic_of(scene.article.title, primary.sentence.text, scene.article.text)
    acts = [step.candidate for step in steps]
    told = tuple(finding(c, scene.article, topic, scene.title.nouns, scene.places, c is primary) for c in acts)
    if scene.article.published_basis is PublishedBasis.SEEN:
        told = without_days(zip(acts, told, strict=True))
        if not told:
            return no_change(scene.article.id, score, NO_DAY)
    reason = f"{primary.act.how} by {primary.act.doer_text or 'a body not named'}"
    findings = _same_body(told)
    return Reading(id=scene.article.id, is_change=True, score=score, reason=reason, findings=findings)


def kept(steps: Sequence[Step]) -> list[Step]:
    """The steps that are worth a finding, the article's news first; never empty."""
    news = max(steps, key=lambda step: step.news)
    return [news, *(step for step in steps if step is not news and step.worth >= KEEP)]


def no_change(article_id: str, score: float, reason: str) -> Reading:
    """A reading without findings."""
    return Reading(id=article_id, is_change=False, score=score, reason=reason)


def _doubt(candidates: list[Candidate], score: float) -> str:
    if not candidates:
        return "no act of a government was found"
    return f"no act is told surely enough (best {score:.2f}, needed {ACCEPT:.2f})"


def _same_body(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """A start told without its body ("it takes effect Thursday") is the start of what the article's body decided."""
    decided = [f for f in findings if f.stage in (Stage.ADOPTED, Stage.RESCINDED)]

    def completed(found: Finding) -> Finding:
        twin = next((d for d in decided if d.jurisdiction == found.jurisdiction), None)
        nameless = found.body.startswith(("City of", found.jurisdiction_name))
        if found.stage is not Stage.EFFECTIVE or twin is None or not nameless:
            return found
        return found.model_copy(update={"body": twin.body, "instrument": found.instrument or twin.instrument})

    return tuple(completed(found) for found in findings)
