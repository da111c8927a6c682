"""The labelled stories: their articles as perfect findings, and which step and which policy each of these is of."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from perfect import Labelled, Record, labelled, records

from tracker.read.evaluate import place_id

HERE = Path(__file__).parent
CLUSTERS = ("clusters", "clusters_2", "clusters_3", "clusters_4")


@dataclass(frozen=True, slots=True)
class Step:
    """A labelled entry and the policy that it is of, None where the labels do not tell."""

    told: Labelled
    policy: tuple[str, str, str] | None

    @property
    def story(self) -> str:
        """The name of its story."""
        return str(self.told.record["cluster"])


def gold(name: str) -> list[Record]:
    """The timeline that a file of stories supports."""
    return records(HERE / f"{name}_gold.jsonl")


def steps(name: str) -> list[Step]:
    """All labelled entries of a file of stories."""
    known = gold(name)
    return [Step(told, _policy(told, known)) for told in labelled(records(HERE / f"{name}.jsonl"))]


def _policy(told: Labelled, known: Iterable[Record]) -> tuple[str, str, str] | None:
    """Story, place and letter of the policy: that of the timeline's entry which the labelled one fits best."""
    place = told.evidence.finding.jurisdiction or ""
    fits = [(_fit(told, line), line) for line in known if line["cluster"] == told.record["cluster"]]
    fits = [(fit, line) for fit, line in fits if fit[0] and place_id(line["jurisdiction"]) == place]
    if not fits:
        return None
    best = max(fits, key=lambda pair: pair[0])[1]
    return best["cluster"], place, best.get("policy") or "a"


def _fit(told: Labelled, line: Record) -> tuple[int, int]:
    """How well a labelled entry fits one of the timeline, 0 for not at all; then how many words they have in common."""
    entry, article = told.entry, told.record["id"]
    day = entry["date"] or told.record["published"][:7]
    common = len(set(entry["summary"].lower().split()) & set(line["summary"].lower().split()))
    if any(v["article"] == article and v["stage"] == entry["stage"] and agree(v["date"], day) for v in _variants(line)):
        return 5, common
    if article not in line["articles"] or entry["stage"] not in {line["stage"], *(line.get("stage_alt") or [])}:
        return 0, 0
    return 1 + agree(day, line["date"]) + 2 * (day == line["date"]), common


def _variants(line: Record) -> list[Record]:
    return [variant for variant in line.get("variants") or [] if variant.get("article")]


def agree(one: str | None, other: str | None) -> bool:
    """True where one of two dates is the other at a coarser precision."""
    return one is not None and other is not None and (one.startswith(other) or other.startswith(one))
