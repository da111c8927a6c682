"""The weekly mail: what is new, what takes effect soon, what was wrong, and who was listened to. Pure composition."""

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from css_inline import CSSInliner
from jinja2 import Environment

from tracker.model import Change, Coverage, Entry, EntryStatus, Revision, Stage
from tracker.publish import addresses, geography, safe, words
from tracker.publish.templating import environment

SOON_DAYS = 30
"""A date within this many days is "soon": time enough for one more mail before it, and one for a meeting."""
NAMED_DAYS = 6
"""Up to here a weekday names one day without doubt: "Thursday"."""
OLD_DAYS = 30
"""An entry that was first found now but reported only longer ago is counted, not told: a back-filled archive must not
flood a mail."""
WIDTH = 72
"""Columns of the plain text (RFC 3676 recommends no more than 78)."""
TITLE_IN_SUBJECT = 40
"""Characters of a place's name in a subject line; phones cut a subject at about 70."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Digest:
    """One mail. `subject` is one line; `html` has its styles inside; `text` says the same."""

    subject: str
    html: str
    text: str


@dataclass(frozen=True)
class Correction:
    """An entry that an earlier mail told otherwise, with the revisions since."""

    entry: Entry
    revisions: tuple[Revision, ...]

    @property
    def withdrawn(self) -> bool:
        """True where a person found that the entry does not belong there at all."""
        return self.entry.status is EntryStatus.REJECTED


@dataclass(frozen=True)
class Sections:
    """What goes into one mail. `older` counts new entries whose reports are all old."""

    new: tuple[Entry, ...] = ()
    soon: tuple[Entry, ...] = ()
    corrections: tuple[Correction, ...] = ()
    older: int = 0


@dataclass(frozen=True)
class Limits:
    """Entries told in each section; what is over is counted. Mail programs cut a mail at 102 KB, and an entry with two
    quotes takes about 2."""

    new: int = 30
    soon: int = 15
    corrections: int = 15


@dataclass(frozen=True)
class Letter:
    """What surrounds the sections: the day, who is heard, where things can be reached."""

    today: date
    coverage: tuple[Coverage, ...] = ()
    public_url: str = ""
    contact: str = ""
    unsubscribe_url: str = ""


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def opened_after(entry: Entry, since: datetime | None) -> bool:
    """True where the entry was opened after `since`, or at any time where that is None."""
    first = min((_utc(revision.at) for revision in entry.revisions), default=None)
    return since is None or first is None or first > _utc(since)


def is_old(entry: Entry, today: date) -> bool:
    """True where every report of it is over `OLD_DAYS` old."""
    return all(item.published < today - timedelta(days=OLD_DAYS) for item in entry.evidence)


def is_soon(entry: Entry, today: date) -> bool:
    """True where something starts, or ends, from today on and within `SOON_DAYS`."""
    if entry.date is None or entry.stage not in (Stage.EFFECTIVE, Stage.RESCINDED):
        return False
    return entry.date.last_day() >= today and entry.date.first_day() <= today + timedelta(days=SOON_DAYS)


def corrected_since(entry: Entry, since: datetime | None) -> tuple[Revision, ...]:
    """The revisions after `since` that take back what was told before; none where nothing was told before."""
    if since is None or opened_after(entry, since):
        return ()
    later = (item for item in entry.revisions if item.number > 1 and _utc(item.at) > _utc(since))
    return tuple(item for item in later if _takes_back(item))


def _takes_back(revision: Revision) -> bool:
    return any(words.is_correction(item) or _withdraws(item) for item in revision.changes)


def _withdraws(item: Change) -> bool:
    return item.field == "status" and item.new == EntryStatus.REJECTED.value


def sort_out(entries: Iterable[Entry], *, today: date, since: datetime | None = None) -> Sections:
    """What of the entries belongs into a mail of the time after `since`; None takes everything as new and nothing as
    old, for a first look. An entry stands in one section only, except that a new one may also start soon."""
    every = list(entries)
    shown = [entry for entry in every if entry.status is not EntryStatus.REJECTED]
    opened = [entry for entry in shown if opened_after(entry, since)]
    new = [entry for entry in opened if since is None or not is_old(entry, today)]
    soon = [entry for entry in shown if is_soon(entry, today)]
    corrections = [Correction(entry, found) for entry in every if (found := corrected_since(entry, since))]
    return Sections(
        new=tuple(sorted(new, key=_newest_first)),
        soon=tuple(sorted(soon, key=lambda entry: (entry.date or words.NO_DATE, entry.id))),
        corrections=tuple(sorted(corrections, key=lambda item: _newest_first(item.entry))),
        older=len(opened) - len(new),
    )


def _newest_first(entry: Entry) -> tuple[str, str, int, str]:
    reported = words.first_report(entry) or date.min
    return entry.jurisdiction_name, entry.jurisdiction, -reported.toordinal(), entry.id


def compose(
    entries: Iterable[Entry],
    *,
    now: datetime,
    since: datetime | None = None,
    coverage: Iterable[Coverage] = (),
    public_url: str = "",
    contact: str = "",
    unsubscribe_url: str = "",
) -> Digest:
    """The mail about the entries, as of `now`. Pure: nothing is sent and nothing remembered."""
    letter = Letter(now.date(), tuple(coverage), public_url.rstrip("/"), contact, unsubscribe_url)
    return write(sort_out(entries, today=now.date(), since=since), letter)


def write(sections: Sections, letter: Letter) -> Digest:
    """Subject, HTML and text of one mail."""
    line = subject(sections, letter)
    values = {"subject": line, "sections": sections, "letter": letter, "address": address, "heard": heard(letter)}
    values["limits"] = Limits()
    html = _inliner().inline(_html().get_template("digest.html.j2").render(**values))
    text = _text().get_template("digest.txt.j2").render(**values)
    return Digest(line, html, re.sub(r"\n{3,}", "\n\n", text).strip() + "\n")


def subject(sections: Sections, letter: Letter) -> str:
    """`3 changes in Milwaukee, 1 takes effect Thursday`."""
    parts = [f"{words.count(len(sections.new), 'change')} in {_places(sections.new)}"] if sections.new else []
    if sections.soon:
        parts.append(_starts(sections.soon, letter.today))
    if sections.corrections:
        parts.append(words.count(len(sections.corrections), "correction"))
    if not parts:
        return f"Nothing new found, {heard(letter)}"
    return ("" if sections.new else "No new change, ") + ", ".join(parts)


def heard(letter: Letter) -> str:
    """`41 of 43 feeds healthy`."""
    well = sum(feed.state == "active" for feed in letter.coverage)
    return f"{well} of {words.count(len(letter.coverage), 'feed')} healthy" if letter.coverage else "no feed followed"


def _places(entries: Sequence[Entry]) -> str:
    places = {entry.jurisdiction: entry for entry in entries}
    if len(places) > 2:
        return words.count(len(places), "place")
    bare = [safe.plain(entry.jurisdiction_name) for entry in places.values()]
    alike = len(set(bare)) < len(bare)
    names = [safe.plain(geography.label(entry)) for entry in places.values()] if alike else bare
    return words.series([safe.shorten(name, TITLE_IN_SUBJECT) for name in names])


def _starts(soon: Sequence[Entry], today: date) -> str:
    verb = "takes effect" if len(soon) == 1 else "take effect"
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


def wrapped(text: str, indent: str = "") -> str:
    """Plain text in lines of at most `WIDTH` columns; an address is never broken."""
    lines = textwrap.wrap(safe.plain(text), WIDTH, initial_indent=indent, subsequent_indent=indent,
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
