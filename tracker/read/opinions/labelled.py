"""The labelled articles by which a model is checked. By itself, since whoever only asks whether a check still holds
need not load the reader."""

from functools import cache
from hashlib import sha256
from importlib.resources import files

LENGTH = 16
"""Hexadecimal digits of a version."""


def labelled() -> tuple[str, ...]:
    """The articles with their labels, a line of JSON each: retold from real reports, and nothing learnt from them."""
    return tuple(_text("opinion_check.jsonl").splitlines())


@cache
def rules_version() -> str:
    """Names the rules that a model is told, and the articles that it is checked by: of others a check says nothing."""
    return sha256(f"{_text('opinion_rules.txt')}\n{_text('opinion_check.jsonl')}".encode()).hexdigest()[:LENGTH]


def _text(name: str) -> str:
    return files("tracker.read.data").joinpath(name).read_text(encoding="utf-8")
