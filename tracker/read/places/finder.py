"""Which place names stand in a text, and which of them name a government ("Norfolk City Council", "Dane sheriff").
Lists of counties too: "Benton and Washington counties", "the counties of Ada, Boise and Canyon"."""

import re
from collections.abc import Collection
from dataclasses import replace

from tracker.model import Jurisdiction, Kind
from tracker.read.lexicon import table, words
from tracker.read.places.gazetteer import STATE_NAMES, Gazetteer
from tracker.read.places.levels import GovernmentLevel, body_after, level_of
from tracker.read.places.place_names import adjacent_state
from tracker.read.places.tokens import (
    POSSESSIVE,
    NameMention,
    NameRun,
    TokenizedText,
    never_places,
    surnames,
    together,
    words_of,
)
from tracker.read.text.sentences import DATELINE

_NAME = r"[A-Z][\w'’-]*\.?(?: [A-Z][\w'’-]*\.?){0,2}"
_LIST = rf"{_NAME}(?:, {_NAME}){{0,12}},? and {_NAME}"
_COUNTIES = re.compile(r"\b(?:[Cc]ounties|[Pp]arishes)\b")
_BEFORE = re.compile(rf"(?:\b{_LIST}|{_NAME}) $")
_BEHIND = re.compile(rf"(?:,| of|:| like| such as|, including)? (?P<list>{_LIST})")
_ONE = re.compile(_NAME)
REACH = 250
"""Characters before "counties" in which a list may stand."""


def county_lists(text: str) -> dict[int, str]:
    """Where each name of a list of counties begins → the name."""
    found: dict[int, str] = {}
    for word in _COUNTIES.finditer(text):
        before = _BEFORE.search(text, max(0, word.start() - REACH), word.start())
        behind = _BEHIND.match(text, word.end())
        spans = [match.span(group) for match, group in ((before, 0), (behind, "list")) if match]
        found |= {name.start(): name.group() for span in spans for name in _ONE.finditer(text, *span)}
    return found


__all__ = ["GovernmentLevel", "MentionFinder", "NameMention"]

_PARISHES = "LA"
LONGEST_NAME = 5
"""Words in the longest place name that is tried ("Lake in the Hills Village")."""
KNOWN = 50_000
"""A place of so many people is told to have said something; a smaller one of that name is mostly a person."""
SMALLEST_BARE = 400
"""A name with no government word beside it must be of a place of so many people; smaller ones are mostly surnames."""
SMALLEST_WORD = 2_000
"""People of a town whose name is mostly a word: "Hope", "Union", "Reading"."""
MOST_MENTIONS = 1_000
"""Mentions of a text at most; the labelled articles have 15. What names more is a register, and each is compared with
every sentence that may state a step."""
OF_CHARACTERS = 40
"""Before a name, where "City of" or "commissioners in" may stand."""
_OF = re.compile(
    r"\b(city|town|township|village|borough|county|mayor|police|council|commissioners|supervisors|aldermen|trustees"
    r"|selectmen|select board|selectboard|councilors|officials)\s+(?:council\s+)?(?:of|in)\s+(?:the\s+)?$",
    re.I,
)
_IN = re.compile(r"\b[Ii]n $")
_BORO = "boro"
"""How newspapers spell "Foxborough"."""
_COUNTY_WORD = re.compile(r"\b(?:county|parish|borough|census area|municipality)\b", re.I)
_TOWNSHIP = re.compile(r"\s+(?:Twp|TWP)\b\.?")
"""Newspapers shorten "Denton Township"."""
_PARISH = re.compile(r"\bparish\b", re.I)
_CITY_COUNTY = re.compile(r"\s+City-County\b")
_CAPITALS = re.compile(r"\b[A-Z]{3,} $")
_OF_CITIES_TOO = ("commissioners", "supervisors", "supervisor")
"""Bodies of counties that towns have too: "the Rehoboth Beach commissioners", where no county has that name."""
_COUNTY_NAMED = re.compile(r"\b([A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}) (?:County|Parish)\b")
_SPEAKS = re.compile(
    r"\s+(?:said|says|told|added|adds|noted|notes|cast|seconded|thanked|recalled|explained|replied|acknowledged)\b"
)
"""Behind a bare name, these tell a person."""


