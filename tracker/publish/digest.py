"""The weekly mail: what is new, what takes effect soon, what was wrong, and who was listened to. Pure composition."""

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from css_inline import CSSInliner
from jinja2 import Environment

from tracker.coverage import Coverage
from tracker.model import Entry, Stage
from tracker.publish import addresses, geography, safe, words
from tracker.publish.sections import Sections, last_day, sort_out
from tracker.publish.templating import environment
from tracker.publish.weight import by_place

MAX_HTML = 100_000
"""Bytes. Gmail hides what is over 102 KB; the rest is room for the links of one person."""
SMALLER = 0.7
"""Of each section when a mail is too long: a few steps are enough."""
WIDTH = 72
"""Columns of the plain text (RFC 3676 recommends no more than 78)."""
NAMED_DAYS = 6
"""Up to here a weekday names one day without doubt: "Thursday"."""
TITLE_IN_SUBJECT = 40
"""Characters of a place's name in a subject line; phones cut a subject at about 70."""
NO_FEED = "no feed followed"
MOST_UNHEARD = 8
"""Followed places without a feed that a mail names; whoever follows more knows it by then."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Limits:
    """How many of each section are told; what is over is counted. An entry with two quotes takes about 2 KB."""

    new: int = 30
    soon: int = 15
    corrections: int = 15
    feeds: int = 20

    def smaller(self) -> "Limits":
        """Fewer of everything, at least one."""
        return Limits(*(max(1, int(number * SMALLER)) for number in vars(self).values()))


@dataclass(frozen=True)
class Digest:
    """One mail. `subject` is one line; `html` has its styles inside; `text` says the same. `limits` are those it was
    written with: entries over them were counted only."""

    subject: str
    html: str
    text: str
    limits: Limits = Limits()


@dataclass(frozen=True)
class Letter:
    """What surrounds the sections: the day, who is heard, the followed places of which no feed is, what the reader
    follows, where things can be reached."""

    today: date
    coverage: tuple[Coverage, ...] = ()
    unheard: tuple[str, ...] = ()
    public_url: str = ""
    contact: str = ""
    unsubscribe_url: str = ""
    preferences_url: str = ""
    unsubscribe_mail: str = ""
    follows: tuple[str, ...] = ()


def compose(
    entries: Iterable[Entry],
    *,
    now: datetime,
    since: datetime | None = None,
    coverage: Iterable[Coverage] = (),
    unheard: Iterable[str] = (),
    public_url: str = "",
    contact: str = "",
    unsubscribe_url: str = "",
) -> Digest:
    """The mail about the entries, as of `now`. Pure: nothing is sent and nothing remembered."""
    letter = Letter(now.date(), tuple(coverage), tuple(unheard), public_url.rstrip("/"), contact, unsubscribe_url)
    return write(sort_out(entries, today=now.date(), since=since), letter)


def write(sections: Sections, letter: Letter) -> Digest:
    """Subject, HTML and text of one mail, as much of the sections as mail programs show."""
    limits = Limits()
    digest = _written(sections, letter, limits)
    while len(digest.html.encode()) > MAX_HTML and limits != (limits := limits.smaller()):
        digest = _written(sections, letter, limits)
    return digest


def _written(sections: Sections, letter: Letter, limits: Limits) -> Digest:
    line = subject(sections, letter)
    silent = tuple(feed for feed in letter.coverage if feed.state != "active")
    values = {"subject": line, "sections": sections, "letter": letter, "address": address, "heard": heard(letter)}
    values |= {"limits": limits, "silent": silent, "counted": counted, "timeline": timeline}
    values |= {"unheard": unheard}
    values["new"] = by_place(sections.new[: limits.new])
    return Digest(line, render("digest.html.j2", **values), render("digest.txt.j2", **values), limits)


def render(template: str, **values: Any) -> str:
    """One form of a mail: HTML with its styles inside, or plain text."""
    if template.endswith(".html.j2"):
        return str(_inliner().inline(_html().get_template(template).render(**values)))
    text = _text().get_template(template).render(**values)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def subject(sections: Sections, letter: Letter) -> str:
    """`3 changes in Milwaukee, 1 takes effect Thursday`."""
    parts = [f"{words.count(len(sections.new), 'change')} in {_places(sections.new)}"] if sections.new else []
    if sections.soon:
        parts.append(_starts(sections.soon, letter.today))
    if sections.corrections:
        parts.append(words.count(len(sections.corrections), "correction"))
    if sections.older and not sections.new:
        parts.append(f"{words.count(len(sections.older), 'older change')} recorded")
    if not parts:
        return f"Nothing new found, {heard(letter)}"
    return ("" if sections.new else "No new change, ") + ", ".join(parts)


def heard(letter: Letter) -> str:
    """`41 of 43 feeds healthy`."""
    well = sum(feed.state == "active" for feed in letter.coverage)
    return f"{well} of {words.count(len(letter.coverage), 'feed')} healthy" if letter.coverage else NO_FEED


def unheard(letter: Letter) -> str:
    """`No feed serves Milwaukee, Wisconsin, or Dane County, Wisconsin: that nothing is told of them says nothing.`"""
    named = letter.unheard[:MOST_UNHEARD]
    more = len(letter.unheard) - len(named)
    told = [*named, f"{more} more places that you follow"] if more else list(named)
    return (
        f"No feed serves {'; '.join(told)}: that nothing is told of {'it' if len(told) == 1 else 'them'} says nothing."
    )


def _places(entries: Sequence[Entry]) -> str:
    places = {entry.jurisdiction: entry for entry in entries}
    if len(places) > 2:
        return words.count(len(places), "place")
    bare = [safe.plain(entry.jurisdiction_name) for entry in places.values()]
    alike = len(set(bare)) < len(bare)
    names = [safe.plain(geography.label(entry)) for entry in places.values()] if alike else bare
    return words.series([safe.shorten(name, TITLE_IN_SUBJECT) for name in names])


def _starts(soon: Sequence[Entry], today: date) -> str:
    ends = {entry.stage is Stage.RESCINDED for entry in soon}
    one, many = ("ends", "end") if ends == {True} else ("takes effect", "take effect")
    verb = f"{many} or end" if len(ends) > 1 else one if len(soon) == 1 else many
    days = {_coming_day(entry, today) for entry in soon}
    return f"{len(soon)} {verb} {days.pop() if len(days) == 1 else 'soon'}"


def _coming_day(entry: Entry, today: date) -> str:
    """`today`, `tomorrow`, `Thursday`, `July 20`, `in July 2017`."""
    if entry.date is None or entry.date.precision != "day":
        return f"in {words.when(entry)}"
    ahead = (entry.date.first_day() - today).days
    if ahead < 2:
        return "today" if ahead == 0 else "tomorrow"
    return (
        WEEKDAYS[entry.date.first_day().weekday()] if ahead <= NAMED_DAYS else entry.date.in_words().partition(",")[0]
    )


def address(entry: Entry, public_url: str) -> str:
    """The entry's page where the report is published, else its first source."""
    if public_url:
        return f"{public_url}/{addresses.entry(entry.id)}"
    return next((found for item in entry.evidence if (found := safe.web_address(item.url))), "")


