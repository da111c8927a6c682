"""One act told in two stages: of one vote, one report says that a ban was lifted, another that a license was adopted;
what voters refused in one paper's words, they repealed in another's."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tracker.model import Stage
from tracker.partial_date import PartialDate
from tracker.timeline.draft import Draft
from tracker.timeline.sameness import chance, log_odds, other_numbers
from tracker.timeline.sequence import STAGE_ORDER

OUTCOMES = frozenset({Stage.ADOPTED, Stage.RESCINDED, Stage.REJECTED})
"""How a vote can go: stages that can be of one act, and so are folded together."""
ONE_ACT = 0.7
"""The chance of one policy from which two outcomes of one date are one act: as much as two days of one stage need."""


def folded_with(stage: Stage) -> Stage:
    """The stage that stands for all those which one fold must see together with this one."""
    return Stage.ADOPTED if stage in OUTCOMES else stage


def as_acts(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts, those of one act as one, in the order in which they were opened."""
    acts: list[list[Draft]] = []
    dated: dict[tuple[str, PartialDate], list[list[Draft]]] = defaultdict(list)
    for draft in drafts:
        days = [(draft.jurisdiction, mark.date) for mark in draft.marks] if draft.stage in OUTCOMES else []
        fits = [act for day in days for act in dated[day] if all(_is_one_act(one, draft) for one in act)]
        if fits:
            max(fits, key=lambda act: (log_odds(act[0].profile, draft.profile), -act[0].number)).append(draft)
            continue
        acts.append([draft])
        for day in days:
            dated[day].append(acts[-1])
    return [_together(act) for act in acts]


def _is_one_act(one: Draft, other: Draft) -> bool:
    """True where two drafts of a place, which share a date, tell of one act in two stages. An article that tells of
    both tells them apart."""
    if one.stage is other.stage or not one.urls.isdisjoint(other.urls) or other_numbers(one.profile, other.profile):
        return False
    return chance(log_odds(one.profile, other.profile)) >= ONE_ACT


def _together(act: Sequence[Draft]) -> Draft:
    """One draft of an act: its stage is the one that most reports tell."""
    if len(act) == 1:
        return act[0]
    stage = max(act, key=lambda draft: (len(_reports(draft)), -STAGE_ORDER[draft.stage])).stage
    draft = Draft(act[0].jurisdiction, stage, number=act[0].number)
    for claim in (claim for told in act for claim in told.claims):
        draft.add(claim)
    return draft


def _reports(draft: Draft) -> set[str]:
    return {claim.evidence.report for claim in draft.claims}
