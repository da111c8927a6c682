"""What a changed rule does, by the words that its edit took away and put in: bans, limits, requires, allows, charges,
lowers, ends; where they do not tell, it amends. And which way it leads officers, or cooperation with immigration
authorities, where that is sure."""

from collections.abc import Sequence

from tracker.kinds import Direction, Effect
from tracker.read.documents.policy_words import PolicyWord, Sort, effect_words, policy_words, unmatched
from tracker.read.topics import directions

SUBJECT = 3
"""Words of a sentence among which stands who is bound."""

MERE_NAME = 3
"""Words of a new or lost item of a list up to which it names a unit or a thing and tells no duty."""


def effect_of(old: str, new: str) -> Effect:
    """What the new wording does that the old one did not."""
    before, after = policy_words(old), policy_words(new)
    if not (before and after) and len(before or after) <= MERE_NAME:
        return Effect.AMENDS
    if not after:
        return Effect.ENDS
    return _of_edit(before, after) if before else _of_sentence(after)


def direction_of(old: str, new: str, effect: Effect, topic: str) -> Direction | None:
    """Which way a changed rule leads; None where it is not sure."""
    ways = directions(topic)
    if not ways:
        return None
    before, after = policy_words(old), policy_words(new)
    binds = _binds(before, after, effect)
    if binds is None:
        return None
    if Direction.STRICTER in ways:
        of_others = _has((after or before)[:SUBJECT], "others")
        return None if of_others else Direction.STRICTER if binds else Direction.LOOSER
    return _of_cooperation((*before, *after), before or after, effect, binds=binds)


def _binds(before: Sequence[PolicyWord], after: Sequence[PolicyWord], effect: Effect) -> bool | None:
    """Whether officers are bound more than before: a rule that went binds less, a permission that went binds more, and
    so does one that was limited; a duty that was limited binds less."""
    permission = _has(before or after, "may") and not _has(before or after, "not")
    if effect is Effect.ENDS:
        return permission
    if effect is Effect.LIMITS:
        return True if permission else None
    return {Effect.BANS: True, Effect.REQUIRES: True, Effect.ALLOWS: False}.get(effect)


def _of_cooperation(
    words: Sequence[PolicyWord], standing: Sequence[PolicyWord], effect: Effect, *, binds: bool
) -> Direction | None:
    """A ban, a limit and a safeguard lead to less cooperation, a permission and a duty without one to more; what ends
    leads the other way."""
    if not _has(words, "federal"):
        return None
    if effect in (Effect.BANS, Effect.LIMITS):
        return Direction.LESS_COOPERATION
    if effect is Effect.ALLOWS:
        return None if _has(words, "safeguard") else Direction.MORE_COOPERATION
    guarded = _has(words, "safeguard") or _has(standing, "not")
    if not guarded and not _has(words, "cooperate"):
        return None
    return Direction.MORE_COOPERATION if guarded is (effect is Effect.ENDS) else Direction.LESS_COOPERATION


def _of_sentence(words: Sequence[PolicyWord]) -> Effect:
    """Of one that is new."""
    if _has(words, "created"):
        return Effect.CREATES
    if _has(words, "not"):
        return Effect.LIMITS if _has(words, "limit") else Effect.BANS
    if _price(words) and _has(words, "cost"):
        return Effect.CHARGES
    if _has(words, "may"):
        return Effect.LIMITS if _has(words, "limit") else Effect.ALLOWS
    return Effect.REQUIRES


def _of_edit(before: Sequence[PolicyWord], after: Sequence[PolicyWord]) -> Effect:
    gone, come = unmatched(before, after), unmatched(after, before)
    if money := _of_money(before, after):
        return money
    if _has(come, "not") and not _has(gone, "not"):
        return Effect.LIMITS if _has(come, "limit") else Effect.BANS
    if _has(gone, "not") and not _has(come, "not"):
        return Effect.LIMITS if _has(come, "limit") else Effect.ALLOWS
    if _has(come, "limit") and not _has(gone, "limit"):
        return Effect.LIMITS
    loosened = _has(come, "should") and _has(gone, "must")
    if loosened or (_has(come, "may") and not _has(gone, "may")):
        return Effect.ALLOWS
    if (_has(come, "must") and not _has(gone, "must")) or (_has(gone, "may") and not _has(come, "may")):
        return Effect.REQUIRES
    if not gone and come and come[0].text == "and":
        return Effect.REQUIRES
    return Effect.AMENDS


def _of_money(before: Sequence[PolicyWord], after: Sequence[PolicyWord]) -> Effect | None:
    """Where a price is named anew, or is none any more."""
    old, new = _price(before), _price(after)
    if old is None or new is None or old == new:
        return None
    return Effect.CHARGES if new > old else Effect.LOWERS


def _price(words: Sequence[PolicyWord]) -> float | None:
    """The first sum; 0 where it is free."""
    if _has(words, "free"):
        return 0.0
    pairs = zip(words, (*words[1:], None), strict=True)
    return next((price for word, after in pairs if (price := _sum(word, after))), None)


def _sum(word: PolicyWord, after: PolicyWord | None) -> float | None:
    """Of "$1,500", or of a number with "dollar" after it."""
    if word.sort is not Sort.NUMBER or not (word.text.startswith("$") or (after and after.text == "dollar")):
        return None
    digits = word.text.strip("$ ").replace(",", "").split()[0]
    return float(digits) if digits.replace(".", "", 1).isdigit() else None


def _has(words: Sequence[PolicyWord], name: str) -> bool:
    return any(word.text in effect_words(name) for word in words)
