"""Starts that no verb tells: "must be paid $10 starting Friday", "effective Oct. 1", "goes to $9.15 on May 1".

A rule begins to bind on a date: each such time expression of a sentence makes an act of its own, which keeps that date.
"""

import re

from spacy.tokens import Doc, Span, Token

from tracker.model import Stage
from tracker.read.act import Act
from tracker.read.cues import Does, verbs
from tracker.read.dates import DateKind, DateMention, Direction
from tracker.read.doers import Doer, doer_of
from tracker.read.grammar import Mode, affected, lemma, subject
from tracker.read.lexicon import words
from tracker.read.rules import rule_of

_MOVED = re.compile(
    r"\b(push\w*|mov\w+|delay\w*|postpon\w+|put\w* off|extend\w*|set back)\b[^.;]{0,60}\b(?:to|until|till)\s+$", re.I
)
"""A start that was moved "to Sept. 15" starts then."""
_STARTING = re.compile(
    r"\b(starting|beginning|effective|as of|commencing|in effect since|since|from|on (?:and|or) after|no later than)\s+"
    r"(?:on\s+|at\s+[\w:. ]{1,12}\s+|with the [a-z]+ shift\s+)?$",
    re.I,
)
_NOT_UNTIL = re.compile(
    r"(?:\bnot|n['’]t)\b[^.;]{0,40}\b(?:enforce|apply|take effect|go into effect|fine|ticket|cite|begin|start)\w*\b"
    r"[^.;]{0,40}\b(?:until|till|before)\s+$",
    re.I,
)
"""What is not done until a day is done from that day on."""
_OPENING = re.compile(r"^\W*(come|after|from|on)\s+$", re.I)
"""At the head of a sentence: "Come May 15, smokers have to stand …"."""
_ON = re.compile(r"(?:\bon|\bby|[a-z,])\s+$", re.I)
_AT_ONCE = re.compile(
    r"\b(effective|in effect|takes? effect|took effect|in force|binding)\s+"
    r"(?:immediately|at once|right away|upon \w+|on passage|as soon as|with (?:the|his|her|its) (?:vote|signature))",
    re.I,
)
_OBLIGED = frozenset({"must", "may", "can", "ca", "have", "need"})
"""Auxiliaries and verbs of what a rule says: "must pay", "may not hand out", "have to stand"."""
_PRESENT = frozenset({"VBZ", "VBP"})
"""Tenses in which "goes to $8.20 on Nov. 1, to $9.15 on May 1" tells days that are all to come."""
_STEPS = frozenset({Does.CARRY, Does.PROPOSE, Does.DECIDE, Does.REJECT})
_STARTS = frozenset({DateKind.DAY, DateKind.MONTH})


def starting_acts(doc: Doc, mentions: list[DateMention]) -> list[Act]:
    """An act for every mention (sentence offsets) on which a rule begins to bind without a verb that says so."""
    found = [act for mention in mentions if (act := _starting(doc, mention))]
    return found or _at_once(doc)


def _starting(doc: Doc, mention: DateMention) -> Act | None:
    before = doc.text[: mention.start]
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    root = _verb_over(span) if span is not None else None
    if span is None or root is None:
        return None
    ahead = mention.direction is not Direction.PAST
    word = _word_before(before, mention, ahead)
    if word:
        return _act(root, span, mention, f"“{word}” with a date", "starting")
    if mention.kind in _STARTS and _ON.search(before):
        if (ahead or root.tag_ in _PRESENT) and _changes_to(root):
            return _act(root, span, mention, f"“{root.text} to” with a date", "goes to")
        if mention.direction is Direction.FUTURE and _obliges(root):
            return _act(root, span, mention, f"“{root.text}” is a duty from a date", "must")
    return None


def _word_before(before: str, mention: DateMention, ahead: bool) -> str:
    """The words before a date that make it a start, "" for none."""
    if found := _STARTING.search(before):
        backward = found.group(1).lower() == "from" and mention.direction is not Direction.FUTURE
        return "" if backward and before.strip().lower() != "from" else found.group(1).lower()
    if ahead and _NOT_UNTIL.search(before):
        return "not until"
    if ahead and (found := _MOVED.search(before)):
        return found.group(1).lower()
    opening = _OPENING.match(before) if mention.direction is Direction.FUTURE and mention.kind in _STARTS else None
    return opening.group(1).lower() if opening else ""


def _verb_over(span: Span) -> Token | None:
    """The verb that a time expression hangs on."""
    return next(
        (
            t
            for t in span.root.ancestors
            if t.pos_ in ("VERB", "AUX") and t.lower_ not in ("starting", "beginning", "come") and t not in span
        ),
        None,
    )


def _changes_to(verb: Token) -> bool:
    """ "Goes to $8.20", "drops to 25 miles an hour", "become free": a value that changes on the day."""
    if lemma(verb) == "become":
        return any(c.dep_ in ("acomp", "attr") and c.lower_ in words("acts", "effect", "states") for c in verb.children)
    if lemma(verb) not in words("acts", "effect", "moves"):
        return False
    return any(
        c.dep_ == "prep"
        and c.lower_ == "to"
        and any(t.like_num for t in c.subtree if t.dep_ != "nummod" or t.head in c.subtree)
        for c in verb.children
    )


def _obliges(verb: Token) -> bool:
    """True where the verb says what one must, may or may not do; "the council may vote" is no duty."""
    if verbs().get(lemma(verb)) in _STEPS:
        return False
    over = verb.head if verb.dep_ == "xcomp" else verb
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    return not auxiliaries.isdisjoint(_OBLIGED) or (verb.dep_ == "xcomp" and lemma(over) in ("have", "need"))


def _act(verb: Token, span: Span, mention: DateMention, how: str, name: str) -> Act:
    who = subject(verb)
    target = affected(verb) if name == "must" else None
    strength, text = rule_of(who if target is None else target)
    doer, doer_text, place = doer_of(who)
    if doer is Doer.FOREIGN and who is not None and who.tag_ == "NNS" and _obliges(verb):
        doer = Doer.OTHER  # "stores may not hand out bags": whom the rule binds
    behind = mention.direction is Direction.PAST and not (name == "goes to" and verb.tag_ in _PRESENT)
    return Act(
        Stage.EFFECTIVE,
        Mode.DONE if behind else Mode.FUTURE,
        doer,
        doer_text,
        place,
        strength,
        text or verb.doc.text,
        verb.idx,
        frozenset({t.i for t in span} | {span.root.head.i}),
        how,
        does=Does.EFFECT,
        verb=name,
        dated=mention.start,
    )


def _at_once(doc: Doc) -> list[Act]:
    """ "Imposed a no-chase policy, effective immediately": a start on the day of the decision."""
    found = _AT_ONCE.search(doc.text)
    span = doc.char_span(*found.span(), alignment_mode="expand") if found else None
    if found is None or span is None or found.group(1).lower() not in ("effective", "in effect", "binding"):
        return []
    verb = _verb_over(span)
    if verb is None:
        return []
    doer, doer_text, place = doer_of(subject(verb))
    strength, text = rule_of(affected(verb))
    return [
        Act(
            Stage.EFFECTIVE,
            Mode.DONE,
            doer,
            doer_text,
            place,
            strength,
            text or doc.text,
            verb.idx,
            frozenset({verb.i}),
            "“effective” at once",
            does=Does.EFFECT,
            verb="at once",
        )
    ]
