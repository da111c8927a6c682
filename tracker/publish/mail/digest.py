"""The weekly mail: what is new, what takes effect soon, what was wrong, and who was listened to. Pure composition."""

import re
import textwrap
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from css_inline import CSSInliner
from jinja2 import Environment

from tracker.coverage import Coverage
from tracker.hearings import Hearing
from tracker.model import Entry, Policy, Publish, SourceKind
from tracker.publish import addresses, safe, words
from tracker.publish.hearings import phrases
from tracker.publish.mail.hearing_news import agenda_subject
from tracker.publish.mail.paragraphs import (
    MailParagraph,
    Policies,
    grouped,
    in_order,
    news_paragraph,
    soon_paragraph,
    standing,
)
from tracker.publish.mail.sections import Sections, last_day, sort_out
from tracker.publish.mail.subject import subject
from tracker.publish.report.coverage import coverage_summary, records_read
from tracker.publish.templating import environment
from tracker.timeline.how_sure import SureWord, is_uncertain, weights

MAX_HTML = 100_000
"""Bytes. Gmail hides what is over 102 KB; the rest is room for the links of one person."""
SMALLER = 0.7
"""Of each section when a mail is too long: a few steps are enough."""
WIDTH = 72
"""Columns of the plain text (RFC 3676 recommends no more than 78)."""
MOST_HEARINGS = 40
"""In a mail about agendas: some 60 KB."""
NO_FEED = "no feed followed"
MOST_UNSERVED = 8
"""Followed places without a feed that a mail names; whoever follows more knows it by then."""


@dataclass(frozen=True)
class Limits:
    """How many of each section are told, policies or corrections; what is over is counted. A step with two quotes takes
    about 2 KB."""

    new: int = 30
    soon: int = 15
    corrections: int = 15
    hearings: int = 20
    feeds: int = 20

    def smaller(self) -> "Limits":
        """Fewer of everything, at least one."""
        return Limits(*(max(1, int(number * SMALLER)) for number in vars(self).values()))


@dataclass(frozen=True)
class Digest:
    """One mail. `subject` is one line; `html` has its styles inside; `text` says the same. `entries` are those that it
    tells, `corrected` those that it corrects, `hearings` those ahead; what there was no room for is in none."""

    subject: str
    html: str
    text: str
    entries: tuple[Entry, ...] = ()
    corrected: tuple[Entry, ...] = ()
    hearings: tuple[Hearing, ...] = ()


@dataclass(frozen=True)
class Letter:
    """What surrounds the sections: the day, who is heard, the followed places of which no feed is, what the reader
    follows, where things can be reached, and how sure the steps are that stand beside the news."""

    today: date
    coverage: tuple[Coverage, ...] = ()
    unserved: tuple[str, ...] = ()
    public_url: str = ""
    contact: str = ""
    unsubscribe_url: str = ""
    preferences_url: str = ""
    unsubscribe_mail: str = ""
    follows: tuple[str, ...] = ()
    publish: Publish = Publish.ALL


def none_known(_names: Collection[str]) -> dict[str, Policy]:
    """For a mail of which nothing but its entries is known."""
    return {}


def compose(
    entries: Iterable[Entry],
    letter: Letter,
    *,
    since: datetime | None = None,
    policies: Policies = none_known,
    hearings: tuple[Hearing, ...] = (),
) -> Digest:
    """The mail about the entries and hearings, as of the letter's day, for somebody who knows what was found until
    `since`."""
    found = sort_out(entries, today=letter.today, since=since)
    return write(replace(found, hearings=hearings), letter, policies)


def write(sections: Sections, letter: Letter, policies: Policies = none_known) -> Digest:
    """Subject, HTML and text of one mail, as much of the sections as mail programs show. `policies` are asked for those
    that it tells of."""
    limits, contents = Limits(), _contents(sections, letter, policies)
    digest = _written(sections, letter, limits, contents)
    while len(digest.html.encode()) > MAX_HTML and limits != (limits := limits.smaller()):
        digest = _written(sections, letter, limits, contents)
    return digest


@dataclass(frozen=True)
class _Contents:
    """The most that a mail tells, the most telling first. `stands` is how the policy of each corrected entry stands."""

    new: tuple[MailParagraph, ...]
    soon: tuple[MailParagraph, ...]
    stands: Mapping[str, str]


def _contents(sections: Sections, letter: Letter, policies: Policies) -> _Contents:
    most = Limits()
    new, soon = grouped(sections.new)[: most.new], grouped(sections.soon)[: most.soon]
    wrong = [item.entry for item in sections.corrections[: most.corrections]]
    known = policies({entry.policy for entry in (*(group[0] for group in (*new, *soon)), *wrong)})
    return _Contents(
        tuple(news_paragraph(group, known.get(group[0].policy), letter.today, letter.publish) for group in new),
        tuple(soon_paragraph(group, known.get(group[0].policy), letter.today) for group in soon),
        {entry.id: standing(known.get(entry.policy), letter.today) for entry in wrong},
    )


