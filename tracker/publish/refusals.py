"""What a refusal means for the mail and for the address. Pure; by RFC 5321 (4.2) and the enhanced codes of RFC 3463."""

import re
from datetime import datetime, timedelta

_ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
NO_SUCH_ADDRESS = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
"""The mailbox, its domain, or mail for it, is gone: another mail will fare no better."""
STRIKES = 3
"""Other hard refusals after which an address is left alone: one may be a filter's mood or a full mailbox."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120))
"""Between two attempts. Greylisting lets pass after one to fifteen minutes; servers that are down take hours."""
LONGEST = timedelta(days=3)
"""After it a mail is given up: less than a week, so that the next one takes over what it was to tell (RFC 5321,
4.5.4.1, asks for some days)."""


def enhanced(text: str) -> str:
    """The enhanced status code in a reply or a report, or nothing."""
    found = _ENHANCED.search(text)
    return found[0] if found else ""


def is_permanent(status: str) -> bool:
    """True where trying again is of no use."""
    return status.startswith("5")


def ends(status: str, strikes: int) -> bool:
    """True where an address is to be left alone after this refusal, the `strikes`-th of its kind."""
    return status in NO_SUCH_ADDRESS or strikes >= STRIKES


def leaves_doubt(status: str, unclear: int) -> bool:
    """True where a mail that will not be tried again may have arrived: after `unclear` attempts nobody knew whether the
    server had taken it. Where there is no such address, nobody got it; every other refusal (a name that is known
    already, a filter, a limit, a full mailbox) says nothing of the attempts before it."""
    return unclear > 0 and status not in NO_SUCH_ADDRESS


def next_try(composed_at: datetime, tries: int, now: datetime) -> datetime | None:
    """When a mail is tried again after so many attempts; None: it is given up. A clock that was set back gives no mail
    up."""
    if now - composed_at > LONGEST:
        return None
    return now + PAUSES[min(max(tries, 1), len(PAUSES)) - 1]
