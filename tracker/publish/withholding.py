"""What readers are not shown: what the setting `publish` holds back, and the quotes and names of persons that people
decided to withhold. Pure.

The one place that all that is published goes through: pages, exports, feeds, mails and answers to programs. What is
stored stays as it is, so that quotes can still be proven; and what is recorded later is withheld as well.

A person's name is known in the forms in which people print it: `Jane Roe`, `Roe, Jane`, `Jane A. Roe`, `Jane “Jo” Roe`,
`Jane-Roe`, `jane_roe`. Patterns are of folded text (`folding.py`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape, unescape
from typing import Any

from tracker.characters import as_seen
from tracker.coverage import Coverage, PlaceTimeline
from tracker.model import Change, Entry, Evidence, Finding, Policy, Publish, RecordedAct, Revision, Value
from tracker.publish import words
from tracker.publish.folding import FoldedText
from tracker.publish.safe import shorten
from tracker.publish.search_query import tokens_by_line
from tracker.read.text.sentences import split_sentences
from tracker.timeline.how_sure import is_published
from tracker.timeline.labels import label, policy_name
from tracker.timeline.titles import headline_in

NAME_WITHHELD = "[name withheld]"
TEXT_WITHHELD = "[withheld]"
"""In the place of a withheld sentence within another text: a former title, a mail that was composed before."""
MIN_SHARED = 30
"""Characters of a withheld sentence by which it is known in another text: less may be anybody's words."""
QUOTED_LENGTH = 600
"""Characters of a quote in a mail; what is longer was shortened to them."""
_PARTS = re.compile(r"[\s\"'._,()-]+")
"""What parts the words of a name, within it and wherever it stands."""
_GAP = r"[\s\"'._,()-]{1,3}"
_BETWEEN = rf"{_GAP}(?:[^\W\d_]{_GAP}|[\"'(][\w-]{{1,20}}[\"')]\s?)?"
"""Also with an initial or a nickname in quotation marks."""
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"
"""Whole words only: "Roe" is not in "Roebuck"; `_` parts words, as addresses and file names have it."""
MOST_PARTS = 6
"""Words of a name that are looked for in another order too; what is longer is a firm's, or a sentence."""
_NOTICE = re.compile(f"{re.escape(NAME_WITHHELD)}|{re.escape(TEXT_WITHHELD)}")
_TAG = re.compile(r"(<[^>]*>)")


class Withholding(Value):
    """One decision. Of a name, `text` is the name; of a quote, what it says as it is read, `url` the article and
    `start` and `end` its characters there. `released_at`: it was taken back."""

    id: str
    kind: str
    text: str
    url: str = ""
    start: int = 0
    end: int = 0
    at: datetime
    actor: str
    reason: str
    released_at: datetime | None = None
    released_by: str = ""
    released_why: str = ""

    @property
    def is_name(self) -> bool:
        """True for a name, False for a quote."""
        return self.kind == "name"


def name_words(name: str) -> list[str]:
    """`Anne-Marie O’Neil` → `anne`, `marie`, `o`, `neil`."""
    return [part for part in _PARTS.split(FoldedText(as_seen(name)).text) if part]


@lru_cache(maxsize=1000)
def name_pattern(name: str) -> re.Pattern[str]:
    """Finds the name whole, in any of its forms: from any of its words on, round to the one before it."""
    said = name_words(name)
    if not said:  # signs alone: as they are
        return re.compile(re.escape(FoldedText(as_seen(name)).text))
    turns = range(len(said)) if len(said) <= MOST_PARTS else range(1)
    orders = (said[turn:] + said[:turn] for turn in turns)
    either = "|".join(_BETWEEN.join(map(re.escape, order)) for order in orders)
    end = r"\.?" if name.rstrip().endswith(".") else ""
    return re.compile(rf"{_BEFORE}(?:{either}){_AFTER}{end}")


@lru_cache(maxsize=1000)
def similar_name_pattern(name: str) -> re.Pattern[str] | None:
    """Finds what may be the same person and is not withheld with the name: `J. Roe`, `Jane Alice Roe`; None where a
    name has one word."""
    said = name_words(name)
    if len(said) < 2:
        return None
    first, last = re.escape(said[0]), re.escape(said[-1])
    return re.compile(rf"{_BEFORE}(?:{first[0]}\.?\s{last}|{first}\s[\w'-]{{2,20}}\s{last}){_AFTER}")


