"""Published policies as the report shows them: their versions, and what changed from one to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.kinds import EditSort
from tracker.model import OcdId
from tracker.partial_date import PartialDate
from tracker.read.documents.comparison import EditKind
from tracker.read.documents.printed_labels import DateKind
from tracker.timeline.reporting import Reporting

FILE_ENDINGS = {"application/pdf": ".pdf", "text/plain": ".txt"}
"""Kept files that may be served, by their type: a foreign page could run its scripts on our address."""
LARGEST_FILE = 5_000_000
"""Bytes of a kept file that is served beside its page."""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in a list. `place` None: of no place that is known. `changed`: the last day on which a visit met
    another version, None where there was none; `rules` changed then, `reporting` None where no rule did. `gone`: since
    when it counts as no longer published; `withdrawn`: it says itself that it no longer holds. `mark` is another
    whenever its page reads otherwise."""

    id: int
    place: OcdId | None
    name: str
    number: str
    department: str
    changed: date | None
    rules: int
    reporting: Reporting | None
    gone: date | None
    withdrawn: bool
    mark: str

    @property
    def is_quiet(self) -> bool:
        """True where a rule changed and nobody reported it."""
        return self.reporting is Reporting.QUIET


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """A version, met on visits from one day to another. `file`: the name of the kept file beside the page, empty where
    it is not served; `size` in bytes."""

    id: int
    number: int
    first_seen: date
    last_seen: date
    url: str
    sha256: str
    size: int
    content_type: str
    printed: Mapping[DateKind, PartialDate]
    withdrawn: str
    unreadable: str
    scanned: bool
    cut: bool
    file: str = ""


@dataclass(frozen=True, slots=True)
class PublishedEdit:
    """A sentence that differs; `sort` as a person says, else the program."""

    kind: EditKind
    old: str
    new: str
    old_path: str
    new_path: str
    moved: bool
    sort: EditSort
    decided: bool


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """What version `new` (numbers) changed of version `old`, met on the day `at`; `reporting` None where no rule was
    changed."""

    old: int
    new: int
    at: date
    moved: int
    renumbered: int
    edits: tuple[PublishedEdit, ...]
    reporting: Reporting | None

    @property
    def rules(self) -> tuple[PublishedEdit, ...]:
        """Edits that change a rule."""
        return tuple(one for one in self.edits if one.sort is EditSort.RULE)

    @property
    def others(self) -> tuple[PublishedEdit, ...]:
        """Edits of form."""
        return tuple(one for one in self.edits if one.sort is not EditSort.RULE)


@dataclass(frozen=True, slots=True)
class PublishedDocument:
    """A document whole, versions and changes in their order. `policies` are those of the timeline that it proves: (id,
    name, how it stands)."""

    line: DocumentLine
    address: str
    first_seen: date
    visited: date | None
    versions: tuple[PublishedVersion, ...] = ()
    changes: tuple[PublishedChange, ...] = ()
    policies: tuple[tuple[str, str, str], ...] = ()

    @property
    def withdrawn(self) -> str:
        """The words by which its last version says that it no longer holds."""
        return self.versions[-1].withdrawn if self.versions else ""


def file_name(number: int, content_type: str, size: int) -> str:
    """`version-2.pdf` of a kept file that may be served; empty for all others."""
    ending = FILE_ENDINGS.get(content_type.partition(";")[0].strip().lower(), "")
    return f"version-{number}{ending}" if ending and size <= LARGEST_FILE else ""
