"""What weighed signs come to: the tables of `data/weights.toml`, one for each question that is put to signs."""

from functools import cache
from math import exp

from tracker.read.lexicon import table


@cache
def weights(question: str) -> dict[str, float]:
    """The fitted weight of every sign in log-odds, for a question.

    `place`: is the article about its government? `change`: is the act a local change, in any article? `entry`: is it
    one of the changes of an article that has one? `article`: is the article one? `date`: is the date the act's?
    `step`: is the step told? `news`: is it the news?
    """
    return {name: float(value) for name, value in table("weights").get(question, {}).items()}


def points(found: dict[str, float], question: str) -> float:
    """The sum of the weights of these signs, in log-odds; signs without a weight count nothing."""
    known = weights(question)
    return sum(known.get(name, 0.0) * value for name, value in found.items())


def probability(found: dict[str, float], question: str = "change") -> float:
    """The share of acts with these signs that are local changes, 0 to 1; signs without a weight count nothing."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, points(found, question)))))


def strongest(found: dict[str, float], question: str = "change", count: int = 5) -> list[tuple[str, float]]:
    """The signs that moved a score most, with their points, for `explain`; `question`: a table of weights.toml."""
    known = weights(question)
    moved = {name: known.get(name, 0.0) * value for name, value in found.items() if name != "always"}
    return sorted(moved.items(), key=lambda item: -abs(item[1]))[:count]
