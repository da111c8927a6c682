"""Who acts, and on which rule, in words that read well: the parts of titles, labels and names of policies."""

from tracker.model import Entry
from tracker.read.branches import OUTSIDE, branch
from tracker.timeline.matters import rule_name
from tracker.timeline.words import tokens

UNNAMED = "policy"
"""What is changed where no article names the instrument."""
ACRONYM = 3
"""Letters up to which the kind of a number is an abbreviation: SOP, GO."""


def has_place(body: str, place: str) -> bool:
    """True where the body's name holds the place's: "Milwaukee Police Department"."""
    return place.lower() in body.lower() or bool(set(tokens(place)) & set(tokens(body)))


def full_body(body: str, place: str) -> str:
    """The body with its place in front where it does not name it; the place alone where no body is known."""
    if body and (branch(body) in OUTSIDE or has_place(body, place)):
        return body
    first, _, rest = body.partition(" ")
    own = rest if rest and first.lower() == place.split()[-1].lower() else body
    return f"{place} {own}".strip()


def instrument_name(entry: Entry) -> str:
    """What is changed, by its name: a person's own words, else what is a name in the article's; else its number."""
    named = entry.instrument if "instrument" in entry.locked else rule_name(entry.instrument)
    return named or numbered(entry.identifier)


def with_rest(name: str, rest: str) -> str:
    """`ordinance: plastic bags`, or the name alone."""
    return f"{name}: {rest}" if rest else name


def numbered(identifier: str) -> str:
    """`sop 130` → `SOP 130`, `general order 8.1` → `General Order 8.1`."""
    kind, _, number = identifier.rpartition(" ")
    return f"{kind.upper() if len(kind) <= ACRONYM else kind.title()} {number}".strip()
