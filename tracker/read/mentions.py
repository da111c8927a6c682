"""Which place names stand in a text, and which of them name a government ("the Norfolk City Council", "Dane County sheriff")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from tracker.model import Jurisdiction, Kind
from tracker.read.gazetteer import STATE_NAMES, Gazetteer
from tracker.read.lexicon import alternation, table, words
from tracker.read.sentences import DATELINE

LONGEST_NAME = 5
"""Words in the longest place name that is tried ("Lake in the Hills Village")."""
SMALLEST_BARE = 400
"""A bare name with no government word beside it must belong to a place of so many people; smaller ones are mostly surnames and words."""
_TOKEN = re.compile(
    r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]*(?:(?<=\b[A-Za-z])\.(?:[A-Za-z]\.)*|(?<=\bSt)\.|(?<=\bMt)\.|(?<=\bFt)\.|(?<=\bSte)\.)?"
)
_POSSESSIVE = re.compile(r"(?:'s|’s|(?<=s)['’])$")
_OF = re.compile(
    r"\b(city|town|township|village|borough|county|mayor|police|council|commissioners|supervisors|aldermen|trustees|officials)\s+(?:council\s+)?(?:of|in)\s+(?:the\s+)?$",
    re.I,
)
_COUNTY_WORD = re.compile(r"\b(?:county|parish|borough|census area|municipality)\b", re.I)
_CITY_COUNTY = re.compile(r"\s+City-County\b")
_SKIPPED = frozenset(
    {"metro", "city", "town", "village", "county", "unified", "consolidated", "municipal", "area", "county's"}
)
"""One of these may stand between a place name and its body: "Louisville Metro Council"."""
_NOT_A_STATE_BEFORE = re.compile(
    r"\s+(?:City|County|Avenue|Ave\.|Street|St\.|Boulevard|Road|River|Lake|Beach|Heights|Park|Times|Post|Township)\b"
)


class Level(StrEnum):
    """What sort of government the words beside a name point to."""

    CITY = "city"
    COUNTY = "county"
    EITHER = "either"
    FOREIGN = "foreign"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name in the text: `candidates` are the places of that name, `body` the government words beside it (lower case),
    `state` the postal code if the state is written right behind it. Offsets cover the name with its body."""

    start: int
    end: int
    name: str
    candidates: tuple[Jurisdiction, ...]
    level: Level
    body: str = ""
    state: str | None = None
    dateline: bool = False


@cache
def body_pattern() -> re.Pattern[str]:
    """Every government word of bodies.toml, longest first."""
    bodies = table("bodies")
    return alternation([phrase for level in ("city", "county", "either", "foreign") for phrase in bodies[level]])


@cache
def body_level(phrase: str) -> Level:
    """The level of a body as it stands in bodies.toml."""
    phrase = " ".join(phrase.lower().replace("’", "'").split())
    for level in (Level.FOREIGN, Level.COUNTY, Level.CITY, Level.EITHER):
        if phrase in words("bodies", level.value):
            return level
    return Level.EITHER


@cache
def _state_pattern() -> re.Pattern[str]:
    return alternation([name for name in STATE_NAMES if len(name) > 2], flags=0)


@cache
def _adjacent_state() -> re.Pattern[str]:
    body = "|".join(re.escape(name) for name in sorted(STATE_NAMES, key=lambda n: -len(n)))
    return re.compile(rf"\s*(?:,\s*|\(\s*)({body})(?![A-Za-z])")


def states_named(text: str) -> Iterator[str]:
    """The postal code of every state written out in the text, once a mention; "Washington" and "New York" alone are left out."""
    for match in _state_pattern().finditer(text):
        name = match.group()
        if name in ("Washington", "New York") or _NOT_A_STATE_BEFORE.match(text, match.end()):
            continue
        yield STATE_NAMES[name]


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