def counted(entries: Sequence[Entry]) -> str:
    """`12 older changes were recorded, from 1988 to 2024`: what is no news any more."""
    days = [min(filter(None, (last_day(entry), words.first_report(entry))), default=None) for entry in entries]
    years = sorted({str(day.year) for day in days if day})
    line = words.count(len(entries), "older change was", "older changes were") + " recorded"
    return f"{line}, from {' to '.join(dict.fromkeys((years[0], years[-1])))}" if years else line


def timeline(entries: Sequence[Entry], public_url: str) -> str:
    """The page on which all of the entries stand, if the report is published: their place's, or the whole report's."""
    places = {addresses.place(entry.jurisdiction) for entry in entries}
    return f"{public_url}/{places.pop() if len(places) == 1 else ''}" if public_url else ""


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """Plain text in lines of at most `WIDTH` columns, indented, the first one by `first` if given (a dash of a list);
    an address is never broken."""
    start = indent if first is None else first
    lines = textwrap.wrap(safe.plain(text), WIDTH, initial_indent=start, subsequent_indent=indent,
                          break_long_words=False, break_on_hyphens=False)  # fmt: skip
    return "\n".join(lines)


@cache
def _html() -> Environment:
    return environment("tracker.publish")


@cache
def _text() -> Environment:
    env = environment("tracker.publish", escape=False)
    env.filters |= {"wrapped": wrapped}
    env.globals |= {"rule": lambda text, mark="-": mark * min(len(text), WIDTH)}
    return env


@cache
def _inliner() -> Any:
    """Moves rules into elements; media queries (dark mode, phones) stay. It never loads anything."""
    return CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
