"""Whose act it is: from the doer's words and the places of the article to one jurisdiction, or to none of ours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.model import Jurisdiction, Kind, Stage
from tracker.read.act import Act
from tracker.read.doers import Doer
from tracker.read.lexicon import alternation, words
from tracker.read.officials import Officials
from tracker.read.places.gazetteer import STATE_NAMES
from tracker.read.places.levels import Level, bodies_in, body_level
from tracker.read.places.resolve import Placed, Places
from tracker.read.sentences import Sentence

_JOINED = re.compile(
    r"^(?:['’]s)?(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)?(?:,|,? (?:and|or|&|as well as|along with|then))?\s*"
    r"(?:then |later |nearby |neighboring |in |the (?:city|town|village) of )*$"
)
"""Between two names of one list, states behind them too: "Madison, Wis., and Austin"."""
_AMONG = re.compile(r",? (?:including|such as|like|among them|notably|led by) (?:nearby |neighboring )?$")
"""Between a doer of many and the first that is named: "nine cities, including Columbus"."""
_WHOSE = re.compile(r"\bwhose\b", re.I)
_WHERE = re.compile(r"\bwhere (?:the )?$")
"""Before a body whose place stands just before it: "stores in Hailey, where voters passed a ban"."""
_ITS = re.compile(r"(?:its|their)\b", re.I)
_POINTING = ("it", "they", "he", "she")
"""Bodies of bodies.toml that only point back."""
TYPED = frozenset({Level.CITY, Level.COUNTY})
_STEMS = ("council", "commission", "supervisor", "trustee", "legislat")
"""What the words for one body share: "City Commission", "commissioners"."""
_COUNTY_OWN = ("county", "sheriff", "jail", "parish")
"""Bodies that no city has; "commissioners" and "supervisors" some cities have too."""
_LOCAL_TOO = ("Washington", "New York", "District of Columbia")
"""Names of states that are a city's as well."""
_STATES = alternation([n for n in STATE_NAMES if len(n) > 2 and n not in _LOCAL_TOO], flags=0)

_OF_STATE = re.compile(rf"(?:{_STATES.pattern})(?:['’]s?)?(?:\s+[a-z]|$)")
"""A state that owns the rule behind it; "Iowa Park" is a town."""
_AGENCIES = re.compile(
    rf"(?:{_STATES.pattern}) (?:State )?(?:Department|Dept\.|Division|Bureau|Commission|Agency|Health Authority"
    r"|Public|Supreme|Board of (?:Health|Education|Regents|Pharmacy|Elections|Animal))\b"
    r"|\bFederal (?!Way|Heights)(?:[A-Z]\w+ )+(?:Commission|Administration|Agency|Bureau|Board)\b"
    r"|\bNational [A-Z]\w+ (?:Board|Service|Administration)\b"
)
"""Bodies of a state or of the United States: "Ohio Department of Health", "Federal Trade Commission"."""


@dataclass(frozen=True, slots=True)
class Government:
    """The jurisdiction that acts; `how` tells which rule found it; `named` is True where the sentence itself
    names it, `doer` where the doer's own words do."""

    jurisdiction: Jurisdiction
    others: tuple[Jurisdiction, ...]
    body: str
    how: str
    named: bool
    doer: bool = False


def of_a_state(rule_text: str) -> bool:
    """True where a rule is named as a state's: "Ohio's tax credit programme"."""
    return _OF_STATE.match(rule_text.removeprefix("the ").removeprefix("The ")) is not None


def government_of(act: Act, sentence: Sentence, places: Places, people: Officials) -> Government | None:
    """The local government whose act it is; None where the doer is a state, a court, a company, a school or abroad."""
    span = _span(act, sentence)
    body = _body(act.doer_text)
    if act.stage is Stage.BLOCKED and act.doer in (Doer.COURT, Doer.FOREIGN):
        return _of_the_rule(act, sentence, places, span)
    if act.doer is Doer.BODY and _AGENCIES.search(act.doer_text):
        return None
    if span:
        inside = places.local(*span)
        if not inside and (_WHOSE.search(act.doer_text) or _WHERE.search(sentence.text[: span[0] - sentence.start])):
            inside = places.local(sentence.start, span[0])
        if not inside and _ITS.match(act.doer_text) and (owner := places.owner(sentence, span[0])) is not None:
            inside = [owner]
        if inside:
            found = _of(inside[-1], body or inside[-1].mention.body, "named as the doer", True)
            return replace(found, doer=True)
    if span and (first := _first_among(act, sentence, places, span)) is not None:
        return replace(_of(first, "", "named among the doers", True), doer=True)
    if act.doer in (Doer.PLACE, Doer.OTHER) and (office := people.level(act.doer_text)) is not None:
        if office is Level.FOREIGN:
            return None
        led = _near(sentence, places, {Level.COUNTY: True, Level.CITY: False}.get(office), act.doer_text)
        return replace(led, doer=True, how="an official of the government") if led else None
    if act.doer in (Doer.PLACE, Doer.OTHER) and _STATES.search(act.doer_text):
        return None
    if act.stage is Stage.BLOCKED and act.doer is not Doer.BODY:
        here = places.local(sentence.start, sentence.end)
        return _of(here[-1], "", "the rule's own government", True) if here else _near(sentence, places, None, "")
    pointing = act.doer is Doer.PRONOUN or (act.doer is Doer.BODY and body in _POINTING)
    if pointing and (before_it := places.subject_before(sentence)) is not None:
        return _of(before_it, before_it.mention.body, "the subject of the sentence before", False)
    if act.doer is Doer.BODY:
        return _by_body(body, sentence, places)
    here = places.local(sentence.start, sentence.end)
    if here:
        typed = [p for p in here if p.mention.level in TYPED] or here
        before = [p for p in typed if p.mention.start < sentence.start + act.at]
        chosen = before[-1] if before else typed[0]
        return _of(chosen, chosen.mention.body, "named in the sentence", True)
    return _near(sentence, places, None, body)