class MentionFinder:
    """Finds the mentions of one text after another."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._before = words("mentions", "before")
        self._home = self._state = ""
        self._proven: set[str] = set()
        self._aliases: dict[str, str] = table("mentions")["aliases"]

    def find(self, text: str, home: Jurisdiction | None = None) -> list[Mention]:
        """All mentions in text order, none overlapping; datelines are marked. The name of `home`
        is always a place, and so are the small places of its state."""
        self._home = home.name.casefold() if home else ""
        self._state = home.state if home else ""
        self._proven = set()
        tokens = [_Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
        lower = {token.text for token in tokens if not token.capital}
        surnames = _surnames(tokens, text)
        dateline_end = _dateline_end(text)
        mentions: list[Mention] = []
        i = 0
        while i < len(tokens):
            step, mention = self._at(text, tokens, i, lower, surnames, dateline_end) if tokens[i].capital else (1, None)
            if mention:
                mentions.append(mention)
            i += step
        return mentions

    def _at(
        self, text: str, tokens: list[_Token], i: int, lower: set[str], surnames: frozenset[str], dateline_end: int
    ) -> tuple[int, Mention | None]:
        for length in range(min(LONGEST_NAME, len(tokens) - i), 0, -1):
            run = tokens[i : i + length]
            if not run[-1].capital or not _together(text, run):
                continue
            name = _POSSESSIVE.sub("", text[run[0].start : run[-1].end])
            candidates = self._named(name)
            if candidates:
                end = run[0].start + len(name)
                return length, self._judge(
                    text, tokens, i, length, name, end, candidates, lower, surnames, dateline_end
                )
        return 1, None

    def _named(self, name: str, stateless: bool = False) -> tuple[Jurisdiction, ...]:
        if name in self._aliases:
            known = self._gazetteer.get(self._aliases[name])
            return (known,) if known else ()
        state_like = name in STATE_NAMES and name not in ("New York", "Washington") and not stateless
        if len(name) < 3 or (state_like and name.casefold() != self._home):
            return ()
        found = tuple(j for j in self._gazetteer.named(name) if j.kind is not Kind.STATE)
        return tuple(j for j in found if j.kind is not Kind.COUNTY or _COUNTY_WORD.search(name)) or found

    def _judge(
        self,
        text: str,
        tokens: list[_Token],
        i: int,
        length: int,
        name: str,
        end: int,
        candidates: tuple[Jurisdiction, ...],
        lower: set[str],
        surnames: frozenset[str],
        dateline_end: int,
    ) -> Mention | None:
        start = tokens[i].start
        dateline = start < dateline_end
        state_match = _adjacent_state().match(text, end)
        state = STATE_NAMES[state_match.group(1)] if state_match else None
        key = name.casefold()
        if state or dateline:
            self._proven.add(key)
        if key in _never() and key != self._home and key not in self._proven:
            return None
        body, body_end = _body_after(text, end)
        of = _OF.search(text, max(0, start - 40), start)
        if not body and name.endswith(" City") and (shorter := self._named(name[:-5], True)):
            body, body_end = _body_after(text, end - 5)
            candidates = candidates + shorter
        elif body and name.endswith(" City"):
            candidates = candidates + self._named(name[:-5], True)
        level = _level(candidates, body, of.group(1).lower() if of else "", key.endswith(" township"))
        if candidates[0].kind is not Kind.COUNTY and _CITY_COUNTY.match(text, end):
            level = Level.COUNTY
        if level is Level.COUNTY and candidates[0].kind is not Kind.COUNTY:
            candidates = self._counties(name, candidates)
        left = tokens[i - 1] if i else None
        if (
            left
            and left.capital
            and level is not Level.COUNTY
            and text[left.end : start] == " "
            and not self._free(left.text, text[:start])
        ):
            return None
        if (
            level is Level.BARE
            and not state
            and not dateline
            and not self._plausible(text, tokens, i, length, name, candidates, lower, surnames)
        ):
            return None
        begin = of.start() if of else start
        return Mention(
            begin,
            max(end, body_end),
            name,
            candidates,
            level,
            body or (of.group(1).lower() if of else ""),
            state,
            dateline,
        )

    def _free(self, left: str, before: str) -> bool:
        """True for a capitalised word that may stand before a place name without being part of a longer name."""
        return left.lower() in self._before or left.isupper() and len(left) > 3 or left.endswith(("'s", "’s"))

    def _counties(self, name: str, candidates: tuple[Jurisdiction, ...]) -> tuple[Jurisdiction, ...]:
        """Counties meant by "Cobb sheriff" or by "Milwaukee sheriff": of that name, or around that city."""
        named = tuple(j for word in ("County", "Parish") for j in self._gazetteer.named(f"{name} {word}"))
        around = tuple(c for c in map(lambda j: self._gazetteer.county_of(j.id), candidates) if c)
        return named or around or candidates

    def _plausible(
        self,
        text: str,
        tokens: list[_Token],
        i: int,
        length: int,
        name: str,
        candidates: tuple[Jurisdiction, ...],
        lower: set[str],
        surnames: frozenset[str],
    ) -> bool:
        """True where a name with no government word beside it is likely a place, not a person, a paper or a common word."""
        if candidates[0].kind is Kind.COUNTY:
            return True
        if candidates[0].population < SMALLEST_BARE and not any(c.state == self._state for c in candidates):
            return False
        if name.casefold() in {self._home, *self._proven} and name not in surnames:
            return True
        if length == 1 and (name.lower() in lower or name in surnames):
            return False
        right = tokens[i + length] if i + length < len(tokens) else None
        return not (
            right
            and right.capital
            and text[tokens[i + length - 1].end : right.start] == " "
            and not _POSSESSIVE.search(tokens[i + length - 1].text)
        )


def _together(text: str, run: list[_Token]) -> bool:
    return all(text[a.end : b.start] in (" ", "\u00a0", "") for a, b in zip(run, run[1:], strict=False)) and not any(
        _POSSESSIVE.search(token.text)
        and token.text
        not in (
            "George's",
            "Mary's",
            "Prince",
            "George’s",
            "Mary’s",
            "Queen",
            "Anne's",
            "Anne’s",
            "Land",
            "John's",
            "John’s",
        )
        for token in run[:-1]
    )


def _body_after(text: str, end: int) -> tuple[str, int]:
    """The government words right behind a name, and where they end; one word such as "Metro" may stand between."""
    match = re.compile(r"(?:'s|’s|['’])?\s+").match(text, end)
    if not match:
        return "", end
    for _ in range(2):
        found = body_pattern().match(text, match.end())
        if found:
            return " ".join(found.group().lower().replace("’", "'").split()), found.end()
        skipped = re.compile(r"([A-Za-z'’]+)\s+").match(text, match.end())
        if not skipped or skipped.group(1).lower() not in _SKIPPED and not skipped.group(1)[0].isupper():
            return "", end
        match = skipped
    return "", end


def _level(candidates: tuple[Jurisdiction, ...], body: str, of: str, named_township: bool) -> Level:
    if body and body_level(body) is Level.FOREIGN:
        return Level.FOREIGN
    if candidates[0].kind is Kind.COUNTY or of == "county":
        return Level.COUNTY
    if not body:
        return Level.CITY if of or candidates[0].kind is Kind.TOWNSHIP and named_township else Level.BARE
    level = body_level(body)
    return Level.CITY if level is Level.EITHER else level


@cache
def _never() -> frozenset[str]:
    """Words that are no places in news: those of the list, and every single word of bodies.toml."""
    bodies = {
        word
        for level in ("city", "county", "either", "foreign")
        for phrase in table("bodies")[level]
        for word in phrase.split()
    }
    return words("mentions", "never") | bodies | {"city township"}


def _surnames(tokens: list[_Token], text: str) -> frozenset[str]:
    """Last words of runs such as "Mike Sharp" or "Keybo Taylor", which a later bare "Taylor" repeats."""
    no_name = words("mentions", "before") | _never()
    names = set()
    for first, last in zip(tokens, tokens[1:], strict=False):
        if (
            not (first.capital and last.capital and text[first.end : last.start] == " ")
            or first.text.isupper()
            and len(first.text) > 2
        ):
            continue
        if (
            first.text.lower() in _first_names()
            or first.text.lower() not in no_name
            and not _POSSESSIVE.search(first.text)
        ):
            names.add(_POSSESSIVE.sub("", last.text))
    return frozenset(names)


@cache
def _first_names() -> frozenset[str]:
    return words("names", "first") | words("names", "titles")


def _dateline_end(text: str) -> int:
    """Where "MILWAUKEE (AP) —" ends, 0 without a dateline."""
    match = DATELINE.match(text)
    return match.end() if match else 0
