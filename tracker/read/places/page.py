"""A text as names of places are looked for in it, and what is found: runs of words, and mentions."""

from dataclasses import dataclass

from tracker.model import Jurisdiction
from tracker.read.places.capitalised import Word
from tracker.read.places.levels import Level


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name in the text: `candidates` are the places of that name, `body` the government words beside it.

    `body` is in lower case; `state` is the postal code if the state is written right behind the name. Offsets cover
    the name with its body.
    """

    start: int
    end: int
    name: str
    candidates: tuple[Jurisdiction, ...]
    level: Level
    body: str = ""
    state: str | None = None
    dateline: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A text cut into words: `lower` are those without a capital, `surnames` those that follow a first name,
    `counties` what a county's name means without "County" ("Wake had been in the programme"), `listed` the names of
    "Benton and Washington counties" by where they begin, `short_words` with which words all these begin."""

    text: str
    tokens: list[Word]
    lower: frozenset[str]
    surnames: frozenset[str]
    dateline_end: int
    parish: bool
    counties: dict[str, tuple[Jurisdiction, ...]]
    listed: dict[int, str]
    short_words: frozenset[str]

    def personal(self, name: str) -> bool:
        """True for a name that the text gives to a person, or uses as a word."""
        return name in self.surnames or name.lower() in self.lower


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are the name of some place: `length` tokens from `first`, text[start:end] without a possessive."""

    first: int
    length: int
    name: str
    start: int
    end: int
    candidates: tuple[Jurisdiction, ...]
