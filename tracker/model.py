"""The words of DESIGN section 2 as types. Constructors refuse impossible values, and `first_wrong` says in plain words
what is wrong with the record of an article."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema

from tracker.characters import as_seen
from tracker.kinds import FAILURES as FAILURES
from tracker.kinds import ActKind as ActKind
from tracker.kinds import Basis as Basis
from tracker.kinds import Direction as Direction
from tracker.kinds import Effect as Effect
from tracker.kinds import EntryStatus as EntryStatus
from tracker.kinds import EvidenceKind as EvidenceKind
from tracker.kinds import Factuality as Factuality
from tracker.kinds import Kind as Kind
from tracker.kinds import PublishedBasis as PublishedBasis
from tracker.kinds import Qualifier as Qualifier
from tracker.kinds import SourceKind as SourceKind
from tracker.kinds import Stage as Stage
from tracker.kinds import Witness as Witness
from tracker.partial_date import PartialDate

ALLOWED = "all, likely, confirmed, or a chance from 0 to 1 with at most two decimals, as 0.5"
_CHANCE = re.compile(r"0|1|0?\.\d{1,2}|[01]\.0{1,2}")


@dataclass(frozen=True, slots=True)
class Publish:
    """Which entries are shown to readers: all, those that are sure or likely, only those that a person confirmed, or
    those of at least such a chance; what a person confirmed is always shown. Whole percents, as searches keep them."""

    name: str
    chance: float | None = None

    ALL: ClassVar[Self]
    LIKELY: ClassVar[Self]
    CONFIRMED: ClassVar[Self]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def parse(cls, text: str) -> "Publish":
        """`likely`, `0.5`. Raises ValueError, which says what is allowed."""
        named = {one.name: one for one in (cls.ALL, cls.LIKELY, cls.CONFIRMED)}
        if text in named:
            return named[text]
        if not _CHANCE.fullmatch(text):
            raise ValueError(f"{text!r} is none of {ALLOWED}")
        return cls(text, float(text))

    @classmethod
    def or_nothing(cls, value: Any) -> "Publish | Literal['']":
        """The value of a setting that may be empty; a file has a chance as a number, the environment as text."""
        return value if isinstance(value, cls) or value == "" else cls.parse(str(value).strip())

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(value: Any) -> "Publish":
            return value if isinstance(value, cls) else cls.parse(str(value).strip())

        return core_schema.no_info_plain_validator_function(read, serialization=core_schema.to_string_ser_schema())


Publish.ALL = Publish("all")
Publish.LIKELY = Publish("likely")
Publish.CONFIRMED = Publish("confirmed")


OCD_ID = r"^ocd-division/country:us(/[a-z_]+:[\w.~-]+)*$"
OcdId = Annotated[str, Field(pattern=OCD_ID)]
"""Open Civic Data division id, `ocd-division/country:us/state:wi/place:milwaukee` (OCDEP 2)."""
Score = Annotated[float, Field(ge=0, le=1)]
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Value(BaseModel):
    """Base of the values that rules take and return: immutable, nothing unknown is accepted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __copy__(self) -> Self:
        return with_shared_fields_set(super().__copy__())


V = TypeVar("V", bound=BaseModel)


def with_shared_fields_set(value: V) -> V:
    """The value itself. Pydantic keeps with each which of its fields were set, two kilobytes of an entry, and nobody
    asks: all values of a kind share one set."""
    object.__setattr__(value, "__pydantic_fields_set__", _fields_of(type(value)))
    return value


@cache
def _fields_of(kind: type[BaseModel]) -> set[str]:
    return set(kind.model_fields)


class Jurisdiction(Value):
    """A government's territory. `state` is the postal code in capitals; degrees are WGS 84."""

    id: OcdId
    name: str
    kind: Kind
    state: str = Field(pattern=r"^[A-Z]{2}$")
    population: int = Field(default=0, ge=0)
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)

    @property
    def label(self) -> str:
        """`Milwaukee, WI`: the name with its state, as people write it."""
        return self.name if self.kind is Kind.STATE else f"{self.name}, {self.state}"


