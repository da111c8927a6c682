"""What a policy is about, in words that read well, and the name of its instrument, freed of what is no part of it.

A reader's subject is a bag of telling words, good for comparison and hard to read. `data/matters.toml` names the common
matters of local rules; others have no name here: words that stood side by side would be nonsense.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache, partial
from importlib.resources import files

from tracker.model import Evidence
from tracker.timeline.words import singular

INSTRUMENT, QUOTE, SUBJECT, TITLE = 4, 3, 2, 2
"""What it weighs where a matter is told: the rule's own name first; a headline may be of another story's."""
MAX_INSTRUMENT_WORDS = 7
"""Longer names of rules hold the rest of their sentence."""

FIRST_WORDS = 2
"""Words of a subject that lead; those behind them are of the article rather than of the rule."""
_SEVERAL = re.compile(r"[\s-]")
_JOINTS = frozenset({"of", "for", "on", "to", "in", "at", "with", "and", "the", "a", "an", "by"})
_CUTS = re.compile(
    r"\s(?:(?:on|at|in|since|from|until)\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b.*"
    r"|\s(?:in\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d.*"
    r"|\s(?:on an? )?\d+-\d+\b.*"
    r"|\s(?:in|of)\s(?:19|20)\d\d\b.*"
    r"|,.*|\s\d$|\sof (?:its|their) own\b.*"
    r"|\sto\s.*|\sunanimously\b.*"
    r"|\s(?:that|which|who|he|she|it|they|the \w+(?: \w+)? (?i:board|council)|meant|introduced|drafted|approved|adopted"
    r"|passed|submitted|creating|declaring|prohibiting|making|stating|limiting)\b.*"
)
"""What follows a rule's name in its sentence: days, votes, clauses."""
_LOOSE_END = re.compile(r"\s(?:under|by|in|on|and|or|to|of|for|with|the|a|an|at|from|as|that)$")
_LOOSE_START = re.compile(
    r"^(?:(?:first|second|third|last|final)\b.*?\breading(?: of)? (?:an? |the |its )?"
    r"|(?:most|part|enforcement|version|set|dozens|changes?) (?:of|to) (?:an? |the )?"
    r"|hearing on (?:an? |the )?|mayor [\w. ]+['’]s "
    r"|(?:its|the|a|an|both|similar|first|such|own|same|(?-i:[Nn]ew(?= [a-z]))|old|previous|earlier|controversial"
    r"|continuing|two|three|four|five|on|(?:city|county|town|village)['’]s|whether to adopt|whether|most"
    r"|(?:19|20)\d\d) )",
    re.IGNORECASE,
)


def _pattern(words: Sequence[str], *, ends: str = r"(?!\w)") -> re.Pattern[str]:
    """Any of the words; `*` any ending, a space any gap or hyphen."""
    made = (re.escape(word).replace(r"\*", r"[\w’']*").replace(r"\ ", r"[\s-]+") for word in words)
    return re.compile("|".join(rf"(?<!\w){word}{ends}" for word in made), re.IGNORECASE)


@cache
def matters() -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    """`matters.toml`: by topic, the names of matters with the words that tell of them; read once."""
    data = tomllib.loads(files("tracker.timeline").joinpath("data/matters.toml").read_text("utf-8"))
    return {topic: tuple((name, _pattern(words)) for name, words in named.items()) for topic, named in data.items()}


@cache
def _rule_words() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(files("tracker.timeline").joinpath("data/rules.toml").read_text("utf-8"))
    return {name: _pattern(words) for name, words in data.items()}


@lru_cache(maxsize=20_000)
def _told(topic: str, text: str) -> tuple[str, ...]:
    """The matters of a topic that a text names."""
    return tuple(name for name, pattern in matters().get(topic, ()) if pattern.search(text))


@lru_cache(maxsize=20_000)
def _told_anywhere(text: str) -> tuple[str, ...]:
    """The matters of whatever topic that a text names."""
    return tuple(name for topic in matters() for name in _told(topic, text))


