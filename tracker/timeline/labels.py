"""Plain labels: who, which stage, to which rule; and names of policies, which are made of the same parts.

`Anchorage Assembly, change adopted: plastic bags`. What a step does to a rule (bans, repeals, delays) is not said:
*change* is true of all of it. Who acts and the rule are said in words that stand in the entry's own sentences or
headlines; the place stands for a body that none of these names.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.characters import as_seen, shortened
from tracker.model import Entry, EntryStatus, Evidence, EvidenceKind, Finding, Mark, Qualifier, Stage
from tracker.read.branches import OUTSIDE, branch, branches
from tracker.timeline.claims import file_of
from tracker.timeline.entry_fields import EVEN, by_stage, news_order
from tracker.timeline.history import corrected_articles
from tracker.timeline.matters import leading_matter, matter_in, names_matter, stems
from tracker.timeline.steps import failure, is_qualified
from tracker.timeline.vocabulary import all_words, identifier_parts, is_numbered_for_good, telling, tokens

STEPS = {
    Stage.PROPOSED: "change proposed",
    Stage.ADOPTED: "change adopted",
    Stage.EFFECTIVE: "change takes effect",
    Stage.RESCINDED: "rule ended",
    Stage.BLOCKED: "rule blocked",
}
SUSPENDED = "rule suspended"
UNNAMED = "policy"
"""What is changed where no article names the rule."""
PASSING = frozenset(
    {"bill", "measure", "proposal", "legislation", "plan", "motion", "change", "proposed", "repeal", "referendum"}
    | {"question", "initiative", "pilot"}
)
"""Words for what leads to a rule, or away from it: a policy is not named by them."""
SPOKEN_OUT = 3
"""Words of a name that says more than that there is a rule, however common: revised standard operating procedures."""
ACRONYM = 3
"""Letters up to which the kind of a number is an abbreviation: SOP, GO."""
SHORT_NAME = 90
"""Characters of a matter's name in a label: with who and what it is still a line."""
_LEGAL = re.compile(
    r"^(?:an?|the)\b.{0,160}?\b(?:in relation to|relating to|relative to|regarding|concerning|pertaining to)\s+",
    re.IGNORECASE,
)
"""How a clerk's title begins before it says what it is about."""
_SMALL = frozenset({"of", "and", "the", "for", "city", "county", "town", "village"})


@dataclass(frozen=True, slots=True)
class LabelPart:
    """Words of a label, and the report whose sentence, or headline, has them: None for what a person set, or what is
    known of every entry."""

    words: str = ""
    source: Evidence | None = None
    in_title: bool = False


def label(entry: Entry) -> str:
    """Who, which stage, to which rule: one plain line, never empty."""
    who, what, step = actor(entry).words, subject(entry).words, _step(entry)
    if not (step or what):
        what = UNNAMED
    return _with(f"{who}, {step}" if step else who, what)


def _with(name: str, rest: str) -> str:
    return f"{name}: {rest}" if rest else name


def _step(entry: Entry) -> str:
    """The stage, where a person set it, or a report tells it of which the reader is surer than not."""
    if "stage" not in entry.locked and not any(
        item.supports and item.finding.score >= EVEN for item in _reports(entry)
    ):
        return ""
    is_pause = entry.stage is Stage.RESCINDED and is_qualified(entry, Qualifier.SUSPENDED)
    return SUSPENDED if is_pause else STEPS.get(entry.stage) or f"change {failure(entry)}"


def actor(entry: Entry) -> LabelPart:
    """The body, where a sentence or a headline of the step names it; else the place."""
    place = LabelPart(entry.jurisdiction_name)
    if not branch(entry.body) or branch(entry.body) in OUTSIDE:
        return place
    named = _full_body(entry.body, entry.jurisdiction_name)
    if "body" in entry.locked:
        return LabelPart(named)
    if (record := _record(entry)) and record.finding.body == entry.body:
        return LabelPart(named, record)
    if (document := _document(entry)) and document.finding.body == entry.body:
        return LabelPart(named, document)
    own = [item for item in _reports(entry) if item.finding.body == entry.body]
    places = ((item, in_title) for item in own for in_title in (False, item.finding.primary))
    return next((LabelPart(named, item, in_title) for item, in_title in places if _names_body(item, in_title)), place)