class Article(BaseModel):
    """One news article. `id` is the name by which whoever hands it in knows it, and which its reading bears: their own
    in records, the key as text where the database does; empty where nobody has named it. `published` is the day (and
    time, if known) at which it ran; a blank line parts paragraphs of `text`; `byline` is who wrote it; `source_home` is
    the outlet's place, "Milwaukee, WI" or an OCD id. Unknown keys of records are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    url: str
    title: str = ""
    text: str
    published: date
    published_at: datetime | None = None
    published_basis: PublishedBasis = PublishedBasis.STATED
    publisher: str = ""
    byline: str = ""
    source_home: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _split_published(cls, data: Any) -> Any:
        """Takes `published` as a day or as RFC 3339 and keeps both the day and the moment."""
        if isinstance(data, Mapping) and isinstance(data.get("published"), str) and len(data["published"]) > 10:
            moment = datetime.fromisoformat(data["published"].replace("Z", "+00:00"))
            return {**data, "published": moment.date(), "published_at": moment}
        return data

    @field_validator("text", "title", "publisher", "byline", mode="before")
    @classmethod
    def _storable(cls, value: Any) -> Any:
        """NUL and halves of surrogate pairs cannot be stored; one character stands in, so that offsets hold."""
        return _UNSTORABLE.sub("\ufffd", value) if isinstance(value, str) else value


class Record(Article):
    """An official action as an article of its own: `text` is the action and its title as they were fetched, `published`
    its day, `publisher` the body that acted. `matter` is the file number, empty where there is none; `record` names
    the row within its source."""

    kind: EvidenceKind = EvidenceKind.RECORD
    matter: str = ""
    record: str = ""


class Mark(Value):
    """Where an article says a field of a finding (`date`, `place`, `body`, `instrument`, or `stage` where not the whole
    sentence tells it): characters of its text, or of its title."""

    field: str
    start: int = Field(ge=0)
    end: int
    in_title: bool = False


class Finding(Value):
    """What one article says about one stage of one change: `text[start:end] == quote`, in characters. `jurisdiction` is
    None where the place cannot be told at all; `candidates` holds the other places that it may be, most likely first.
    `identifier` is the instrument's number in a normal form ("sop 130"); `subject` a few lower-case words, most telling
    first. `moved`: the sentence says that the date of this step was changed or misprinted; `factuality`: whether it
    says that the step was taken at all, on this date; `qualifiers`: what it says of how, whatever the stage: one act is
    told in several, and people correct it. `effect` and `direction`: what the step does, None where the text
    does not tell surely. `witness`: who read the step.
    """

    jurisdiction: OcdId | None
    jurisdiction_name: str
    candidates: tuple[OcdId, ...] = ()
    body: str = ""
    instrument: str = ""
    identifier: str = ""
    topic: str = "other"
    subject: str = ""
    stage: Stage
    date: PartialDate | None = None
    basis: Basis
    moved: bool = False
    factuality: Factuality = Factuality.ASSERTED
    qualifiers: tuple[Qualifier, ...] = ()
    witness: Witness = Witness.ENCODER
    effect: Effect | None = None
    direction: Direction | None = None
    quote: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int
    before: str = ""
    after: str = ""
    marks: tuple[Mark, ...] = ()
    score: Score
    primary: bool = False

    @model_validator(mode="after")
    def _quote_fits_offsets(self) -> "Finding":
        if self.end - self.start != len(self.quote):
            raise ValueError("start and end do not enclose the quote")
        if self.date is None and self.basis is not Basis.REPORTED:
            raise ValueError("a finding without a date has the basis `reported`")
        return self

    @property
    def said(self) -> str:
        """The quote on one line, as a person reads it; `quote` has the article's own characters, line breaks too."""
        return as_seen(self.quote)


class Readings(Value):
    """What each of two witnesses reads in an article by itself: the encoder, and a language model."""

    encoder: tuple[Finding, ...] = ()
    model: tuple[Finding, ...] = ()


class Reading(Value):
    """What the reader made of one article. `reason` is one sentence for people; `worth_asking`: a second opinion may
    find a change in it, or find another one; `alone`: what each of two witnesses would tell, where both were heard."""

    id: str
    is_change: bool
    score: Score
    reason: str
    findings: tuple[Finding, ...] = ()
    worth_asking: bool = Field(default=False, exclude=True)
    alone: Readings | None = Field(default=None, exclude=True)


class Evidence(Value):
    """A finding with its article. Equal `report` values are copies of one text; where `published_basis` is SEEN, it had
    run by `published`; `reader_version` names the reader that found it, empty where that is not known. Of a record,
    `matter` is the file number and `record` the name of the row."""

    finding: Finding
    url: str
    title: str = ""
    publisher: str = ""
    published: date
    published_basis: PublishedBasis = PublishedBasis.STATED
    report: str
    reader_version: str = ""
    kind: EvidenceKind = EvidenceKind.REPORT
    matter: str = ""
    record: str = ""

    @property
    def is_record(self) -> bool:
        """True for an official action as its government publishes it."""
        return self.kind is EvidenceKind.RECORD

    @property
    def is_passage(self) -> bool:
        """True for a sentence in which only a record told to look for its step: it supports that and nothing else."""
        return self.finding.witness is Witness.RECORD

    @property
    def is_report(self) -> bool:
        """True for a news report; an action and a policy's text are published by the government itself."""
        return self.kind is EvidenceKind.REPORT

    @property
    def supports(self) -> bool:
        """False where the sentence denies the step, or puts it off."""
        return self.finding.factuality is Factuality.ASSERTED


