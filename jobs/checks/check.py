"""What a check finds: a problem, or that something is well. Every output puts these into its own form."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Problem:
    """`kind` names it for machines and stays the same while it lasts (lower case, hyphens); `what` is the matter and
    `remedy` what to do, a line each. `grave`: the tracker does not do its work, or is about to stop. `subject` is the
    doctor's word for what it is about, where that is not its kind."""

    kind: str
    what: str
    remedy: str = ""
    grave: bool = False
    subject: str = ""

    @property
    def name(self) -> str:
        return self.subject or self.kind

    @property
    def level(self) -> Level:
        return Level.PROBLEM if self.grave else Level.WARNING

    @property
    def says(self) -> str:
        """Both in one line."""
        return f"{self.what}; {self.remedy}" if self.remedy else self.what


@dataclass(frozen=True, slots=True)
class Passed:
    """What is as it should be: only the doctor tells it."""

    name: str
    says: str
    level = Level.OK


Result = Problem | Passed