def _written(sections: Sections, letter: Letter, limits: Limits, contents: _Contents) -> Digest:
    paragraphs, soon = in_order(contents.new[: limits.new]), contents.soon[: limits.soon]
    texts = [paragraph for paragraph in paragraphs if paragraph.tells_text]
    new = [paragraph for paragraph in paragraphs if not paragraph.tells_text]
    corrections, hearings = sections.corrections[: limits.corrections], sections.hearings[: limits.hearings]
    inside = tuple(entry for paragraph in (*paragraphs, *soon) for entry in paragraph.entries)
    line = subject(sections, letter.today, coverage_words(letter))
    values: dict[str, Any] = {
        "subject": line,
        "sections": sections,
        "letter": letter,
        "limits": limits,
        "standings": contents.stands,
        "texts": texts,
        "new": new,
        "in_news": _omitted(sections.new, [step.entry for one in texts for step in one.news]),
        "soon": soon,
        "corrections": corrections,
        "hearings": hearings,
        "older": _omitted(sections.older, inside),
        "omitted_new": _omitted(sections.new, inside),
        "omitted_soon": _omitted(sections.soon, inside),
        "silent": tuple(feed for feed in letter.coverage if feed.state != "active"),
        "right": weights().measured[SureWord.UNCERTAIN]["right"],
    }
    html, text = render("digest.html.j2", **values), render("digest.txt.j2", **values)
    return Digest(line, html, text, inside, tuple(item.entry for item in corrections), hearings)


def agenda(hearings: Sequence[Hearing], letter: Letter) -> Digest:
    """The mail about what is new on agendas."""
    shown, line = tuple(hearings[:MOST_HEARINGS]), agenda_subject(hearings)
    values: dict[str, Any] = {"subject": line, "hearings": shown, "left_out": len(hearings) - len(shown)}
    values |= {"letter": letter, "limits": Limits()}
    html, text = render("agenda.html.j2", **values), render("agenda.txt.j2", **values)
    return Digest(line, html, text, hearings=shown)


def _omitted(entries: Iterable[Entry], inside: Iterable[Entry]) -> list[Entry]:
    """The entries that stand in no paragraph."""
    names = {entry.id for entry in inside}
    return [entry for entry in entries if entry.id not in names]


def render(template: str, **values: Any) -> str:
    """One form of a mail: HTML with its styles inside, or plain text."""
    if template.endswith(".html.j2"):
        return str(_inliner().inline(_html().get_template(template).render(**values)))
    text = _text().get_template(template).render(**values)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def coverage_words(letter: Letter) -> str:
    """`41 of 43 feeds healthy, 2 official records read`."""
    heard = coverage_summary(letter.coverage)
    well = sum(feed.state == "active" for feed in heard.feeds)
    told = f"{well} of {words.count(len(heard.feeds), 'feed')} healthy" if heard.feeds else NO_FEED
    return f"{told}, {records_read(heard.records)} read" if heard.records else told


def silence_words(source: Coverage) -> str:
    """`is silent, last heard June 2, 2017`, `is retired`; of a record `cannot be read, last read June 2, 2017`."""
    is_feed = source.kind is SourceKind.FEED
    fails = "is silent" if is_feed else "cannot be read"
    last = f", last {'heard' if is_feed else 'read'} {words.day(source.last_heard.date())}" if source.last_heard else ""
    return f"{'is retired' if source.state == 'retired' else fails}{last}"


def unserved_words(letter: Letter) -> str:
    """`No feed serves Milwaukee, Wisconsin, or Dane County, Wisconsin: that nothing is told of them says nothing.`"""
    named = letter.unserved[:MOST_UNSERVED]
    more = len(letter.unserved) - len(named)
    told = [*named, f"{more} more places that you follow"] if more else list(named)
    return (
        f"No feed serves {'; '.join(told)}: that nothing is told of {'it' if len(told) == 1 else 'them'} says nothing."
    )


def entry_address(entry: Entry, public_url: str) -> str:
    """The entry's page where the report is published, else its first source."""
    if public_url:
        return f"{public_url}/{addresses.entry(entry.id)}"
    return next((found for item in entry.evidence if (found := safe.web_address(item.url))), "")


def older_words(entries: Sequence[Entry]) -> str:
    """`12 older steps of 5 policies recorded, from 1988 to 2024`: what is no news any more."""
    days = [min(filter(None, (last_day(entry), words.first_report(entry))), default=None) for entry in entries]
    years = sorted({str(day.year) for day in days if day})
    policies = words.count(len(grouped(entries)), "policy", "policies")
    line = f"{words.count(len(entries), 'older step', 'older steps')} of {policies} recorded"
    return f"{line}, from {' to '.join(dict.fromkeys((years[0], years[-1])))}" if years else line


def figures(entry: Entry) -> str:
    """`Vote 11-4 · 25 mph → 20 mph`: what the quotes tell in figures; empty where they do not."""
    turn = words.turn(entry)
    return " · ".join(filter(None, (words.votes(entry), f"{turn.before} → {turn.after}" if turn else "")))


def omitted_words(entries: Sequence[Entry]) -> str:
    """`12 more steps of 5 policies`: what there was no room for."""
    steps = words.count(len(entries), "more step")
    return f"{steps} of {words.count(len(grouped(entries)), 'policy', 'policies')}"


def timeline_address(entries: Sequence[Entry], public_url: str) -> str:
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


def _with_words(env: Environment) -> Environment:
    """The templates of mails know what is said in a mail alone."""
    env.globals |= {"entry_address": entry_address, "timeline_address": timeline_address, "grouped": grouped}
    env.globals |= {"silence_words": silence_words}
    env.globals |= {"coverage_words": coverage_words, "unserved_words": unserved_words, "older_words": older_words}
    env.globals |= {"hearing_words": phrases}
    env.globals |= {"omitted_words": omitted_words, "figures": figures, "is_uncertain": is_uncertain}
    return env


@cache
def _html() -> Environment:
    return _with_words(environment("tracker.publish.mail"))


@cache
def _text() -> Environment:
    env = _with_words(environment("tracker.publish.mail", escape=False))
    env.filters |= {"wrapped": wrapped}
    env.globals |= {"rule": lambda text, mark="-": mark * min(len(text), WIDTH)}
    return env


@cache
def _inliner() -> Any:
    """Moves rules into elements; media queries (dark mode, phones) stay. It never loads anything."""
    return CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