def companions(
    government: Government, sentence: Sentence, places: Places, dates: Sequence[tuple[int, int]]
) -> list[Placed]:
    """The other places that a sentence names in one breath with this government's: "Bartlett, Batavia and Westmont
    have passed a tax". `dates`: article offsets of expressions that may stand between them."""
    if not government.named:
        return []
    here = places.local(sentence.start, sentence.end)
    runs: list[list[Placed]] = []
    for placed in here:
        last = runs[-1][-1] if runs else None
        if last and _JOINED.match(_between(last, placed, sentence, dates)):
            runs[-1].append(placed)
        else:
            runs.append([placed])
    ours = government.jurisdiction.id
    beside = next((run for run in runs if any(p.jurisdiction.id == ours for p in run)), [])
    return [p for p in beside if p.jurisdiction.id != ours]


def _between(first: Placed, second: Placed, sentence: Sentence, dates: Sequence[tuple[int, int]]) -> str:
    """The text between two places without dates: "Atlanta [in 2017] and Savannah"."""
    start, end = first.mention.end, second.mention.start
    text = sentence.text[max(0, start - sentence.start) : max(0, end - sentence.start)]
    for begin, stop in dates:
        if start <= begin and stop <= end:
            head = re.sub(r",? (?:in|on) $", "", text[: begin - start])
            return head + text[stop - start :]
    return text


def _of_the_rule(act: Act, sentence: Sentence, places: Places, span: tuple[int, int] | None) -> Government | None:
    """Whose rule was stopped: the place in the rule's name, else one beside the court's, else "the city's"."""
    here = places.local(sentence.start, sentence.end)
    here = [p for p in here if span is None or not span[0] <= p.mention.start < span[1]]
    owner = next((p for p in here if p.mention.name in act.rule_text), None)
    if owner or here:
        return _of(owner or here[-1], "", "the rule's own government", True)
    body = _body(act.rule_text)
    county = {Level.COUNTY: True, Level.CITY: False}.get(body_level(body)) if body else None
    return _near(sentence, places, county, body)


def _first_among(act: Act, sentence: Sentence, places: Places, span: tuple[int, int]) -> Placed | None:
    """The first place that is named of many doers: "nine other cities, *including Columbus* and Cleveland"."""
    behind = places.local(span[0], sentence.start + act.at)
    for placed in behind:
        if _AMONG.search(sentence.text[: placed.mention.start - sentence.start]):
            return placed
    return None


def _span(act: Act, sentence: Sentence) -> tuple[int, int] | None:
    return (sentence.start + act.doer_span[0], sentence.start + act.doer_span[1]) if act.doer_span else None


def _body(text: str) -> str:
    return max(bodies_in(text), key=len, default="")


def _by_body(body: str, sentence: Sentence, places: Places) -> Government | None:
    level = body_level(body)
    if level is Level.FOREIGN:
        return None
    if (fronted := places.fronted(sentence)) is not None and not body.startswith(_COUNTY_OWN):
        return _of(fronted, body, "named at the head of the sentence", True)
    told = _level_told(body, places)
    county = {Level.COUNTY: True, Level.CITY: False}.get(level) if told is None else told
    return _near(sentence, places, None if body in words("bodies", "shared") else county, body)


def _level_told(body: str, places: Places) -> bool | None:
    """What the article itself says of a body: "commissioners" are a city's where it names a City Commission, "the
    council" is a county's where it names a county's council only. None where it says nothing, or both."""
    stem = next((stem for stem in _STEMS if stem in body), "")
    if not stem or body.startswith(_COUNTY_OWN):
        return None
    named = [p for p in places.text + places.title if p.mention.level in TYPED and stem in p.mention.body]
    kinds = {p.jurisdiction.kind is Kind.COUNTY for p in named}
    return kinds.pop() if len(kinds) == 1 else None


def _near(sentence: Sentence, places: Places, county: bool | None, body: str) -> Government | None:
    """The government that the article is about, or for want of one the last that was named before."""
    close = [p for p in places.within(*places.recent(sentence)) if p.mention.level in TYPED]
    if county is not None:
        close = [p for p in close if (p.mention.level is Level.COUNTY) == county]
    if close:
        return _of(close[-1], body, "named just before", False)
    if county and not body.startswith(_COUNTY_OWN) and not places.names_county():
        county = None
    focus = places.focus(county)
    if focus is None and county is not None:
        focus = places.focus(None)
    return _of(focus, body, "the government that the article is about", False) if focus else None


def _of(placed: Placed, body: str, how: str, named: bool) -> Government:
    return Government(placed.jurisdiction, placed.others, body, how, named)
