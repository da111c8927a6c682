"""The text of a published policy, as it is compared: no page furniture, no line ends, numbered paragraphs as units."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One unit of a policy. `number` is its own label as printed, without the numbers above it ("I.", "A.", "5.2.1",
    "•", "NOTE:"), empty where it has none; `text` is one line, empty only where the label stands alone."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class DocumentText:
    """What a document says. `title`: its own, by its head, its metadata or its page. `head`: the lines of the order's
    own head, `Label: value` where it has labels (number, dates of issue, what it rescinds). `paragraphs`: what follows,
    in reading order. `pages` that were read, 1 for a web page. `scanned`: no text stands on its pages; its
    paragraphs, where it has any, were recognised in pictures. `cut`: a limit was met, and what follows was not read."""

    title: str
    head: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    pages: int
    scanned: bool
    cut: bool

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Self:
        """The value behind its JSON, as `asdict` gives it."""
        paragraphs = tuple(Paragraph(**one) for one in fields["paragraphs"])
        return cls(**{**fields, "head": tuple(fields["head"]), "paragraphs": paragraphs})
