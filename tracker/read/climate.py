"""What an article is about as a whole: local government, or a state, a court, a school, a company, an opinion."""

import re
from dataclasses import dataclass
from functools import cache

from tracker.model import Article
from tracker.read.kinds import kinds_of, shares
from tracker.read.lexicon import alternation, table, words
from tracker.read.places.levels import Level, bodies_in, body_level

_OPINION = re.compile(
    r"^(?:opinion|editorial|commentary|column|letters?(?: to the editor)?"
    r"|guest (?:column|opinion|view)|our view|op-ed|viewpoint|my turn|endorsement)\b\s*[:|—-]",
    re.I,
)
_UNCHANGED = re.compile(
    r"\b(?:won['’]t change|no plans? to|nothing(?:['’\"”]*)? (?:has )?chang|not (?:be )?chang|stick(?:s|ing)? with"
    r"|doesn['’]t change|does not change|already ha[sv]e?|remind(?:s|ed|er)?|no change"
    r"|remains? in (?:place|effect)|long-?standing|still in effect|stands? by|unchanged)\b",
    re.I,
)
_THIRD = re.compile(r"\b(?:third|final|three) (?:and final )?(?:reading|readings|vote|votes|approval)\b", re.I)
NEUTRAL = 0.5
"""The share of an article that has no government word at all."""


@dataclass(frozen=True, slots=True)
class Climate:
    """`local` is the share of government words that are local, 0 to 1 (NEUTRAL without any).

    `opinion`, `unchanged` and the `title` fields are the title's; the others look at the text as well.
    """

    local: float
    opinion: bool
    unchanged: bool
    foreign_title: bool
    local_title: bool
    more_votes: bool
    third_reading: bool
    hard_rule: bool
    title_kinds: frozenset[str]
    shares: dict[str, float]


def climate(article: Article, names_local: bool = False) -> Climate:
    """Counts the government words of title (three times) and text. `names_local`: the title names a local one."""
    ours, theirs = _counts(article.text)
    title_ours, title_theirs = _counts(article.title)
    ours, theirs = ours + 3 * title_ours, theirs + 3 * title_theirs
    share = ours / (ours + theirs) if ours + theirs else NEUTRAL
    return Climate(
        local=share,
        opinion=bool(_OPINION.search(article.title)),
        unchanged=bool(_UNCHANGED.search(article.title)),
        local_title=title_ours > 0 or names_local,
        foreign_title=title_theirs > 0 and title_ours == 0 and not names_local,
        hard_rule=bool(_hard().search(f"{article.title}\n{article.text}")),
        title_kinds=kinds_of(article.title),
        shares=shares(article.text),
        third_reading=bool(_THIRD.search(article.text)),
        more_votes=_more_votes(f"{article.title}\n{article.text}".lower()),
    )


@cache
def _hard() -> re.Pattern[str]:
    return alternation(words("rules", "telling"))


def _more_votes(lower: str) -> bool:
    return any(pattern.search(lower) for pattern in _later_votes())


@cache
def _later_votes() -> list[re.Pattern[str]]:
    """One by one and, where nothing is written with a capital, minding the case: five times as fast."""
    written = table("acts")["early"]["article"]
    return [re.compile(each, 0 if each == each.lower() else re.I) for each in written]


def _counts(text: str) -> tuple[float, float]:
    ours = theirs = 0.0
    for phrase in bodies_in(text):
        level = body_level(phrase)
        if level is Level.FOREIGN:
            theirs += 0.5 if phrase in words("bodies", "often") else 1.0
        elif level is not Level.EITHER:
            ours += 0.5 if phrase in ("city", "town", "police", "county", "department") else 1.0
    return ours, theirs
