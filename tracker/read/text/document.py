"""The reader's door: an article as every matcher sees it, and the way back to the characters that stand in it.

White space of every kind is one space, marks that nobody sees are gone, a paragraph ends at a blank line, and nothing
is longer than it may be: behind this door no text is foreign. Page furniture is put aside, whether a page, a feed or a
file brought it. What is found there is quoted in the article's own characters.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise
from typing import NamedTuple

from tracker.characters import CUT_WORD, LINE_END, UNSEEN, as_seen
from tracker.model import Article, Finding, Mark, PublishedBasis, Reading
from tracker.read.dates import find_dates
from tracker.read.text.furniture import furniture, headline_again
from tracker.read.text.lines import Break, spaces
from tracker.read.text.sentences import datelines

LONGEST_TITLE = 500
"""Characters of a title that are read, as many as gathering keeps; the longest labelled one has 98."""
LONGEST_TEXT = 100_000
"""Characters of a text that are read: three times the longest features that magazines run. Everything behind the door
takes time and memory that grow with it."""
LONGEST_WORD = 500
"""Characters without a space; the longest English word has 45, an address of a page a few hundred. What is longer is no
language but data, and left out: it parts the text as a paragraph's end does. So do as many blanks."""
_WHITE = rf"[\s{UNSEEN}]"
_ONE_SPACE = rf"(?!\A) (?!{_WHITE}|\Z)"
_LONG = rf"\S{{{LONGEST_WORD + 1},}}"
_GAP = re.compile(rf"(?!{_ONE_SPACE}){_WHITE}+")
_LONG_WORD = re.compile(_LONG)
_GAP_OR_LONG = re.compile(rf"(?!{_ONE_SPACE})(?:{_WHITE}+|(?<!\S){_LONG})+")
"""The same, where there is a long word: hardly any text has one, and looking for gaps alone is much faster."""
_LINE_END = re.compile(LINE_END)
_WHITE_RUN = re.compile(f"{_WHITE}+")
_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character: no page and no database holds it."""
PARAGRAPH, LINE, SPACE, GLUED = "\n\n", "\n", " ", ""
"""What a gap is to the matchers; a LINE only until it is known whether it ends a paragraph."""


class _Gap(NamedTuple):
    """text[start:end] and what it is."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class View:
    """A string as the matchers see it. From `starts[i]` on, its characters stand `shifts[i]` further on in the
    original.

    `left_out`: characters of the original that are not in it though they can be seen.
    """

    text: str
    starts: tuple[int, ...] = (0,)
    shifts: tuple[int, ...] = (0,)
    left_out: int = 0

    def kept(self, spans: Sequence[tuple[int, int]]) -> "View":
        """Of it only text[start:end] of each span, in order, with a paragraph's end between two."""
        starts, shifts, pieces, at = [], [], [], 0
        for start, end in spans:
            first, last = bisect_right(self.starts, start), bisect_left(self.starts, end)
            begins = [start, *self.starts[first:last]]
            starts += [at + begin - start for begin in begins]
            shifts += [begin + self.shifts[first - 1 + n] - (at + begin - start) for n, begin in enumerate(begins)]
            pieces.append(self.text[start:end])
            at += end - start + len(PARAGRAPH)
        return View(PARAGRAPH.join(pieces), tuple(starts), tuple(shifts), self.left_out)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end], which begins and ends with what can be seen, stands in the original."""
        return self._origin(start), self._origin(end - 1) + 1

    def _origin(self, at: int) -> int:
        return at + self.shifts[bisect_right(self.starts, at) - 1]


@dataclass(frozen=True, slots=True)
class Document:
    """An article and the article as it is read. `aside`: the [start, end) in the given text of each paragraph that is
    page furniture and is not read."""

    given: Article
    read: Article
    text: View
    title: View
    aside: tuple[tuple[int, int], ...] = ()

    @property
    def furniture(self) -> tuple[str, ...]:
        """The paragraphs that are not read, each on one line."""
        return tuple(as_seen(self.given.text[start:end]) for start, end in self.aside)

    def as_given(self, reading: Reading) -> Reading:
        """A reading of the article as it is read → the same of the article as it was given, with its own characters as
        quotes. Says what was left out."""
        findings = tuple(map(self._as_given, reading.findings))
        return reading.model_copy(update={"findings": findings, "reason": f"{reading.reason}{self._left_out()}"})

    def _as_given(self, finding: Finding) -> Finding:
        start, end = self.text.span(finding.start, finding.end)
        first = self.text.span(finding.start - len(finding.before), finding.start)[0] if finding.before else start
        last = self.text.span(finding.end, finding.end + len(finding.after))[1] if finding.after else end
        first = max([first, *(stop for _, stop in self.aside if stop <= start)])
        last = min([last, *(begin for begin, _ in self.aside if begin >= end)])
        told = {"quote": self.given.text[start:end], "start": start, "end": end}
        told |= {"before": self.given.text[first:start].lstrip(), "after": self.given.text[end:last].rstrip()}
        return finding.model_copy(update=told | {"marks": tuple(map(self._mark_as_given, finding.marks))})

    def _mark_as_given(self, mark: Mark) -> Mark:
        start, end = (self.title if mark.in_title else self.text).span(mark.start, mark.end)
        return mark.model_copy(update={"start": start, "end": end})

    def _left_out(self) -> str:
        told = [
            f"{view.left_out:,} characters of the {name} were left out"
            for name, view in (("title", self.title), ("text", self.text))
            if view.left_out
        ]
        return f" ({', '.join(told)})" if told else ""


def document(article: Article) -> Document:
    """The article as it is read. Never raises; takes time that is linear in its length."""
    title = view(article.title, LONGEST_TITLE, lines=False)
    text = view(article.text, LONGEST_TEXT)
    kept, aside = _parted(text.text, title.text, article.byline)
    cleaned = text.kept(kept) if kept else text
    read = _on_its_day(article.model_copy(update={"title": title.text, "text": cleaned.text}))
    return Document(article, read, cleaned, title, tuple(text.span(*span) for span in aside))


def _on_its_day(article: Article) -> Article:
    """Where nobody knows on which day it ran, the day that its dateline names with the year."""
    if article.published_basis is not PublishedBasis.SEEN:
        return article
    written = [article.text[start:end] for start, end in datelines(article.text)[:1]]
    days = [
        each.past
        for dateline in written
        for each in find_dates(dateline, article.published)
        if each.past == each.future
    ]
    day = next((day for day in days if day and day.day and str(day.year) in written[0]), None)
    if day is None or day.first_day() > article.published:
        return article
    return article.model_copy(update={"published": day.first_day(), "published_basis": PublishedBasis.PAGE})


_Spans = list[tuple[int, int]]


def _parted(text: str, title: str, byline: str) -> tuple[_Spans, _Spans]:
    """Where what is read stands in a text, and where its furniture; nothing where all is read."""
    paragraphs = text.split(PARAGRAPH)
    aside = furniture(paragraphs, title, byline)
    glued = headline_again(next((p for at, p in enumerate(paragraphs) if at not in aside), ""), title)
    if not aside and not glued:
        return [], []
    ends = accumulate(paragraphs, lambda end, paragraph: end + len(PARAGRAPH) + len(paragraph), initial=-len(PARAGRAPH))
    spans = [(end - len(p), end) for p, end in zip(paragraphs, islice(ends, 1, None), strict=True)]
    kept = [span for at, span in enumerate(spans) if at not in aside]
    kept[0] = (kept[0][0] + glued, kept[0][1])
    return kept, [spans[at] for at in sorted(aside)]


def view(given: str, longest: int, lines: bool = True) -> View:
    """A string as the matchers see it. `lines` False: one that has no paragraphs, a title."""
    text = _HALF.sub("\ufffd", _first_part(given, longest))
    gaps = list(_gaps(text))
    cut = _seen(given[len(text) :])
    if lines and all(text[gap.start : gap.end] == gap.kind == PARAGRAPH for gap in gaps):
        return View(text, left_out=cut)
    told = _told(text, gaps) if lines else [gap._replace(kind=gap.kind and SPACE) for gap in gaps]
    return _joined(text, told, cut)


def _seen(text: str) -> int:
    """How many of its characters can be seen."""
    return len(_WHITE_RUN.sub("", text))


def _first_part(given: str, longest: int) -> str:
    """As much of a string as may be read, no half of a word."""
    if len(given) <= longest:
        return given
    end = next((at for at in range(longest, longest - LONGEST_WORD, -1) if given[at].isspace()), longest)
    return given[:end]


def _gaps(text: str) -> Iterator[_Gap]:
    """Every gap but single spaces."""
    gap = _GAP_OR_LONG if _LONG_WORD.search(text) else _GAP
    for match in gap.finditer(text):
        start, end = match.span()
        yield _Gap(start, end, GLUED if start == 0 or end == len(text) else _kind(match.group()))


def _kind(gap: str) -> str:
    ends = len(_LINE_END.findall(gap))
    if ends > 1 or "\u2029" in gap or len(gap) > LONGEST_WORD:
        return PARAGRAPH
    return LINE if ends else SPACE if any(map(str.isspace, gap)) else GLUED


def _told(text: str, gaps: list[_Gap]) -> list[_Gap]:
    """The same with every line's end as what it is."""
    ends = [gap for gap in gaps if gap.kind in (LINE, PARAGRAPH)]
    begins, stops = [0, *(gap.end for gap in ends)], [*(gap.start for gap in ends), len(text)]
    lines = [as_seen(text[begin:stop]) for begin, stop in zip(begins, stops, strict=True)]
    around = {end: Break(*two) for end, two in zip(ends, pairwise(lines), strict=True) if end.kind == LINE}
    flowing = spaces(list(around.values()), max(map(len, lines)), len(around) < len(ends))
    meant = {end: _in_line(text, end) for end, flows in zip(around, flowing, strict=True) if flows}
    return [gap._replace(kind=meant.get(gap, PARAGRAPH)) if gap.kind == LINE else gap for gap in gaps]


def _in_line(text: str, end: _Gap) -> str:
    return GLUED if CUT_WORD.match(text, end.start) else SPACE


def _joined(text: str, gaps: list[_Gap], cut: int) -> View:
    """The text with each gap as what is told of it."""
    pieces = [text[begin:end] for begin, end in pairwise([0, *(at for gap in gaps for at in gap[:2]), len(text)])]
    for number, gap in enumerate(gaps):
        cut += _seen(pieces[2 * number + 1]) if gap.end - gap.start > LONGEST_WORD else 0
        pieces[2 * number + 1] = gap.kind
    starts = list(accumulate(map(len, pieces), initial=0))[:-1:2]
    begins = [0, *(gap.end for gap in gaps)]
    return View("".join(pieces), tuple(starts), tuple(b - s for b, s in zip(begins, starts, strict=True)), cut)