@lru_cache(maxsize=20_000)
def _told_in_phrases(text: str) -> tuple[str, ...]:
    """Those that it names in two words or more, which mean the same whatever the topic."""
    named = (pair for pairs in matters().values() for pair in pairs)
    return tuple(name for name, pattern in named if any(_SEVERAL.search(m.group()) for m in pattern.finditer(text)))


@cache
def _places() -> dict[str, int]:
    """Where each matter stands in the list: the special before the general."""
    return {name: place for place, name in enumerate(name for named in matters().values() for name, _ in named)}


def named_matter(topic: str, evidence: Sequence[Evidence]) -> str:
    """What the evidence is about, by a name of the list; empty where it names none."""
    return _most_named(evidence, partial(_named_in, topic)) or _most_named(evidence, _named_first)


Weighed = Iterable[tuple[int, tuple[str, ...]]]


def _most_named(evidence: Sequence[Evidence], named: Callable[[Evidence], Weighed]) -> str:
    """The matter with the most weight in independent reports; among equals the first in the list; or none."""
    voices: dict[tuple[str, str], int] = {}
    for item in evidence:
        own: dict[str, int] = defaultdict(int)
        for weight, names in named(item):
            for name in names:
                own[name] += weight
        for name, weight in own.items():
            voices[item.report, name] = max(weight, voices.get((item.report, name), 0))
    total: dict[str, int] = defaultdict(int)
    for (_, name), weight in voices.items():
        total[name] += weight
    return min(total, key=lambda name: (-total[name], _places()[name]), default="")


def _named_in(topic: str, item: Evidence) -> Weighed:
    """The matters of the topic that evidence names, with their weights. The headline tells of the article's news."""
    told = item.finding
    yield INSTRUMENT, _told(topic, told.instrument)
    yield QUOTE, _told(topic, told.said)
    yield SUBJECT, _told(topic, told.subject)
    if told.primary:
        yield TITLE, _told(topic, item.title)


def _named_first(item: Evidence) -> Weighed:
    """The matters of whatever topic, since topics are mistaken: only those that stand in the first place, or that need
    no topic to be understood."""
    yield INSTRUMENT, _told_anywhere(item.finding.instrument)
    yield QUOTE, _told_in_phrases(item.finding.said)
    yield SUBJECT, _told_anywhere(" ".join(item.finding.subject.split()[:FIRST_WORDS]))


@lru_cache(maxsize=20_000)
def rule_name(instrument: str) -> str:
    """`ordinance he submitted to the Assembly` → `ordinance`; empty where no word says what sort of rule it is."""
    name = _without_start(re.sub(r"[“”\"]", "", instrument).removesuffix("'").strip())
    name = _without_start(_CUTS.sub("", name))
    name = " ".join(name.split()[:MAX_INSTRUMENT_WORDS])
    while (shorter := _LOOSE_END.sub("", name)) != name:
        name = shorter
    return name if any(pattern.search(name) for pattern in _rule_words().values()) else ""


def _without_start(name: str) -> str:
    while (shorter := _LOOSE_START.sub("", name)) != name:
        name = shorter
    return name


def is_passing(name: str) -> bool:
    """True for a word that stands for a rule on its way: a bill, a measure."""
    return _rule_words()["rules"].search(name) is None


def joined(rule: str, about: str, place: str) -> tuple[str, str]:
    """A rule's name and what is left to say of its matter: (`tax`, `hotel tax`) → (`hotel tax`, ``), (`ban on plastic
    bags`, `plastic bags`) → (`ban on plastic bags`, ``), (`ordinance`, `plastic bags`) → both."""
    said, more = _stems(rule), _stems(about)
    if said and said <= more and " and " not in about:
        return about, ""
    common = {word for word in said & more if not _is_rule_word(word)}
    return (rule, "") if common - _stems(place) else (rule, about)


def _is_rule_word(word: str) -> bool:
    return any(pattern.fullmatch(word) for pattern in _rule_words().values())


def _stems(text: str) -> set[str]:
    return {singular(word) for word in re.findall(r"[\w’'-]+", text.lower()) if word not in _JOINTS}
