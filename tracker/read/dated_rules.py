"""Rules that a text dates by the way: "the 2015 ordinance", "an executive order from 2018".

Nobody is said to do anything, but the rule is told to have been made then: a step of the background.
"""

import re
from functools import cache

from spacy.tokens import Doc

from tracker.model import Stage
from tracker.read.act import Act
from tracker.read.cues import Does
from tracker.read.dates import DateKind, DateMention
from tracker.read.doers import Doer
from tracker.read.grammar import Mode
from tracker.read.lexicon import words
from tracker.read.rules import Rule

_NO_YEAR = re.compile(r"\b(?:fiscal|calendar|school|budget|session|season|election)(?: year)?\s+$|\bthe year\s+$", re.I)
"""Before a year that says when money or classes are counted."""
_KINDS = (DateKind.YEAR, DateKind.MONTH)
_OWNED = r"(?:(?:the|a|an|its|their|his|her|that|this)\s+)?(?:[\w'’-]+\s+){0,3}?"


@cache
def _behind() -> re.Pattern[str]:
    """A rule behind its year: "[2015] minimum wage ordinance"."""
    return re.compile(rf"\s+((?:[a-z][\w'’-]*\s+){{0,3}}?(?:{_nouns()}))(?![\w-])", re.I)


@cache
def _before() -> re.Pattern[str]:
    """A rule before its year: "an executive order from [2018]", "a policy written in [2020]"."""
    came = r"(?:from|of|dat(?:ing|es|ed) (?:back )?(?:to|from)|(?:first )?(?:written|drawn up|drafted|put in place) in)"
    return re.compile(rf"\b({_OWNED}(?:{_nouns()}))\s+(?:(?:was|were|is|had been)\s+)?{came}\s+$", re.I)


def _nouns() -> str:
    nouns = words("rules", "dated")
    return "|".join(re.escape(noun) + "s?" for noun in sorted(nouns, key=lambda noun: (-len(noun), noun)))


def dated_rules(doc: Doc, mentions: list[DateMention]) -> list[Act]:
    """An act for every year or month (sentence offsets) that only says how old a rule is."""
    return [act for mention in mentions if mention.kind in _KINDS and (act := _dated(doc, mention))]


def _dated(doc: Doc, mention: DateMention) -> Act | None:
    before = doc.text[: mention.start]
    if _NO_YEAR.search(before) or mention.past != mention.future:
        return None
    behind = _behind().match(doc.text, mention.end)
    found = behind or _before().search(before)
    if found is None:
        return None
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return Act(
        Stage.ADOPTED,
        Mode.DONE,
        Doer.NOBODY,
        "",
        None,
        Rule.STRONG,
        found.group(1),
        found.start(1),
        frozenset(t.i for t in span) if span is not None else frozenset(),
        "a rule is named with its year",
        does=Does.DECIDE,
        verb="dated rule",
        dated=mention.start,
    )
