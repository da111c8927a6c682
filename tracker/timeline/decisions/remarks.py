"""A remark: a reader's words on an entry, kept for whoever reviews it and never published. Pure."""

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum

from tracker.model import Entry, EntryStatus, Value

MAX_WORDS = 2_000
"""Characters: a page of paper, which says all that is wrong with one step."""
MAX_SOURCE = 2_000
"""Characters of an address; browsers take no longer ones."""


class About(StrEnum):
    """What a reader says is wrong."""

    PLACE = "place"
    DATE = "date"
    STAGE = "stage"
    TITLE = "title"
    BODY = "body"
    NO_CHANGE = "no-change"
    OTHER = "other"

    @property
    def words(self) -> str:
        """As a form and a list say it."""
        return ABOUT[self]


ABOUT = {
    About.PLACE: "the place is wrong",
    About.DATE: "the date is wrong",
    About.STAGE: "the stage is wrong",
    About.TITLE: "the title is wrong",
    About.BODY: "who acted is wrong",
    About.NO_CHANGE: "nothing was changed here",
    About.OTHER: "something else is wrong",
}
_FIELDS = {
    About.PLACE: "jurisdiction",
    About.DATE: "date",
    About.STAGE: "stage",
    About.TITLE: "title",
    About.BODY: "body",
}
"""The field that a remark is about; of the others any edit may be the answer."""
_VERDICT = frozenset({"status", "locked"})
"""Fields that a confirmation changes: nothing that the entry shows."""


class RemarkOutcome(StrEnum):
    """What came of a remark."""

    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    STANDS = "stands"


class Remark(Value):
    """`entry` is the one that the reader looked at, `revision` what it was at then. `source`: a web address that shows
    it; `address`: the reader's mail address, until they were told what came of it. `closed_at` None: nobody has
    answered it yet. `why`: the words of whoever did."""

    id: int
    entry: str
    revision: int
    about: About
    text: str
    source: str = ""
    address: str = ""
    at: datetime
    closed_at: datetime | None = None
    closed_by: str = ""
    outcome: RemarkOutcome | None = None
    why: str = ""

    @property
    def name(self) -> str:
        """`R12`: as commands and pages name it."""
        return f"R{self.id}"


def answered_by_edit(found: Iterable[Remark], fields: Collection[str]) -> tuple[int, ...]:
    """The remarks that setting these fields answers: those about one of them, and those about no field."""
    return tuple(item.id for item in found if _FIELDS.get(item.about) in (None, *fields))


def outcome(after: Entry, changed: Collection[str]) -> RemarkOutcome:
    """What an act that left an entry so, and changed these fields, means to a reader who had written about it."""
    if after.status is EntryStatus.REJECTED:
        return RemarkOutcome.WITHDRAWN
    return RemarkOutcome.STANDS if _VERDICT.issuperset(changed) else RemarkOutcome.CORRECTED
