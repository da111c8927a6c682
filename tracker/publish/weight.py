"""What tells a reader most: the order of a mail, and what of it stays when there is more than a mail bears. Pure."""

from collections.abc import Callable, Iterable
from datetime import date

from tracker.model import Entry, OcdId, Stage
from tracker.publish import words
from tracker.timeline.how_sure import is_uncertain
from tracker.timeline.sequence import STAGE_ORDER

Near = Callable[[Entry], int]
"""How far an entry's place is from what a reader follows: 0 for a place that they named, more for what lies around."""
Rank = tuple[int, int, int, int, str, str]
KIND = 2
"""Where in a rank it stands what kind of step it is."""
DONE = frozenset({Stage.ADOPTED, Stage.RESCINDED, Stage.BLOCKED})
"""Stages after which something is otherwise than before."""


def everywhere_alike(_entry: Entry) -> int:
    """For a mail that is nobody's own."""
    return 0


def rank(entry: Entry, today: date, near: Near) -> Rank:
    """The lower, the more telling: what is likely right before what is uncertain, since the newest steps are wrong most
    often; what lies near before what lies far; what starts, then what was done, then what is only proposed or came to
    nothing; the newest report first."""
    reported = words.first_report(entry) or date.min
    uncertain = is_uncertain(entry)
    return int(uncertain), near(entry), _kind(entry, today), -reported.toordinal(), entry.jurisdiction, entry.id


def ranked(entries: Iterable[Entry], order: Callable[[Entry], Rank]) -> list[Entry]:
    """By their rank; but steps of one policy on one day that weigh alike stand together, where the first of them would,
    in the order in which they are taken."""
    found: dict[tuple[object, ...], list[Entry]] = {}
    for entry in sorted(entries, key=order):
        key = (entry.policy, entry.date, order(entry)[KIND]) if entry.date else (entry.id,)
        found.setdefault(key, []).append(entry)
    return [entry for steps in found.values() for entry in sorted(steps, key=lambda step: STAGE_ORDER[step.stage])]


def _kind(entry: Entry, today: date) -> int:
    if entry.stage is Stage.EFFECTIVE:
        return 0 if entry.date is None or entry.date.last_day() >= today else 1
    return 1 if entry.stage in DONE else 2


def by_place(entries: Iterable[Entry]) -> list[Entry]:
    """In their order, but all of a place together, where its first one stands."""
    found: dict[OcdId, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.jurisdiction, []).append(entry)
    return [entry for members in found.values() for entry in members]
