"""What speaks for and against an act being a local change: named signs, each weighed by `data/weights.toml`.

The weights are fitted by `tests/eval/fit_weights.py` (logistic regression on labelled articles); the signs are few and
plain enough that a person can read the table and an explanation can name them.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from tracker.model import Stage
from tracker.partial_date import PartialDate
from tracker.read.act import Act
from tracker.read.climate import Climate
from tracker.read.cues import Does
from tracker.read.doers import Doer
from tracker.read.governments import Government
from tracker.read.kinds import kinds_of
from tracker.read.lexicon import alternation, table
from tracker.read.rules import Rule, strong_rule
from tracker.read.sentences import Sentence
from tracker.read.when import Option

LEDE_SENTENCES, FRONT_SENTENCES = 2, 5
"""News stands in the first sentences; round-ups go on."""
FRESH_DAYS = 10
"""News of an act runs within days; an older date is background."""
LONG_DAYS = 120
"""Beyond this it is history."""
MOST_SHARED = 3
"""Nouns that an act shares with the headline; more say nothing more."""
_VOTE = re.compile(r"\b\d{1,2}\s?[-–]\s?\d{1,2}\b|\bunanimous|\bno dissent|\bwithout (?:dissent|opposition)", re.I)


STATE_RULE = re.compile(
    r"\b(?:(?:state|federal|new state) (?:law|laws|bill|legislation|statute|rules?|mandate|order)"
    r"|House|Senate|HB|SB|H\.R\.|Legislature|legislature|General Assembly|Congress|governor)\b"
)
_ASKS = re.compile(
    r"\b(?:ask|asks|asked|asking|urg\w+|support\w*|endors\w+|back|backs|backed|lobby\w*|call\w* on|in favor of"
    r"|oppos\w+)\b[^.]{0,80}\b"
    r"(?:Legislature|legislature|General Assembly|lawmakers|Congress|governor|House|Senate|state bill|bill)\b"
)


@cache
def hard_rule() -> re.Pattern[str]:
    """The plainest names of a rule."""
    nouns = table("rules")["hard"]
    return alternation({*nouns, *(n + "s" for n in nouns), *(n[:-1] + "ies" for n in nouns if n.endswith("y"))})


@dataclass(frozen=True, slots=True)
class Title:
    """What the headline says: the stages of its acts, and whether it names a local body, a rule, or someone else's."""

    stages: frozenset[Stage]
    local: bool
    rule: bool
    foreign: bool
    nouns: tuple[str, ...] = ()


def signs(
    act: Act,
    stage: Stage,
    sentence: Sentence,
    government: Government,
    chosen: Option,
    published: date,
    climate: Climate,
    title: Title,
) -> dict[str, float]:
    """The signs of one act, each 1.0 unless it is a share."""
    doer = Doer.OTHER if act.doer is Doer.PLACE and not government.doer else act.doer
    weak = doer not in (Doer.BODY, Doer.PLACE)
    found = {
        "always": 1.0,
        f"does {act.does}": 1.0,
        f"mode {act.mode}": 1.0,
        f"doer {doer}": 1.0,
        f"rule {act.rule}": 1.0,
        f"stage {stage}": 1.0,
        f"{act.does} of {act.rule} rule": 1.0,
        f"body {_body_class(act.doer_text)}" if doer is Doer.BODY else f"{act.does} by {doer}": 1.0,
        f"verb {act.verb}": 1.0,
        f"{act.clause} clause": 1.0,
        "words of the title": float(min(MOST_SHARED, len(set(act.nouns) & set(title.nouns)))),
        "local share": climate.local,
        "local share, doer unnamed": climate.local if weak else 0.0,
    }
    found.update(
        {name: 1.0 for name, holds in _flags(act, stage, sentence, government, climate, title).items() if holds}
    )
    found.update({f"sentence {kind}": 1.0 for kind in sorted(kinds_of(sentence.text))})
    found.update({f"object {kind}": 1.0 for kind in sorted(kinds_of(act.rule_text))})
    found.update({f"title {kind}": 1.0 for kind in sorted(climate.title_kinds)})
    found.update({f"article {kind}": share for kind, share in climate.shares.items()})
    if chosen.date is not None:
        own = act.dated is not None or "hangs on the act" in chosen.signs
        found[f"{'dated' if own else 'day nearby'} {_how_old(chosen.date, published)}"] = 1.0
    if act.does is Does.REGULATE and act.rule in (Rule.NONE, Rule.OTHER) and doer is Doer.BODY:
        found["a body regulates a thing"] = 1.0
    return found


def _how_old(when: PartialDate, published: date) -> str:
    ago = (published - when.last_day()).days
    return "fresh" if ago <= FRESH_DAYS else "old" if ago <= LONG_DAYS else "long ago"


_CLASSES = {
    "council": (
        "council",
        "aldermen",
        "alder",
        "selectmen",
        "selectboard",
        "select board",
        "trustees",
        "supervisors",
        "commissioners",
        "assembly",
        "legislature",
        "freeholders",
        "jury",
        "court",
    ),
    "board": ("board", "commission", "committee", "panel", "task force"),
    "leader": ("mayor", "executive", "manager", "judge", "administrator"),
    "police": ("police", "sheriff", "jail", "chief", "detention", "deputies", "officers"),
    "voters": ("voters", "residents", "members"),
    "government": ("city", "county", "town", "village", "township", "parish", "borough"),
}


def _body_class(text: str) -> str:
    """The sort of body in a doer's words, the most telling first."""
    lower = text.lower()
    return next((name for name, words in _CLASSES.items() if any(word in lower for word in words)), "other")


def _flags(
    act: Act, stage: Stage, sentence: Sentence, government: Government, climate: Climate, title: Title
) -> dict[str, bool]:
    text = sentence.text
    return {
        "named in the sentence": government.named,
        "named as the doer": government.doer,
        "lede": sentence.index < LEDE_SENTENCES,
        "front": LEDE_SENTENCES <= sentence.index < FRONT_SENTENCES,
        "quoted": act.quoted,
        "past perfect": act.perfect,
        "loose verb": act.loose,
        "loose verb, no strong rule": act.loose and act.rule is not Rule.STRONG,
        "early step": act.early,
        "hard rule as object": bool(hard_rule().search(act.rule_text)),
        "hard rule in the sentence": bool(hard_rule().search(text)),
        "strong rule in the sentence": bool(strong_rule().search(text)),
        "title tells the stage": stage in title.stages,
        "title tells an act": bool(title.stages),
        "title names a local body": title.local,
        "title names a rule": title.rule,
        "title names someone else": title.foreign,
        "rule of a state": bool(STATE_RULE.search(act.rule_text)),
        "state rule in the sentence": bool(STATE_RULE.search(text)),
        "asks another government": bool(_ASKS.search(text)),
        "vote count": bool(_VOTE.search(text)),
        "opinion": climate.opinion,
        "title says unchanged": climate.unchanged,
        "article has a hard rule": climate.hard_rule,
    }
