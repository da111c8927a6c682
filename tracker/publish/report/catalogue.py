"""What a report is made of, asked of whoever has it: `db.report` answers from the database, tests from lists."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from tracker.coverage import PlaceTimeline
from tracker.hearings import Agendas
from tracker.model import Entry, OcdId, Policy, Stage
from tracker.publish.report.documents import DocumentLine, PublishedDocument

Activity = Counter[tuple[int, int, Stage]]
"""Entries by the year and month of their date, else of their first report, and by stage; month 0 for a bare year."""


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One line of the list of places. `standings` and `topics` are how many of its policies stand how (by the stage
    whose shape shows it) and are on what, `effective:2 proposed:1`, the commonest first; `sureness` is the surest word
    of its entries."""

    id: OcdId
    state: str
    name: str
    kind: str
    address: str
    policies: int
    entries: int
    latest: str
    latitude: float | None
    longitude: float | None
    standings: str = ""
    topics: str = ""
    sureness: str = ""


def counted(text: str) -> Counter[str]:
    """The numbers that such a text holds."""
    pairs = (part.rpartition(":") for part in text.split())
    return Counter({value: int(number) for value, _, number in pairs})


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """A policy with how it stands on the day: by the stage whose shape shows it, as a word, and the dates of that.
    `directions` are where its steps led (`ways`), one word each, `entries` how many."""

    id: str
    topic: str
    name: str
    stage: str
    word: str
    details: str
    directions: str
    entries: int


class PolicyCount(NamedTuple):
    """How many policies of one topic in one state stand like this, and how many entries they have; `first` is the first
    place of them by id."""

    topic: str
    state: str
    stage: Stage
    word: str
    policies: int
    entries: int
    first: OcdId


class Step(NamedTuple):
    """An entry, and the policy on whose page it stands, whole."""

    policy: Policy
    entry: Entry


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """A row of the sheet of 287(g) agreements. `state` as the sheet has it; `place` None: of a state, or of no
    government that has a page; `gone`: since when no sheet has it; `policy` and `word` are where its agreement stands
    in the timeline and how, empty where it is not there."""

    state: str
    agency: str
    place: OcdId | None
    model: str
    signed: date | None
    gone: date | None
    policy: str = ""
    word: str = ""


class Catalogue(Protocol):
    """One state of all that readers are shown, as of one day. Entries that a person rejected are in timelines and
    policies only. Entries of a policy count under its topic, whatever each would be about alone."""

    @property
    def marks(self) -> Mapping[OcdId, str]:
        """The places that there is anything of, entries or a feed, each with a mark that is another whenever its pages
        read otherwise."""

    @property
    def agendas(self) -> Mapping[OcdId, Agendas]:
        """What stands on agendas, by the governments whose record is followed."""

    def timelines(self, places: Sequence[OcdId]) -> Iterator[PlaceTimeline]:
        """Those of the places that are there, by id."""

    def states(self) -> Sequence[str]:
        """The codes of the states that have places, in the order of their ids."""

    def places(self, state: str) -> Sequence[PlaceLine]:
        """The places of a state that have a page, by name."""

    def policies(self, topic: str, state: str = "", most: int | None = None) -> Sequence[tuple[PlaceLine, PolicyLine]]:
        """The policies of a topic, of all places or of one state, place by place."""

    def policy_counts(self) -> Sequence[PolicyCount]:
        """All policies, counted."""

    def stages(self) -> Mapping[str, Counter[Stage]]:
        """How many entries each topic has at each stage."""

    def activity(self) -> Activity:
        """How many entries each month and stage has."""

    def newest(self, most: int, state: str = "", topic: str = "") -> Sequence[Step]:
        """The entries reported last, of all places or of one state, of all topics or of one; newest first."""

    def soonest(self, most: int, state: str = "") -> Sequence[Step]:
        """Those that take effect, or end, on the day or later, soonest first; a month counts by its first day. Of one
        day, starts come before ends."""

    def agreements(self) -> Sequence[AgreementLine]:
        """The sheet of 287(g) agreements, by state and agency; empty where none is followed."""

    @property
    def documents(self) -> Sequence[DocumentLine]:
        """The documents that are followed, by place, number and address."""

    def document(self, line: DocumentLine) -> PublishedDocument:
        """One of them whole; its versions name files only where these may be served."""

    def document_file(self, version_id: int) -> bytes | None:
        """The kept file of a version; None where it is no longer kept."""
