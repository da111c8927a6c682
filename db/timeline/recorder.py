"""Records what articles say: findings replaced, what they touch folded anew, entries brought up to date.

Everything is decided in `tracker.timeline`; here it is loaded and written, in the caller's one transaction.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db import freshness
from db.articles.copies import group_copies
from db.locks import hold_timeline
from db.timeline.findings import Held, findings_of, held_by_articles, put_findings
from db.timeline.places import Known, load_places
from db.timeline.writer import write_actions
from tracker.model import Finding, OcdId, RecordedAct
from tracker.timeline.actions import Action, Correct, Open, Retire, Support
from tracker.timeline.merge import merge
from tracker.timeline.scope import Group, group_of, groups_of


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording changed: entries opened, corrected, supported by more evidence, retired."""

    opened: int = 0
    corrected: int = 0
    supported: int = 0
    retired: int = 0


def record(session: Session, article_id: int, findings: Sequence[Finding], now: datetime) -> Recorded:
    """Makes `findings` what the article says and brings the entries of all places that it touches up to date.

    The outcome depends on the articles recorded and on people's decisions only, not on their order; recording the same
    again changes nothing.
    """
    return record_all(session, {article_id: findings}, now)


def record_all(session: Session, said: Mapping[int, Sequence[Finding]], now: datetime) -> Recorded:
    """The same for many articles at once: each place is folded once, which an archive of one city is glad of.

    Where neither these articles nor what they said before tell of anything, which is so of most, nobody waits for the
    timeline's lock. To be called before anything else is written, since whoever waits for it must hold nothing.
    """
    if not any(said.values()) and not any(findings_of(session, article_id) for article_id in said):
        return Recorded()
    hold_timeline(session)
    before = {article_id: list(findings_of(session, article_id).values()) for article_id in said}
    known = load_places(session, _places([*before.values(), *said.values()]))
    for article_id, findings in said.items():
        put_findings(session, article_id, findings, before[article_id])
    changed = set(said) | _group_copies(session, said)
    now_held = held_by_articles(session, changed)
    known = _with_more_places(session, known, now_held)
    freshness.touch(session, known.places)  # a quote may be another although no entry says anything else
    groups = _groups(before.values()) | _groups([[item.evidence.finding for item in now_held.values()]])
    return _bring_up_to_date(session, known, _as_it_is_now(known, changed, now_held), groups, now)


def refold(session: Session, places: Iterable[OcdId], act: RecordedAct) -> Recorded:
    """Brings the entries of places up to date without anything new having been read: after what a person did."""
    hold_timeline(session)
    known = load_places(session, places)
    groups = {group for entry in known.entries.values() for group in groups_of(entry)}
    policies = {entry.policy for entry in known.entries.values()}
    freshness.touch(session, known.places)
    return _bring_up_to_date(session, known, known.held, groups, act.at, policies, act)


def _places(said: Iterable[Iterable[Finding]]) -> set[OcdId]:
    return {finding.jurisdiction for findings in said for finding in findings if finding.jurisdiction}


def _groups(said: Iterable[Iterable[Finding]]) -> set[Group]:
    return {group for findings in said for finding in findings if (group := group_of(finding))}


def _group_copies(session: Session, said: Mapping[int, Sequence[Finding]]) -> set[int]:
    """The articles whose report has changed."""
    copies: set[int] = set()
    for article_id, findings in said.items():
        own = _places([findings])
        copies |= group_copies(session, article_id, own) if own else set()
    return copies


def _with_more_places(session: Session, known: Known, held: Mapping[int, Held]) -> Known:
    """The same with the places of articles that turned out to be copies: their entries have fewer voices now."""
    more = _places([[item.evidence.finding for item in held.values()]]) - known.places
    return load_places(session, known.places | more) if more else known


def _as_it_is_now(known: Known, changed: Collection[int], now_held: Mapping[int, Held]) -> dict[int, Held]:
    """The evidence of the known places after what some articles say was replaced."""
    stays = {key: item for key, item in known.held.items() if item.article_id not in changed}
    return stays | {key: item for key, item in now_held.items() if item.evidence.finding.jurisdiction in known.places}


def _bring_up_to_date(
    session: Session,
    known: Known,
    held: Mapping[int, Held],
    groups: Collection[Group],
    now: datetime,
    policies: Collection[str] = (),
    act: RecordedAct | None = None,
) -> Recorded:
    """Folds what the groups touch, and writes what that changes, and what it changes of these policies; because of an
    act of a person, if there was one."""
    actions, folded = decide(known, held, groups)
    write_actions(session, known.entries, folded, actions, now, policies, act)
    return _tally(actions)


def decide(
    known: Known, held: Mapping[int, Held], groups: Collection[Group]
) -> tuple[tuple[Action, ...], dict[int, Held]]:
    """What is to be done to the entries of known places, given their evidence of today (`held`) and the groups in which
    it is new; and the evidence that was looked at for it. Reads and writes nothing."""
    merged = merge(list(known.entries.values()), (item.evidence for item in held.values()), groups)
    looked_at = {key: item for key, item in held.items() if group_of(item.evidence.finding) in merged.groups}
    return merged.actions, looked_at


def _tally(actions: Iterable[Action]) -> Recorded:
    counted = [action for action in actions if action.changes]
    kinds = [sum(isinstance(action, kind) for action in counted) for kind in (Open, Correct, Support, Retire)]
    return Recorded(*kinds)
