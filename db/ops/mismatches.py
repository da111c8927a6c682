"""What can be wrong with stored evidence."""

from dataclasses import dataclass
from enum import StrEnum


class MismatchKind(StrEnum):
    """What can be wrong, by name."""

    TEXT = "text changed"
    PAGE = "page changed"
    QUOTE = "quote not in text"
    LOOSE = "evidence without an entry"
    FIELD = "field that nothing says"
    EMPTY = "entry without evidence"
    REVISIONS = "revisions incomplete"
    ROW = "record without its row"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that does not match: `where` is an article's address or an entry's id."""

    fault: MismatchKind
    where: str
    words: str