class Change(Value):
    """One field of one revision: what it was and what it became, as text (empty: nothing)."""

    field: str
    old: str
    new: str


EvidenceKey = tuple[str, int, int, str, str, str, str]
"""What tells one piece of evidence from another (`tracker.timeline.entry_fields.evidence_key`)."""


class Before(Value):
    """What one entry or policy (by its id), or what is withheld, said before an act, in the fields that the act
    changed; None where the act made it. `left`: what they said afterwards, where it was the program that changed them,
    because of the act; None where the person did."""

    name: str
    fields: dict[str, Any] | None = None
    left: dict[str, Any] | None = None

    @property
    def followed(self) -> bool:
        """True where the program followed the act."""
        return self.left is not None


class Piece(Value):
    """A piece of evidence of a merge or a split: the entry that held it before, and the one that the act gave it to;
    the same for what stayed."""

    was_in: str
    put_in: str
    key: EvidenceKey


class RecordedAct(Value):
    """What a person did, as it is kept; `id` is its number, 0 before it has one. `target`: the id of the entry, the
    policy or the withholding that it was asked of; of a merge, what took the others in. `reason`: the person's own
    words, perhaps none. `takes_back`: the number of the act that this one took back. `before` and `pieces` are all
    that undo needs; they are kept with the act, and empty in histories."""

    id: int = 0
    at: datetime
    actor: str
    kind: ActKind
    target: str
    reason: str = ""
    takes_back: int | None = None
    before: tuple[Before, ...] = ()
    pieces: tuple[Piece, ...] = ()


class Revision(Value):
    """One change of an entry. `actor` is `tracker` or a person's name; revision 1 opens the entry. `reason` is for
    people: no rule reads it. `act`: what a person did that made this revision, or because of which the program did."""

    number: int = Field(ge=1)
    at: datetime
    actor: str
    reason: str
    changes: tuple[Change, ...] = ()
    act: RecordedAct | None = None

    @property
    def of_act(self) -> int:
        """The number of the act; 0 where there is none."""
        return self.act.id if self.act else 0


class Entry(Value):
    """One dated stage of one policy in one jurisdiction: what the timeline shows. `date` None means that no source says
    more than that it happened by the first report. `candidates` is not empty where the place is uncertain. `effect` and
    `direction` are None where no report tells surely. `locked` names the fields that a person set; the program never
    changes those. `policy_name`, `standing` and `standing_line` are empty but where an entry is shown
    (`tracker.timeline.policies`): they are facts of its policy as of a day, and are not stored with it."""

    id: str
    policy: str
    jurisdiction: OcdId
    jurisdiction_name: str
    candidates: tuple[OcdId, ...] = ()
    body: str = ""
    instrument: str = ""
    identifier: str = ""
    topic: str = "other"
    subject: str = ""
    stage: Stage
    date: PartialDate | None
    basis: Basis
    effect: Effect | None = None
    direction: Direction | None = None
    title: str
    status: EntryStatus = EntryStatus.PENDING
    score: Score = 0.5
    revision: int = Field(default=1, ge=1)
    locked: frozenset[str] = frozenset()
    evidence: tuple[Evidence, ...] = ()
    revisions: tuple[Revision, ...] = ()
    policy_name: str = ""
    standing: str = ""
    standing_line: str = ""


class Policy(Value):
    """The thread that entries of one procedure belong to, oldest entry first."""

    id: str
    name: str
    jurisdiction: OcdId
    topic: str
    entries: tuple[Entry, ...] = ()


SHOWN = 40
"""Characters of a value that are shown."""
TEXT = "text in quotes"
DAY = 'a day as "2017-07-04", or a moment as "2017-07-04T18:30:00-05:00"'
WANTED = {
    "id": 'a name of its own in quotes, as "1"',
    "url": 'its address in quotes, as "https://news.example/story"',
    "published": DAY,
    "published_at": DAY,
    "published_basis": '"stated", "page" or "seen", or leave it out',
    "source_home": 'the outlet\'s place in quotes, as "Milwaukee, WI", or leave it out',
}


def first_wrong(error: ValidationError) -> str:
    """The first thing that is wrong: "`published` is "July 4"; write a day as "2017-07-04"…"."""
    one = error.errors(include_url=False, include_context=False)[0]
    if one["loc"]:
        name, value = str(one["loc"][0]), one["input"]
    else:  # what looks at the whole record looks at its day
        name, value = "published", one["input"].get("published") if isinstance(one["input"], dict) else one["input"]
    holds = "is missing" if one["type"] == "missing" else f"is {_shown(value)}"
    return f"`{name}` {holds}; write {WANTED.get(name, TEXT)}"


def _shown(value: Any) -> str:
    """A value as it stands in the record; of what is long, what it is."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    told = json.dumps(value, ensure_ascii=False, default=str)
    return told if len(told) <= SHOWN else f"{told[:SHOWN]}…"
