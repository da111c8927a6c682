"""Plain labels, put together from facts: who, what it does by effect and stage, the rule's own name or number.

`Austin City Council bans camping in public`, `Portland would ban facial recognition`, `Dallas City Council’s charge for
plastic bags takes effect`. What is not known is left out; where nothing is known that tells, the label is empty.
"""

from collections.abc import Callable

from tracker.model import Effect, Entry, Stage
from tracker.timeline.naming import OUTSIDE, full_body, has_place, is_suspension, many, possessive
from tracker.timeline.phrases import Said, indefinite, is_repealed, is_standing, said_of
from tracker.timeline.words import branch

PROPOSERS = frozenset({"executive", "police"})
"""A mayor or a chief proposes; a council considers what is proposed."""


def label(entry: Entry) -> str:
    """Who did what, in one plain line; empty where the facts do not tell."""
    said = said_of(entry)
    return _BY_STAGE[entry.stage](entry, said) if said.does or said.rule else ""


def _who(entry: Entry) -> str:
    return full_body(entry.body, entry.jurisdiction_name)


def _several(entry: Entry) -> bool:
    """True where the body stands for several: supervisors, voters."""
    return bool(entry.body) and many(_who(entry))


def _acts(entry: Entry, verb: str, what: str) -> str:
    """`The council adopts …`; `supervisors adopt …`."""
    return f"{_who(entry)} {verb if _several(entry) else _singular(verb)} {what}"


def _singular(verb: str) -> str:
    return f"{verb[:-1]}ies" if verb.endswith("y") else f"{verb}s"


def _own(entry: Entry, rule: str) -> str:
    """`its ordinance on plastic bags`; the bare rule where it names its place."""
    if has_place(rule, entry.jurisdiction_name):
        return rule
    return f"{'their' if _several(entry) else 'its'} {rule}"


def _adopted(entry: Entry, said: Said) -> str:
    if said.does:
        return f"{_who(entry)} {said.would if _several(entry) else said.does}{said.number}"
    if entry.effect in (Effect.ENDS, Effect.AMENDS, Effect.JOINS):
        return _acts(entry, _verb(entry.effect, said.rule), _own(entry, said.rule))
    if is_standing(entry):
        return _acts(entry, "change", said.rule)
    return _acts(entry, "adopt", indefinite(said.rule))


def _verb(effect: Effect, rule: str) -> str:
    """What is done to a rule that stands, in the plural."""
    if effect is Effect.ENDS:
        return "repeal" if is_repealed(rule) else "end"
    return "amend" if effect is Effect.AMENDS else "join"


def _proposed(entry: Entry, said: Said) -> str:
    if said.does:
        return f"{_who(entry)} would {said.would}{said.number}"
    if entry.effect in (Effect.ENDS, Effect.AMENDS, Effect.JOINS):
        return f"{_who(entry)} would {_verb(entry.effect, said.rule)} {_own(entry, said.rule)}"
    verb = "propose" if branch(entry.body) in PROPOSERS else "consider"
    return _acts(entry, verb, said.rule if is_standing(entry) else indefinite(said.rule))


def _effective(entry: Entry, said: Said) -> str:
    noun = said.noun or said.rule
    if entry.effect is Effect.ENDS and not said.noun:
        return f"{possessive(_who(entry))} repeal of {_own(entry, said.rule)} takes effect"
    owner = "" if has_place(noun, entry.jurisdiction_name) else f"{possessive(_who(entry))} "
    number = said.number if said.noun else ""
    return f"{owner}{noun}{number} {'take' if many(noun) else 'takes'} effect"


def _rescinded(entry: Entry, said: Said) -> str:
    rule = said.rule or said.noun
    verb = "suspend" if is_suspension(entry.evidence) else _verb(Effect.ENDS, rule)
    return _acts(entry, verb, _own(entry, rule))


def _rejected(entry: Entry, said: Said) -> str:
    if said.does:
        return _acts(entry, "refuse", f"to {said.would}{said.number}")
    return _acts(entry, "reject", said.rule if is_standing(entry) else indefinite(said.rule))


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
