"""What a policy is about, in words that read well, and the name of its instrument, freed of what is no part of it.

A reader's subject is a bag of telling words, good for comparison and hard to read. `data/matters.toml` names the common
matters of local rules; others have no name here: words that stood side by side would be nonsense.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from tracker.model import Evidence
from tracker.timeline.matter_words import matters_named
from tracker.timeline.words import singular

MAX_INSTRUMENT_WORDS = 7
"""Longer names of rules hold the rest of their sentence."""
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


def matter_in(topic: str, text: str) -> tuple[str, str]:
    """(the matter that a text names, the words for it), both empty for none. Those of the topic are known by any word,
    others by two or more, which mean the same whatever the topic."""
    known = matters_named(topic, text)  # the patterns of all matters cost a millisecond a text
    if not known:
        return "", ""
    for pairs, words in ((matters().get(topic, ()), 1), ((pair for named in matters().values() for pair in named), 2)):
        for name, pattern in ((name, pattern) for name, pattern in pairs if name in known):
            for match in pattern.finditer(text):
                if len(_SEVERAL.split(match.group())) >= words:
                    return name, _worded(name, match, text)
    return "", ""


def _worded(name: str, match: re.Match[str], text: str) -> str:
    """What of the matter's usual name stands in the text, a run of words with one of the match; else the match as the
    text has it: `no-knock warrants`, `warrants`, `face scanning`."""
    there = _stems(text)
    run = _without_joints([word for word in name.split() if _stems(word) <= there])
    said = _without_joints(match.group().split())
    if " ".join(run) in name and _stems(" ".join(run)) & _stems(match.group()) and len(run) >= len(said):
        return " ".join(run)
    words = " ".join(said)
    return words.lower() if text.isupper() or (match.start() == 0 and words[1:].islower()) else words


def _without_joints(words: Sequence[str]) -> list[str]:
    """`with immigration authorities` → `immigration authorities`."""
    kept = [place for place, word in enumerate(words) if word.lower() not in _JOINTS]
    return list(words[kept[0] : kept[-1] + 1]) if kept else []


def names_matter(name: str, text: str) -> bool:
    """True where a text names the matter, by whatever word of the list."""
    return any(pattern.search(text) for pairs in matters().values() for known, pattern in pairs if known == name)


def leading_matter(topic: str, evidence: Sequence[Evidence]) -> str:
    """The matter that most independent reports name, in their sentences, else in the headlines of their news; of equals
    the one told first. By its usual name where all words of that stand in them, else by the most words of one."""
    voices: dict[str, dict[str, str]] = {}
    for item in evidence:
        texts = [item.finding.said, *([item.title] if item.finding.primary else [])]
        name, words = next((told for text in texts if (told := matter_in(topic, text))[0]), ("", ""))
        if name:
            voices.setdefault(name, {}).setdefault(item.report, words)
    best = max(voices, key=lambda name: len(voices[name]), default="")
    if _stems(best) <= _stems(" ".join(f"{item.finding.said} {item.title}" for item in evidence)):
        return best
    return max(voices[best].values(), key=len)


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


@lru_cache(maxsize=20_000)
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
    return {singular(word) for word in re.findall(r"[\w’']+", text.lower()) if word not in _JOINTS}