class MentionFinder:
    """Finds the mentions of one text after another."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._home = self._state = ""
        self._states: frozenset[str] = frozenset()
        self._proven: set[str] = set()
        self._aliases: dict[str, str] = table("mentions")["aliases"]
        self._alias_words = frozenset(alias.partition(" ")[0] for alias in self._aliases)

    def find(
        self,
        text: str,
        home: Jurisdiction | None = None,
        states: Collection[str] = (),
        people: frozenset[str] = frozenset(),
    ) -> list[NameMention]:
        """The first MOST_MENTIONS in text order, none overlapping; datelines are marked.

        The name of `home` is always a place, and so are the small places of its state and of the `states` (postal
        codes) that the article names. `people`: surnames that the rest of the article gives to somebody.
        """
        self._home = home.name.casefold() if home else ""
        self._state = home.state if home else ""
        self._states = frozenset(filter(None, (self._state, *states)))
        self._proven = set()
        tokens = words_of(text)
        lower = frozenset(token.text for token in tokens if not token.capital)
        parish = _PARISH.search(text) is not None
        counties = self._short(text)
        listed = county_lists(text)
        firsts = frozenset(name.partition(" ")[0] for name in (*counties, *listed.values()))
        page = TokenizedText(
            text, tokens, lower, surnames(tokens, text) | people, _dateline_end(text), parish, counties, listed, firsts
        )
        mentions: list[NameMention] = []
        i = 0
        while i < len(tokens) and len(mentions) < MOST_MENTIONS:
            run = self._run_at(page, i) if tokens[i].capital else None
            mention = self._judge(page, run) if run else None
            if mention:
                mentions.append(mention)
            i += run.length if run else 1
        return mentions

    def _short(self, text: str) -> dict[str, tuple[Jurisdiction, ...]]:
        """What the counties that a text names in full are called for short, where no place has that name."""
        found = {}
        for match in _COUNTY_NAMED.finditer(text):
            short = match.group(1)
            counties = () if self._gazetteer.knows(short) else self._gazetteer.named(match.group())
            if counties:
                found[short] = counties
        return found

    def _run_at(self, page: TokenizedText, i: int) -> NameRun | None:
        """The longest name of a place that starts at a word."""
        if not self._may_begin(page, i):
            return None
        for length in range(min(LONGEST_NAME, len(page.tokens) - i), 0, -1):
            run = page.tokens[i : i + length]
            if not run[-1].capital or not together(page.text, run):
                continue
            start = run[0].start
            name = POSSESSIVE.sub("", page.text[start : run[-1].end])
            if name == page.listed.get(start):
                candidates = self._county(name) or self._named(name)
            else:
                candidates = (
                    self._named(name) or page.counties.get(name, ()) or self._short_county(page, i, length, name)
                )
            if candidates:
                return NameRun(i, length, name, start, start + len(name), candidates)
        return None

    def _short_county(self, page: TokenizedText, first: int, length: int, name: str) -> tuple[Jurisdiction, ...]:
        """The counties that "Daviess Fiscal Court" may mean, where no place is called Daviess, or, in a paper of
        Kentucky, "Daviess voted"."""
        known = self._gazetteer.knows(f"{name} County") or self._gazetteer.knows(f"{name} Parish")
        if not known or name in STATE_NAMES:
            return ()
        last = page.tokens[first + length - 1]
        if body_after(page.text, last.end)[0] in words("bodies", "county"):
            return self._county(name)
        here = tuple(county for county in self._county(name) if county.state in self._states)
        run = NameRun(first, length, name, page.tokens[first].start, last.end, here)
        return here if here and not page.personal(name) and self._stands_alone(page, run) else ()

    def _county(self, name: str) -> tuple[Jurisdiction, ...]:
        return self._gazetteer.named(f"{name} County") or self._gazetteer.named(f"{name} Parish")

    def _may_begin(self, page: TokenizedText, i: int) -> bool:
        """False for most words, which are spared the search for longer and longer names."""
        tokens = page.tokens
        word = tokens[i].text
        if word.endswith(_BORO) or word in page.short_words:
            return True
        if "'" in word or "’" in word or (i + 1 < len(tokens) and tokens[i].end == tokens[i + 1].start):
            return True  # with the possessive off, or with the word that is glued to it, it may be another
        return word in self._alias_words or self._gazetteer.may_begin(word)

    def _named(self, name: str, stateless: bool = False) -> tuple[Jurisdiction, ...]:
        if name in self._aliases:
            known = self._gazetteer.get(self._aliases[name])
            return (known,) if known else ()
        state_like = name in STATE_NAMES and name not in ("New York", "Washington") and not stateless
        if len(name) < 3 or (state_like and name.casefold() != self._home):
            return ()
        listed = self._gazetteer.named(name) + (self._gazetteer.named(f"{name}ugh") if name.endswith(_BORO) else ())
        found = tuple(j for j in listed if j.kind is not Kind.STATE)
        return tuple(j for j in found if j.kind is not Kind.COUNTY or _COUNTY_WORD.search(name)) or found

    def _judge(self, page: TokenizedText, run: NameRun) -> NameMention | None:
        """The mention that a name is, None where it is a person's, part of a longer name or a common word."""
        dateline = run.start < page.dateline_end
        state_match = adjacent_state().match(page.text, run.end)
        state = STATE_NAMES[state_match.group(1)] if state_match else None
        key = run.name.casefold()
        if state or dateline:
            self._proven.add(key)
        if key in never_places() and key != self._home and key not in self._proven and not self._is_town(page, run):
            return None
        run = run if state else self._of_kind(page, run)
        of = _OF.search(page.text, max(0, run.start - OF_CHARACTERS), run.start)
        of_body = of.group(1).lower() if of else ""
        run, body, body_end = self._with_body(page.text, run)
        if _longer(page, run, body, dateline, self._state):
            return None
        level = level_of(run.candidates, body, of_body, key.endswith(" township"))
        if run.candidates[0].kind is not Kind.COUNTY and _CITY_COUNTY.match(page.text, run.end):
            level = GovernmentLevel.COUNTY
        if level in (GovernmentLevel.BARE, GovernmentLevel.CITY) and page.listed.get(run.start) == run.name:
            level = GovernmentLevel.COUNTY
        if level is GovernmentLevel.COUNTY and run.candidates[0].kind is not Kind.COUNTY:
            run = replace(run, candidates=self._counties(run, body))
        if level is not GovernmentLevel.COUNTY and self._continues(page, run):
            return None
        if level is GovernmentLevel.BARE and not state and not dateline and not self._plausible(page, run):
            return None
        begin, end = of.start() if of else run.start, max(run.end, body_end)
        return NameMention(begin, end, run.name, run.candidates, level, body or of_body, state, dateline)

    def _is_town(self, page: TokenizedText, run: NameRun) -> bool:
        """True for a town of the outlet's state whose name is mostly a word: "Independence police", "in Liberty"."""
        if not any(c.state == self._state and c.population >= SMALLEST_WORD for c in run.candidates):
            return False
        body = body_after(page.text, run.end)[0]
        if body not in words("mentions", "vague_bodies") and body in words("bodies", "city"):
            return True
        abroad = run.name.casefold() in words("mentions", "abroad")
        return (
            not abroad
            and self._stands_alone(page, run)
            and bool(_IN.search(page.text, max(0, run.start - 4), run.start))
        )

    def _of_kind(self, page: TokenizedText, run: NameRun) -> NameRun:
        """ "Denton Twp." is a township; in Louisiana "the Terrebonne council" is the parish's; "Howard" in a
        paper of a state without a town of that name is Howard County."""
        if _TOWNSHIP.match(page.text, run.end):
            found = tuple(j for j in self._gazetteer.named(f"{run.name} Township") if j.kind is Kind.TOWNSHIP)
        elif page.parish and not any(c.state == _PARISHES for c in run.candidates):
            found = self._gazetteer.named(f"{run.name} Parish")
        elif self._state and not any(c.state == self._state for c in run.candidates) and not page.personal(run.name):
            found = tuple(j for j in self._gazetteer.named(f"{run.name} County") if j.state == self._state)
        else:
            return run
        return replace(run, candidates=tuple(found)) if found else run

    def _with_body(self, text: str, run: NameRun) -> tuple[NameRun, str, int]:
        """The government words behind a name, and where they end; "Iowa City Council" may be Iowa City's or Iowa's."""
        body, end = body_after(text, run.end)
        if not run.name.endswith(" City"):
            return run, body, end
        shorter = self._named(run.name.removesuffix(" City"), True)
        if not body and shorter:
            body, end = body_after(text, run.end - len(" City"))
        return replace(run, candidates=run.candidates + shorter), body, end

    def _continues(self, page: TokenizedText, run: NameRun) -> bool:
        """True where a capitalised word before a name is part of a longer name ("Port Clinton" is not Clinton)."""
        left = page.tokens[run.first - 1] if run.first else None
        if left is None or not left.capital or page.text[left.end : run.start] != " ":
            return False
        free = left.text.lower() in words("mentions", "before") or (left.text.isupper() and len(left.text) > 3)
        return not free and not left.text.endswith(("'s", "’s"))

    def _counties(self, run: NameRun, body: str) -> tuple[Jurisdiction, ...]:
        """Counties meant by "Cobb sheriff" or by "Milwaukee sheriff": of that name, or around that city."""
        named = tuple(j for word in ("County", "Parish") for j in self._gazetteer.named(f"{run.name} {word}"))
        if not named and body in _OF_CITIES_TOO:
            return run.candidates
        around = tuple(county for c in run.candidates if (county := self._gazetteer.county_of(c.id)))
        return named or around or run.candidates

    def _plausible(self, page: TokenizedText, run: NameRun) -> bool:
        """True where a name with no government word beside it is likely a place, not a person, a paper or a word."""
        first, name = run.candidates[0], run.name
        if _SPEAKS.match(page.text, run.end) and run.candidates[0].population < KNOWN:
            return False
        if first.kind is Kind.COUNTY:
            return True
        if first.population < SMALLEST_BARE and not any(c.state in self._states for c in run.candidates):
            return False
        if name.casefold() in {self._home, *self._proven} and name not in page.surnames:
            return True
        if run.length == 1 and page.personal(name):
            return False
        return self._stands_alone(page, run)

    def _stands_alone(self, page: TokenizedText, run: NameRun) -> bool:
        """True where no capitalised word goes on with the name; behind a possessive one may."""
        behind = run.first + run.length
        last, right = page.tokens[behind - 1], page.tokens[behind] if behind < len(page.tokens) else None
        if right is None or not right.capital or page.text[last.end : right.start] != " ":
            return True
        return POSSESSIVE.search(last.text) is not None


def _longer(page: TokenizedText, run: NameRun, body: str, dateline: bool, home: str) -> bool:
    """True for part of a name that no list has: "Ellicott City", in a dateline "ELLICOTT CITY"."""
    if dateline and page.text[run.start : run.end].isupper():
        if _CAPITALS.search(page.text, max(0, run.start - OF_CHARACTERS), run.start):
            return True
        beside = page.text[run.end : page.dateline_end]
        return re.match(r" [A-Z]{3,}", beside) is not None and not _TOWNSHIP.match(beside)
    named = body == "city" and page.text.startswith(" City", run.end)
    return named and not any(c.state == home for c in run.candidates)


def _dateline_end(text: str) -> int:
    """Where "MILWAUKEE (AP) —" ends, 0 without a dateline."""
    match = DATELINE.match(text)
    return match.end() if match else 0