def _full_body(body: str, place: str) -> str:
    """The body with its place in front where it does not name it."""
    if _has_place(body, place):
        return body
    first, _, rest = body.partition(" ")
    return f"{place} {rest if rest and first.lower() == place.split()[-1].lower() else body}"


def _has_place(name: str, place: str) -> bool:
    """True for `Milwaukee Police Department`."""
    return place.lower() in name.lower() or bool(set(tokens(place)) & set(tokens(name)))


def _names_body(item: Evidence, in_title: bool) -> bool:
    """True where the reader marked the body there, or all words of its name stand there, and no other branch of
    government: which of two acted, no list of words can tell."""
    found = item.finding
    text = item.title if in_title else found.said
    if branches(text.lower()) - {branch(found.body)}:
        return False
    if any(mark.field == "body" and _is_in(mark, found, in_title) for mark in found.marks):
        return True
    own = set(all_words(found.body)).difference(all_words(found.jurisdiction_name), _SMALL)
    return bool(own) and own <= set(all_words(text))


def _is_in(mark: Mark, found: Finding, in_title: bool) -> bool:
    if mark.in_title or in_title:
        return mark.in_title and in_title
    return found.start <= mark.start and mark.end <= found.end


def subject(entry: Entry) -> LabelPart:
    """The rule and its matter: the rule in its own words where they say more than that there is one, else the matter,
    else the rule after all."""
    if "subject" in entry.locked and entry.subject:
        return LabelPart(entry.subject)
    if record := _record(entry):
        return LabelPart(short_name(record), record, in_title=True)
    if document := _document(entry):
        return LabelPart(shortened(as_seen(document.title), SHORT_NAME), document, in_title=True)
    reports = _reports(entry)
    passages = [(item, False, item.finding.said) for item in reports] + [(item, True, item.title) for item in reports]
    near = [one for one in passages if not one[1] or _is_near(entry, one[0])]
    for words_of, texts in ((_telling_rule, near), (_matter, near), (_rule, passages)):
        for item, in_title, text in texts:
            if words := words_of(entry, text):
                return LabelPart(words, item, in_title)
    return LabelPart()


def _record(entry: Entry) -> Evidence | None:
    """The record of the step itself; of several the first."""
    return next((item for item in _reports(entry) if item.is_record and item.supports), None)


def _document(entry: Entry) -> Evidence | None:
    """The document that has a number and a title of its own, and whose text tells the step; of several the first."""
    texts = (item for item in _reports(entry) if item.kind is EvidenceKind.DOCUMENT and item.supports)
    return next((item for item in texts if item.matter and item.title), None)


def short_name(record: Evidence) -> str:
    """What a record's matter is called: its short title, or what a long legal one relates to, in at most SHORT_NAME
    characters; of a row without a file, the agreement."""
    if not record.matter:
        return record.finding.instrument
    name = as_seen(record.title.removeprefix(f"{record.matter}: ")).rstrip(". …")
    return shortened(_LEGAL.sub("", name) or name, SHORT_NAME)


def _file_name(record: Evidence) -> str:
    """`Int 0724-2018: bail bonds`, `File 180230: drones`."""
    file = f"File {record.matter}" if record.matter.isdigit() else record.matter
    return _with(file, short_name(record))


def _telling_rule(entry: Entry, text: str) -> str:
    """Empty for `ordinance`, `Milwaukee ordinance`, `emergency order` and `mandate`."""
    rule = _rule(entry, text)
    own = telling(rule) - telling(entry.jurisdiction_name)
    is_telling = own or rule[-1:].isdigit() or len(stems(rule)) >= SPOKEN_OUT
    return ", ".join(filter(None, rule_and_matter(rule, _matter(entry, text)))) if is_telling and " " in rule else ""


def _matter(entry: Entry, text: str) -> str:
    return matter_in(entry.topic, text)[1]


def _rule(entry: Entry, text: str) -> str:
    """The rule where a text names it: by the number by which it stands, else as a person or the reader calls it."""
    names = (entry.instrument, entry.instrument.partition(",")[0])
    name = _number_in(entry.identifier, text) or next((name for name in names if _if_in(name, text)), "")
    return "" if stems(name) <= PASSING else name


def _if_in(name: str, text: str) -> str:
    return name if name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) else ""


