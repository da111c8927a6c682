"""The parts of a label: what a rule does to what, and the rule by its name or number with what it is about.

The words are data (`data/labels.toml`).
"""

import re
import tomllib
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files

from tracker.model import Entry, Evidence, Stage
from tracker.timeline.matters import joined, named_matter
from tracker.timeline.naming import has_place, instrument_name, many, numbered
from tracker.timeline.standing_numbers import STANDING
from tracker.timeline.words import identifier_parts

_WORDS = re.compile(r"[\w’'()-]+")
_MORATORIUM = "moratorium"
"""It is called by its name: whoever waits has banned nothing for good."""
_OWNED = re.compile(r"['’]s?\b")


class Turn(StrEnum):
    """What becomes of a rule that stands, where its effect is not that of the step."""

    CHANGE = "change"
    DELAY = "delay"


@dataclass(frozen=True, slots=True)
class Said:
    """`does` and `would` are verb phrases, `noun` the same as a thing, all empty where the effect does not tell;
    `rule` is the rule with what it is about, empty where nothing tells it; `number` is its number in brackets."""

    does: str = ""
    would: str = ""
    noun: str = ""
    rule: str = ""
    number: str = ""
    turn: Turn | None = None


@dataclass(frozen=True)
class Lists:
    """`labels.toml`, ready for look-ups."""

    does: dict[tuple[str, str], tuple[str, str, str]]
    kinds: dict[str, str]
    objects: dict[str, str]
    behind: dict[str, str]
    topics: dict[str, str]
    wide: dict[str, str]
    rules: dict[str, frozenset[str]]
    turns: dict[str, re.Pattern[str]]


@cache
def lists() -> Lists:
    """Read once."""
    data = tomllib.loads(files("tracker.timeline").joinpath("data/labels.toml").read_text("utf-8"))
    return Lists(
        does={(effect, kind): tuple(said) for effect, kinds in data["does"].items() for kind, said in kinds.items()},
        kinds={name: kind for kind, names in data["kinds"].items() for name in names},
        objects=data["objects"],
        behind=data["behind"],
        topics=data["topics"],
        wide=data["wide"],
        turns={name: _pattern(words) for name, words in data["turns"].items()},
        rules={name: frozenset(words) for name, words in data["rules"].items()},
    )


def _pattern(words: list[str]) -> re.Pattern[str]:
    made = (re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"\b(?:{'|'.join(made)})\b", re.IGNORECASE)


def said_of(entry: Entry) -> Said:
    """The parts of an entry's label."""
    matter = _matter(entry)
    said = _said_of(entry, matter)
    turn = _turn(entry)
    if turn is None:
        return said
    return replace(said, does="", would="", turn=turn) if said.rule or said.noun else Said()


def _turn(entry: Entry) -> Turn | None:
    """Whether the reports tell that a rule is eased, or its start put off, most of them."""
    if "effect" in entry.locked or not entry.evidence or entry.stage not in _TURNING:
        return None
    texts = [_news(entry, item) for item in entry.evidence]
    eased, delayed = (sum(bool(lists().turns[name].search(t)) for t in texts) for name in ("eases", "delays"))
    if 2 * delayed >= len(texts) and entry.stage is not Stage.EFFECTIVE:
        return Turn.DELAY
    return Turn.CHANGE if 2 * eased > len(texts) else None


_TURNING = frozenset({Stage.PROPOSED, Stage.ADOPTED, Stage.EFFECTIVE})


def _news(entry: Entry, item: Evidence) -> str:
    """The sentence, with the headline where that tells of this step too: the news itself, or a start that it brings."""
    coming = entry.stage is Stage.EFFECTIVE and entry.date is not None and entry.date.last_day() >= item.published
    return f"{item.title}. {item.finding.said}" if item.finding.primary or coming else item.finding.said


def _said_of(entry: Entry, matter: str) -> Said:
    rule = _rule(entry, matter)
    forms = lists().does.get((entry.effect.value, lists().kinds.get(matter, ""))) if entry.effect else None
    if not forms or _MORATORIUM in entry.instrument.lower():
        return Said(rule=rule)
    thing = lists().objects.get(matter, matter)
    does, would, noun = (form.format(thing) for form in forms)
    number = f" ({numbered(entry.identifier)})" if is_standing(entry) else ""
    return Said(does, would, noun.removeprefix("a "), rule, number)


