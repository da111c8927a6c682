"""One paragraph of a page: is it built as furniture is? The words of pages are in `data/furniture.toml`; here stands
how a line is put together: a moment and nothing else, a credit at a caption's end, a label before a link."""

import re
from dataclasses import dataclass
from functools import cache

from tracker.read.lexicon import longest_of, table, words

LONGEST = 400
"""Characters of a paragraph that may be furniture: the longest captions and notes of copyright; what is longer is
told."""
LONGEST_APPEAL = 260
"""The same of an appeal to the reader."""
LONGEST_LINE = 200
"""The same of a link, a label with what it names, a by-line."""
WORDS_IN_LINK = 18
"""Of a link to another story."""
WORDS_IN_PLACE = 2
"""Of a place behind a moment; what is longer may be what took place then."""
WORDS_IN_ROLE = 9
"""Of a name with what somebody is: "Julio Santana, Statehouse Bureau Chief"."""
EDGE = 8
"""Paragraphs at either end of a text that can be by-lines and notes on who wrote it, with what else stands there."""
_ENDED = re.compile(r"""[.!?…:;][\"'”’)\]]*$""")
STOPPED = re.compile(r"""(?<![ap]\.m)[.!?…][\"'”’)\]]*$""")
_ITEM = re.compile(r"[•·*‣▪–—-]\s?\S")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_FIRST = re.compile(r"[^\W\d_]+(?:[-’][^\W\d_]+)*")
_BEFORE = r"[>▶►\[(\s]*"
"""Signs before a label."""
_OPEN = re.compile(_BEFORE)
_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(r"\d{1,2}:\d\d|\b\d{1,2} ?[ap]\.?m\b", re.I)
_DATED = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b")
_ASIDE = re.compile(r"(?:,? by\b|\s[-–—|•/]\s)(?:(?!\d{4}).){0,60}$", re.I)
"""Behind a stamp: who made it, or where."""
_NAME = r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,3}"
_CREDIT = re.compile(
    r"\((?:[^()]{0,60}\b)?(?:photos?|images?|courtesy|credit|getty images|screenshot|illustration|graphic)\b[^()]{0,80}"
    r"\)\.?$"
    rf"|[(\[](?:{_NAME}|[A-Z]{{2,}}) ?[/|] ?[A-Z][^()\[\]]{{1,60}}[)\]]\.?$"
    rf"|(?-i:[.!?] \({_NAME}, [A-Z][\w’']+(?: [A-Z][\w’']+){{1,3}}\)$)"
    r"|(?:^|[.!?|(—–-]\s*)(?:file|staff|contributed|handout|courtesy|submitted|provided) (?:photo|image|video)s?"
    r"\b.{0,60}$"
    r"|(?:^|[.!?|)—–-]\s+|\s)(?-i:Photo|Image|Credit|Photograph|Video)s?(?: credit)?(?::| by| courtesy)\s.{2,60}$"
    r"|(?:^|[.!?|)—–-]\s+)courtesy\b.{2,80}$"
    rf"|(?-i:(?:[.!?|—–-]\s+)(?:{_NAME}) ?/ ?[A-Z].{{1,40}}$)"
    r"|(?-i:^\(?FILE\)?\s*[-–—:])",
    re.I,
)
"""Whose picture it is: in brackets, behind "Photo by", or as "Name/Outlet" behind the caption's last stop."""
_PICTURES = ("photo", "image", "video", "courtesy", "credit", "getty", "screenshot", "illustration", "graphic", "file")
"""Without one of these, or a stroke, no caption is looked for; the same of rights: looking costs time."""
_OF_RIGHTS = ("©", "(c)", "right", "creative commons", "publish", "information from", "distribut", "reproduc")
_RIGHTS = re.compile(
    r"^(?:©|\(c\)\s?\d{4}|copyright\b.{0,12}(?:©|\d{4}|by\b))|\ball rights reserved\b|\bcreative commons\b"
    r"|\b(?:may not be|no) (?:published|reproduc|redistribut|republish)|^republish\b|^information from:"
    r"|\bdistributed by\b.{1,60}$|©\s?\d{4}",
    re.I,
)
_BY = re.compile(
    r"(?:by|(?:written|story|reported|report|reporting|words|text|photos|edited) by|reporter|author"
    r"|contributed report)\b"
    r"[:,]?\s+"
    r"(?:the )?(?-i:[A-Z][\w.’'-]* [A-Z])",
    re.I,
)
_BY_FIRST = frozenset(("by", "written", "story", "report", "reported", "reporting", "words", "text"))
_BY_FIRST |= {"photos", "edited", "reporter", "author", "contributed"}
_MORE_THAN_NAMES = re.compile(r"[,/|@\d]")
BY_WORDS = re.compile(r"^(?:\w+ )?by:? ", re.I)
WHO = re.compile(r"^,? (?:who )?")
NAMED = re.compile(rf"({_NAME})")
_REACHED = re.compile(r"\S@\S|(?:^|\s)@\w|\b\d{3}[-.) ]{1,2}\d{3}[-.]\d{4}\b")
"""An address, a name on a network, a telephone."""
_DEGREES = re.compile(r"\b\d{1,3} ?°")
_TRAIL = re.compile(r"\S\s*[»›]\s*\S|^home\s*[/>|]|(?:\|[^|]+){2}", re.I)
_UNTIL = re.compile(r"\b(?:advisory|watch|warning)\b.{0,40}\b(?:in effect|until)\b", re.I)
_QUOTED = re.compile(r"[\"“”]")
_SPEAKS = re.compile(r"\b(?:we|our|us|you|your|you[’']re)\b", re.I)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A paragraph with what most of the rules ask of it. `place`: its number; `left`: how many stand behind it;
    `plain`: in lower case; `first`: its first word."""

    text: str
    place: int
    left: int
    plain: str
    first: str
    ended: bool

    @property
    def words(self) -> list[str]:
        return words_of(self.text)

    @property
    def at_edge(self) -> bool:
        return self.place < EDGE or self.left < EDGE

    @property
    def item(self) -> bool:
        return _ITEM.match(self.text) is not None


def line_at(text: str, place: int, left: int) -> TextLine:
    plain = text[: LONGEST + 1].lower().replace("'", "’")
    first = _FIRST.search(plain)
    return TextLine(
        text, place, left, plain, first.group() if first else "", _ENDED.search(text, len(text) - 3) is not None
    )


def is_furniture(line: TextLine) -> bool:
    return any(rule(line) for rule in (_RULES if line.ended else (*_RULES, *_RULES_OF_LINES)))


def _button(line: TextLine) -> bool:
    """Nothing but what can be clicked."""
    clicked, beside = words("furniture", "buttons"), words("furniture", "button_words")
    if line.first not in clicked and line.first not in beside:
        return False
    told = set(line.words)
    return bool(told & clicked) and told <= clicked | beside


def _label(line: TextLine) -> bool:
    """A label with what it names."""
    return (
        line.first in first_words("labels")
        and len(line.text) <= LONGEST_LINE
        and bool(_labelled("labels").match(line.plain))
    )


def _lead(line: TextLine) -> bool:
    """A label or another beginning that leads away, where no sentence follows."""
    if len(line.text) > LONGEST_LINE or line.item:
        return False
    if line.plain.startswith((">>", "»")) or line.plain.endswith((">>", "»", "→")):
        return True
    label = line.first in first_words("open_labels") and _labelled("open_labels").match(line.plain)
    return bool(label) or (line.first in first_words("leads") and bool(_leading().match(line.plain)))


def _stamp(line: TextLine) -> bool:
    """When the page was made or changed, by whom."""
    known = words("furniture", "stamp_words")
    if len(line.text) > LONGEST_LINE or (line.first and line.first not in known):
        return False
    text = line.text if known.issuperset(line.words) else _ASIDE.sub("", line.text)
    told = words_of(text)
    if not told or not known.issuperset(told):
        return False
    aside = len(_WORD.findall(line.text)) - len(told)
    when = bool(_DIGIT.search(text)) or "ago" in told
    if when and not words("furniture", "stamps").isdisjoint(told):
        return True
    return aside <= WORDS_IN_PLACE and bool(_CLOCK.search(text) and _DATED.search(text))


def _credit(line: TextLine) -> bool:
    """A caption that tells whose picture it is."""
    hint = "/" in line.text or line.text.endswith((")", "]")) or any(word in line.plain for word in _PICTURES)
    return hint and _CREDIT.search(line.text) is not None


def _rights(line: TextLine) -> bool:
    return any(word in line.plain for word in _OF_RIGHTS) and _RIGHTS.search(line.text) is not None


def _byline(line: TextLine) -> bool:
    """Who wrote it, with more than the name: a place, a day, an address. A name alone leads nobody astray, and where a
    government writes itself it tells whose words these are."""
    return names_writers(line) and _MORE_THAN_NAMES.search(line.text) is not None


def names_writers(line: TextLine) -> bool:
    """Who wrote it."""
    if line.first not in _BY_FIRST or not line.at_edge or len(line.text) > LONGEST_LINE or not _BY.match(line.text):
        return False
    number = len(line.words)
    role = number <= WORDS_IN_ROLE and _has("roles", line)
    return number <= WORDS_IN_LINK and (not line.ended or role or bool(_REACHED.search(line.text)))


def _role(line: TextLine) -> bool:
    """A name with what somebody is."""
    short = line.at_edge and not line.item and line.first not in _BY_FIRST and line.text.count(" ") <= WORDS_IN_ROLE
    return short and _has("roles", line) and not _DIGIT.search(line.text) and len(line.words) <= WORDS_IN_ROLE


def _bar(line: TextLine) -> bool:
    """The weather, alarms, the way to this page."""
    return len(line.text) <= LONGEST_LINE and any(p.search(line.text) for p in (_DEGREES, _TRAIL, _UNTIL))


def _appeal(line: TextLine) -> bool:
    """It asks the reader for something, or speaks of the page itself; a person who is quoted does not."""
    if len(line.text) > LONGEST_APPEAL or _QUOTED.search(line.text) or line.item:
        return False
    if line.first in first_words("appeals") and _begins("appeals", line) and _has("about_site", line):
        return True
    if line.first in first_words("site_begins") and _begins("site_begins", line):
        return True
    return any(phrase in line.plain for phrase in table("furniture")["site_speech"]) and (
        _has("site_speech", line) and _SPEAKS.search(line.text) is not None
    )


def _contact(line: TextLine) -> bool:
    """How to reach who wrote it."""
    if not line.at_edge or not _REACHED.search(line.text):
        return False
    asks = line.first in first_words("appeals") and _begins("appeals", line)
    return asks or (NAMED.match(line.text) is not None and _has("writes", line))


_RULES = (_label, _credit, _rights, _appeal, _contact, _stamp, _byline)
_RULES_OF_LINES = (_button, _lead, _role, _bar)
"""Those of paragraphs without a full stop."""


def words_of(text: str) -> list[str]:
    return [word.lower().replace("'", "’") for word in _WORD.findall(text)]


def _has(name: str, line: TextLine) -> bool:
    return phrases(name).search(line.plain) is not None


def _begins(name: str, line: TextLine) -> bool:
    return phrases(name).match(line.plain, _OPEN.match(line.plain).end()) is not None  # type: ignore[union-attr]  # matches anything


@cache
def first_words(*names: str) -> frozenset[str]:
    """The first words of the phrases of a list."""
    return frozenset(
        match.group() for name in names for phrase in table("furniture")[name] if (match := _FIRST.search(phrase))
    )


@cache
def phrases(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){longest_of(table('furniture')[name])}(?![\w-])")


@cache
def _labelled(name: str) -> re.Pattern[str]:
    return re.compile(rf"{_BEFORE}{longest_of(table('furniture')[name])}(?: from [\w ]{{2,30}})?\s?[:|]\s?\S")


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"[>\[(+\s\d]*{longest_of(table('furniture')['leads'])}(?!\w)")