@dataclass(frozen=True)
class _Quote:
    """A withheld quote with the forms in which its words stand elsewhere: whole, as a title, shortened in a mail."""

    decision: Withholding
    whole: FoldedText
    forms: tuple[FoldedText, ...]

    @classmethod
    def of(cls, decision: Withholding) -> "_Quote":
        said = as_seen(decision.text)
        texts = {said, said.rstrip("."), shorten(said, QUOTED_LENGTH).rstrip("…")} - {""}
        forms = sorted(map(FoldedText, texts), key=lambda form: -len(form.text))
        return cls(decision, FoldedText(said), tuple(forms))

    def is_it(self, item: Evidence) -> bool:
        """True for the sentence itself, however often it was read, and for its copies in other articles."""
        found = item.finding
        if item.url == self.decision.url and found.start < self.decision.end and self.decision.start < found.end:
            return True
        said, whole = FoldedText(found.said).text, self.whole.text
        shorter, longer = sorted((said, whole), key=len)
        return len(shorter) >= MIN_SHARED and shorter in longer

    def is_near(self, item: Evidence) -> bool:
        """True where the words around another quote have, or may have, words of this one: of its own article, whatever
        they are, and of a copy, where one of the sentences is a part of it."""
        found = item.finding
        if item.url == self.decision.url:
            return True
        return self.is_in([FoldedText(text).text for text in _around(found)], ())

    def is_in(self, texts: Sequence[str], evidence: Iterable[Evidence]) -> bool:
        """True where the article is there, or where one of the (folded) texts has words of the sentence."""
        if any(item.url == self.decision.url for item in evidence):
            return True
        long = [text for text in texts if len(text) >= MIN_SHARED]
        return any(text in self.whole.text or form.text in text for text in long for form in self.forms)

    def holds(self, text: FoldedText) -> bool:
        """True where a text says no more than a part of the sentence, or the sentence itself: a title."""
        return len(text.text) >= MIN_SHARED and text.text in self.whole.text


class Redactor:
    """What is withheld as of now. Without any decision every function gives back what it was given."""

    def __init__(self, decisions: Iterable[Withholding] = ()) -> None:
        active = [item for item in decisions if item.released_at is None]
        self._names = [item.text for item in active if item.is_name]
        self._quotes = [_Quote.of(item) for item in active if not item.is_name]

    def __bool__(self) -> bool:
        return bool(self._names or self._quotes)

    def timeline(self, timeline: PlaceTimeline) -> PlaceTimeline:
        """Everything that a place's page shows; its feeds are without names already (`db.feeds.feeds.coverage`)."""
        if not self:
            return timeline
        return timeline.model_copy(update={"policies": tuple(map(self.policy, timeline.policies))})

    def coverage(self, feed: Coverage) -> Coverage:
        """How a feed is heard; its address stays."""
        return feed.model_copy(update={"title": self.text(feed.title), "error": self.text(feed.error)})

    def policy(self, policy: Policy) -> Policy:
        """A policy with its entries."""
        if not self:
            return policy
        entries = tuple(map(self.entry, policy.entries))
        return policy.model_copy(update={"name": self._name(policy.name, entries), "entries": entries})

    def entry(self, entry: Entry) -> Entry:
        """An entry with its evidence and its history."""
        if not self or not self._concerns(entry):
            return entry
        evidence = tuple(map(self._evidence, entry.evidence))
        fields = {name: self.text(getattr(entry, name)) for name in ("body", "instrument")}
        bare = entry.model_copy(update={**fields, "evidence": evidence, "subject": self._subject(entry)})
        title = label(bare) if self._holds(entry.title) else self.text(entry.title)
        titles = {"title": title, "policy_name": self._name(entry.policy_name, [bare])}
        return bare.model_copy(update={**titles, "revisions": tuple(map(self._revision, entry.revisions))})

    def _concerns(self, entry: Entry) -> bool:
        """False for nearly every entry, in a fraction of the time: no name and no sentence is anywhere in it."""
        texts = [FoldedText(text).text for text in set(_texts(entry))]
        names = any(part in text for name in self._names for part in name_words(name)[-1:] for text in texts)
        return names or any(quote.is_in(texts, entry.evidence) for quote in self._quotes)

    def text(self, text: str) -> str:
        """Any text: names, and sentences that are withheld, within it."""
        if not self or not text:
            return text
        folded = FoldedText(text)
        for form in (form for quote in self._quotes for form in quote.forms if len(form.text) >= MIN_SHARED):
            folded = folded.replace(form, TEXT_WITHHELD)
        for name in self._names:
            folded = folded.substitute(name_pattern(name), NAME_WITHHELD)
        return folded.original

    def searchable(self, url: str, text: str) -> list[str]:
        """The folded words of an article by which entries may be found: none where a sentence of it is withheld, and
        none of a name that stands in it, alone or with its other words."""
        if any(quote.decision.url == url for quote in self._quotes):
            return []
        lines = (self.text(line) for line in text.splitlines()) if self else iter([text])
        said = [word for line in lines for word in tokens_by_line(_NOTICE.sub(" ", line) if self else line)]
        every = set(tokens_by_line(text)) if self._names else set[str]()
        gone = {part for name in map(name_words, self._names) if name and every.issuperset(name) for part in name}
        return [word for word in said if word not in gone]

    def html(self, document: str) -> str:
        """The same within the text of an HTML document; what stands in tags stays."""
        if not self:
            return document
        return "".join(part if part.startswith("<") else self._node(part) for part in _TAG.split(document))

    def _node(self, text: str) -> str:
        plain = unescape(text)
        shown = self.text(plain)
        return text if shown == plain else escape(shown, quote=False)

    def _evidence(self, item: Evidence) -> Evidence:
        found = item.finding
        fields: dict[str, Any] = {name: self.text(getattr(found, name)) for name in ("body", "instrument", "subject")}
        quote = next((quote for quote in self._quotes if quote.is_it(item)), None)
        fields["quote"] = self._notice(quote.decision, found) if quote else self.text(found.quote)
        fields |= self._around(item)
        article = {"title": self.text(item.title), "publisher": self.text(item.publisher)}
        return item.model_copy(update={"finding": found.model_copy(update=fields), **article})

    def _around(self, item: Evidence) -> dict[str, Any]:
        """The words around a quote, all or none of them; and no marks where characters have moved."""
        found = item.finding
        if not (found.before or found.after or found.marks):
            return {}
        if any(quote.is_it(item) or quote.is_near(item) for quote in self._quotes):
            return {"before": "", "after": "", "marks": ()}
        whole = found.before + found.quote + found.after
        if self.text(whole) == whole:
            return {}
        if self.text(found.before) + self.text(found.quote) + self.text(found.after) != self.text(whole):
            return {"before": "", "after": "", "marks": ()}  # a name that stands across two of them
        return {"before": self.text(found.before), "after": self.text(found.after), "marks": ()}

    def _notice(self, decision: Withholding, found: Finding) -> str:
        """What stands in the place of the quote. That it names the place is a part of how sure the entry is."""
        place = found.jurisdiction_name
        names = f"; it names {place}" if place and place.lower() in found.said.lower() else ""
        return self.text(f"{words.WITHHELD}{words.day(decision.at.date())}: {decision.reason}{names}]")

    def _name(self, name: str, entries: Sequence[Entry]) -> str:
        """A policy's name; one that is the sentence, or a part of it, gives way to one which facts make up, as a title
        does to its label."""
        if self._holds(name):
            return policy_name(entries) if entries else TEXT_WITHHELD
        return self.text(name)

    def _subject(self, entry: Entry) -> str:
        """Loose words, in which no name stands whole: they go where all of a name are there."""
        said = entry.subject.split()
        for name in map(set, map(name_words, self._names)):
            if name and name <= {part for word in said for part in name_words(word)}:
                said = [word for word in said if name.isdisjoint(name_words(word))]
        return self.text(" ".join(said))

    def _revision(self, revision: Revision) -> Revision:
        changes = tuple(self._change(item) for item in revision.changes)
        told = {"actor": self.text(revision.actor), "reason": self.text(revision.reason), "changes": changes}
        return revision.model_copy(update=told | {"act": revision.act and self._act(revision.act)})

    def _act(self, act: RecordedAct) -> RecordedAct:
        return act.model_copy(update={"actor": self.text(act.actor), "reason": self.text(act.reason)})

    def _change(self, item: Change) -> Change:
        return item.model_copy(update={"old": self._side(item.old), "new": self._side(item.new)})

    def _side(self, text: str) -> str:
        return TEXT_WITHHELD if self._holds(text) else self.text(text)

    def _holds(self, title: str) -> bool:
        return any(quote.holds(FoldedText(text)) for quote in self._quotes for text in (title, headline_in(title)))


