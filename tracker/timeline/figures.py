"""Figures that a step's own quotes tell: the count of a vote, and a figure before and after a change. Pure.

Told only where it is sure: in one form in a sentence, and alike in all reports of the step.
"""

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TypeVar

from tracker.model import Entry, Stage

Told = TypeVar("Told")
UNANIMOUS = "unanimous"
VOTED = frozenset({Stage.PROPOSED, Stage.ADOPTED, Stage.RESCINDED, Stage.REJECTED})
"""Stages that are voted on; the count that stands beside a start is that of the vote before."""
CHANGED = frozenset({Stage.PROPOSED, Stage.ADOPTED, Stage.EFFECTIVE, Stage.RESCINDED})
"""What was rejected or blocked changes no figure."""
WORDS_BETWEEN = 12
"""Words between the verb and the count: "approved the ban on bags in all shops of the city 8-1"."""
MOST_VOTERS = 400
"""A large town meeting has some hundreds; what is more is no count."""
_FIRST_YEAR, _LAST_YEAR = 1800, 2100


class FigureChange(NamedTuple):
    """A figure before and after, in the words of the sentence: `$10`, `$15`."""

    before: str
    after: str


def votes(entry: Entry) -> str:
    """`11-4` or `unanimous`, as the quotes tell the vote of this step; empty where they do not, or tell it two ways."""
    if entry.stage not in VOTED:
        return ""
    found = {count for item in entry.evidence if (count := vote_of(item.finding.said))}
    counts = found - {UNANIMOUS}
    if UNANIMOUS in found and any(not count.endswith("-0") for count in counts):
        return ""
    return _only(counts or found) or ""


def turn(entry: Entry) -> FigureChange | None:
    """The figure that this step changes, as its quotes tell it; None where they do not, or tell it otherwise."""
    if entry.stage not in CHANGED:
        return None
    return _only({found for item in entry.evidence if (found := turn_of(item.finding.said))})


def vote_of(said: str) -> str:
    """The count of the one vote that a sentence tells; empty where it tells none or several."""
    counts = {
        f"{_number(match['yes'])}-{_number(match['no'])}"
        for match in _patterns().count.finditer(said)
        if _is_vote(match)
    }
    if counts:
        return _only(counts) or ""
    return UNANIMOUS if _patterns().unanimous.search(said) else ""


def turn_of(said: str) -> FigureChange | None:
    """The one figure that a sentence tells before and after."""
    by = _patterns()
    found = {FigureChange(match["before"], match["after"]) for match in by.changed.finditer(said)}
    found |= {
        FigureChange(match["before"], match["after"])
        for match in by.up_from.finditer(said)
        if _has_unit(match["after"])
    }
    told = _only(found)
    open_range = len(by.ranges.findall(said)) > 1 or by.scale.search(said)
    return told if told and _is_turn(told) and not open_range else None


def _only(found: Collection[Told]) -> Told | None:
    return next(iter(found)) if len(found) == 1 else None


def _number(text: str) -> int:
    numbers = _data()["votes"]["numbers"]
    return int(text) if text.isdigit() else numbers.index(text.lower())


def _is_vote(match: re.Match[str]) -> bool:
    """True where the words around say that it is the count of a vote."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    by, total = _patterns(), _number(match["yes"]) + _number(match["no"])
    if not 1 < total <= MOST_VOTERS or by.named.search(before):
        return False
    if by.noun.match(after):
        return True
    near = re.split(r"[.;:!?]\s", before)[-1].split()[-WORDS_BETWEEN:]
    told = (near[-1:] in (["by"], ["By"]) or by.act.search(" ".join(near))) and by.end.match(after)
    if match["mark"].strip() == "to":
        return bool(told and (by.lead.search(before) or (before.rstrip().endswith(",") and by.close.match(after))))
    return bool(told)


def _is_turn(found: FigureChange) -> bool:
    """True for two different figures, of one currency, that are no years."""
    before, after = (re.sub(r"[^\d.]", "", side).rstrip(".") for side in found)
    years = all(side.isdigit() and _FIRST_YEAR <= int(side) <= _LAST_YEAR for side in (before, after))
    money = [side.startswith("$") for side in found]
    return before != after and money[0] == money[1] and any(map(_has_unit, found)) and (money[0] or not years)


def _has_unit(figure: str) -> bool:
    return re.search(r"[^\d.,]", figure) is not None


@dataclass(frozen=True, slots=True)
class _Patterns:
    count: re.Pattern[str]
    noun: re.Pattern[str]
    act: re.Pattern[str]
    lead: re.Pattern[str]
    end: re.Pattern[str]
    close: re.Pattern[str]
    named: re.Pattern[str]
    unanimous: re.Pattern[str]
    changed: re.Pattern[str]
    up_from: re.Pattern[str]
    ranges: re.Pattern[str]
    scale: re.Pattern[str]


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("tracker.timeline").joinpath("data", "figures.toml").read_text("utf-8"))


@cache
def _patterns() -> _Patterns:
    votes, turns = _data()["votes"], _data()["turns"]
    number = rf"(?:\d{{1,3}}|{'|'.join(votes['numbers'])})"
    unit = rf"(?:\s?(?:%|{'|'.join(turns['units'])})\b|%)"
    figure = rf"\$?\d+(?:,\d{{3}})*(?:\.\d+)?(?:\s(?:million|billion))?{unit}?"
    aside = rf"(?:\s(?:the\s)?(?:current|present|previous|existing))?\s(?:the\s)?(?P<before>{figure})"
    return _Patterns(
        count=_re(
            rf"(?<![\w$.,/-])(?P<yes>{number})(?P<mark>\s?[-–]\s?|\sto\s|-to-)(?P<no>{number})(?![\w%/]|[-–.,]\d)"
        ),
        noun=_re(rf"\s(?:{_any(votes['nouns'])})\b"),
        act=_re(rf"\b(?:{_any(votes['acts'])})\b"),
        lead=_re(rf"\b(?:{_any(votes['leads'])})\s$"),
        end=_re(rf"\s*$|\s?[,.;:)—–\"”’]|\s(?:{_any(votes['follows'])})\b"),
        close=_re(r"\s*$|\s?[,.;)—\"”]"),
        named=_re(rf"\b(?:{_any(votes['names'])})\.?\s$"),
        unanimous=_re(rf"(?<!{')(?<!'.join(f'{word}[ -]' for word in votes['short_of'])})\bunanimous(?:ly)?\b"),
        changed=_re(
            rf"\b(?:{_any(turns['acts'])})\b[^.;:]*?\sfrom\s(?P<before>{figure})\sto\s(?P<after>{figure})(?![\w-])"
        ),
        up_from=_re(rf"(?P<after>{figure}),?\s(?:(?:up|down)\sfrom|instead\sof|rather\sthan){aside}(?![\w-])"),
        ranges=_re(rf"\bfrom\s{figure}\sto\s{figure}"),
        scale=_re(rf"\b(?:{_any(turns['scales'])})\b"),
    )


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s") for word in words)
