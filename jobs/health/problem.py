"""A problem: something that a person must know and can do something about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """`kind` names it for machines and stays the same while it lasts (lower case, hyphens); `what` is the matter and
    `remedy` what to do, a line each. `grave`: the tracker does not do its work, or is about to stop."""

    kind: str
    what: str
    remedy: str
    grave: bool = False

    @property
    def says(self) -> str:
        """Both in one line."""
        return f"{self.what}; {self.remedy}"