def _around(found: Finding) -> Iterator[str]:
    """What stands around a quote, with it and sentence by sentence."""
    if found.before or found.after:
        yield as_seen(found.before + found.quote + found.after)
        yield from (as_seen(one.text) for text in (found.before, found.after) for one in split_sentences(text))


def _texts(entry: Entry) -> Iterator[str]:
    """All words of an entry that may hold a name or a sentence."""
    yield from (entry.title, entry.policy_name, entry.body, entry.instrument, entry.subject)
    for item in entry.evidence:
        found = item.finding
        yield from (found.quote, item.title, item.publisher, found.body, found.instrument, found.subject)
        yield from _around(found)
    for revision in entry.revisions:
        yield from (revision.actor, revision.reason)
        if revision.act:  # of what the program did because of an act, these words stand nowhere else
            yield from (revision.act.actor, revision.act.reason)
        yield from (side for change in revision.changes for side in (change.old, change.new))


def decisions_on(decisions: Iterable[Withholding], entry: Entry) -> Iterator[Withholding]:
    """The decisions, those that were taken back too, that change what is published of an entry."""
    for item in decisions:
        alone = Redactor([item.model_copy(update={"released_at": None})])
        if alone.entry(entry) != entry:
            yield item


def published_timeline(timeline: PlaceTimeline, publish: Publish) -> PlaceTimeline:
    """The timeline with what is to be shown; a policy of which nothing is left is left out."""
    if publish == Publish.ALL:
        return timeline
    shown = (published_policy(policy, publish) for policy in timeline.policies)
    return timeline.model_copy(update={"policies": tuple(policy for policy in shown if policy.entries)})


def published_policy(policy: Policy, publish: Publish) -> Policy:
    """The policy with the entries that are to be shown."""
    kept = tuple(entry for entry in policy.entries if is_published(entry, publish))
    return policy.model_copy(update={"entries": kept})