def _number_in(identifier: str, text: str) -> str:
    """`SOP 130` for `sop 130`, `General Order 8.1` for `general order 8.1`; empty for a number that is of one act only,
    and where the text does not have it."""
    kind, number = identifier_parts(identifier)
    if not is_numbered_for_good(identifier) or number not in all_words(text):
        return ""
    return f"{kind.upper() if len(kind) <= ACRONYM else kind.title()} {number}"


def rule_and_matter(rule: str, matter: str) -> tuple[str, str]:
    """A rule and its matter, nothing twice: (`tax`, `hotel tax`) → (``, `hotel tax`), (`ban on plastic bags`, `plastic
    bags`) → (`ban on plastic bags`, ``), (`SOP 130`, `drones`) → both."""
    if not rule or stems(rule) < stems(matter):
        return "", matter
    return rule, "" if stems(rule) == stems(matter) or telling(matter) & stems(rule) else matter


def _is_near(entry: Entry, item: Evidence) -> bool:
    """True for the news of an article, and where what stands around the sentence names the matter of its headline too:
    an article may hold several stories."""
    found = item.finding
    around = f"{found.before} {found.said} {found.after}"
    return found.primary or names_matter(matter_in(entry.topic, item.title)[0], around)


def _reports(entry: Entry) -> Sequence[Evidence]:
    """What tells of the step itself, its news first, then the surest."""
    own, _ = by_stage(entry.stage, entry.evidence, corrected_articles(entry))
    return sorted(own, key=lambda item: (not item.finding.primary, -item.finding.score, news_order(item)))


def policy_name(entries: Sequence[Entry]) -> str:
    """`Milwaukee Police SOP 130: immigration enforcement`: body, number (or else instrument) and matter; of a council's
    file its number and short name; of a document that has a number its own title, which begins with that."""
    live = [entry for entry in entries if entry.status is not EntryStatus.REJECTED] or list(entries)
    records = [item for entry in live for item in entry.evidence if file_of(item)]
    if records:
        return _file_name(min(records, key=news_order))
    if titles := [item for entry in live for item in entry.evidence if item.kind is EvidenceKind.DOCUMENT]:
        last = max(titles, key=news_order)
        if last.matter and last.title:
            return shortened(as_seen(last.title), SHORT_NAME)
    place = live[0].jurisdiction_name
    rule = _leading_rule(live)
    rule, matter = rule_and_matter(rule, _leading_matter(live, rule))
    if not (rule or matter):
        rule = UNNAMED
    return _with(rule if _has_place(rule, place) else f"{_leading_body(live)} {rule}".strip(), matter)


def _leading_matter(entries: Sequence[Entry], rule: str) -> str:
    """What a person calls it, else what the reports of all entries name most, else the subject of the first entry that
    has one beside the rule; empty where they name nothing."""
    fullest = max(entries, key=lambda entry: ("subject" in entry.locked, len(entry.evidence), bool(entry.subject)))
    if "subject" in fullest.locked:
        return fullest.subject
    evidence = sorted((item for entry in entries for item in entry.evidence), key=news_order)
    subjects = (subject(entry).words for entry in entries)
    return leading_matter(fullest.topic, evidence) or next((one for one in subjects if stems(one) - stems(rule)), "")


def _leading_body(entries: Sequence[Entry]) -> str:
    """The body that acts in most entries, by words of their reports; else the place."""
    who = [(entry, actor(entry)) for entry in entries]
    voices = Counter(one.words for entry, one in who if one.source or "body" in entry.locked)
    first, *others = voices.most_common()[:2] or [(entries[0].jurisdiction_name, 0)]
    name = entries[0].jurisdiction_name if others and others[0][1] == first[1] else first[0]
    return name.removesuffix(" Department")


def _leading_rule(entries: Sequence[Entry]) -> str:
    """The number by which the procedure stands; else what more than half of the reports that name the rule call it, but
    for a bill or a proposal, which it was only on its way."""
    numbers, names = Counter[str](), Counter[str]()
    for entry in entries:
        texts = [text for item in entry.evidence for text in (item.finding.said, item.title)]
        numbers.update({_number_in(entry.identifier, text) for text in texts} - {""})
        if not stems(entry.instrument) & PASSING:
            names.update({_rule(entry, text) for text in texts} - {""})
    if numbers:
        return min(numbers, key=lambda name: (-numbers[name], name))
    best = min(names, key=lambda name: (-names[name], len(name), name), default="")
    return best if 2 * names[best] > names.total() else ""
