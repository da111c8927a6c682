"""Orders of our own, edited by chance: every sentence that was added, taken out, changed, parted or joined is told, and
no other one."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from support.documents.orders import HEAD, order
from tracker.gather.documents.policy_text import DocumentText, Paragraph
from tracker.read.documents.comparison import compare
from tracker.read.text.sentences import split_sentences

SEEDS = range(40)
INSERTED = "Dogs that are found are taken to the county shelter before noon."
CHANGES = (("must", "may"), ("ninety days", "sixty days"), ("will not", "may"), ("A supervisor", "A lieutenant"))


@dataclass
class Edited:
    """Paragraphs as number and sentences, and what was done to them: the sentences before and now."""

    paragraphs: list[tuple[str, list[str]]]
    gone: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)

    def put(self, place: int, at: int, before: int, *now: str) -> None:
        """Other sentences in place of `before` ones."""
        sentences = self.paragraphs[place][1]
        self.gone += sentences[at : at + before]
        self.new += now
        sentences[at : at + before] = now


def edited(seed: int) -> Edited:
    """One sentence of most paragraphs of sentences is edited."""
    rng = random.Random(seed)
    parts = [(one.number, [each.text for each in split_sentences(one.text)]) for one in order(seed)]
    found = Edited(parts)
    for place, (_, sentences) in enumerate(parts):
        if len(sentences) < 2 or rng.random() < 0.3:
            continue
        at = rng.randrange(len(sentences) - 1)
        one, other = sentences[at : at + 2]
        change = next((pair for pair in CHANGES if pair[0] in one), None)
        kind = rng.choice(("insert", "delete", "join", "part", "change"))
        if kind == "insert":
            found.put(place, at + 1, 0, INSERTED)
        elif kind == "delete":
            found.put(place, at, 1)
        elif kind == "join":
            found.put(place, at, 2, f"{one.removesuffix('.')}, and {other[0].lower()}{other[1:]}")
        elif kind == "part" and ", and " in one:
            first, _, second = one.partition(", and ")
            found.put(place, at, 1, f"{first}.", f"{second[0].upper()}{second[1:]}")
        elif change:
            found.put(place, at, 1, one.replace(*change, 1))
    return found


def document(paragraphs: Iterator[Paragraph]) -> DocumentText:
    return DocumentText("", HEAD, tuple(paragraphs), 1, False, False)


def words(texts: Iterable[str]) -> Counter[str]:
    """Of all sentences: two that were joined are told as one edit."""
    return Counter(" ".join(texts).split())


def test_what_was_edited_is_told_and_nothing_else() -> None:
    edits = 0
    for seed in SEEDS:
        done = edited(seed)
        now = (Paragraph(number, " ".join(sentences)) for number, sentences in done.paragraphs)
        told = compare(document(iter(order(seed))), document(now)).edits
        assert words(one.old.text for one in told if one.old) == words(done.gone), seed
        assert words(one.new.text for one in told if one.new) == words(done.new), seed
        edits += len(told)
    assert edits > 200