def _matter(entry: Entry) -> str:
    """A person's own words, else the matter that the evidence names; no run of words that only stood side by side."""
    if "subject" in entry.locked or not entry.evidence:
        return entry.subject
    return named_matter(entry.topic, entry.evidence) or named_matter(entry.topic, [*map(_as_news, entry.evidence)])


def _as_news(item: Evidence) -> Evidence:
    """The evidence as if its headline told of it: a second look, where nothing else names what it is about."""
    return item.model_copy(update={"finding": item.finding.model_copy(update={"primary": True})})


def _rule(entry: Entry, matter: str) -> str:
    """`ordinance on plastic bags`, `SOP 130 on immigration enforcement`, `zero-chase policy`; empty where it would say
    no more than that there is a rule, or nonsense: limits on streets."""
    name, words = _name(entry), lists().rules
    if any(complete in name for complete in words["complete"]):
        return name if set(_said(name)) & words["generic"] else f"{name} agreement"
    if is_whole(name) and not is_standing(entry):
        return name
    about = lists().behind.get(matter, matter) or lists().topics.get(entry.topic, "")
    if set(_said(name)) & words["telling"] and not _fits(name, matter):
        name = ""
    name, rest = joined(name or "rules", about, entry.jurisdiction_name)
    if rest:
        return f"{name} on {rest}"
    return "" if set(_said(name)) <= words["generic"] else name


def bare_rule(entry: Entry) -> str:
    """`ordinance on drugs`, `rules`: what is changed, with its topic if that is known."""
    name, about = _name(entry), topic_words(entry.topic)
    bare = name if name and not set(_said(name)) & lists().rules["telling"] else "rules"
    return f"{bare} on {about}" if about else bare


def topic_words(topic: str) -> str:
    """What a topic is called in a sentence; empty for one that says nothing."""
    return (lists().wide | lists().topics).get(topic, "")


def _name(entry: Entry) -> str:
    """The rule's name or number, small where only the start of its sentence made it large."""
    if is_standing(entry):
        return numbered(entry.identifier)
    name = instrument_name(entry).removesuffix(" No.")
    for turn in ("eases", "old"):
        name = " ".join(lists().turns[turn].sub("", name).split())
    first, _, others = name.partition(" ")
    begins = first.istitle() and not any(mark.isupper() or mark.isdigit() for mark in others)
    return f"{name[0].lower()}{name[1:]}" if begins and not has_place(name, entry.jurisdiction_name) else name


def _said(name: str) -> list[str]:
    return _WORDS.findall(name.lower())


def is_whole(name: str) -> bool:
    """True for a name that says by itself what is banned or charged: `ban on plastic bags`, `hotel tax`."""
    known = lists().rules["telling"] | lists().rules["generic"]
    return any(word not in known and not any(map(str.isdigit, word)) for word in _said(name))


def _fits(name: str, matter: str) -> bool:
    """True where a ban or a limit may be on the matter."""
    return lists().kinds.get(matter) == "thing" and not {"tax", "taxes", "zoning", "curfew"} & set(_said(name))


def is_standing(entry: Entry) -> bool:
    """True for a number that names a procedure for good: it is changed, not adopted."""
    return identifier_parts(entry.identifier)[0] in STANDING


def is_signed(rule: str) -> bool:
    """True for what has another party: an agreement."""
    return not set(_said(rule)).isdisjoint(lists().rules["signed"])


def is_suspension(entry: Entry) -> bool:
    """True where a quoted sentence speaks of a pause rather than an end: the stage is the same, the words are not."""
    return _says(entry, "suspends")


def is_veto(entry: Entry) -> bool:
    """True where a quoted sentence speaks of a veto."""
    return _says(entry, "vetoes")


def _says(entry: Entry, turn: str) -> bool:
    return any(lists().turns[turn].search(item.finding.said) for item in entry.evidence)


def is_old(entry: Entry) -> bool:
    """True where the rule is called old: a 13-year-old agreement is not signed now."""
    return lists().turns["old"].search(entry.instrument) is not None


def is_repealed(rule: str) -> bool:
    """True for what is repealed, as an ordinance is; an agreement ends."""
    head = re.split(r" (?:on|of|for|requiring|allowing) ", rule)[0]
    return bool(set(_said(head)[-1:]) & lists().rules["repealed"])


def indefinite(rule: str) -> str:
    """`an ordinance on plastic bags`; several rules, names and numbers stand bare."""
    if not (rule[:1].islower() or rule[:1].isdigit()) or many(rule) or _OWNED.search(rule.split()[0]):
        return rule
    return f"{'an' if rule[0] in 'aeio' else 'a'} {rule}"
