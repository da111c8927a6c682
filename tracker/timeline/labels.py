"""Plain labels, put together from facts: who, what it does by effect and stage, the rule's own name or number.

`Austin City Council bans camping in public`, `Portland would ban facial recognition`, `Dallas City Council’s charge for
plastic bags takes effect`. What is not known is left out; where nothing is known that tells, the label is empty.
"""

from collections.abc import Callable

from tracker.model import Effect, Entry, Stage
from tracker.timeline.naming import OUTSIDE, full_body, has_place, many, possessive
from tracker.timeline.phrases import (
    Said,
    Turn,
    bare_rule,
    indefinite,
    is_old,
    is_repealed,
    is_signed,
    is_standing,
    is_suspension,
    said_of,
)
from tracker.timeline.words import branch

PROPOSERS = frozenset({"executive", "police"})
"""A mayor or a chief proposes; a council considers what is proposed."""


def label(entry: Entry) -> str:
    """Who did what, in one plain line; empty where the facts do not tell."""
    said = said_of(entry)
    return _BY_STAGE[entry.stage](entry, said) if said.noun or said.rule else ""


def bare_label(entry: Entry) -> str:
    """Who did what to a rule that nothing else names: `Denver City Council adopts an ordinance`."""
    return _BY_STAGE[entry.stage](entry, Said(rule=bare_rule(entry)))


def _who(entry: Entry) -> str:
    return full_body(entry.body, entry.jurisdiction_name)


def _several(entry: Entry) -> bool:
    """True where the body stands for several: supervisors, voters."""
    return bool(entry.body) and many(_who(entry))


def _acts(entry: Entry, verb: str, what: str) -> str:
    """`The council adopts …`; `supervisors adopt …`."""
    third = "" if _several(entry) else "es" if verb.endswith("o") else "s"
    return f"{_who(entry)} {verb}{third} {what}"


def _own(entry: Entry, rule: str) -> str:
    """`its ordinance on plastic bags`; the bare rule where it names its place."""
    if has_place(rule, entry.jurisdiction_name):
        return rule
    if branch(entry.body) == "executive":
        return f"the {rule}"
    return f"{'their' if _several(entry) else 'its'} {rule}"


def _adopted(entry: Entry, said: Said) -> str:
    if said.turn or (entry.effect in _ON_RULES and not said.does):
        return _acts(entry, *_done_to_rule(entry, said))
    if said.does and branch(entry.body) == "executive":
        return f"{_who(entry)} signs {indefinite(said.noun)}{said.number}"
    if said.does:
        return f"{_who(entry)} {said.would if _several(entry) else said.does}{said.number}"
    if is_standing(entry):
        return _acts(entry, "change", said.rule)
    return _acts(entry, "adopt", indefinite(said.rule))


_ON_RULES = frozenset({Effect.ENDS, Effect.AMENDS, Effect.JOINS})
"""Effects that are told of a rule rather than of what it is about."""


def _done_to_rule(entry: Entry, said: Said) -> tuple[str, str]:
    """(`repeal`, `its ordinance on plastic bags`): the verb in the plural, and the rule."""
    rule = said.noun if said.noun and said.turn is Turn.DELAY else said.rule or said.noun
    if said.turn:
        return said.turn.value, _own(entry, rule)
    if entry.effect is Effect.JOINS:
        return "sign" if is_signed(rule) else "join", indefinite(rule)
    if entry.effect is Effect.AMENDS:
        return "amend", _own(entry, rule)
    return "repeal" if is_repealed(rule) else "end", _own(entry, rule)


def _proposed(entry: Entry, said: Said) -> str:
    if is_old(entry) and not said.turn and entry.effect in (None, Effect.JOINS):
        return _acts(entry, "consider", _own(entry, said.rule))
    if said.turn or (entry.effect in _ON_RULES and not said.does):
        return f"{_who(entry)} would {' '.join(_done_to_rule(entry, said))}"
    if said.does:
        return f"{_who(entry)} would {said.would}{said.number}"
    verb = "propose" if branch(entry.body) in PROPOSERS else "consider"
    return _acts(entry, verb, said.rule if is_standing(entry) else indefinite(said.rule))


def _effective(entry: Entry, said: Said) -> str:
    noun = said.noun or said.rule
    owner = possessive(_owner(entry))
    if said.turn or (entry.effect is Effect.ENDS and not said.noun):
        what = "change to" if said.turn else "repeal of" if is_repealed(said.rule) else "end to"
        return f"{owner} {what} {_own(entry, said.rule or noun)} takes effect"
    number = said.number if said.noun else ""
    named = noun if has_place(noun, entry.jurisdiction_name) else f"{owner} {noun}"
    return f"{named}{number} {'take' if many(noun) else 'takes'} effect"


def _owner(entry: Entry) -> str:
    """Whose rule it is once it is in force: the place's, but for a police department's or a sheriff's own."""
    return _who(entry) if branch(entry.body) == "police" else entry.jurisdiction_name


def _rescinded(entry: Entry, said: Said) -> str:
    rule = said.rule or said.noun
    ends = "repeal" if is_repealed(rule) else "end"
    return _acts(entry, "suspend" if is_suspension(entry) else ends, _own(entry, rule))


def _rejected(entry: Entry, said: Said) -> str:
    if said.does:
        return _acts(entry, "refuse", f"to {said.would}{said.number}")
    verb = "veto" if branch(entry.body) == "executive" else "reject"
    return _acts(entry, verb, said.rule if is_standing(entry) else indefinite(said.rule))


def _blocked(entry: Entry, said: Said) -> str:
    rule, place = said.rule or said.noun, entry.jurisdiction_name
    named = rule if has_place(rule, place) else f"{possessive(place)} {rule}"
    if branch(entry.body) in OUTSIDE:
        return _acts(entry, "block", named)
    return f"{named} {'are' if many(rule) else 'is'} blocked"


_BY_STAGE: dict[Stage, Callable[[Entry, Said], str]] = {
    Stage.PROPOSED: _proposed,
    Stage.ADOPTED: _adopted,
    Stage.EFFECTIVE: _effective,
    Stage.RESCINDED: _rescinded,
    Stage.REJECTED: _rejected,
    Stage.BLOCKED: _blocked,
}
