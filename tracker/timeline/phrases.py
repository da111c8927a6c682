"""Words of a sentence that allow a label to say its stage, by lists (`data/labels.toml`); no list makes a claim."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tracker.model import Entry, Finding, Qualifier, Stage
from tracker.timeline.words import NUMBERED_FOR_GOOD, identifier_parts

_TAKEN = frozenset({Stage.ADOPTED, Stage.RESCINDED, Stage.REJECTED, Stage.BLOCKED})
"""A start may lie ahead and a proposal does: they are told with "will" and "would"."""
SUSPENDED = "rule suspended"


@dataclass(frozen=True)
class Lists:
    """`labels.toml`, ready for look-ups."""

    labels: dict[Stage, str]
    words: dict[Stage, re.Pattern[str]]
    doubts: dict[str, re.Pattern[str]]
    rules: dict[str, frozenset[str]]


@cache
def lists() -> Lists:
    """Read once."""
    data = tomllib.loads(files("tracker.timeline").joinpath("data/labels.toml").read_text("utf-8"))
    return Lists(
        labels={stage: data[stage.value]["label"] for stage in Stage},
        words={stage: _pattern(data[stage.value]["words"]) for stage in Stage},
        doubts={name: _pattern(words) for name, words in data["doubts"].items()},
        rules={name: frozenset(words) for name, words in data["rules"].items()},
    )


def _pattern(words: list[str]) -> re.Pattern[str]:
    made = (re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(made)})(?!\w)", re.IGNORECASE)


def stage_label(stage: Stage) -> str:
    """What a label says of a stage."""
    return lists().labels[stage]


def stage_in(stage: Stage, finding: Finding) -> str:
    """What a label may say of the stage by the words of a sentence; empty where none says it, or one doubts it."""
    sentence = finding.said
    own = "done" if stage in _TAKEN else "start" if stage is Stage.EFFECTIVE else "always"
    if any(lists().doubts[name].search(sentence) for name in ("always", own)):
        return ""
    if stage is Stage.RESCINDED and Qualifier.SUSPENDED in finding.qualifiers:
        return SUSPENDED
    return lists().labels[stage] if lists().words[stage].search(sentence) else ""


def is_standing(entry: Entry) -> bool:
    """True for a number that names a procedure for good: it is changed, not adopted."""
    return identifier_parts(entry.identifier)[0] in NUMBERED_FOR_GOOD
