"""The page "287(g) today": the agreements with federal immigration authorities that the government lists, by state."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from tracker.publish import addresses
from tracker.publish.report.catalogue import AgreementLine


@dataclass(frozen=True, slots=True)
class StateAgreements:
    """The rows of one state, and how many of them are listed today."""

    name: str
    lines: tuple[AgreementLine, ...]

    @property
    def listed(self) -> int:
        return sum(line.gone is None for line in self.lines)

    @property
    def anchor(self) -> str:
        return "-".join(self.name.lower().split())


def values(lines: Sequence[AgreementLine]) -> dict[str, Any]:
    """What its template needs: rows by state, those listed by their model, the address of a row's policy."""
    ordered = sorted(lines, key=lambda line: (line.state, line.agency, line.model, str(line.signed)))
    states = [StateAgreements(name, tuple(rows)) for name, rows in groupby(ordered, key=lambda line: line.state)]
    listed = [line for line in lines if line.gone is None]
    return {
        "sheet": states,
        "listed": len(listed),
        "agencies": len({(line.state, line.agency) for line in listed}),
        "elsewhere": sum(line.place is None for line in listed),
        "models": Counter(line.model for line in listed).most_common(),
        "policy_address": addresses.policy,
    }
