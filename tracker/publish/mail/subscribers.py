"""Who gets the digest, for what, and when. What is impossible is refused with one line that says what to write."""

from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import Field, field_validator

from tracker.errors import BadInput
from tracker.model import OcdId, Stage, Value
from tracker.nearest import unknown
from tracker.publish import safe

MAX_ADDRESS = 254
"""Characters of an address that a path of SMTP can carry (RFC 5321, 4.5.3.1.3, less the brackets)."""
MAX_LOCAL = 64
"""Characters before the @ (RFC 5321, 4.5.3.1.1)."""
MOST_MILES = 500
"""Around a place: further away, a state is named."""
CHANNEL = "://"
"""What tells a channel (`slack://…`) from a mail address, which cannot hold it."""
SAME_DOMAIN = {"googlemail.com": "gmail.com", "protonmail.com": "proton.me", "pm.me": "proton.me"}
WITHOUT_DOTS = ("gmail.com", "proton.me")
"""The large providers for whom a dot before the @ means nothing, by what they say themselves."""
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""By `date.weekday()`."""


class Frequency(StrEnum):
    """How often somebody is written to."""

    WEEKLY = "weekly"
    DAILY = "daily"
    AT_ONCE = "at-once"


class Rhythm(Value):
    """When: `weekday` 0 is Monday, `hour` is of the wall clock in the IANA zone `timezone`. Monday at seven: the week
    lies ahead, and so do its meetings."""

    frequency: Frequency = Frequency.WEEKLY
    weekday: int = Field(default=0, ge=0, le=6)
    hour: int = Field(default=7, ge=0, le=23)
    timezone: str

    @field_validator("timezone")
    @classmethod
    def _known(cls, name: str) -> str:
        zone(name)
        return name

    def in_words(self) -> str:
        """`Mondays at 7:00 (America/Chicago)`, `daily at 7:00 (…)` or `at once`."""
        if self.frequency is Frequency.AT_ONCE:
            return "at once"
        days = f"{DAYS[self.weekday].capitalize()}s" if self.frequency is Frequency.WEEKLY else "daily"
        return f"{days} at {self.hour}:00 ({self.timezone})"


class Subscription(Value):
    """What for: an empty field stands for all. `inside` takes with a state or a county what lies inside it; `within`
    what lies within so many miles of the place; 0: only the place. `agenda`: no digest, but a mail when something new
    is on an agenda: of followed matters, or of those with these file numbers (`matters`) or `words` in the title."""

    id: int = 0
    place: OcdId | None = None
    inside: bool = True
    within: int = Field(default=0, ge=0)
    topics: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    agenda: bool = False
    matters: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Subscriber(Value):
    """A person, or a channel. `key` names them in links and says nothing of them. `confirmed_at` None: they have not
    said yes yet; `ended_at`: they said no more; `suppressed_at`: mails came back, `problem` says why; `paused_at`: a
    person, `paused_by`, stopped them for a while. `last_slot` is the day (ISO) of the last mail that was due and looked
    at, `last_at` when the last one was composed."""

    id: int = 0
    address: str
    key: str
    rhythm: Rhythm
    added_at: datetime
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None
    suppressed_at: datetime | None = None
    paused_at: datetime | None = None
    paused_by: str = ""
    problem: str = ""
    last_slot: str = ""
    last_at: datetime | None = None
    subscriptions: tuple[Subscription, ...] = ()

    @property
    def state(self) -> str:
        """`active`, `unconfirmed`, `unsubscribed`, `suppressed` or `paused`: the first that keeps mails from them."""
        if self.ended_at:
            return "unsubscribed"
        if self.suppressed_at:
            return "suppressed"
        if self.paused_at:
            return "paused"
        return "active" if self.confirmed_at else "unconfirmed"

    @property
    def trouble(self) -> str:
        """Who paused them and when, or what last went wrong; empty: nothing."""
        if self.paused_at and self.state == "paused":
            return f"by {self.paused_by} on {self.paused_at:%Y-%m-%d}"
        return self.problem

    @property
    def is_channel(self) -> bool:
        """True for what Apprise sends to: no confirmation, no link to unsubscribe."""
        return is_channel(self.address)

    @property
    def shown(self) -> str:
        """The address as it may be printed: a channel's holds its password."""
        return shown(self.address)


def zone(name: str) -> ZoneInfo:
    """The time zone; BadInput where there is none of this name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise unknown("time zone", name, available_timezones(), 'write a name like "America/Chicago"') from None


def is_channel(address: str) -> bool:
    """True for an address of another channel than mail."""
    return CHANNEL in address


def shown(address: str) -> str:
    """The address, or only the kind of a channel."""
    return f"{address.partition(CHANNEL)[0]}{CHANNEL}…" if is_channel(address) else address


def folded(address: str) -> str:
    """What two spellings of one address have in common. The part before the @ may tell capitals apart (RFC 5321,
    2.4); nobody does."""
    return address if is_channel(address) else address.lower()


def mailbox(address: str) -> str:
    """What the spellings of one mailbox have in common: what comes behind a plus names a folder, and Google reads no
    dots. For limits only: elsewhere two of these may be two people."""
    local, _, domain = folded(address).rpartition("@")
    local, domain = local.partition("+")[0] or local, domain.rstrip(".")
    domain = SAME_DOMAIN.get(domain, domain)
    return f"{local.replace('.', '') if domain in WITHOUT_DOTS else local}@{domain}"


def checked_address(text: str) -> str:
    """A mail address that can stand in a header and in an SMTP command, its domain in ASCII; or a channel. BadInput."""
    text = text.strip()
    if is_channel(text):
        return _checked_channel(text)
    local, _, domain = text.rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        domain = ""
    address = f"{local}@{domain}"
    dots = local.startswith(".") or local.endswith(".") or ".." in address
    if dots or len(local) > MAX_LOCAL or len(address) > MAX_ADDRESS or "." not in domain.strip(".-"):
        address = ""
    if not safe.mail_address(address):
        raise BadInput(f'not a mail address: "{safe.shorten(text, 80)}"; write one like ada@example.org')
    return address


def _checked_channel(text: str) -> str:
    if not text.isprintable() or " " in text or not urlsplit(text).scheme:
        raise BadInput('not a channel: write an address that Apprise knows, like "slack://…"')
    return text


def weekday(text: str) -> int:
    """The day's number by its name or its first letters; BadInput."""
    wanted = text.strip().lower()
    found = [number for number, name in enumerate(DAYS) if len(wanted) > 1 and name.startswith(wanted)]
    if len(found) != 1:
        raise unknown("weekday", safe.shorten(text, 40), DAYS)
    return found[0]
