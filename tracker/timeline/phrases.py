"""The parts of a label: what a rule does to what, and the rule by its name or number with what it is about.

The words are data (`data/labels.toml`).
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tracker.model import Entry
from tracker.timeline.matters import joined, named_matter
from tracker.timeline.naming import instrument_name, many, numbered
from tracker.timeline.standing_numbers import STANDING
from tracker.timeline.words import identifier_parts

_WORDS = re.compile(r"[\w’'()-]+")
_OWNED = re.compile(r"['’]s?\b")


@dataclass(frozen=True, slots=True)
class Said:
    """`does` and `would` are verb phrases, `noun` the same as a thing, all empty where the effect does not tell;
    `rule` is the rule with what it is about, empty where nothing tells it; `number` is its number in brackets."""

    does: str = ""
    would: str = ""
    noun: str = ""
    rule: str = ""
    number: str = ""


@dataclass(frozen=True)
class Lists:
    """`labels.toml`, ready for look-ups."""

    does: dict[tuple[str, str], tuple[str, str, str]]
    kinds: dict[str, str]
    objects: dict[str, str]
    topics: dict[str, str]
    rules: dict[str, frozenset[str]]


@cache
def lists() -> Lists:
    """Read once."""
    data = tomllib.loads(files("tracker.timeline").joinpath("data/labels.toml").read_text("utf-8"))
    return Lists(
        does={(effect, kind): tuple(said) for effect, kinds in data["does"].items() for kind, said in kinds.items()},
        kinds={name: kind for kind, names in data["kinds"].items() for name in names},
        objects=data["objects"],
        topics=data["topics"],
        rules={name: frozenset(words) for name, words in data["rules"].items()},
    )


def said_of(entry: Entry) -> Said:
    """The parts of an entry's label."""
    matter = _matter(entry)
    rule = _rule(entry, matter)
    forms = lists().does.get((entry.effect.value, lists().kinds.get(matter, ""))) if entry.effect else None
    if not forms:
        return Said(rule=rule)
    thing = lists().objects.get(matter, matter)
    does, would, noun = (form.format(thing) for form in forms)
    number = f" ({numbered(entry.identifier)})" if is_standing(entry) else ""
    return Said(does, would, noun.removeprefix("a "), rule, number)


def _matter(entry: Entry) -> str:
    """A person's own words, else the matter that the evidence names; no run of words that only stood side by side."""
    if "subject" in entry.locked or not entry.evidence:
        return entry.subject
    return named_matter(entry.topic, entry.evidence)


def _rule(entry: Entry, matter: str) -> str:
    """`ordinance on plastic bags`, `SOP 130 on immigration enforcement`, `zero-chase policy`; empty where it would say
    no more than that there is a rule, or nonsense: limits on streets."""
    name, words = instrument_name(entry), lists().rules
    if is_standing(entry):
        name = numbered(entry.identifier)
    if any(complete in name for complete in words["complete"]):
        return name if set(_said(name)) & words["generic"] else f"{name} agreement"
    about = matter or lists().topics.get(entry.topic, "")
    if set(_said(name)) & words["telling"] and not _is_whole(name) and not _fits(name, matter):
        name = ""
    name, rest = joined(name or "rules", about, entry.jurisdiction_name)
    if rest:
        return f"{name} on {rest}"
    return "" if set(_said(name)) <= words["generic"] else name


def _said(name: str) -> list[str]:
    return _WORDS.findall(name.lower())


def _is_whole(name: str) -> bool:
    """True for a name that says by itself what is banned or charged: `ban on plastic bags`, `hotel tax`."""
    return len(set(_said(name)) - lists().rules["telling"] - lists().rules["generic"]) > 0


def _fits(name: str, matter: str) -> bool:
    """True where a ban or a limit may be on the matter."""
    return lists().kinds.get(matter) == "thing" and not {"tax", "taxes", "zoning", "curfew"} & set(_said(name))


def is_standing(entry: Entry) -> bool:
    """True for a number that names a procedure for good: it is changed, not adopted."""
    return identifier_parts(entry.identifier)[0] in STANDING


def is_repealed(rule: str) -> bool:
    """True for what is repealed, as an ordinance is; an agreement ends."""
    head = re.split(r" (?:on|of|for|requiring|allowing) ", rule)[0]
    return bool(set(_said(head)[-1:]) & lists().rules["repealed"])


def indefinite(rule: str) -> str:
    """`an ordinance on plastic bags`; several rules, names and numbers stand bare."""
    if not rule[:1].islower() or many(rule) or _OWNED.search(rule.split()[0]):
        return rule
    return f"{'an' if rule[0] in 'aeio' else 'a'} {rule}"
