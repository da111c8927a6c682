"""One line of the doctor, and how bad it is."""

from dataclasses import dataclass
from enum import StrEnum

from jobs.console import one_line


class Level(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Check:
    """One line of the doctor: what was looked at and what is to be said about it, with the remedy."""

    level: Level
    name: str
    says: str

    def __str__(self) -> str:
        return f"{self.level:<8} {self.name:<10} {one_line(self.says)}"
