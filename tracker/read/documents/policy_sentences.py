"""The sentences of a policy, and by what two of them are the same."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.gather.documents.policy_text import DocumentText
from tracker.read.documents.section_paths import section_paths
from tracker.read.text.sentences import LONGEST_SENTENCE, split_sentences

_LABEL = re.compile(r"(?:[•▪◦*]|\(?(?:[A-Za-z]|\d{1,3}(?:\.\d{1,3}){0,5}|[ivxIVX]{1,6})[.)])\s+(?=\S)")
"""The label of a numbered paragraph, where it was left at the head of its text."""
_ASIDE = re.compile(r"[\s\"'‘’“”„`´\-‐‑‒–—―…·•]+")
"""What line ends, columns and type cases add and take away: spaces, hyphens, dashes, quotation marks, bullets."""
_STOP = re.compile(r"[.,;:](?!\d)|(?<!\d)[.,;:]")
_STOPS = (*".!?", *(mark + close for mark in ".!?" for close in "\"'”’)]"))
_CLAUSE = re.compile(r"(?<=;) ")
_ENDS = ".,;:"
"""The stop behind an item of a list changes with the items after it."""


@dataclass(frozen=True, slots=True)
class PolicySentence:
    """A sentence of a policy. `number`: the label of its paragraph, as printed; `path`: with those above it
    ("II.B.3."); `place`: which sentence of the document it is, from 0; `key`: what it is compared by, so that neither
    layout nor numbering tells two apart."""

    text: str
    number: str
    path: str
    place: int
    key: str


def sentences_of(document: DocumentText) -> list[PolicySentence]:
    """All sentences of its paragraphs in order, without those that are only marks."""
    found: list[PolicySentence] = []
    paths = section_paths(paragraph.number for paragraph in document.paragraphs)
    for paragraph, path in zip(document.paragraphs, paths, strict=True):
        for text in _split(" ".join(paragraph.text.split())):
            if key := comparison_key(text):
                found.append(PolicySentence(text, paragraph.number, path, len(found), key))
    return found


def _split(paragraph: str) -> Iterator[str]:
    """Its sentences; one that is longer than any that is read goes by its clauses, so that a word which is put in
    shifts no end of the others."""
    begin = 0
    for sentence in split_sentences(paragraph):
        whole = paragraph[begin : sentence.end].strip()
        if whole.endswith(_STOPS) or sentence.end == len(paragraph):
            begin = sentence.end
            yield from _CLAUSE.split(whole) if len(whole) > LONGEST_SENTENCE else [whole]
    yield paragraph[begin:].strip()


def comparison_key(text: str) -> str:
    """Its letters, figures and inner marks, without what wrapping, type setting and numbering change."""
    return _ASIDE.sub("", _without_label(text)).rstrip(_ENDS)


def key_without_stops(text: str) -> str:
    """The same as a text that is parted otherwise has it too: without stops and commas, but for those in numbers."""
    return _ASIDE.sub("", _STOP.sub("", _without_label(text)))


def _without_label(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").strip()
    label = _LABEL.match(plain)
    return plain[label.end() :] if label else plain


def joined(sentences: Sequence[PolicySentence]) -> PolicySentence:
    """Neighbours as one, by the number and place of the first: a sentence that was parted, or two that became one."""
    first, *rest = sorted(sentences, key=lambda sentence: sentence.place)
    text = " ".join([first.text, *(sentence.text for sentence in rest)])
    return replace(first, text=text, key=first.key + "".join(sentence.key for sentence in rest))
