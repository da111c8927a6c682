"""What stands around an article on its page and is no part of it: stamps of time, by-lines, captions, links to other
stories, boxes, buttons, copyright lines. Whole paragraphs, told by how they are built, never by what they mean: a
paragraph that is one of the article's sentences, or an item of its lists, stays.

Of a text that would be nothing else without it, all stays.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from tracker.read.lexicon import longest_of, table, words

LONGEST = 400
"""Characters of a paragraph that may be furniture: the longest captions and notes of copyright; what is longer is
told."""
LONGEST_APPEAL = 260
"""The same of an appeal to the reader."""
LONGEST_LINE = 200
"""The same of a link, a label with what it names, a by-line."""
MOST_PARAGRAPHS = 1_000
"""Paragraphs that are looked at; the longest articles have 300, a register of thousands is no page of news."""
MOST_IN_BOX = 12
"""Lines behind a box's heading that belong to it: ten links, and what is written below them."""
WORDS_IN_HEADING, WORDS_IN_LINK = 6, 18
"""Of a box, and of a link in it."""
WORDS_IN_PLACE = 2
"""Of a place behind a moment; what is longer may be what took place then."""
WORDS_IN_ROLE = 9
"""Of a name with what somebody is: "Julio Santana, Statehouse Bureau Chief"."""
EDGE = 8
"""Paragraphs at either end of a text that can be by-lines and notes on who wrote it, with what else stands there."""
LEAST_REPEATED = 30
"""Letters of a headline or a summary that are no chance where the text begins with them again."""
TELLING, TOLD_AGAIN = 4, 2
"""Letters of a word that tells something, and how many such words of a headline the sentence behind it repeats: a
headline that is itself the sentence's beginning is followed by other words."""
_NEXT_SENTENCE = re.compile(r"[\s.:–—-]+(?=[A-Z“\"])")
_ENDED = re.compile(r"""[.!?…:;][\"'”’)\]]*$""")
_STOPPED = re.compile(r"""(?<![ap]\.m)[.!?…][\"'”’)\]]*$""")
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
_BY_WORDS = re.compile(r"^(?:\w+ )?by:? ", re.I)
_WHO = re.compile(r"^,? (?:who )?")
_NAMED = re.compile(rf"({_NAME})")
_REACHED = re.compile(r"\S@\S|(?:^|\s)@\w|\b\d{3}[-.) ]{1,2}\d{3}[-.]\d{4}\b")
"""An address, a name on a network, a telephone."""
_DEGREES = re.compile(r"\b\d{1,3} ?°")
_TRAIL = re.compile(r"\S\s*[»›]\s*\S|^home\s*[/>|]|(?:\|[^|]+){2}", re.I)
_UNTIL = re.compile(r"\b(?:advisory|watch|warning)\b.{0,40}\b(?:in effect|until)\b", re.I)
_QUOTED = re.compile(r"[\"“”]")
_SPEAKS = re.compile(r"\b(?:we|our|us|you|your|you[’']re)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Line:
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
        return _words(self.text)

    @property
    def at_edge(self) -> bool:
        return self.place < EDGE or self.left < EDGE

    @property
    def item(self) -> bool:
        return _ITEM.match(self.text) is not None


def _line(text: str, place: int, left: int) -> _Line:
    plain = text[: LONGEST + 1].lower().replace("'", "’")
    first = _FIRST.search(plain)
    return _Line(
        text, place, left, plain, first.group() if first else "", _ENDED.search(text, len(text) - 3) is not None
    )


def furniture(paragraphs: Sequence[str], title: str = "", byline: str = "") -> frozenset[int]:
    """The numbers of the paragraphs that are furniture. `byline`: the names of the article's writers."""
    looked_at = paragraphs[:MOST_PARAGRAPHS]
    lines = [_line(text, at, len(looked_at) - at - 1) for at, text in enumerate(looked_at)]
    names = {*_writers(lines), *filter(None, (name.strip() for name in byline.split(",")))}
    found = {line.place for line in lines if len(line.text) <= LONGEST and (_is_furniture(line) or _about(line, names))}
    found |= {line.place for line in _in_boxes(lines)} | _repeated(lines, title)
    rest = (text for at, text in enumerate(paragraphs) if at not in found)
    return frozenset(found) if found and any(_STOPPED.search(text) for text in rest) else frozenset()


def _is_furniture(line: _Line) -> bool:
    return any(rule(line) for rule in (_RULES if line.ended else (*_RULES, *_RULES_OF_LINES)))


def _button(line: _Line) -> bool:
    """Nothing but what can be clicked."""
    clicked, beside = words("furniture", "buttons"), words("furniture", "button_words")
    if line.first not in clicked and line.first not in beside:
        return False
    told = set(line.words)
    return bool(told & clicked) and told <= clicked | beside


def _label(line: _Line) -> bool:
    """A label with what it names."""
    return (
        line.first in _firsts("labels")
        and len(line.text) <= LONGEST_LINE
        and bool(_labelled("labels").match(line.plain))
    )


def _lead(line: _Line) -> bool:
    """A label or another beginning that leads away, where no sentence follows."""
    if len(line.text) > LONGEST_LINE or line.item:
        return False
    if line.plain.startswith((">>", "»")) or line.plain.endswith((">>", "»", "→")):
        return True
    label = line.first in _firsts("open_labels") and _labelled("open_labels").match(line.plain)
    return bool(label) or (line.first in _firsts("leads") and bool(_leading().match(line.plain)))


def _stamp(line: _Line) -> bool:
    """When the page was made or changed, by whom."""
    known = words("furniture", "stamp_words")
    if len(line.text) > LONGEST_LINE or (line.first and line.first not in known):
        return False
    text = line.text if known.issuperset(line.words) else _ASIDE.sub("", line.text)
    told = _words(text)
    if not told or not known.issuperset(told):
        return False
    aside = len(_WORD.findall(line.text)) - len(told)
    when = bool(_DIGIT.search(text)) or "ago" in told
    if when and not words("furniture", "stamps").isdisjoint(told):
        return True
    return aside <= WORDS_IN_PLACE and bool(_CLOCK.search(text) and _DATED.search(text))


def _credit(line: _Line) -> bool:
    """A caption that tells whose picture it is."""
    hint = "/" in line.text or line.text.endswith((")", "]")) or any(word in line.plain for word in _PICTURES)
    return hint and _CREDIT.search(line.text) is not None


def _rights(line: _Line) -> bool:
    return any(word in line.plain for word in _OF_RIGHTS) and _RIGHTS.search(line.text) is not None


def _byline(line: _Line) -> bool:
    """Who wrote it, with more than the name: a place, a day, an address. A name alone leads nobody astray, and where a
    government writes itself it tells whose words these are."""
    return _by(line) and _MORE_THAN_NAMES.search(line.text) is not None


def _by(line: _Line) -> bool:
    """Who wrote it."""
    if line.first not in _BY_FIRST or not line.at_edge or len(line.text) > LONGEST_LINE or not _BY.match(line.text):
        return False
    number = len(line.words)
    role = number <= WORDS_IN_ROLE and _has("roles", line)
    return number <= WORDS_IN_LINK and (not line.ended or role or bool(_REACHED.search(line.text)))


def _role(line: _Line) -> bool:
    """A name with what somebody is."""
    short = line.at_edge and not line.item and line.first not in _BY_FIRST and line.text.count(" ") <= WORDS_IN_ROLE
    return short and _has("roles", line) and not _DIGIT.search(line.text) and len(line.words) <= WORDS_IN_ROLE


def _bar(line: _Line) -> bool:
    """The weather, alarms, the way to this page."""
    return len(line.text) <= LONGEST_LINE and any(p.search(line.text) for p in (_DEGREES, _TRAIL, _UNTIL))


def _appeal(line: _Line) -> bool:
    """It asks the reader for something, or speaks of the page itself; a person who is quoted does not."""
    if len(line.text) > LONGEST_APPEAL or _QUOTED.search(line.text) or line.item:
        return False
    if line.first in _firsts("appeals") and _begins("appeals", line) and _has("about_site", line):
        return True
    if line.first in _firsts("site_begins") and _begins("site_begins", line):
        return True
    return any(phrase in line.plain for phrase in table("furniture")["site_speech"]) and (
        _has("site_speech", line) and _SPEAKS.search(line.text) is not None
    )


def _contact(line: _Line) -> bool:
    """How to reach who wrote it."""
    if not line.at_edge or not _REACHED.search(line.text):
        return False
    asks = line.first in _firsts("appeals") and _begins("appeals", line)
    return asks or (_NAMED.match(line.text) is not None and _has("writes", line))


_RULES = (_label, _credit, _rights, _appeal, _contact, _stamp, _byline)
_RULES_OF_LINES = (_button, _lead, _role, _bar)
"""Those of paragraphs without a full stop."""


def _about(line: _Line, names: set[str]) -> bool:
    """About who wrote it, below the text."""
    if line.left >= EDGE or line.place == 0:
        return False
    named = _NAMED.match(line.text)
    if named is None:
        return False
    wrote = _WHO.sub("", line.plain[named.end() :])
    return any(line.plain.startswith(name.lower()) for name in names) or _phrases("writes").match(wrote) is not None


def _writers(lines: Sequence[_Line]) -> Iterator[str]:
    """The names in the by-lines."""
    for line in lines[:EDGE]:
        if _by(line) and (named := _NAMED.search(_BY_WORDS.sub("", line.text))):
            yield " ".join(named.group().split()[:2])


def _in_boxes(lines: Sequence[_Line]) -> Iterator[_Line]:
    """Each box's heading with the lines that belong to it."""
    for line in lines:
        if (
            line.first in _firsts("boxes", "box_begins")
            and _heads().match(line.plain)
            and len(line.words) <= WORDS_IN_HEADING
        ):
            inside = list(takewhile(_link, lines[line.place + 1 : line.place + 1 + MOST_IN_BOX]))
            author = line.plain.startswith("about the") and line.left
            if inside or author:
                yield from (line, *inside, *([lines[line.place + 1]] if author else []))


def _link(line: _Line) -> bool:
    return not _STOPPED.search(line.text) and not line.item and len(line.words) <= WORDS_IN_LINK


def _repeated(lines: Sequence[_Line], title: str) -> set[int]:
    """The headline or the feed's summary before the text that begins with it again."""
    if len(lines) < 2:
        return set()
    first, second = _letters(lines[0].text), _letters(lines[1].text)
    again = len(first) >= LEAST_REPEATED and second.startswith(first)
    return {0} if again or first == _letters(title) else set()


def headline_again(text: str, title: str) -> int:
    """How many characters of a text's first paragraph are the headline, glued to a sentence that tells the same; 0 for
    none."""
    if len(title) < LEAST_REPEATED or not text.startswith(title):
        return 0
    rest = text[len(title) :]
    gap = _NEXT_SENTENCE.match(rest)
    again = {word for word in _words(title) if len(word) >= TELLING} & {*_words(rest[:LONGEST_LINE])}
    return len(title) + gap.end() if gap and len(again) >= TOLD_AGAIN else 0


def _words(text: str) -> list[str]:
    return [word.lower().replace("'", "’") for word in _WORD.findall(text)]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _has(name: str, line: _Line) -> bool:
    return _phrases(name).search(line.plain) is not None


def _begins(name: str, line: _Line) -> bool:
    return _phrases(name).match(line.plain, _OPEN.match(line.plain).end()) is not None  # type: ignore[union-attr]  # matches anything


@cache
def _firsts(*names: str) -> frozenset[str]:
    """The first words of the phrases of a list."""
    return frozenset(
        match.group() for name in names for phrase in table("furniture")[name] if (match := _FIRST.search(phrase))
    )


@cache
def _phrases(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){longest_of(table('furniture')[name])}(?![\w-])")


@cache
def _labelled(name: str) -> re.Pattern[str]:
    return re.compile(rf"{_BEFORE}{longest_of(table('furniture')[name])}(?: from [\w ]{{2,30}})?\s?[:|]\s?\S")


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"[>\[(+\s\d]*{longest_of(table('furniture')['leads'])}(?!\w)")


@cache
def _heads() -> re.Pattern[str]:
    """The whole line that is the heading of a box."""
    boxes, begins = longest_of(table("furniture")["boxes"]), longest_of(table("furniture")["box_begins"])
    return re.compile(rf"(?:{boxes}:?|{begins}(?![\w’])[^.!?…]*)$")
